"""Units: what rules judge at a time, and where each lies in the document's joined text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from edlint.checks.base import Unit, UnitKind
from edlint.document import Document
from edlint.ruleset.scope import select


class Units(list[Unit]):
    """Units in reading order, with the offsets of their ends in the document's joined text. Where units overlap they form layers.

    None begins or ends inside a word.
    """

    def __init__(self, units: Iterable[Unit], block_starts: Sequence[int]) -> None:
        super().__init__(units)
        self.starts = [block_starts[u.block] + u.start for u in self]
        self.ends = [block_starts[u.block] + u.end for u in self]
        self.layered = any(start < end for start, end in zip(self.starts[1:], self.ends, strict=False))

    def slices(self, text: str) -> list[str]:
        """The units' own texts; `text` is the joined text, or a view of it."""
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    def places(self, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Rising offsets, each with the number of a unit that holds it; with each of these where units overlap."""
        if self.layered:
            yield from ((offset, number) for offset in offsets for number in self._layers.of(offset))
            return
        number, count, starts, ends = 0, len(self), self.starts, self.ends
        for offset in offsets:
            while number < count and ends[number] <= offset:
                number += 1
            if number == count:
                return
            if starts[number] <= offset:
                yield offset, number

    def holding(self, offset: int) -> int:
        """The number of the unit that holds an offset of the joined text, or -1. Not for layered units."""
        at = bisect_right(self.starts, offset) - 1
        return at if at >= 0 and offset < self.ends[at] else -1

    def inside(self, offsets: Sequence[int]) -> Sequence[int]:
        """Those of rising offsets that lie in some unit, and perhaps more: looked up by units where these are few."""
        if self.layered or len(self) * 4 > len(offsets):
            return offsets
        ranges = ((bisect_left(offsets, start), bisect_left(offsets, end)) for start, end in zip(self.starts, self.ends, strict=True))
        return [offset for first, last in ranges for offset in offsets[first:last]]

    def all_holding(self, offset: int) -> Iterable[int]:
        """The numbers of all units that hold an offset."""
        if not self.layered:
            at = self.holding(offset)
            return (at,) if at >= 0 else ()
        return self._layers.of(offset)

    @cached_property
    def _layers(self) -> _Layers:
        return _Layers(self.starts, self.ends)


class _Layers:
    """Overlapping ranges, parted into layers in which none overlap."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._layers: list[tuple[list[int], list[int], list[int]]] = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            layer = next((known for known in self._layers if known[1][-1] <= start), None)
            if layer is None:
                layer = [], [], []
                self._layers.append(layer)
            for column, value in zip(layer, (start, end, number), strict=True):
                column.append(value)

    def of(self, offset: int) -> list[int]:
        """The numbers of the ranges that hold an offset."""
        found = []
        for starts, ends, numbers in self._layers:
            at = bisect_right(starts, offset) - 1
            if at >= 0 and offset < ends[at]:
                found.append(numbers[at])
        return found


def units_of(document: Document, scope: tuple[str, ...], kind: UnitKind) -> list[Unit]:
    """The units of one kind in the blocks that a scope selects, in reading order."""
    chosen = select(scope, document)
    units = [unit for number in chosen for unit in _split(document, number, kind)]
    if document.layers is not None:
        parts = document.layers.parts(document, scope, frozenset(chosen) if kind == "whole" else ())
        units = sorted({*units, *(Unit(*part) for part in parts)})  # what is at once block, paragraph and sentence is looked at once
    return units


def _split(document: Document, block: int, kind: UnitKind) -> Iterable[Unit]:
    text = document.blocks[block].text
    if kind == "sentence" and document.layers is None:
        return [Unit(block, start, end) for start, end in document.sentences(block)]
    if kind == "line" and "\n" in text:
        return _lines(block, text)
    return [Unit(block, 0, len(text))]


def _lines(block: int, text: str) -> list[Unit]:
    units, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            units.append(Unit(block, start, start + len(line)))
        start += len(line) + 1
    return units
