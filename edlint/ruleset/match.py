"""One document against all rules: a single pass for every literal, then only the regexes whose literals occurred."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any, Literal, TypeVar

from edlint.checks.base import Hit, Term, Unit, UnitKind
from edlint.grammar.base import Remark, Slice
from edlint.model.document import Document
from edlint.regexes import budget
from edlint.regexes.programs import compiled
from edlint.ruleset.hits import Hits
from edlint.ruleset.literals import is_word, needle_of, plain
from edlint.ruleset.matcher import Matcher, Search
from edlint.ruleset.scope import Sorts
from edlint.ruleset.search import Range, Texts, at_places, beginnings, in_lines, keeps_to_lines, matches, one_by_one
from edlint.ruleset.units import Units, layered_units, units_of
from edlint.ruleset.views import Views
from edlint.text.ranges import column

Signal = Callable[["DocumentScan", Sequence[Unit], frozenset[int]], frozenset[int]]
Made = TypeVar("Made")


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
        self._views = Views(document, matcher)
        self._units: dict[tuple[tuple[str, ...], UnitKind], Units] = {}
        self._by_sort: dict[tuple[frozenset[int], UnitKind], Units] = {}
        self._hits: dict[tuple[Term, int], Sequence[Hit]] = {}
        self._gated: dict[tuple[str, int], array[int]] = {}
        self._gating: dict[tuple[str, int], list[array[int]] | Literal[False]] = {}  # of a pattern; False where it has no gate
        self._shared: dict[tuple[Any, ...], Any] = {}

    def plain(self, block: int) -> str:
        """See Scan.plain."""
        return self._views.slice(True, self._views.starts[block], self._views.starts[block + 1] - 1)

    def units(self, scope: tuple[str, ...], kind: UnitKind) -> Units:
        """See Scan.units."""
        found = self._units.get((scope, kind))
        if found is None:
            found = self._units[scope, kind] = self._made(scope, kind)
        return found

    def _made(self, scope: tuple[str, ...], kind: UnitKind) -> Units:
        """Units; those that were made already for another scope or of another kind, where these are the same."""
        starts = self._views.starts
        if self.document.layers is not None:
            return layered_units(self.document, scope, kind, starts)
        sorts = self._sorts.fitting(scope)
        if (sorts, kind) not in self._by_sort:
            units = units_of(self.document, self._sorts.blocks(sorts), kind, starts)
            self._by_sort[sorts, kind] = next((known for known in self._by_sort.values() if units.same(known)), units)
        return self._by_sort[sorts, kind]

    @cached_property
    def _sorts(self) -> Sorts:
        return Sorts(self.document)

    def shared(self, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """See Scan.shared."""
        if key not in self._shared:
            self._shared[key] = make()
        made: Made = self._shared[key]
        return made

    @cached_property
    def _possible(self) -> frozenset[Term]:
        assert self._matcher is not None
        return self._matcher.possible(self._views)

    def possible(self, terms: frozenset[Term]) -> frozenset[Term]:
        """See Scan.possible."""
        return terms & self._possible if self._matcher else terms

    def idle(self, terms: frozenset[Term]) -> bool:
        """Whether none of `terms` can stand in the document; with no terms, False."""
        return self._matcher is not None and bool(terms) and terms.isdisjoint(self._possible)

    def hits(self, term: Term, units: Sequence[Unit], only: Sequence[int] | None = None) -> Sequence[Hit]:
        """See Scan.hits."""
        assert isinstance(units, Units)
        key = (term, id(units))
        found = self._hits.get(key)
        if found is None:
            if only is not None and not term.literal:
                return self._regex(term, units, only)
            found = self._literal(term, units) if term.literal else self._regex(term, units, range(len(units)))
            self._hits[key] = found
        if only is None or not isinstance(found, Hits):
            return found
        return found.within(only[0], only[-1]) if only else ()

    def _literal(self, term: Term, units: Units) -> Sequence[Hit]:
        """The hits of a phrase."""
        needle = needle_of(term.pattern)
        views, width, past = self._views, len(needle), 0
        text = views.folded
        starts = views.places(needle) if self._matcher else [m.start() for m in re.finditer(re.escape(needle), text)]
        front, back, length = is_word(needle[0]), is_word(needle[-1]), len(text)
        hits: Hits | None = None
        for start in units.inside(starts):
            end = start + width
            if start < past or (front and start and is_word(text[start - 1])) or (back and end < length and is_word(text[end])):
                continue
            unit = units.holding(start)
            if unit < 0 or end > units.ends[unit]:
                continue
            if not term.ignorecase and views.plain[start:end] != plain(term.pattern):
                continue
            shift = views.starts[units.blocks[unit]]
            if hits is None:
                hits = Hits()
            hits.add(unit, start - shift, end - shift)
            past = end
        return hits or ()

    def _texts(self, term: Term, units: Units) -> Texts:
        """The text of each unit in the view that a regex is compared with."""
        return Texts(self._views, term.plain, units)

    def _headed(self, term: Term, plan: Search, units: Units, numbers: Sequence[int]) -> Iterable[Range]:
        """A search for a regex all of whose matches begin with a literal."""
        if plan.names.isdisjoint(self._views.occurring):
            return ()
        begins = self.shared((term,), lambda: beginnings(plan, self._views))
        places = units.places(begins) if units.layered else units.among(begins, numbers)
        return at_places(compiled(term.pattern, term.ignorecase), self._texts(term, units), units.starts, places)

    def _regex(self, term: Term, units: Units, numbers: Sequence[int]) -> Sequence[Hit]:
        """The hits of a regex in the units of these rising numbers."""
        plan = self._matcher.plan(term) if self._matcher else None
        found: Iterable[Range]
        if not numbers:
            return ()
        if plan and not plan.gated and not plan.free:
            found = self._headed(term, plan, units, numbers)
        else:
            candidates = self._candidates(term, units, numbers[0], numbers[-1])
            if isinstance(candidates, set):
                numbers = sorted(candidates) if isinstance(numbers, range) else [n for n in numbers if n in candidates]
            if plan or not numbers:
                found = self._planned(term, plan, units, numbers) if plan else ()
            else:
                search = in_lines if keeps_to_lines(term.pattern) else one_by_one
                found = search(compiled(term.pattern, term.ignorecase), self._texts(term, units), numbers)
        hits: Hits | None = None
        bases, starts, blocks = self._views.starts, units.starts, units.blocks
        for number, start, end in found:
            shift = starts[number] - bases[blocks[number]]
            if hits is None:
                hits = Hits()
            hits.add(number, shift + start, shift + end)
        return (sorted(hits) if plan and units.layered else hits) if hits else ()

    def _planned(self, term: Term, plan: Search, units: Units, numbers: Sequence[int]) -> Iterator[Range]:
        """A search of units' texts where a match can begin."""
        pattern, texts = compiled(term.pattern, term.ignorecase), self._texts(term, units)
        begins = beginnings(plan, self._views)
        able = list(self._searchers(plan, term, units))
        for count, number in enumerate(numbers):
            if not count % 64:
                budget.left()
            first, text = units.starts[number], texts[number]
            here = [at - first for at in begins[bisect_left(begins, first) : bisect_left(begins, units.ends[number])]]
            searchers = [searcher for searcher, numbers in able if number in numbers]
            if here or any(s.search(text) is not None for s in searchers):
                yield from ((number, *match.span()) for match in matches(pattern, text, here, searchers))

    def _searchers(self, plan: Search, term: Term, units: Units) -> Iterable[tuple[Any, Collection[int]]]:
        """The patterns to search units with, each with the numbers of the units: all, or those in which a literal of its gate occurs."""
        if plan.free:
            yield compiled(plan.free, term.ignorecase), range(len(units))
        for pattern, literals in plan.gated:
            numbers = {n for literal in self._views.occurring.intersection(literals) for n in self._units_with(literal, units)}
            if numbers:
                yield compiled(pattern, term.ignorecase), numbers

    def _candidates(self, term: Term, units: Units, first: int, last: int) -> range | set[int]:
        """The numbers, from `first` to `last`, of the units in which a regex can match."""
        key = (term.pattern, id(units))
        columns = self._gating.get(key)
        if columns is None:
            gates = self._matcher.gates.of(term) if self._matcher else None
            literals = self._views.occurring.intersection(gates or ())
            columns = self._gating[key] = gates is not None and [self._units_with(literal, units) for literal in literals]
        if columns is False:
            return range(first, last + 1)
        found: set[int] = set()
        for numbers in columns:
            found.update(numbers[bisect_left(numbers, first) : bisect_right(numbers, last)])
            if len(found) == last + 1 - first:
                break
        return found

    def _units_with(self, literal: str, units: Units) -> array[int]:
        """The numbers of the units in which a gate's literal starts, and perhaps some more, in rising order."""
        key = (literal, id(units))
        if key not in self._gated:
            places = self._views.places(literal)
            if units.layered:
                self._gated[key] = column(sorted({number for start in places for number in units.all_holding(start)}))
            else:
                holding = (bisect_right(units.starts, start) - 1 for start in units.inside(places))
                self._gated[key] = column(number for number, _ in groupby(holding) if number >= 0)
        return self._gated[key]

    def in_quotes(self, block: int, start: int, end: int) -> bool:
        """See Scan.in_quotes."""
        ranges = self.document.quoted[block]
        at = bisect_right(ranges, (start, len(self.document.blocks[block].text) + 1)) - 1
        return at >= 0 and ranges[at][0] <= start and end <= ranges[at][1]

    def where(self, term: Term, units: Sequence[Unit], first: int, last: int) -> Collection[int]:
        """See Scan.where."""
        assert isinstance(units, Units)
        if term.literal:
            found = self.hits(term, units, range(first, last + 1))
            return found.units if isinstance(found, Hits) else {hit.unit for hit in found}
        return self._candidates(term, units, first, last)

    def holding(self, name: str, units: Sequence[Unit], wanted: frozenset[int]) -> frozenset[int]:
        """See Scan.holding."""
        return self._signals[name](self, units, wanted) if name in self._signals else frozenset()

    @cached_property
    def _remarked(self) -> Sequence[tuple[int, Remark]]:
        return self._remarks(self.document)

    def remarks(self, slice: Slice) -> list[tuple[int, Remark]]:
        """See Scan.remarks."""
        return [pair for pair in self._remarked if slice.holds(pair[1])]
