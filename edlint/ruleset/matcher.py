"""The Matcher: the literals of all rules in one automaton, found in one pass."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from edlint.checks.base import Term
from edlint.ruleset.heads import Head
from edlint.ruleset.literals import DIGIT
from edlint.ruleset.plans import Gates
from edlint.ruleset.views import every
from edlint.text.ranges import column

if TYPE_CHECKING:
    import ahocorasick_rs

    from edlint.ruleset.views import Views

LITTLE = 20_000  # characters of text for which an automaton of all needles, thousands, takes longer to make than it saves
PORTION = 1 << 16  # characters looked through at once, so that what is found in a long text is never all there as objects
SHORT = 2  # a needle of fewer characters stands in most texts, often: whether it does, and where, is looked up when asked


class Search(NamedTuple):
    """A Plan with its heads by their text."""

    heads: Mapping[str, Head]
    names: frozenset[str]  # of the heads
    gated: Sequence[tuple[str, Sequence[str]]]
    free: str


class Matcher:
    """The literals of all terms, in one automaton. `planned`, also those with which the matches of each regex begin: that pays
    for the long lists of words in one pattern that some rules have, and costs more than it saves for short patterns."""

    def __init__(self, terms: Iterable[Term], gates: Gates, *, planned: bool) -> None:
        self.gates = gates
        self._read = 0  # characters
        self._by_needle: dict[str, list[Term]] = {}
        self._by_head: dict[Head, list[Term]] = {}  # the terms all of whose matches begin with a head
        self._ungated: list[Term] = []
        self._plans: dict[str, Search] = {}
        for term in terms:
            if (planned or gates.listed(term)) and not term.literal and self._plan(term):
                continue
            needles = gates.of(term)
            if needles is None:
                self._ungated.append(term)
            for needle in needles or ():
                self._by_needle.setdefault(needle, []).append(term)
        self.short = frozenset(needle for needle in self._by_needle if len(needle) < SHORT and needle != DIGIT)
        self._needles = [needle for needle in self._by_needle if len(needle) >= SHORT]

    def _plan(self, term: Term) -> bool:
        """Work out how a regex is looked for, and note the literals that this takes. Whether all its matches begin with a head."""
        heads, gated, free = self.gates.plan(term)
        if heads or gated:
            by_text: dict[str, Head] = {}
            for head in heads:
                known = by_text.get(head.text, head)
                by_text[head.text] = Head(head.text, known.front and head.front, known.back and head.back)
            self._plans[term.pattern] = Search(by_text, frozenset(by_text), gated, free)
            for needle in (*by_text, *(literal for _, literals in gated for literal in literals)):
                self._by_needle.setdefault(needle, [])
            if not gated and not free:
                for head in by_text.values():
                    self._by_head.setdefault(head, []).append(term)
                return True
        return False

    def plan(self, term: Term) -> Search | None:
        """How to look for a regex; None when it must be searched for everywhere."""
        return self._plans.get(term.pattern)

    @cached_property
    def _heads(self) -> Mapping[str, Sequence[tuple[Head, Sequence[Term]]]]:
        """The heads of one text, each with the terms that begin with it."""
        grouped: dict[str, list[tuple[Head, Sequence[Term]]]] = {}
        for head, terms in self._by_head.items():
            grouped.setdefault(head.text, []).append((head, terms))
        return grouped

    def possible(self, views: Views) -> frozenset[Term]:
        """The terms that can stand in a text."""
        found = set(self._ungated)
        for needle in views.occurring:
            found.update(self._by_needle.get(needle, ()))
            for head, terms in self._heads.get(needle, ()):
                if views.bounded(*head):
                    found.update(terms)
        return frozenset(found)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick | None:
        return _automaton(self._needles)

    def occurrences(self, folded: str) -> Mapping[str, Sequence[int]]:
        """Where each needle that is not short starts in a folded text, in rising order; overlapping ones included."""
        self._read += len(folded)
        if self._read <= LITTLE:
            names = _likely(self._needles, folded)
            automaton = _automaton(names)
        else:
            names, automaton = self._needles, self._automaton
        if not names:
            return {}
        if automaton is None:
            return {name: starts for name in names if (starts := column(every(name, folded)))}
        found: dict[int, array[int]] = defaultdict(column)
        longest = max(map(len, names))
        for first in range(0, len(folded), PORTION):
            last = first + PORTION
            for number, start, _ in automaton.find_matches_as_indexes(folded[first : last + longest - 1], overlapping=True):
                if start < PORTION:  # else the next portion holds it too
                    found[number].append(first + start)
        return {names[number]: starts for number, starts in found.items()}


def _automaton(needles: Sequence[str]) -> ahocorasick_rs.AhoCorasick | None:
    """What finds any of some needles; None where the package has no wheel for the platform: slower, same result."""
    try:
        import ahocorasick_rs
    except ImportError:
        return None
    return ahocorasick_rs.AhoCorasick(needles, implementation=ahocorasick_rs.Implementation.ContiguousNFA)


def _likely(needles: Iterable[str], folded: str) -> list[str]:
    """The needles that a text may hold: those whose first and last five characters stand in it, and all shorter ones."""
    fives = {folded[at : at + 5] for at in range(len(folded) - 4)}
    return [needle for needle in needles if len(needle) < 5 or (needle[:5] in fives and needle[-5:] in fives)]
