"""Counting: which cues hold in which units, with as little looking as the answer needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from edlint.checks.base import Hit, Scan, Term, Unit
from edlint.checks.cues import Cue

PORTION = 4096  # units that are gone through together
Ranges = list[tuple[int, int]]
Possible = tuple[Cue, frozenset[Term]]  # a cue, and those of its terms that can stand in the document


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


def count(
    scan: Scan, cues: Sequence[Cue], units: Sequence[Unit], enough: float, only: frozenset[int] | None = None
) -> dict[int, list[Count]]:
    """For each unit (by number) whose cues could reach `enough`, the cues that hold; with `only`, for no others than these.

    Long lists of units are gone through in portions, so that what is noted of most units is soon forgotten.
    """
    found: dict[int, list[Count]] = {}
    asked: Sequence[int] = range(len(units)) if only is None else sorted(n for n in only if 0 <= n < len(units))
    for first in range(0, len(asked), PORTION):
        found.update(_count(scan, cues, units, enough, asked[first : first + PORTION]))
    return found


def _count(scan: Scan, cues: Sequence[Cue], units: Sequence[Unit], enough: float, asked: Sequence[int]) -> dict[int, list[Count]]:
    """What `count` gives for the units `asked`, at least one.

    Nothing is asked that cannot matter: first, from the words that occur, which units could reach `enough` at all; of
    those, what adds; and then, cue by cue, what subtracts or must be looked up, in the units that can still reach it.
    """
    adding: list[tuple[Cue, frozenset[Term]]] = []
    hope = 0.0
    for cue in cues:
        if cue.weight <= 0:
            continue
        if not cue.terms:
            hope += cue.weight
        elif terms := scan.possible(cue.terms):
            adding.append((cue, terms))
    promising = _promising(scan, adding, units, enough - hope, asked)
    if not promising:
        return {}
    found: dict[int, list[tuple[Cue, Ranges]]] = defaultdict(list)
    gains: dict[int, float] = defaultdict(float)
    for cue, terms in adding:
        for number, ranges in _occurrences(scan, (cue, terms), units, promising).items():
            found[number].append((cue, ranges))
            gains[number] += cue.weight
    numbers = promising if hope >= enough else frozenset(n for n in promising & gains.keys() if gains[n] + hope >= enough)
    for cue in cues:
        if not numbers:
            return {}
        if not cue.terms or cue.weight <= 0:
            others = _others(scan, cue, units, numbers)
            for number, ranges in others.items():
                found[number].append((cue, ranges))
            if cue.weight > 0:
                hope -= cue.weight
                for number in others:
                    gains[number] += cue.weight
                if hope < enough:
                    numbers = frozenset(n for n in numbers & gains.keys() if gains[n] + hope >= enough)
    return {number: [_counted(scan, units[number], cue, ranges) for cue, ranges in found[number]] for number in numbers}


def _promising(scan: Scan, adding: Sequence[Possible], units: Sequence[Unit], needed: float, asked: Sequence[int]) -> frozenset[int]:
    """Those of the units `asked` in which cues worth `needed` may stand, going by the words that occur.

    The heaviest cues come first, so that it shows early where no unit can reach it.
    """
    if needed <= 0:
        return frozenset(asked)
    most: dict[int, float] = defaultdict(float)
    ahead = sum(cue.weight for cue, _ in adding)
    for cue, terms in sorted(adding, key=_weight, reverse=True):
        if ahead < needed:
            most = defaultdict(float, {n: weight for n, weight in most.items() if weight + ahead >= needed})
            if not most:
                return frozenset()
        ahead -= cue.weight
        first, last = asked[0], asked[-1]
        if cue.shifts != (0,):
            first, last = max(0, first + min(cue.shifts)), min(len(units) - 1, last + max(cue.shifts))
        numbers: set[int] = set()
        for term in terms if first <= last else ():
            numbers.update(scan.where(term, units, first, last))
        for number in {n - shift for n in numbers for shift in cue.shifts} if cue.shifts != (0,) else numbers:
            most[number] += cue.weight
    return frozenset(n for n, weight in most.items() if weight >= needed).intersection(asked)


def _weight(possible: Possible) -> float:
    return possible[0].weight


def _counted(scan: Scan, unit: Unit, cue: Cue, ranges: Ranges) -> Count:
    label = cue.why
    if not label and ranges:
        start, end = ranges[0]
        label = f"\u201c{' '.join(scan.document.blocks[unit.block].text[start:end].split())}\u201d"
    if not label:
        label = cue.signal or getattr(cue.feature, "__name__", "").replace("_", " ")
    return Count(cue.weight, label, tuple(ranges) if cue.mark and 0 in cue.shifts else (), cue.signal)


def _others(scan: Scan, cue: Cue, units: Sequence[Unit], numbers: frozenset[int]) -> dict[int, Ranges]:
    """Those of the units `numbers` for which a cue holds, with where its words stand, if it has words."""
    if cue.terms:
        return _occurrences(scan, (cue, scan.possible(cue.terms)), units, numbers)
    if cue.signal:
        asked = numbers if cue.shifts == (0,) else frozenset(n + shift for n in numbers for shift in cue.shifts)
        holding = scan.holding(cue.signal, units, asked)
        return {n: [] for n in sorted({n - shift for n in holding for shift in cue.shifts} & numbers)}
    if cue.shifts == (0,):
        return {n: [] for n in numbers if _holds(scan, cue, units[n])}
    return {n: [] for n in numbers if any(0 <= n + shift < len(units) and _holds(scan, cue, units[n + shift]) for shift in cue.shifts)}


def _holds(scan: Scan, cue: Cue, unit: Unit) -> bool:
    """Whether the value of a cue's feature lies within its bounds."""
    assert cue.feature is not None
    value = cue.feature(scan, unit)
    return (cue.low is None or value >= cue.low) and (cue.high is None or value <= cue.high)


def _occurrences(scan: Scan, possible: Possible, units: Sequence[Unit], wanted: frozenset[int]) -> dict[int, Ranges]:
    """For each of the units `wanted` in which the cue's terms count, their ranges in the block where they stand."""
    cue, terms = possible
    if not terms:
        return {}
    here: dict[int, Ranges] = defaultdict(list)
    read = frozenset(n + shift for n in wanted for shift in cue.shifts if 0 <= n + shift < len(units)) if cue.shifts != (0,) else wanted
    rising = sorted(read)
    for term in terms:
        for hit in scan.hits(term, units, rising):
            if hit.unit in read and not ((cue.skip_quotes or cue.skip_ascribed) and _of_others(scan, cue, units[hit.unit], hit)):
                here[hit.unit].append((hit.start, hit.end))
    found: dict[int, Ranges] = defaultdict(list)
    for number, ranges in here.items():
        if cue.whole and not _fills(scan, units[number], ranges):
            continue
        for shift in cue.shifts:
            if number - shift in wanted:
                found[number - shift].extend(ranges)
    for ranges in found.values():
        ranges.sort()
    return found


def _fills(scan: Scan, unit: Unit, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether every letter of the unit lies in one of the ranges."""
    text, at = scan.document.blocks[unit.block].text, unit.start
    for start, end in sorted(ranges):
        if any(map(str.isalpha, text[at:start])):
            return False
        at = max(at, end)
    return not any(map(str.isalpha, text[at : unit.end]))


def _of_others(scan: Scan, cue: Cue, unit: Unit, hit: Hit) -> bool:
    """Whether what was found stands in words that are not the unit's own and do not count for the cue."""
    if cue.skip_quotes and scan.in_quotes(unit.block, hit.start, hit.end):
        return True
    if not cue.skip_ascribed:
        return False
    from edlint.checks.speakers import LONGEST_HEADLINE, ascribed

    if unit.end - unit.start > LONGEST_HEADLINE:
        return False
    text = scan.plain(unit.block)[unit.start : unit.end]
    return any(start <= hit.start - unit.start and hit.end - unit.start <= end for start, end in ascribed(text))
