"""One document against all rules: a single pass for every literal, then only the regexes whose literals occurred."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from edlint.checks.base import Hit, Term, Unit, UnitKind
from edlint.checks.dialect import compiled
from edlint.checks.patterns import SECONDS
from edlint.document import Document
from edlint.grammar.base import Remark
from edlint.ruleset.literals import DIGIT, Gates, fold, plain
from edlint.ruleset.scope import layers, select

if TYPE_CHECKING:
    import ahocorasick_rs

_DIGITS = re.compile(r"\d")
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\n))*")
Signal = Callable[["DocumentScan", Sequence[Unit]], frozenset[int]]


class Units(Sequence[Unit]):
    """Units in reading order, with the offsets of their ends in the document's joined text. Where units overlap they form layers."""

    def __init__(self, units: list[Unit], block_starts: Sequence[int]) -> None:
        self._units = units
        self.starts = [block_starts[u.block] + u.start for u in units]
        self.ends = [block_starts[u.block] + u.end for u in units]
        self.layered = any(start < end for start, end in zip(self.starts[1:], self.ends, strict=False))

    def __len__(self) -> int:
        return len(self._units)

    def __getitem__(self, index: Any) -> Any:
        return self._units[index]

    def holding(self, offset: int) -> int:
        """The number of the unit that holds an offset of the joined text, or -1. Not for layered units."""
        at = bisect_right(self.starts, offset) - 1
        return at if at >= 0 and offset < self.ends[at] else -1

    def all_holding(self, offset: int) -> Iterable[int]:
        """The numbers of all units that hold an offset."""
        if not self.layered:
            at = self.holding(offset)
            return (at,) if at >= 0 else ()
        return self._layers.of(offset)

    @cached_property
    def _layers(self) -> _Layers:
        return _Layers(self.starts, self.ends)


class _Layers:
    """Overlapping ranges, parted into layers in which none overlap."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._layers: list[tuple[list[int], list[int], list[int]]] = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            layer = next((known for known in self._layers if known[1][-1] <= start), None)
            if layer is None:
                layer = [], [], []
                self._layers.append(layer)
            for column, value in zip(layer, (start, end, number), strict=True):
                column.append(value)

    def of(self, offset: int) -> list[int]:
        """The numbers of the ranges that hold an offset."""
        found = []
        for starts, ends, numbers in self._layers:
            at = bisect_right(starts, offset) - 1
            if at >= 0 and offset < ends[at]:
                found.append(numbers[at])
        return found


class Matcher:
    """The literals of all terms, in one automaton."""

    def __init__(self, terms: Iterable[Term], gates: Gates) -> None:
        self.gates = gates
        needles = {literal for term in terms for literal in gates.of(term) or ()}
        self._needles = sorted(needles - {DIGIT})

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


class DocumentScan:
    """The Scan of one document: see `edlint.checks.base.Scan`."""

    def __init__(
        self,
        document: Document,
        matcher: Matcher | None,
        signals: Mapping[str, Signal],
        remarks: Callable[[Document], Mapping[str, list[tuple[int, Remark]]]],
    ) -> None:
        self.document = document
        self._matcher, self._signals, self._remarks = matcher, signals, remarks
        self._units: dict[tuple[tuple[str, ...], UnitKind], Units] = {}
        self._hits: dict[tuple[Term, int], list[Hit]] = {}
        self._gated: dict[tuple[str, int], frozenset[int]] = {}
        self._held: dict[tuple[str, int], frozenset[int]] = {}

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
            chosen = select(scope, self.document)
            units = [u for b in chosen for u in self._split(b, kind)]
            if self.document.layers:
                units += [u for layer, b in layers(scope, self.document) for u in self._parts(b, layer)]
                units.sort(key=lambda u: (u.block, u.start, u.end - u.start))
            found = self._units[scope, kind] = Units(units, self._starts)
        return found

    def _parts(self, block: int, layer: str) -> Iterable[Unit]:
        """The sentences or paragraphs of a block of Vale's reading."""
        if layer == "sentence":
            return [Unit(block, start, end) for start, end in self.document.sentences(block)]
        text = self.document.blocks[block].text
        return [Unit(block, *found.span()) for found in _PARAGRAPH.finditer(text)]

    def _split(self, block: int, kind: UnitKind) -> Iterable[Unit]:
        text = self.document.blocks[block].text
        if kind == "sentence" and self.document.layers is None:
            return [Unit(block, start, end) for start, end in self.document.sentences(block)]
        if kind == "line" and "\n" in text:
            return _lines(block, text)
        return [Unit(block, 0, len(text))]

    def hits(self, term: Term, units: Sequence[Unit], only: frozenset[int] | None = None) -> list[Hit]:
        """See Scan.hits."""
        assert isinstance(units, Units)
        if term.literal and self._matcher and _needle(term.pattern) not in self._occurrences:
            return []
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
        found = self._hits[key] = self._regex(term, units, candidates)
        return found

    def _literal(self, term: Term, units: Units) -> list[Hit]:
        needle = _needle(term.pattern)
        text, width, hits, past = self._folded, len(needle), [], 0
        starts = self._occurrences.get(needle, ()) if self._matcher else [m.start() for m in re.finditer(re.escape(needle), text)]
        front, back = _is_word(needle[0]), _is_word(needle[-1])
        for start in starts:
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
        find = compiled(term.pattern, term.ignorecase).finditer
        whole = self._plain if term.plain else self._joined
        for number in numbers:
            shift = units[number].start
            for match in find(whole[units.starts[number] : units.ends[number]], timeout=SECONDS):
                start, end = match.span()
                hits.append(Hit(number, shift + start, shift + end))
        return hits

    def _candidates(self, term: Term, units: Units) -> Sequence[int]:
        """The numbers of the units in which a regex can match, in order."""
        gates = self._matcher.gates.of(term) if self._matcher else None
        if gates is None:
            return range(len(units))
        found: set[int] = set()
        for literal in gates:
            if literal == DIGIT or literal in self._occurrences:
                found |= self._units_with(literal, units)
        return sorted(found)

    def _units_with(self, literal: str, units: Units) -> frozenset[int]:
        """The numbers of the units in which a gate's literal starts, and perhaps some more."""
        key = (literal, id(units))
        if key not in self._gated:
            starts = self._digits if literal == DIGIT else self._occurrences[literal]
            if units.layered:
                numbers = {number for start in starts for number in units.all_holding(start)}
            else:
                numbers = {bisect_right(units.starts, start) - 1 for start in starts} - {-1}
            self._gated[key] = frozenset(numbers)
        return self._gated[key]

    def in_quotes(self, block: int, start: int, end: int) -> bool:
        """See Scan.in_quotes."""
        ranges = self.document.quoted[block]
        at = bisect_right(ranges, (start, len(self.document.blocks[block].text) + 1)) - 1
        return at >= 0 and ranges[at][0] <= start and end <= ranges[at][1]

    def holding(self, name: str, units: Sequence[Unit]) -> frozenset[int]:
        """See Scan.holding."""
        key = (name, id(units))
        if key not in self._held:
            self._held[key] = self._signals[name](self, units)
        return self._held[key]

    @cached_property
    def _remarked(self) -> Mapping[str, list[tuple[int, Remark]]]:
        return self._remarks(self.document)

    def remarks(self, rules: frozenset[str]) -> list[tuple[int, Remark]]:
        """See Scan.remarks."""
        found = [pair for rule in rules for pair in self._remarked.get(rule, ())]
        return sorted(found, key=lambda pair: (pair[0], pair[1].start, pair[1].end, pair[1].rule))


@lru_cache(maxsize=65536)
def _needle(phrase: str) -> str:
    """A phrase as it stands in the folded view."""
    return fold(plain(phrase))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _lines(block: int, text: str) -> list[Unit]:
    units, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            units.append(Unit(block, start, start + len(line)))
        start += len(line) + 1
    return units
