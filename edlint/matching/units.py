"""Units: what rules judge at a time, and where each lies in the document's joined text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from operator import lt
from typing import Literal, NamedTuple, overload

from edlint.matching.scope import select
from edlint.model.document import Document
from edlint.text.ranges import Overlaps, column

UnitKind = Literal["block", "line", "sentence", "whole"]  # whole: no sentence of a layered block that is looked at itself


class Unit(NamedTuple):
    """What a rule judges at a time: `text[start:end]` of block number `block` (all 0-based, half-open)."""

    block: int
    start: int
    end: int


class Units(Sequence[Unit]):
    """Units in reading order, in columns: their blocks, and their starts and ends in the document's joined text. A Unit is made
    when it is asked for. Where units overlap they form layers.

    None begins or ends inside a word.
    """

    def __init__(self, units: Iterable[Unit], block_starts: Sequence[int]) -> None:
        self.blocks, self.starts, self.ends = column(), column(), column()
        self._base = block_starts  # where each block's text starts in the joined text
        for block, start, end in units:
            self.blocks.append(block)
            self.starts.append(block_starts[block] + start)
            self.ends.append(block_starts[block] + end)
        self.layered = any(map(lt, islice(self.starts, 1, None), self.ends))

    @classmethod
    def whole(cls, blocks: Iterable[int], block_starts: Sequence[int]) -> Units:
        """The whole texts of some blocks, of none of which the text is empty."""
        units = cls((), block_starts)
        units.blocks = column(blocks)
        units.starts = column(block_starts[n] for n in units.blocks)
        units.ends = column(block_starts[n + 1] - 1 for n in units.blocks)
        return units

    def __len__(self) -> int:
        return len(self.blocks)

    @overload
    def __getitem__(self, at: int) -> Unit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Unit]: ...
    def __getitem__(self, at: int | slice) -> Unit | list[Unit]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        block = self.blocks[at]
        base = self._base[block]
        return Unit(block, self.starts[at] - base, self.ends[at] - base)

    def __iter__(self) -> Iterator[Unit]:
        for block, start, end in zip(self.blocks, self.starts, self.ends, strict=True):
            base = self._base[block]
            yield Unit(block, start - base, end - base)

    def same(self, other: Units) -> bool:
        """Whether the two are the same units, found in one document."""
        return self.starts == other.starts and self.ends == other.ends

    def number(self, unit: Unit) -> int:
        """The number of a unit; -1 where it is none of these. Not for layered units."""
        base = self._base[unit.block]
        at = bisect_left(self.starts, base + unit.start)
        return at if at < len(self) and self.starts[at] == base + unit.start and self.ends[at] == base + unit.end else -1

    def places(self, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Rising offsets, each with the number of a unit that holds it; with each of these where units overlap."""
        if self.layered:
            yield from ((offset, number) for offset in offsets for number in self._layers.at(offset))
            return
        number, count, starts, ends = 0, len(self), self.starts, self.ends
        for offset in offsets:
            while number < count and ends[number] <= offset:
                number += 1
            if number == count:
                return
            if starts[number] <= offset:
                yield offset, number

    @cached_property
    def _layers(self) -> Overlaps:
        return Overlaps(zip(self.starts, self.ends, strict=True))


def units_of(document: Document, chosen: Sequence[int], kind: UnitKind, block_starts: Sequence[int]) -> Units:
    """The units of one kind in the blocks of these numbers, in reading order."""
    if kind in ("block", "whole") or (kind == "sentence" and document.layers is not None):
        return Units.whole(chosen, block_starts)
    split = _sentences if kind == "sentence" else _lines
    return Units((unit for number in chosen for unit in split(document, number)), block_starts)


def layered_units(document: Document, scope: tuple[str, ...], kind: UnitKind, block_starts: Sequence[int]) -> Units:
    """The units of a layered document, where the paragraphs and sentences of plain prose are judged besides whole blocks."""
    chosen = select(scope, document)
    assert document.layers is not None
    units = set(units_of(document, chosen, kind, block_starts))
    units.update(Unit(*part) for part in document.layers.parts(document, scope, frozenset(chosen) if kind == "whole" else ()))
    return Units(sorted(units), block_starts)  # what is at once block, paragraph and sentence is looked at once


def _sentences(document: Document, block: int) -> Iterator[Unit]:
    return (Unit(block, start, end) for start, end in document.sentences(block))


def _lines(document: Document, block: int) -> Iterator[Unit]:
    """The lines of a block that are not blank, or the block as it is where it has but one."""
    text = document.blocks[block].text
    if "\n" not in text:
        yield Unit(block, 0, len(text))
        return
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Unit(block, start, start + len(line))
        start += len(line) + 1
