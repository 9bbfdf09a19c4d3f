"""The Matcher: the literals of all rules in one automaton, found in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from edlint.checks.base import Term
from edlint.ruleset.literals import DIGIT, Gates

if TYPE_CHECKING:
    import ahocorasick_rs


class Matcher:
    """The literals of all terms, in one automaton."""

    def __init__(self, terms: Iterable[Term], gates: Gates) -> None:
        self.gates = gates
        self._by_needle: dict[str, list[Term]] = {}
        self._ungated: list[Term] = []
        for term in terms:
            needles = gates.of(term)
            if needles is None:
                self._ungated.append(term)
            for needle in needles or ():
                self._by_needle.setdefault(needle, []).append(term)
        self._needles = [needle for needle in self._by_needle if needle != DIGIT]

    def possible(self, occurring: Iterable[str], *, digits: bool) -> frozenset[Term]:
        """The terms that can stand in a text in which these needles occur, and a digit or none."""
        found = set(self._ungated)
        for needle in occurring:
            found.update(self._by_needle[needle])
        if digits:
            found.update(self._by_needle.get(DIGIT, ()))
        return frozenset(found)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick | None:
        try:
            import ahocorasick_rs
        except ImportError:  # no wheel for this platform: slower, same result
            return None
        return ahocorasick_rs.AhoCorasick(self._needles, implementation=ahocorasick_rs.Implementation.ContiguousNFA)

    def occurrences(self, folded: str) -> Mapping[str, list[int]]:
        """Where each needle starts in a folded text, in rising order; overlapping ones included."""
        names = self._needles
        if not names:
            return {}
        lists: list[list[int]] = [[] for _ in names]
        if self._automaton is not None:
            for number, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
                lists[number].append(start)
        else:
            for name, starts in zip(names, lists, strict=True):
                at = folded.find(name)
                while at >= 0:
                    starts.append(at)
                    at = folded.find(name, at + 1)
        return {name: starts for name, starts in zip(names, lists, strict=True) if starts}
