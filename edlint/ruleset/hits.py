"""Hits in three columns of numbers: a long draft has many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import overload

from edlint.checks.base import Hit
from edlint.text.ranges import column


class Hits(Sequence[Hit]):
    """Hits in the order in which they were added, each made when it is asked for."""

    __slots__ = ("_ends", "_starts", "units")  # units: the number of each hit's unit

    def __init__(self) -> None:
        self.units, self._starts, self._ends = column(), column(), column()

    def add(self, unit: int, start: int, end: int) -> None:
        """Add a hit."""
        self.units.append(unit)
        self._starts.append(start)
        self._ends.append(end)

    def __len__(self) -> int:
        return len(self.units)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        if isinstance(at, slice):
            return list(map(Hit, self.units[at], self._starts[at], self._ends[at]))
        return Hit(self.units[at], self._starts[at], self._ends[at])

    def __iter__(self) -> Iterator[Hit]:
        return map(Hit, self.units, self._starts, self._ends)

    def within(self, first: int, last: int) -> Sequence[Hit]:
        """The hits in the units from number `first` to `last`; hits must have been added in the order of their units."""
        units = self.units
        if not units or (first <= units[0] and units[-1] <= last):
            return self
        return self[bisect_left(units, first) : bisect_right(units, last)]
