"""Counting: which cues hold in which units, with as little looking as the answer needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edlint.checks.base import Scan, Term, Unit, Units
from edlint.checks.cues import Cue, Cues, Possible

PORTION = 4096  # units that are gone through together
Ranges = list[tuple[int, int]]


class Count(NamedTuple):
    """One cue that holds for a unit: its weight, what to call it, where it was found in the unit's block, if anywhere, and the
    signal it stands for, if any."""

    weight: float
    label: str
    ranges: tuple[tuple[int, int], ...] = ()
    signal: str = ""

    def __str__(self) -> str:
        return f"{self.weight:+g} {self.label}"


def total(counts: Sequence[Count]) -> float:
    """The sum of the weights."""
    return sum(count.weight for count in counts)


def count(scan: Scan, cues: Cues, units: Units, enough: float, only: frozenset[int] | None = None) -> dict[int, list[Count]]:
    """For each unit (by number) whose cues reach `enough`, the cues that hold; with `only`, for no others than these.

    Long lists of units are gone through in portions, so that what is noted of most units is soon forgotten.
    """
    found: dict[int, list[Count]] = {}
    asked: Sequence[int] = range(len(units)) if only is None else sorted(n for n in only if 0 <= n < len(units))
    if asked and cues.most(scan) >= enough:
        for first in range(0, len(asked), PORTION):
            found.update(_Portion(scan, cues, units, enough).count(asked[first : first + PORTION]))
    return found


class _Portion:
    """Counts the cues of some units. Nothing is asked that cannot matter: first, from the literals in a unit, whether it could
    reach `enough` at all; if so, whether its words do; of those that are left, features, and last signals.
    """

    def __init__(self, scan: Scan, cues: Cues, units: Units, enough: float) -> None:
        self._scan, self._cues, self._units, self._enough = scan, cues, units, enough
        self._hope = cues.hope  # what the cues without words that were not looked at yet can add
        self._held: dict[int, list[tuple[int, Ranges]]] = {}  # for each unit that is left: the numbers of the cues that hold
        self._sums: dict[int, float] = {}

    def count(self, asked: Sequence[int]) -> dict[int, list[Count]]:
        for number, possible in self._cues.promising(self._scan, self._units, asked, self._enough - self._hope):
            self._look(number, possible)
        for at in self._cues.wordless:
            if not self._held:
                break
            self._ask(at)
        return {number: list(self._counted(number, held)) for number, held in sorted(self._held.items())}

    def _counted(self, number: int, held: list[tuple[int, Ranges]]) -> Iterator[Count]:
        """The cues that hold for a unit, as they are listed."""
        order = self._cues.order
        for at, ranges in sorted(held, key=lambda each: order[each[0]]):
            yield _counted(self._scan, self._units[number], self._cues[at], ranges)

    def _look(self, number: int, possible: Possible) -> None:
        """Look for the words of cues in a unit, until it shows that they cannot reach what is needed."""
        cues, held, needed = self._cues, [], self._enough - self._hope
        most = sum(cues[at].weight for at in possible if cues[at].weight > 0)
        for at in sorted(possible, key=cues.cost.__getitem__):
            weight = cues[at].weight
            if ranges := _ranges(self._scan, cues[at], self._units, number, possible[at]):
                held.append((at, ranges))
            if bool(ranges) is (weight <= 0):
                most -= abs(weight)
            if most < needed:
                return
        self._held[number], self._sums[number] = held, most

    def _ask(self, at: int) -> None:
        """See for which of the units that are left a cue without words holds, and drop those that cannot reach `enough` any more."""
        cue = self._cues[at]
        for number in _holding(self._scan, cue, self._units, frozenset(self._held)):
            self._held[number].append((at, []))
            self._sums[number] += cue.weight
        self._hope -= max(cue.weight, 0)
        for number in [n for n in self._held if self._sums[n] + self._hope < self._enough]:
            del self._held[number]


def _counted(scan: Scan, unit: Unit, cue: Cue, ranges: Ranges) -> Count:
    label = cue.why
    if not label and ranges:
        start, end = ranges[0]
        label = f"\u201c{' '.join(scan.document.blocks[unit.block].text[start:end].split())}\u201d"
    if not label:
        label = cue.signal or getattr(cue.feature, "__name__", "").replace("_", " ")
    return Count(cue.weight, label, tuple(ranges) if cue.mark and 0 in cue.shifts else (), cue.signal)


def _holding(scan: Scan, cue: Cue, units: Units, numbers: frozenset[int]) -> Iterable[int]:
    """Those of the units `numbers` for which a signal holds, or a feature has the value that a cue asks for."""
    if cue.signal:
        asked = numbers if cue.shifts == (0,) else frozenset(n + shift for n in numbers for shift in cue.shifts)
        holding = scan.holding(cue.signal, units, asked)
        return {n - shift for n in holding for shift in cue.shifts} & numbers
    read = ((number, number + shift) for number in numbers for shift in cue.shifts)
    return {number for number, at in read if 0 <= at < len(units) and _holds(scan, cue, units[at])}


def _holds(scan: Scan, cue: Cue, unit: Unit) -> bool:
    """Whether the value of a cue's feature lies within its bounds."""
    assert cue.feature is not None
    value = cue.feature(scan, unit)
    return (cue.low is None or value >= cue.low) and (cue.high is None or value <= cue.high)


def _ranges(scan: Scan, cue: Cue, units: Units, number: int, terms: Iterable[Term]) -> Ranges:
    """Where the words of a cue stand that count for a unit, as ranges of the block in which they stand."""
    found: Ranges = []
    for at in (number + shift for shift in cue.shifts):
        if not 0 <= at < len(units):
            continue
        here = [r for term in terms for r in scan.ranges(term, units, at)]
        if here and (cue.skip_quotes or cue.skip_ascribed):
            here = [r for r in here if not _of_others(scan, cue, units[at], *r)]
        if here and not (cue.whole and not _fills(scan, units[at], here)):
            found += here
    return sorted(found)


def _fills(scan: Scan, unit: Unit, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether every letter of the unit lies in one of the ranges."""
    text, at = scan.document.blocks[unit.block].text, unit.start
    for start, end in sorted(ranges):
        if any(map(str.isalpha, text[at:start])):
            return False
        at = max(at, end)
    return not any(map(str.isalpha, text[at : unit.end]))


def _of_others(scan: Scan, cue: Cue, unit: Unit, start: int, end: int) -> bool:
    """Whether what was found stands in words that are not the unit's own and do not count for the cue."""
    if cue.skip_quotes and scan.in_quotes(unit.block, start, end):
        return True
    if not cue.skip_ascribed:
        return False
    from edlint.checks.speakers import LONGEST_HEADLINE, ascribed

    if unit.end - unit.start > LONGEST_HEADLINE:
        return False
    text = scan.plain(unit.block)[unit.start : unit.end]
    return any(first <= start - unit.start and end - unit.start <= last for first, last in ascribed(text))
