import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edlint.files.globs import DEEP, FOLDERS, STAR, compile_glob, linear, matches


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("opinion/**", "opinion/a.md", True),
        ("opinion/**", "opinion/x/y/a.md", True),
        ("opinion/**", "news/opinion/a.md", False),
        ("**/opinion/**", "news/opinion/a.md", True),
        ("**/opinion/**", "opinion/a.md", True),
        ("*.md", "a/b/c.md", True),
        ("/*.md", "c.md", True),
        ("archive", "archive/2020/a.md", True),
        ("archive", "x/archive/a.md", True),
        ("archive", "archives/a.md", False),
        ("a/*.md", "a/b/c.md", False),
        ("a/**/c.md", "a/c.md", True),
        ("a/**/c.md", "a/b/b/c.md", True),
        ("*.{md,html}", "x.html", True),
        ("{news,opinion/guest}/*.md", "opinion/guest/a.md", True),
        ("*.{md,html}", "x.htm", False),
        ("a?.md", "ab.md", True),
        ("a?.md", "a/.md", False),
        ("[!a-c]*.md", "d.md", True),
        ("[!a-c]*.md", "b.md", False),
        ("[&&~|].md", "&.md", True),
        ("a.md", "axmd", False),
        ("./drafts/*.md", "drafts/a.md", True),
        ("drafts\\*.md", "drafts/a.md", True),
        ("drafts/", "drafts/a.md", True),
        ("(a+)+$", "(a+)+$", True),
        ("**", "a/b", True),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert bool(compile_glob(pattern).fullmatch(path)) is expected


def test_relative_to_root(tmp_path: Path) -> None:
    assert matches(["a/*.md"], tmp_path / "a" / "x.md", tmp_path)
    assert not matches(["a/*.md"], tmp_path / "b" / "a" / "x.md", tmp_path)
    assert not matches([], tmp_path / "x.md", tmp_path)
    assert matches(["*.md"], Path("/elsewhere/x.md"), tmp_path)


def test_many_stars_stay_quick() -> None:
    assert not compile_glob("**/" * 50 + "x").fullmatch("a/" * 200 + "b")


SINGLE = {"?": "[^/]", "[ab]": "[ab]"}


def plainly(tokens: list[str]) -> str:
    """The expression of tokens as one would write it, which searches back and forth."""
    known = {STAR: "[^/]*", DEEP: ".*", FOLDERS: "(?:.*/)?"}
    return "".join(known.get(token) or SINGLE.get(token) or re.escape(token) for token in tokens)


@given(st.lists(st.sampled_from([STAR, DEEP, FOLDERS, "?", "[ab]", "a", "b", "/"]), max_size=9), st.text("ab/", max_size=9))
@settings(deadline=None, max_examples=100)
def test_wildcards_that_do_not_go_back_find_the_same(tokens: list[str], path: str) -> None:
    pairs = list(pairwise(tokens))
    assume(not any(first in (STAR, DEEP, FOLDERS) and second in (STAR, DEEP, FOLDERS) for first, second in pairs))
    assume(all(before == "/" for before, token in pairs if token == FOLDERS))
    once = linear([SINGLE.get(token, token) for token in tokens])
    assert bool(re.fullmatch(once, path, re.DOTALL)) is bool(re.fullmatch(plainly(tokens), path, re.DOTALL))


@pytest.mark.parametrize("pattern", ["*a" * 60 + "*b", "**a" * 60 + "**b", "**/*a" * 40 + "b", "{a,b}*" * 7 + "c", "*?" * 60 + "b"])
def test_no_number_of_stars_takes_long(pattern: str) -> None:
    began = time.process_time()
    assert not compile_glob(pattern).fullmatch("a" * 400 + "/" + "a" * 400)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(("pattern", "says"), [("{a,b}" * 9, "braces"), ("a" * 5_000, "longer"), ("[z-a]", "range")])
def test_patterns_that_ask_for_too_much(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        compile_glob(pattern)


@pytest.mark.parametrize(("path", "inside"), [("docs/a", False), ("docs/a/b.md", True), ("docs/a/b/c.md", True)])
def test_what_lies_inside_a_folder_that_matches(path: str, inside: bool) -> None:
    found = compile_glob("docs/*").fullmatch(path)
    assert found
    assert bool(found["inside"]) is inside
