from pathlib import Path

import pytest

from edlint.globs import compile_glob, matches


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
