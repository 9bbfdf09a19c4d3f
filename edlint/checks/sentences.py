"""The sentences in which certain words stand, as the checks that compare what a draft states read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from edlint.checks.base import Match, Scan, Term, Unit
from edlint.model.finding import Related

LONGEST = 800  # characters; a longer "sentence" is a table or a list


class Sentence(NamedTuple):
    """A sentence: the number of its block, where in the block's text it starts, and its words with straight quotes and plain blanks."""

    block: int
    start: int
    text: str

    def match(self, scan: Scan, place: tuple[int, int], values: Sequence[str | int] = (), template: str = "") -> Match:
        """What is found at a half-open range of the sentence. Its own words are the first value of the message."""
        block = scan.document.blocks[self.block]
        start, end = self.start + place[0], self.start + place[1]
        seen = block.text[start:end]
        return Match(block.span(start, end), seen, (" ".join(seen.split()), *values), template=template)

    def related(self, scan: Scan, place: tuple[int, int], message: str) -> Related:
        """A half-open range of the sentence as a second place of a finding."""
        block = scan.document.blocks[self.block]
        return Related(block.span(self.start + place[0], self.start + place[1]), message)


@lru_cache(maxsize=64)
def words(listed: tuple[str, ...]) -> tuple[Term, ...]:
    """Terms for words and phrases, whatever their case."""
    return tuple(Term(word, literal=True) for word in listed)


def sentences_with(scan: Scan, scope: tuple[str, ...], terms: Sequence[Term]) -> Iterator[Sentence]:
    """The sentences in which some term stands, in reading order."""
    units = scan.units(scope, "sentence")
    for number in sorted({hit.unit for term in terms for hit in scan.hits(term, units)}):
        if units[number].end - units[number].start <= LONGEST:
            yield sentence(scan, units[number])


def sentence(scan: Scan, unit: Unit) -> Sentence:
    """A unit with its text."""
    return Sentence(unit.block, unit.start, scan.plain(unit.block)[unit.start : unit.end])
