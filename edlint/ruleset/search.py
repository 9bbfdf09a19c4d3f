"""Searching one unit by a Plan: the whole pattern is tried only where one of its alternatives can begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

from edlint.checks.patterns import allowance
from edlint.ruleset.matcher import Search
from edlint.ruleset.views import Views

NOWHERE = 1 << 62


def beginnings(plan: Search, views: Views) -> Sequence[int]:
    """Where in the joined text a match may begin, in rising order."""
    heads = plan.names & views.occurring
    if len(heads) == 1:
        return views.bounded(*plan.heads[next(iter(heads))])
    found: set[int] = set()
    for text in heads:
        found.update(views.bounded(*plan.heads[text]))
    return sorted(found)


def matches(pattern: Any, text: str, begins: Sequence[int], searchers: Sequence[Any], deadline: float) -> Iterator[Any]:
    """The matches that `pattern.finditer(text)` gives, found by trying `begins` and wherever a searcher finds something.

    Raises TimeoutError when one search or all of them take too long.
    """
    seconds = allowance(pattern.pattern)
    nearest = [-1] * len(searchers)
    at = number = 0
    while True:
        if monotonic() > deadline:
            raise TimeoutError
        for index, searcher in enumerate(searchers):
            if nearest[index] < at:
                ahead = searcher.search(text, at, timeout=allowance(searcher.pattern))
                nearest[index] = ahead.start() if ahead else NOWHERE
        best = min(nearest, default=NOWHERE)
        match = None
        while number < len(begins) and begins[number] <= best:
            begin = begins[number]
            number += 1
            if begin >= at and (match := pattern.match(text, begin, timeout=seconds)):
                break
        if match is None:
            if best == NOWHERE:
                return
            match = pattern.match(text, best, timeout=seconds)
            if match is None:
                at = best + 1
                continue
        yield match
        at = match.end()
