"""Two versions of a text, line by line."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.text.diff import Shared, shared, split_lines, unified

LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\r\n", "d\r"]), max_size=25)


@given(st.text("a\n\r\u2028\x0c", max_size=20))
def test_lines_are_those_of_the_source(text: str) -> None:
    from edlint.text.span import LineIndex

    lines = split_lines(text)
    assert "".join(lines) == text
    index = LineIndex(text)
    assert [line.rstrip("\r\n") for line in lines] == [text[slice(*index.line_span(n + 1))] for n in range(len(lines))]
    assert len(index) - len(lines) == (not text or text[-1] in "\r\n")


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
    assert "".join(unified("a.txt", before, after)) == (
        "--- a.txt\n+++ a.txt\n"
        "@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n"
        "@@ -11,10 +10,10 @@\n 11\n 12\n 13\n-14\n 15\n 16\n 17\n 18\n 19\n 20\n+x\n\\ No newline at end of file\n"
    )
    assert list(unified("a", "same", "same")) == []


@pytest.mark.skipif(not which("patch"), reason="there is no patch on this machine")
@settings(max_examples=60, deadline=None)
@given(LINES, LINES, st.booleans())
def test_patch_takes_the_diff(tmp_path_factory: pytest.TempPathFactory, old: list[str], new: list[str], cut: bool) -> None:
    before, after = "".join(old).replace("\r\n", "\n").replace("\r", "z\n"), "".join(new).replace("\r\n", "\n").replace("\r", "z\n")
    after = after.rstrip("\n") if cut else after
    if before == after:
        return
    file = tmp_path_factory.mktemp("patched") / "f"
    file.write_bytes(before.encode())
    told = "".join(unified("f", before, after)).encode()
    subprocess.run(["patch", "-s", str(file)], input=told, check=True, capture_output=True)
    assert (Path(file).read_bytes() if file.exists() else b"") == after.encode()
