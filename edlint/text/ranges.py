"""Many ranges as two columns of numbers, in an eighth of the memory of a list of pairs."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

Range = tuple[int, int]


def column(numbers: Iterable[int] = ()) -> array[int]:
    """A column of offsets or numbers, each of four bytes: no text of two thousand million characters is ever read."""
    return array("i", numbers)


class Ranges(Sequence[Range]):
    """Half-open ranges: the rows `first` up to, not including, `last` of two columns, each made when it is asked for."""

    __slots__ = ("_ends", "_first", "_last", "_starts")

    def __init__(self, starts: array[int], ends: array[int], first: int, last: int) -> None:
        self._starts, self._ends, self._first, self._last = starts, ends, first, last

    def __len__(self) -> int:
        return self._last - self._first

    @overload
    def __getitem__(self, at: int) -> Range: ...
    @overload
    def __getitem__(self, at: slice) -> list[Range]: ...
    def __getitem__(self, at: int | slice) -> Range | list[Range]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = self._first + at if at >= 0 else self._last + at
        if not self._first <= number < self._last:
            raise IndexError(at)
        return self._starts[number], self._ends[number]

    def __iter__(self) -> Iterator[Range]:
        starts, ends = self._starts, self._ends
        return ((starts[number], ends[number]) for number in range(self._first, self._last))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Ranges | list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Ranges({list(self)})"


class RangeTable(Sequence[Ranges]):
    """The ranges of the blocks of a document. Those of a block are added at once, blocks in any order."""

    __slots__ = ("_counts", "_ends", "_firsts", "_starts")

    def __init__(self, blocks: int) -> None:
        self._starts, self._ends = column(), column()
        self._firsts, self._counts = array("i", [-1]) * blocks, array("i", [0]) * blocks

    def __len__(self) -> int:
        """The number of blocks."""
        return len(self._firsts)

    def add(self, block: int, ranges: Iterable[Range]) -> None:
        """Note the ranges of a block of which none were noted."""
        starts, ends = self._starts, self._ends
        self._firsts[block] = len(starts)
        for start, end in ranges:
            starts.append(start)
            ends.append(end)
        self._counts[block] = len(starts) - self._firsts[block]

    def has(self, block: int) -> bool:
        """Whether the ranges of a block were added."""
        return self._firsts[block] >= 0

    @overload
    def __getitem__(self, block: int) -> Ranges: ...
    @overload
    def __getitem__(self, block: slice) -> list[Ranges]: ...
    def __getitem__(self, block: int | slice) -> Ranges | list[Ranges]:
        """The ranges of a block; none where none were added."""
        if isinstance(block, slice):
            return [self[number] for number in range(*block.indices(len(self)))]
        first = self._firsts[block]
        return Ranges(self._starts, self._ends, first, first + self._counts[block])


class Overlaps:
    """Ranges that may overlap, sorted by their starts and parted into layers in which none do: those at a place are found quickly."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._layers: list[tuple[array[int], array[int], array[int]]] = []  # starts, ends, and the numbers of the ranges
        for number, (start, end) in enumerate(ranges):
            layer = next((known for known in self._layers if known[1][-1] <= start), None)
            if layer is None:
                layer = column(), column(), column()
                self._layers.append(layer)
            for values, value in zip(layer, (start, end, number), strict=True):
                values.append(value)

    def at(self, offset: int) -> list[int]:
        """The numbers of the ranges that hold an offset."""
        found = []
        for starts, ends, numbers in self._layers:
            place = bisect_right(starts, offset) - 1
            if place >= 0 and offset < ends[place]:
                found.append(numbers[place])
        return found

    def meeting(self, start: int, end: int) -> list[int]:
        """The numbers of the ranges that begin before `end` and end after `start`, in rising order."""
        found: list[int] = []
        for starts, ends, numbers in self._layers:
            found.extend(numbers[bisect_right(ends, start) : bisect_left(starts, end)])
        return sorted(found)
