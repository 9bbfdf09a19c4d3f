"""Searching one unit by a Plan: the whole pattern is tried only where one of its alternatives can begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import Any

from edlint.checks.patterns import allowance
from edlint.ruleset.heads import Head

NOWHERE = 1 << 62


def beginnings(heads: Mapping[str, Head], occurrences: Mapping[str, Sequence[int]], folded: str, starts: frozenset[int]) -> list[int]:
    """Where in the joined text a match may begin, in rising order. `starts` are offsets of units, where a boundary is certain."""
    found: set[int] = set()
    for text in heads.keys() & occurrences.keys():
        _, front, back = heads[text]
        front, back = front and word(text[0]), back and word(text[-1])
        for at in occurrences[text]:
            if front and at and word(folded[at - 1]) and at not in starts:
                continue
            end = at + len(text)
            if back and end < len(folded) and word(folded[end]):
                continue
            found.add(at)
    return sorted(found)


def word(character: str) -> bool:
    """Whether a character is surely part of a word (a few more are, to the regex)."""
    return character.isalpha() or character.isdecimal() or character == "_"


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
