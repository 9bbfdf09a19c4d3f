"""Searching units for a pattern: one by one, put together, or by a Plan, trying it only where one of its alternatives can begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, overload

from edlint.regexes import budget
from edlint.ruleset.matcher import Search
from edlint.ruleset.units import Units
from edlint.ruleset.views import LONG, Views

NOWHERE = 1 << 62
PORTION = 64  # units searched between two looks at the clock
Range = tuple[int, int, int]  # a unit's number, and where in its text a match starts and ends
# What may match a line feed, or tells where a text begins and ends: classes by what they are not, anchors, flags, names of groups.
_CROSSING = re.compile(r"\\[^bdwS\W]|\^|(?<!(?<!\\)\[)\$|\(\?[^:=!<>]|\(\?<\w|\[:|[\x00-\x1f]")


class Texts(Sequence[str]):
    """The texts of units, in one view of a document; each is made when it is asked for."""

    __slots__ = ("_ends", "_plain", "_starts", "_text", "_views")

    def __init__(self, views: Views, plain: bool, units: Units) -> None:
        self._views, self._plain = views, plain
        self._text = views.plain if plain else views.joined
        self._starts, self._ends = units.starts, units.ends

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        start, end = self._starts[at], self._ends[at]
        return self._text[start:end] if end - start < LONG else self._views.slice(self._plain, start, end)


def one_by_one(pattern: Any, texts: Sequence[str], numbers: Sequence[int]) -> Iterator[Range]:
    """The matches in the texts of these numbers. Raises TimeoutError when the budget is used up."""
    finditer = pattern.finditer
    for count, number in enumerate(numbers):
        if not count % PORTION:
            budget.left()
        for match in finditer(texts[number]):
            yield number, *match.span()


@lru_cache(maxsize=8192)
def keeps_to_lines(pattern: str) -> bool:
    """Whether a pattern finds in lines just what it finds in the texts that these lines are. False where that takes more than a look."""
    return not _CROSSING.search(pattern)


def in_lines(pattern: Any, texts: Sequence[str], numbers: Sequence[int]) -> Iterator[Range]:
    """What `one_by_one` gives, for a pattern that keeps to lines: the texts are searched as lines of one, which is quicker."""
    for first in range(0, len(numbers), PORTION):
        budget.left()
        portion = numbers[first : first + PORTION]
        lines = [texts[number] for number in portion]
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        for match in pattern.finditer("\n".join(lines)):
            start, end = match.span()
            line = bisect_right(starts, start) - 1
            yield portion[line], start - starts[line], end - starts[line]


def beginnings(plan: Search, views: Views) -> Sequence[int]:
    """Where in the joined text a match may begin, in rising order."""
    heads = plan.names & views.occurring
    if len(heads) == 1:
        return views.bounded(*plan.heads[next(iter(heads))])
    found: set[int] = set()
    for text in heads:
        found.update(views.bounded(*plan.heads[text]))
    return sorted(found)


def at_places(pattern: Any, texts: Sequence[str], starts: Sequence[int], places: Iterable[tuple[int, int]]) -> Iterator[Range]:
    """The matches that begin at rising places of the joined text, each with its unit's number; units start at `starts`."""
    match = pattern.match
    past: dict[int, int] = {}  # by unit, where in its text its last match ended
    for count, (begin, number) in enumerate(places):
        if not count % PORTION:
            budget.left()
        at = begin - starts[number]
        if at >= past.get(number, 0) and (found := match(texts[number], at)):
            past[number] = found.end()
            yield number, *found.span()


def matches(pattern: Any, text: str, begins: Sequence[int], searchers: Sequence[Any]) -> Iterator[Any]:
    """The matches that `pattern.finditer(text)` gives, found by trying `begins` and wherever a searcher finds something.

    Raises TimeoutError when the budget is used up.
    """
    nearest = [-1] * len(searchers)
    at = number = 0
    while True:
        budget.left()
        for index, searcher in enumerate(searchers):
            if nearest[index] < at:
                ahead = searcher.search(text, at)
                nearest[index] = ahead.start() if ahead else NOWHERE
        best = min(nearest, default=NOWHERE)
        match = None
        while number < len(begins) and begins[number] <= best:
            begin = begins[number]
            number += 1
            if begin >= at and (match := pattern.match(text, begin)):
                break
        if match is None:
            if best == NOWHERE:
                return
            match = pattern.match(text, best)
            if match is None:
                at = best + 1
                continue
        yield match
        at = match.end()
