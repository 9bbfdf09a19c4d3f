"""Hits in three columns of numbers: a long draft has many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from edlint.checks.base import Hit
from edlint.text.ranges import column


class Hits(Sequence[Hit]):
    """Hits in the order in which they were added, each made when it is asked for."""

    __slots__ = ("_ends", "_starts", "_units")

    def __init__(self) -> None:
        self._units, self._starts, self._ends = column(), column(), column()

    def add(self, unit: int, start: int, end: int) -> None:
        """Add a hit."""
        self._units.append(unit)
        self._starts.append(start)
        self._ends.append(end)

    def __len__(self) -> int:
        return len(self._units)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return Hit(self._units[at], self._starts[at], self._ends[at])

    def __iter__(self) -> Iterator[Hit]:
        return map(Hit, self._units, self._starts, self._ends)
