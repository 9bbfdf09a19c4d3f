"""Views: the text of a document as literals are looked for in it, and where they stand."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from edlint.model.document import Document
from edlint.ruleset.literals import DIGIT, fold, plain
from edlint.text.ranges import column

if TYPE_CHECKING:
    from edlint.ruleset.matcher import Matcher

_DIGITS = re.compile(r"\d")
LONG, _KEPT = 4096, 4  # characters of a range that is worth keeping, and how many are kept


class Views:
    """The texts of a document's blocks joined, parted by one line feed each; its plain and folded forms have the same length."""

    def __init__(self, document: Document, matcher: Matcher | None) -> None:
        self._blocks = document.blocks
        self._matcher = matcher
        self._places: dict[str, Sequence[int]] = {}
        self._bounded: dict[tuple[str, bool, bool], Sequence[int]] = {}
        self._long: dict[tuple[bool, int, int], str] = {}

    @cached_property
    def starts(self) -> array[int]:
        """Where each block's text starts in the joined text, and, last, where one more would start."""
        return column(accumulate((len(block.text) + 1 for block in self._blocks), initial=0))

    def slice(self, plain: bool, start: int, end: int) -> str:
        """A range of the joined text or its plain form. The last few long ones are kept, for they are asked for again and again."""
        if end - start < LONG:
            return (self.plain if plain else self.joined)[start:end]
        found = self._long.get((plain, start, end))
        if found is None:
            if len(self._long) >= _KEPT:
                self._long.pop(next(iter(self._long)))
            found = self._long[plain, start, end] = (self.plain if plain else self.joined)[start:end]
        return found

    @cached_property
    def joined(self) -> str:
        """The text as it stands."""
        return "\n".join(block.text for block in self._blocks)

    @cached_property
    def plain(self) -> str:
        """With straight quotes and a blank for every kind of white space."""
        return plain(self.joined)

    @cached_property
    def folded(self) -> str:
        """The plain text in lower case."""
        return fold(self.plain)

    @cached_property
    def _digits(self) -> Sequence[int]:
        return column(found.start() for found in _DIGITS.finditer(self.folded))

    @cached_property
    def _found(self) -> Mapping[str, Sequence[int]]:
        return self._matcher.occurrences(self.folded) if self._matcher else {}

    @cached_property
    def occurring(self) -> frozenset[str]:
        """The matcher's literals that occur, the one that stands for digits among them."""
        names: set[str] = {*self._found, *((DIGIT,) if self._digits else ())}
        if self._matcher:
            text = self.folded
            names.update(literal for literal in self._matcher.short if literal in text)
        return frozenset(names)

    def places(self, literal: str) -> Sequence[int]:
        """Where a literal starts in the folded text, in rising order, overlapping ones included; DIGIT stands for any digit."""
        if literal == DIGIT:
            return self._digits
        found = self._found.get(literal) or self._places.get(literal)
        if found is None:
            found = self._places[literal] = column(every(literal, self.folded))
        return found

    def bounded(self, literal: str, front: bool, back: bool) -> Sequence[int]:
        """The places of a literal that stand, where asked, at a word boundary on that side."""
        front, back = front and word(literal[0]), back and word(literal[-1])
        if not (front or back):
            return self.places(literal)
        key = (literal, front, back)
        found = self._bounded.get(key)
        if found is None:
            text, width = self.folded, len(literal)
            found = self._bounded[key] = column(
                at
                for at in self.places(literal)
                if not (front and at and word(text[at - 1])) and not (back and word(text[at + width : at + width + 1]))
            )
        return found


def every(literal: str, text: str) -> Iterator[int]:
    """Where a literal starts in a text, in rising order, overlapping ones included."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


def word(character: str) -> bool:
    """Whether a character is surely part of a word (a few more are, to the regex)."""
    return character.isalpha() or character.isdecimal() or character == "_"
