"""Views: the text of a document as literals are looked for in it, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from edlint.document import Document
from edlint.ruleset.literals import DIGIT, fold, plain

if TYPE_CHECKING:
    from edlint.ruleset.matcher import Matcher

_DIGITS = re.compile(r"\d")


class Views:
    """The texts of a document's blocks joined, parted by one line feed each; its plain and folded forms have the same length."""

    def __init__(self, document: Document, matcher: Matcher | None) -> None:
        self._blocks = document.blocks
        self._matcher = matcher
        self._places: dict[str, list[int]] = {}
        self._bounded: dict[tuple[str, bool, bool], Sequence[int]] = {}

    @cached_property
    def starts(self) -> list[int]:
        """Where each block's text starts in the joined text."""
        starts, at = [], 0
        for block in self._blocks:
            starts.append(at)
            at += len(block.text) + 1
        return starts

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
    def _digits(self) -> list[int]:
        return [found.start() for found in _DIGITS.finditer(self.folded)]

    @cached_property
    def _found(self) -> Mapping[str, list[int]]:
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
            found, at = [], self.folded.find(literal)
            while at >= 0:
                found.append(at)
                at = self.folded.find(literal, at + 1)
            self._places[literal] = found
        return found

    def bounded(self, literal: str, front: bool, back: bool) -> Sequence[int]:
        """The places of a literal that stand, where asked, at a word boundary on that side."""
        front, back = front and word(literal[0]), back and word(literal[-1])
        if not (front or back):
            return self.places(literal)
        key = (literal, front, back)
        found = self._bounded.get(key)
        if found is None:
            text, width = self.folded + " ", len(literal)
            found = self._bounded[key] = [
                at for at in self.places(literal) if not (front and at and word(text[at - 1])) and not (back and word(text[at + width]))
            ]
        return found


def word(character: str) -> bool:
    """Whether a character is surely part of a word (a few more are, to the regex)."""
    return character.isalpha() or character.isdecimal() or character == "_"
