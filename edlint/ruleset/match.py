"""One document against all rules: a single pass for every literal, then only the regexes whose literals occurred."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from time import monotonic
from typing import Any

from edlint.checks.base import Hit, Term, Unit, UnitKind
from edlint.checks.patterns import allowance
from edlint.checks.programs import compiled
from edlint.document import Document
from edlint.grammar.base import Remark, Slice
from edlint.ruleset.literals import DIGIT, fold, plain
from edlint.ruleset.matcher import Matcher, Search
from edlint.ruleset.search import beginnings, matches
from edlint.ruleset.units import Units, units_of

BUDGET = 5.0  # seconds that one pattern may take in one document, and
SPEED = 1e5  # how many more code points it must get through in each further second
_DIGITS = re.compile(r"\d")
Finder = Callable[[str, int], Iterable[Any]]  # a unit's text and number → matches
Signal = Callable[["DocumentScan", Sequence[Unit], frozenset[int]], frozenset[int]]


class DocumentScan:
    """The Scan of one document: see `edlint.checks.base.Scan`."""

    def __init__(
        self,
        document: Document,
        matcher: Matcher | None,
        signals: Mapping[str, Signal],
        remarks: Callable[[Document], Sequence[tuple[int, Remark]]],
    ) -> None:
        self.document = document
        self._matcher, self._signals, self._remarks = matcher, signals, remarks
        self._units: dict[tuple[tuple[str, ...], UnitKind], Units] = {}
        self._hits: dict[tuple[Term, int], list[Hit]] = {}
        self._gated: dict[tuple[str, int], frozenset[int]] = {}

    @cached_property
    def _starts(self) -> list[int]:
        """Where each block's text starts in the joined text, whose blocks are parted by one line feed."""
        starts, at = [], 0
        for block in self.document.blocks:
            starts.append(at)
            at += len(block.text) + 1
        return starts

    @cached_property
    def _joined(self) -> str:
        return "\n".join(block.text for block in self.document.blocks)

    @cached_property
    def _plain(self) -> str:
        return plain(self._joined)

    @cached_property
    def _folded(self) -> str:
        return fold(self._plain)

    @cached_property
    def _occurrences(self) -> Mapping[str, list[int]]:
        return self._matcher.occurrences(self._folded) if self._matcher else {}

    @cached_property
    def _digits(self) -> list[int]:
        return [found.start() for found in _DIGITS.finditer(self._folded)]

    def plain(self, block: int) -> str:
        """See Scan.plain."""
        start = self._starts[block]
        return self._plain[start : start + len(self.document.blocks[block].text)]

    def units(self, scope: tuple[str, ...], kind: UnitKind) -> Units:
        """See Scan.units."""
        found = self._units.get((scope, kind))
        if found is None:
            found = self._units[scope, kind] = Units(units_of(self.document, scope, kind), self._starts)
        return found

    @cached_property
    def _possible(self) -> frozenset[Term]:
        assert self._matcher is not None
        return self._matcher.possible(self._occurrences, digits=bool(self._digits))

    def possible(self, terms: frozenset[Term]) -> frozenset[Term]:
        """See Scan.possible."""
        return terms & self._possible if self._matcher else terms

    def hits(self, term: Term, units: Sequence[Unit], only: frozenset[int] | None = None) -> list[Hit]:
        """See Scan.hits."""
        assert isinstance(units, Units)
        key = (term, id(units))
        found = self._hits.get(key)
        if found is not None:
            return found
        if term.literal:
            found = self._hits[key] = self._literal(term, units)
            return found
        candidates = self._candidates(term, units)
        if only is not None:
            return self._regex(term, units, sorted(only.intersection(candidates)))
        found = self._hits[key] = self._regex(term, units, sorted(candidates))
        return found

    def _literal(self, term: Term, units: Units) -> list[Hit]:
        needle = _needle(term.pattern)
        text, width, hits, past = self._folded, len(needle), [], 0
        starts = self._occurrences.get(needle, ()) if self._matcher else [m.start() for m in re.finditer(re.escape(needle), text)]
        front, back = _is_word(needle[0]), _is_word(needle[-1])
        for start in units.inside(starts):
            end = start + width
            if start < past or (front and start and _is_word(text[start - 1])) or (back and end < len(text) and _is_word(text[end])):
                continue
            unit = units.holding(start)
            if unit < 0 or end > units.ends[unit]:
                continue
            if not term.ignorecase and self._plain[start:end] != plain(term.pattern):
                continue
            shift = self._starts[units[unit].block]
            hits.append(Hit(unit, start - shift, end - shift))
            past = end
        return hits

    def _regex(self, term: Term, units: Units, numbers: Sequence[int]) -> list[Hit]:
        """The hits of a regex in the units of these numbers."""
        hits: list[Hit] = []
        if not numbers:
            return hits
        whole = self._plain if term.plain else self._joined
        deadline = monotonic() + BUDGET + len(whole) / SPEED
        plan = self._matcher.plan(term) if self._matcher else None
        find = self._planned(term, plan, units, deadline) if plan else self._everywhere(term)
        starts, ends = units.starts, units.ends
        for count, number in enumerate(numbers):
            if not count % 64 and monotonic() > deadline:
                raise TimeoutError
            first = starts[number]
            for match in find(whole[first : ends[number]], number):
                start, end = match.span()
                shift = units[number].start
                hits.append(Hit(number, shift + start, shift + end))
        return hits

    def _everywhere(self, term: Term) -> Finder:
        """A search of a unit's whole text."""
        finditer, seconds = compiled(term.pattern, term.ignorecase).finditer, allowance(term.pattern)
        return lambda text, number: finditer(text, timeout=seconds)

    def _planned(self, term: Term, plan: Search, units: Units, deadline: float) -> Finder:
        """A search of a unit's text where a match can begin."""
        pattern = compiled(term.pattern, term.ignorecase)
        begins = beginnings(plan.heads, self._occurrences, self._folded, units.start_set)

        def find(text: str, number: int) -> Iterable[Any]:
            first = units.starts[number]
            here = [at - first for at in begins[bisect_left(begins, first) : bisect_left(begins, units.ends[number])]]
            if not here and not plan.gated and not plan.free:
                return ()
            return matches(pattern, text, here, self._searchers(plan, term, number, units), deadline)

        return find

    def _searchers(self, plan: Search, term: Term, number: int, units: Units) -> list[Any]:
        """The patterns to search a unit with: the free one, and those of which a literal occurs there."""
        found = [compiled(plan.free, term.ignorecase)] if plan.free else []
        for pattern, literals in plan.gated:
            present = (x for x in literals if x == DIGIT or x in self._occurrences)
            if any(number in self._units_with(literal, units) for literal in present):
                found.append(compiled(pattern, term.ignorecase))
        return found

    def _candidates(self, term: Term, units: Units) -> Collection[int]:
        """The numbers of the units in which a regex can match."""
        gates = self._matcher.gates.of(term) if self._matcher else None
        if gates is None:
            return range(len(units))
        found: set[int] = set()
        for literal in {*gates} & self._occurring:
            found |= self._units_with(literal, units)
        return found

    @cached_property
    def _occurring(self) -> frozenset[str]:
        """The literals that occur, the one that stands for digits among them."""
        return frozenset((*self._occurrences, *((DIGIT,) if self._digits else ())))

    def _units_with(self, literal: str, units: Units) -> frozenset[int]:
        """The numbers of the units in which a gate's literal starts, and perhaps some more."""
        key = (literal, id(units))
        if key not in self._gated:
            starts = self._digits if literal == DIGIT else self._occurrences[literal]
            if units.layered:
                numbers = {number for start in starts for number in units.all_holding(start)}
            else:
                numbers = {bisect_right(units.starts, start) - 1 for start in units.inside(starts)} - {-1}
            self._gated[key] = frozenset(numbers)
        return self._gated[key]

    def in_quotes(self, block: int, start: int, end: int) -> bool:
        """See Scan.in_quotes."""
        ranges = self.document.quoted[block]
        at = bisect_right(ranges, (start, len(self.document.blocks[block].text) + 1)) - 1
        return at >= 0 and ranges[at][0] <= start and end <= ranges[at][1]

    def where(self, term: Term, units: Sequence[Unit]) -> Collection[int]:
        """See Scan.where."""
        assert isinstance(units, Units)
        return {hit.unit for hit in self.hits(term, units)} if term.literal else self._candidates(term, units)

    def holding(self, name: str, units: Sequence[Unit], wanted: frozenset[int]) -> frozenset[int]:
        """See Scan.holding."""
        return self._signals[name](self, units, wanted)

    @cached_property
    def _remarked(self) -> Sequence[tuple[int, Remark]]:
        return self._remarks(self.document)

    def remarks(self, slice: Slice) -> list[tuple[int, Remark]]:
        """See Scan.remarks."""
        return [pair for pair in self._remarked if slice.holds(pair[1])]


@lru_cache(maxsize=65536)
def _needle(phrase: str) -> str:
    """A phrase as it stands in the folded view."""
    return fold(plain(phrase))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
