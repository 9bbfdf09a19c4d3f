"""What two versions of a text share, line by line, numbered from 0; and their difference as a patch."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from edlint.text.lazy import lazy

Line = TypeVar("Line", str, bytes)
MAX_PAIRS = 20_000  # pairs of lines that are compared one by one
CONTEXT = 3  # unchanged lines shown around a change
_ODD = lazy(rb'[^ -~]|["\\]')
_ESCAPES = {b"\a": b"a", b"\b": b"b", b"\t": b"t", b"\n": b"n", b"\v": b"v", b"\f": b"f", b"\r": b"r", b'"': b'"', b"\\": b"\\"}


class Shared(NamedTuple):
    """`length` lines from line `old` of the old version on are the lines from `new` on of the new one."""

    old: int
    new: int
    length: int


def shared(old: Sequence[Line], new: Sequence[Line]) -> list[Shared]:
    """The stretches that two lists of lines have in common, in order, as a patience diff finds them.

    What begins or ends alike is common; between, lines that stand once in either version are the anchors (B. Cohen's
    patience diff); where there are none, and not much text, it is the longest common subsequence. The time is that of sorting.
    """
    found: list[Shared] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a, b, c, d = waiting.pop()
        head = 0
        while a + head < b and c + head < d and old[a + head] == new[c + head]:
            head += 1
        tail = 0
        while a + head < b - tail and c + head < d - tail and old[b - tail - 1] == new[d - tail - 1]:
            tail += 1
        found += [Shared(a, c, head), Shared(b - tail, d - tail, tail)]
        middle = a + head, b - tail, c + head, d - tail
        anchors: list[tuple[int, int]] = _anchors(old, new, middle)
        if not anchors:
            found += _longest(old, new, middle)
        else:
            edges = [(a + head, c + head), *anchors, (b - tail, d - tail)]
            waiting += [(e[0], f[0], e[1], f[1]) for e, f in pairwise(edges)]
    return _joined(sorted(stretch for stretch in found if stretch.length), old, new)


def _longest(old: Sequence[Line], new: Sequence[Line], within: tuple[int, int, int, int]) -> list[Shared]:
    """The longest common subsequence of either version's part, line by line; nothing of parts that are too long to compare."""
    a, b, c, d = within
    if a == b or c == d or (b - a) * (d - c) > MAX_PAIRS:
        return []
    lengths = [[0] * (d - c + 1) for _ in range(b - a + 1)]  # of the longest one from either line on
    for i in range(b - a - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for j in range(d - c - 1, -1, -1):
            row[j] = below[j + 1] + 1 if old[a + i] == new[c + j] else max(below[j], row[j + 1])
    found, i, j = [], 0, 0
    while i < b - a and j < d - c:
        if old[a + i] == new[c + j]:
            found.append(Shared(a + i, c + j, 1))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _joined(stretches: Sequence[Shared], old: Sequence[Line], new: Sequence[Line]) -> list[Shared]:
    """The stretches, those made one that follow one another without a gap in either version.

    What was only put in or only taken out is moved down as far as it goes: of two equal lines the second is the new one.
    """
    joined = [Shared(0, 0, 0)]
    for a, b, length in stretches:
        last = joined[-1]
        end, there = last.old + last.length, last.new + last.length
        slide = 0
        lines, first, second = (old, end, a) if there == b else (new, there, b)
        while slide < length and (there == b or end == a) and lines[first + slide] == lines[second + slide]:
            slide += 1
        joined[-1] = last._replace(length=last.length + slide)
        if slide < length:
            joined.append(Shared(a + slide, b + slide, length - slide))
    return [stretch for stretch in joined if stretch.length]


def _anchors(old: Sequence[Line], new: Sequence[Line], within: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """The longest rising chain of (old, new) numbers of lines that stand once in either version's part."""
    a, b, c, d = within
    if a == b or c == d:
        return []
    once = {line for line, count in Counter(old[a:b]).items() if count == 1}
    places = {line: at for at, line in enumerate(new[c:d], c)}
    once &= {line for line, count in Counter(new[c:d]).items() if count == 1}
    ends: list[int] = []  # the least new number that a chain of each length ends with
    nodes: list[int] = []
    back: dict[int, int] = {}
    numbers: dict[int, int] = {}
    for at in range(a, b):
        if old[at] in once:
            there = places[old[at]]
            length = bisect_left(ends, there)
            if length:
                back[at] = nodes[length - 1]
            numbers[at] = there
            ends[length : length + 1], nodes[length : length + 1] = [there], [at]
    chain = [nodes[-1]] if nodes else []
    while chain and chain[-1] in back:
        chain.append(back[chain[-1]])
    return [(at, numbers[at]) for at in reversed(chain)]


def unified(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """The change of a file as a unified diff that `patch -p0` and `git apply -p0` take; nothing when nothing changed.

    For both a line ends at a line feed and nowhere else, and what stands on it is bytes.
    """
    old, new = _lines(before), _lines(after)
    hunks = list(_hunks(shared(old, new), len(old), len(new)))
    name = quoted_name(path)
    if hunks:
        yield b"--- %s\n+++ %s\n" % (name, name)
    for hunk in hunks:
        first, last = hunk[0], hunk[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n".encode()
        for kind, a, b, c, d in hunk:
            if kind == " ":
                yield from (_shown(b" ", line) for line in old[a:b])
            else:
                yield from (_shown(b"-", line) for line in old[a:b])
                yield from (_shown(b"+", line) for line in new[c:d])


def quoted_name(path: str) -> bytes:
    """A file name as git writes it into a patch: in quotation marks and escaped where it holds more than plain ASCII, quotation
    marks or backslashes; else as it is, with a tab behind it where a blank would end it."""
    name = os.fsencode(path)
    if _ODD.search(name):
        return b'"%s"' % _ODD.sub(_escaped, name)
    return name + b"\t" if b" " in name else name


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\" + (_ESCAPES.get(found[0]) or b"%03o" % found[0][0])


def _lines(data: bytes) -> list[bytes]:
    """The lines of a file, each with its end; none for an empty one."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _hunks(common: Sequence[Shared], olds: int, news: int) -> Iterator[list[tuple[str, int, int, int, int]]]:
    """Groups of steps (" " shared or "!" changed, then the ranges of either version), with CONTEXT shared lines at either end."""
    steps: list[tuple[str, int, int, int, int]] = []
    at = (0, 0)
    for old, new, length in (*common, Shared(olds, news, 0)):
        if (old, new) != at:
            steps.append(("!", at[0], old, at[1], new))
        if length:
            steps.append((" ", old, old + length, new, new + length))
        at = (old + length, new + length)
    hunk: list[tuple[str, int, int, int, int]] = []
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == " " and number and number < len(steps) - 1 and b - a <= 2 * CONTEXT:
            hunk.append((kind, a, b, c, d))
        elif kind == " ":
            if number:
                end = min(b - a, CONTEXT)
                yield [*hunk, (kind, a, a + end, c, c + end)]
            begin = max(b - a - CONTEXT, 0)
            hunk = [(kind, a + begin, b, c + begin, d)]
        else:
            hunk.append((kind, a, b, c, d))
    if any(step[0] == "!" for step in hunk):
        yield hunk


def _range(start: int, end: int) -> str:
    count = end - start
    return f"{start + 1 if count else start}" + (f",{count}" if count != 1 else "")


def _shown(mark: bytes, line: bytes) -> bytes:
    return mark + (line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")
