"""Occurrences: where the literals of all terms stand in a text, found in one pass."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from edlint.matching.prefilter import Term, prefilter
from edlint.matching.strings import DIGIT, EDGE
from edlint.matching.text import Text
from edlint.text.lazy import lazy
from edlint.text.ranges import column

Finder = Callable[[str], Iterable[tuple[int, int, int]]]  # (number of the needle, start, end) for each in a text, overlapping ones included
Forms = list[tuple[str, bool, bool]]  # literals that hold the same text, and whether each stands at the edge of a word before and behind it
LITTLE = 20_000  # characters of text for which an automaton of all needles, thousands, takes longer to make than it saves
PORTION = 1 << 16  # characters looked through at once, so that what is found in a long text is never all there as objects
_NUMBERS = lazy(r"(?<!\d)\d")


class Literals:
    """The literals of all terms of a set of rules, ready to be found in any number of texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[str, Forms] = defaultdict(list)  # by needle
        for literal in frozenset[str]().union(*(literals for known in map(prefilter, terms) for literals in (*known[:2], known.partly))):
            self._forms[literal.strip(EDGE)].append((literal, literal[0] == EDGE, literal[-1] == EDGE))
        self._digits = self._forms.pop(DIGIT, [])
        self._needles = list(self._forms)
        self._longest = max(map(len, self._needles), default=1)
        self._read = 0  # characters

    @cached_property
    def _all(self) -> tuple[Finder, Sequence[Forms]]:
        return self._ready(self._needles)

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[str]]:
        """Needles by their first five characters; under "" those that are shorter."""
        found: dict[str, list[str]] = defaultdict(list)
        for needle in self._needles:
            found[needle[:5] if len(needle) > 4 else ""].append(needle)
        return found

    def _likely(self, folded: str) -> list[str]:
        """The needles that a text may hold: those whose first and last five characters stand in it, and all shorter ones."""
        fives = {folded[at : at + 5] for at in range(len(folded) - 4)}
        begin = self._by_beginning
        return [*begin[""], *(needle for five in begin.keys() & fives for needle in begin[five] if needle[-5:] in fives)]

    def _ready(self, needles: Sequence[str]) -> tuple[Finder, Sequence[Forms]]:
        """What finds some needles, and the literals that each may be."""
        return _finder(needles), [self._forms[needle] for needle in needles]

    def occurrences(self, text: Text) -> Iterator[tuple[int, str]]:
        """Where each literal starts in a folded text, sorted; overlapping ones included."""
        folded, words = text.folded, text.words
        self._read += len(folded)
        find, forms = self._ready(self._likely(folded)) if self._read <= LITTLE else self._all
        for first in range(0, len(folded), PORTION):
            portion = folded[first : first + PORTION + self._longest - 1]
            found = [
                (first + start, literal)
                for number, start, end in find(portion)
                if start < PORTION  # else the next portion holds it too
                for literal, front, back in forms[number]
                if not ((front and words[first + start - 1]) or (back and words[first + end]))
            ]
            for literal, front, _ in self._digits:
                starts = (number.start() for number in _NUMBERS.finditer(folded, first, first + PORTION))
                found += [(start, literal) for start in starts if not (front and words[start - 1])]
            found.sort()
            yield from found


class Occurrences:
    """Where the literals stand in one text: `starts`, rising, and beside each start its literal."""

    def __init__(self, literals: Literals, text: Text) -> None:
        self.starts: array[int] = column()
        self.literals: list[str] = []
        for start, literal in literals.occurrences(text):
            self.starts.append(start)
            self.literals.append(literal)
        self.all = frozenset(self.literals)

    def within(self, start: int, end: int) -> frozenset[str]:
        """The literals that start in a range of the text."""
        first = bisect_left(self.starts, start)
        return frozenset(self.literals[first : bisect_left(self.starts, end, first)])

    def places(self, literals: frozenset[str], start: int, end: int) -> list[int]:
        """Where any of some literals starts in a range of the text, in rising order."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        found = (at for at, literal in zip(self.starts[first:last], self.literals[first:last], strict=True) if literal in literals)
        return list(dict.fromkeys(found))

    @cached_property
    def _by_literal(self) -> Mapping[str, array[int]]:
        found: dict[str, array[int]] = defaultdict(column)
        for start, literal in zip(self.starts, self.literals, strict=True):
            found[literal].append(start)
        return found

    def of(self, literals: frozenset[str]) -> Sequence[int]:
        """Where any of some literals starts, in rising order."""
        found = [self._by_literal[literal] for literal in self.all & literals]
        return found[0] if len(found) == 1 else sorted({start for starts in found for start in starts})


def _finder(needles: Sequence[str]) -> Finder:
    """What finds any of some needles; slower where the package has no wheel for the platform, with the same result."""
    try:
        import ahocorasick_rs
    except ImportError:
        return lambda text: ((n, at, at + len(needle)) for n, needle in enumerate(needles) for at in _every(needle, text))
    if not needles:
        return lambda text: ()
    automaton = ahocorasick_rs.AhoCorasick(needles, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)


def _every(needle: str, text: str) -> Iterator[int]:
    """Where a needle starts in a text, in rising order, overlapping ones included."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)
