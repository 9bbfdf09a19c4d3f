"""`.gitignore` as git reads it: the same paths as `git check-ignore` names, for lines and trees made up at random."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from shutil import which

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edlint.files.gitignore import Ignores, around, enter, ignored, parse

needs_git = pytest.mark.skipif(which("git") is None, reason="git is not installed")
TREE = [
    "a.md", "b.md", "ab.txt", "a b.md", "x ", "!n.md", "#h.md", "[.md", "q]", "b\\c",
    "a/a.md", "a/b/a.md", "a/b/c.txt", "a/ab", "b/a/a.md", "b/a.md", "ab/c/d/e.md", "c/c/c/c", "d-e.md", "A.MD",
]  # fmt: skip


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    for name in TREE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    if which("git"):
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def by_git(folder: Path) -> set[str]:
    paths = "\0".join(TREE).encode()
    asked = ["git", "-c", "core.excludesFile=", "-C", str(folder), "check-ignore", "-z", "--stdin"]
    done = subprocess.run(asked, input=paths, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return set(filter(None, done.stdout.decode().split("\0")))


def by_us(folder: Path) -> set[str]:
    return {name for name in TREE if ignored(os.path.join(folder, name))}  # noqa: PTH118


def walked(folder: str, above: Ignores | None) -> set[str]:
    """The files that a walk from the top leaves out."""
    found = set()
    here = enter(folder, above)
    for entry in os.scandir(folder):
        if entry.name == ".git" or entry.name == ".gitignore":
            continue
        out = here is not None and here.leaves_out(entry.path, entry.is_dir())
        if entry.is_dir():
            inside = (
                {str(p) for p in Path(entry.path).rglob("*") if p.is_file() and p.name != ".gitignore"} if out else walked(entry.path, here)
            )
            found |= inside
        elif out:
            found.add(entry.path)
    return found


PIECES = ["a", "b", "c", "ab", "*", "**", "***", "?", "/", "/", "!", "#", "\\", " ", "[ab]", "[!a]", "[^a-c]", "[", "]", "-", ".md", ".txt"]
PIECES += ["[[:alpha:]]", "[[:upper:]b]", "[a-", "[]-]", "[\\]]", "[[:nope:]]", "[:x]", "[c-a]", "[z-", "\\*", "\\ ", "  ", "\r", "\t", "d"]
lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
files = st.lists(lines, max_size=5).map("\n".join)


@needs_git
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(top=files, inner=files, exclude=files)
@example(top="*.md\n!a.md\n", inner="!a.md\nb/\n", exclude="")
@example(top="a/*\n!a/b\n", inner="", exclude="*.txt")
@example(top="/a.md\na/**\nab/**/e.md\n**/c\nc/**/c", inner="", exclude="")
@example(top="a\\ b.md\nx\\ \nx \n\\!n.md\n\\#h.md\n\\[.md", inner="", exclude="")
@example(top="d[+--]e.md\nq[]-a]\nb[\\\\]c\nb?c", inner="", exclude="")
@example(top="a/b**/c.txt\na/**b/c.txt\nab/c**/e.md", inner="", exclude="")
def test_the_same_as_git(repository: Path, top: str, inner: str, exclude: str) -> None:
    for place, text in ((".gitignore", top), ("a/.gitignore", inner), (".git/info/exclude", exclude)):
        (repository / place).write_bytes(text.encode())
    expected = by_git(repository)
    assert by_us(repository) == expected
    names = {os.path.relpath(path, repository) for path in walked(str(repository), around(str(repository)))}
    assert names == expected


@pytest.mark.parametrize("line", ["", " ", "#x", "/", "!", "[a", "a\\", "[[:nope:]]", "!/"])
def test_lines_that_match_nothing(line: str) -> None:
    assert parse(line) is None


def test_outside_a_repository_nothing_is_said_of_what_lies_above(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n", "utf-8")
    (tmp_path / "sub").mkdir()
    if around(str(tmp_path)) is not None:
        pytest.skip("the folder for temporary files lies in a repository")
    assert around(str(tmp_path / "sub")) is None
    assert not ignored(str(tmp_path / "sub" / "a.md"))


@pytest.mark.parametrize("line", ["*a" * 60 + "*b", "**/*a" * 40 + "b", "[ab]*" * 60 + "c", "/" + "*?" * 60 + "b"])
def test_no_number_of_stars_takes_long(line: str) -> None:
    pattern = parse(line)
    assert pattern
    began = time.process_time()
    assert not pattern.expression.fullmatch("a" * 400 + "/" + "a" * 400)
    assert time.process_time() - began < 2
