"""Where the findings of a draft touch its blocks: every place of each, and the places of those that are silenced."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edlint.model.document import Block
from edlint.model.report import FileResult
from edlint.text.span import Span

_QUIET = 0  # stands for the level of what is silenced
_WORDS = {_QUIET: "quiet", 1: "suggestion", 2: "warning", 3: "error"}
_APOSTROPHES = "'\u2019"


class Spot(NamedTuple):
    """One place of finding `number` (from 1; 0 for a silenced one): its `place`-th (from 0), explained beside block number `own`."""

    span: Span
    number: int
    place: int
    level: int
    own: int

    @property
    def word(self) -> str:
        """The word of the level, "quiet" for what is silenced."""
        return _WORDS[self.level]

    def id(self, name: str) -> str:
        """The id of the number behind its mark."""
        return f"{name}-m{self.number}" + (f"-{self.place + 1}" if self.place else "")

    def drawn(self, text: str, within: Span) -> Span:
        """What is marked: the span inside a block, to the end of a word; of one letter, the whole word it stands in."""
        start, end = (max(within.start, min(within.end, offset)) for offset in self.span)
        if start >= end:
            return Span(start, end)
        if end - start == 1:
            while start > within.start and not text[start].isspace() and _in_word(text[start - 1]):
                start -= 1
        while end < within.end and not text[end - 1].isspace() and _in_word(text[end]):
            end += 1
        return Span(start, end)


def _in_word(char: str) -> bool:
    return char.isalnum() or char in _APOSTROPHES


class Spots(NamedTuple):
    """For each block the spots that touch it, and the numbers of the findings explained beside it."""

    touching: list[list[Spot]]
    beside: list[list[int]]


def spots(file: FileResult, blocks: Sequence[Block]) -> Spots:
    """The spots of a draft, block by block."""
    touching: list[list[Spot]] = [[] for _ in blocks]
    beside: list[list[int]] = [[] for _ in blocks]
    starts, ends = [block.whole.start for block in blocks], [block.whole.end for block in blocks]
    for span, number, place, level in _places(file) if blocks else ():
        first = min(bisect_left(ends, span.start + (span.start < span.end)), len(blocks) - 1)
        if first and starts[first] > span.start == ends[first - 1]:  # it hangs at the end of a block
            first -= 1
        if number and not place:
            beside[first].append(number)
        for at in range(first, max(first + 1, bisect_left(starts, span.end))):
            touching[at].append(Spot(span, number, place, level, first))
    return Spots(touching, beside)


def _places(file: FileResult) -> Iterator[tuple[Span, int, int, int]]:
    for number, finding in enumerate(file.findings, 1):
        for place, span in enumerate(finding.places):
            yield span, number, place, int(finding.level)
    for silenced in file.suppressed:
        yield silenced.finding.span, 0, 0, _QUIET
