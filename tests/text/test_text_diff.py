"""Two versions of a text, line by line."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.text.diff import Shared, quoted_name, shared, unified

LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\r\n", "d\r"]), max_size=25)


@pytest.mark.parametrize(
    ("old", "new", "common"),
    [
        ("", "", []),
        ("abc", "abc", [Shared(0, 0, 3)]),
        ("", "abc", []),
        ("abc", "axbc", [Shared(0, 0, 1), Shared(1, 2, 2)]),
        ("abcd", "ad", [Shared(0, 0, 1), Shared(3, 1, 1)]),
        ("1abc2", "3abc4", [Shared(1, 1, 3)]),
        ("abcXdef", "defXabc", [Shared(4, 0, 3)]),
    ],
)
def test_what_is_shared(old: str, new: str, common: list[Shared]) -> None:
    assert shared(old, new) == common


@given(LINES, LINES)
def test_shared_stretches_are_equal_rise_and_do_not_touch(old: list[str], new: list[str]) -> None:
    at = (0, 0)
    for a, b, length in shared(old, new):
        assert length and a >= at[0] and b >= at[1] and ((a, b) != at or at == (0, 0))
        assert old[a : a + length] == new[b : b + length]
        at = (a + length, b + length)


def test_the_time_is_that_of_the_length() -> None:
    old = [str(n % 900) for n in range(60_000)]
    new = [*old[:10_000], "x", *old[20_000:]]
    began = time.process_time()
    shared(old, new)
    shared([str(n) for n in range(60_000)], [str(n) for n in reversed(range(60_000))])
    assert time.process_time() - began < 2


def test_a_unified_diff() -> None:
    before, after = "".join(f"{n}\n" for n in range(1, 21)), "".join(f"{n}\n" for n in range(1, 21) if n not in (2, 14)) + "x"
    assert b"".join(unified("a.txt", before.encode(), after.encode())).decode() == (
        "--- a.txt\n+++ a.txt\n"
        "@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n"
        "@@ -11,10 +10,10 @@\n 11\n 12\n 13\n-14\n 15\n 16\n 17\n 18\n 19\n 20\n+x\n\\ No newline at end of file\n"
    )
    assert list(unified("a", b"same", b"same")) == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.md", b"a.md"),
        ("my draft.md", b"my draft.md\t"),
        ("a\n+++ Makefile", rb'"a\n+++ Makefile"'),
        ("a\tb\rc\x1b\x7f", rb'"a\tb\rc\033\177"'),
        ('say "no"\\', rb'"say \"no\"\\"'),
        ("café\u202e.md", rb'"caf\303\251\342\200\256.md"'),
        ("\udce9.md", rb'"\351.md"'),
    ],
)
def test_names_are_quoted_as_git_quotes_them(name: str, written: bytes) -> None:
    assert quoted_name(name) == written
    assert b"\n" not in quoted_name(name)


@pytest.mark.parametrize("tool", [("patch", "-s", "-p0"), ("git", "apply", "-p0")], ids=["patch", "git"])
@settings(max_examples=60, deadline=None)
@given(LINES, LINES, st.booleans())
def test_the_diff_can_be_applied(
    tmp_path_factory: pytest.TempPathFactory, tool: tuple[str, ...], old: list[str], new: list[str], cut: bool
) -> None:
    """Line by line, whatever ends the lines: for these tools it is a line feed, and a carriage return is a character."""
    if not which(tool[0]):
        pytest.skip(f"there is no {tool[0]} on this machine")
    before, after = "".join(old).encode(), "".join(new).encode()
    after = after.rstrip(b"\n") if cut else after
    if before == after:
        return
    file = tmp_path_factory.mktemp("patched") / "f"
    file.write_bytes(before)
    told = b"".join(unified("f", before, after))
    subprocess.run(tool, input=told, check=True, capture_output=True, cwd=file.parent)
    assert (Path(file).read_bytes() if file.exists() else b"") == after
