"""Features of a unit beside the lines and blocks about it: each takes a Scan and a Unit and gives a number."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from edlint.checks.base import Scan, Unit
from edlint.model.document import Block
from edlint.text.lazy import lazy
from edlint.text.prose import trimmed, word_texts

STOPS = ".!?\u2026"
SHORT = 3  # letters of the longest word that says nothing of what a text is about
_WRAPPED = 30  # code points of the shortest line that was broken for want of room
_VISIBLE = lazy(r"\S")


def text_of(scan: Scan, unit: Unit) -> str:
    """The text of a unit."""
    return scan.document.blocks[unit.block].text[unit.start : unit.end]


def runs_on(scan: Scan, unit: Unit) -> float:
    """1 in a line that begins or ends inside a sentence of its block."""
    text, here = scan.document.blocks[unit.block].text, text_of(scan, unit).strip()
    stop, after = trimmed(text, unit.start), _VISIBLE.search(text, unit.end)
    before = text[max(0, stop - _WRAPPED) : stop].rpartition("\n")[2]
    return float(_flows(before, here) or _flows(here, after[0] if after else ""))


def repeats(scan: Scan, unit: Unit) -> float:
    """How often the unit's text stands in the document as a line of its own."""
    lines = scan.shared((repeats,), lambda: _lines(scan.document.blocks))
    line = hash(text_of(scan, unit).strip())
    return bisect_right(lines, line) - bisect_left(lines, line)


def _lines(blocks: Sequence[Block]) -> Sequence[int]:
    """The hashes of all lines of some blocks, sorted: a tenth of what the lines themselves would take."""
    return array("q", sorted(array("q", (hash(line.strip()) for block in blocks for line in block.text.split("\n")))))


def echoes(scan: Scan, unit: Unit) -> float:
    """How many of the unit's words of four letters or more stand in the block below it too; plurals and capitals do not count."""
    blocks = scan.document.blocks
    below = blocks[unit.block + 1].text if unit.block + 1 < len(blocks) else ""
    return len(_stems(text_of(scan, unit)) & _stems_below(below))


@lru_cache(maxsize=1)
def _stems_below(text: str) -> set[str]:
    """The stems of a block, which are asked for again for each line of the one above it."""
    return _stems(text)


def _stems(text: str) -> set[str]:
    """The longer words of a text, folded, without an ending -s."""
    return {word.removesuffix("s") for word in map(str.lower, word_texts(text)) if len(word) > SHORT}


def _flows(line: str, after: str) -> bool:
    """Whether a sentence runs on from a line of some length into the next one."""
    return len(line) >= _WRAPPED and line[-1] not in f"{STOPS}:" and bool(after) and not after[0].isupper()
