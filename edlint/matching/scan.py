"""One document against all rules: its units, and where the terms of all rules stand in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from edlint.grammar.base import Remark, Slice
from edlint.matching.memory import memory
from edlint.matching.occurrences import LITTLE, Literals, Occurrences
from edlint.matching.prefilter import Term, prefilter
from edlint.matching.scope import Sorts
from edlint.matching.text import Text, plain
from edlint.matching.units import Unit, UnitKind, Units, layered_units, units_of
from edlint.model.document import Document
from edlint.regexes import budget
from edlint.regexes.programs import compiled
from edlint.text.ranges import Range

Signal = Callable[["Scan", Sequence[Unit], frozenset[int]], frozenset[int]]
Made = TypeVar("Made")
_PORTION = 64  # places looked at between two looks at the clock


class Hit(NamedTuple):
    """A Term found in a unit: the unit's number in the list that was asked about, and the range in the block's text."""

    unit: int
    start: int
    end: int


class Scan:
    """One document as the checks see it. Without `literals` every term is searched for everywhere: slower, same result."""

    def __init__(
        self,
        document: Document,
        literals: Literals | None,
        signals: Mapping[str, Signal],
        remarks: Callable[[Document], Sequence[tuple[int, Remark]]],
    ) -> None:
        self.document = document
        self._literals, self._signals, self._remarks = literals, signals, remarks
        self._text = Text(document)
        self._units: dict[tuple[tuple[str, ...], UnitKind], Units] = {}
        self._by_sort: dict[tuple[frozenset[int], UnitKind], Units] = {}
        self._hits: dict[tuple[Term, int], Sequence[Hit]] = {}
        self._within: dict[int, dict[int, frozenset[str]]] = {}
        self._equal: dict[frozenset[str], frozenset[str]] = {}  # lines of a list hold the same
        self._shared: dict[tuple[object, ...], Any] = {}
        self._memory = memory() if literals else None

    def plain(self, block: int) -> str:
        """The block's text, same length, with straight quotes and an ordinary space for every kind of white space."""
        return self._text.slice(True, self._text.starts[block], self._text.starts[block + 1] - 1)

    def units(self, scope: tuple[str, ...], kind: UnitKind) -> Units:
        """The units of one kind in the blocks that `scope` selects, in reading order. Equal questions give the same object."""
        found = self._units.get((scope, kind))
        if found is None:
            found = self._units[scope, kind] = self._made(scope, kind)
        return found

    def _made(self, scope: tuple[str, ...], kind: UnitKind) -> Units:
        """Units; those that were made already for another scope or of another kind, where these are the same."""
        starts = self._text.starts
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

    def shared(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives, worked out once for all that ask with an equal key while this document is scanned."""
        if key not in self._shared:
            self._shared[key] = make()
        made: Made = self._shared[key]
        return made

    @cached_property
    def _occurrences(self) -> Occurrences | None:
        return Occurrences(self._literals, self._text) if self._literals else None

    def possible(self, term: Term) -> bool:
        """Whether a term can stand in the document, going by the literals that occur."""
        return self._occurrences is None or prefilter(term).among(self._occurrences.all)

    @property
    def occurring(self) -> frozenset[str] | None:
        """The literals that occur in the document; None when they are not known."""
        return self._occurrences.all if self._occurrences else None

    def literals(self, units: Units, numbers: Iterable[int]) -> Iterator[tuple[int, frozenset[str]]]:
        """Some units, by their numbers, each with the literals that start in it."""
        assert self._occurrences is not None
        within, starts, ends = self._occurrences.within, units.starts, units.ends
        if len(self._text.folded) > LITTLE:  # so many sets would take more memory than the draft
            yield from ((number, within(starts[number], ends[number])) for number in numbers)
            return
        known = self._within.setdefault(id(units), {})
        for number in numbers:
            if number not in known:
                found = within(starts[number], ends[number])
                known[number] = self._equal.setdefault(found, found)
            yield number, known[number]

    def hits(self, term: Term, units: Units) -> Sequence[Hit]:
        """Where `term` stands in `units`, in reading order; hits of one term never overlap. Units see only their own text."""
        key = (term, id(units))
        found = self._hits.get(key)
        if found is None:
            found = self._hits[key] = self._found(term, units)
        return found

    def _found(self, term: Term, units: Units) -> Sequence[Hit]:
        if not self.possible(term):
            return ()
        occurrences, (literals, also, begins, _, partly, _) = self._occurrences, prefilter(term)
        numbers: Iterable[int] = range(len(units))
        whole = frozenset(number for _, number in units.places(occurrences.of(partly))) if occurrences and partly else None
        if occurrences and literals:
            by_unit: dict[int, list[int]] = {}
            for place, number in units.places(occurrences.of(literals)):
                by_unit.setdefault(number, []).append(place)
            if also:
                both = {number for _, number in units.places(occurrences.of(also))}
                by_unit = {number: places for number, places in by_unit.items() if number in both}
            numbers = sorted(by_unit)
            if begins:
                return [Hit(n, *found) for n in numbers for found in self._at(term, units, n, by_unit[n])]
        hits = []
        for count, number in enumerate(numbers):
            if not count % _PORTION:
                budget.left()
            hits += [Hit(number, *found) for found in self._search(term, units, number, whole is None or number in whole)]
        return hits

    def ranges(self, term: Term, units: Units, number: int) -> Sequence[Range]:
        """Where `term` stands in the unit of this number, as ranges of its block's text: what `hits` gives for it."""
        occurrences, (literals, _, begins, *_) = self._occurrences, prefilter(term)
        if occurrences and begins:
            return list(self._at(term, units, number, occurrences.places(literals, units.starts[number], units.ends[number])))
        return list(self._search(term, units, number))

    def _at(self, term: Term, units: Units, number: int, places: Sequence[int]) -> Iterator[Range]:
        """The matches in a unit that begin at rising places of the joined text."""
        start, end = units.starts[number], units.ends[number]
        shift = self._text.starts[units.blocks[number]]
        if term.literal:
            yield from self._phrases(term, places, end, shift)
            return
        text, past = self._text.slice(term.plain, start, end), 0
        match = compiled(term.pattern, term.ignorecase).match
        for count, place in enumerate(places):
            if not count % _PORTION:
                budget.left()
            if place - start >= past and (found := match(text, place - start)):
                past = found.end()
                yield found.start() + start - shift, past + start - shift

    def _phrases(self, term: Term, places: Iterable[int], limit: int, shift: int) -> Iterator[Range]:
        """The places at which a phrase stands, as whole words and in the letter case it asks for, and ends by `limit`."""
        needle, text, past = prefilter(term).pattern, self._text, 0
        front, back, folded = _is_word(needle[0]), _is_word(needle[-1]), text.folded
        for place in places:
            end = place + len(needle)
            if place < past or end > limit or (front and place and _is_word(folded[place - 1])):
                continue
            if back and _is_word(folded[end : end + 1]):
                continue
            if term.ignorecase or text.plain[place:end] == plain(term.pattern):
                past = end
                yield place - shift, end - shift

    def _search(self, term: Term, units: Units, number: int, whole: bool = True) -> Iterator[Range]:
        """The matches in a unit, searched from its start to its end; unless `whole`, by what is left of the pattern (see Prefilter)."""
        start, end = units.starts[number], units.ends[number]
        shift = start - self._text.starts[units.blocks[number]]
        if term.literal:
            places = (start + m.start() for m in re.finditer(re.escape(prefilter(term).pattern), self._text.folded[start:end]))
            return self._phrases(term, places, end, start - shift)
        text = self._text.slice(term.plain, start, end)
        pattern = term.pattern if not self._literals else prefilter(term).pattern if whole else prefilter(term).rest
        if self._memory is None:
            return ((m.start() + shift, m.end() + shift) for m in compiled(pattern, term.ignorecase).finditer(text))
        known = self._memory.recall((term, text), lambda: [m.span() for m in compiled(pattern, term.ignorecase).finditer(text)])
        return ((first + shift, last + shift) for first, last in known)

    def in_quotes(self, block: int, start: int, end: int) -> bool:
        """Whether a range of a block's text lies wholly inside quotation marks."""
        ranges = self.document.quoted[block]
        at = bisect_right(ranges, (start, len(self.document.blocks[block].text) + 1)) - 1
        return at >= 0 and ranges[at][0] <= start and end <= ranges[at][1]

    def holding(self, name: str, units: Sequence[Unit], wanted: frozenset[int]) -> frozenset[int]:
        """The numbers of those of `units` for which the signal or scored rule `name` holds; none where it judges other units.

        Only of the units `wanted` is the answer complete.
        """
        return self._signals[name](self, units, wanted) if name in self._signals else frozenset()

    @cached_property
    def _remarked(self) -> Sequence[tuple[int, Remark]]:
        return self._remarks(self.document)

    def remarks(self, slice: Slice) -> list[tuple[int, Remark]]:
        """(block number, remark) for each remark of the grammar engine in a slice, in order; offsets are in the block's text."""
        return [pair for pair in self._remarked if slice.holds(pair[1])]


def _is_word(character: str) -> bool:
    """Whether a character belongs to a word; "", which stands for the end of the text, does not."""
    return character.isalnum() or character == "_"
