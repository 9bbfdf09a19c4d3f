"""`acronym`: initials that are used again and again, and never spelt out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.rule import Rule
from edlint.text import wordlist
from edlint.text.lazy import lazy

_INITIALS = r"(?<![\w.&/-])[A-Z]{3,5}(?=(?:'?s)?(?![\w&/-]))"
_SMALL = frozenset("a an and at by for in of on or the to und de la du des".split())


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Acronym(Check):
    """Initials of three to five letters are reported once where they stand several times and the draft never says what they stand for."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "known": Key("texts", (), "initials that readers know"),
        "least": Key("int", 3, "how often they must stand in the draft"),
    }
    rule: Rule
    known: frozenset[str]
    least: int

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, frozenset(options["known"]), options["least"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [Term(_INITIALS, literal=False, ignorecase=False)]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "block")
        places: dict[str, list[tuple[int, int, int]]] = {}
        for hit in scan.hits(self.terms[0], units):
            block = units[hit.unit].block
            places.setdefault(scan.plain(block)[hit.start : hit.end], []).append((block, hit.start, hit.end))
        often = [initials for initials, uses in places.items() if len(uses) >= self.least and initials not in self.known]
        often = [initials for initials in often if initials.lower() not in wordlist.load()]  # a word in capitals
        for initials in _unexplained(scan, often):
            block, start, end = places[initials][0]
            yield Match(scan.document.blocks[block].span(start, end), initials, (initials, len(places[initials])), group=initials)


_BRACKETED = lazy(r"\(([A-Z]{3,5})(?=s?[),;])|\b([A-Z]{3,5})(?=s?,? \((?![^)]{0,200}\d{4}))")


def _unexplained(scan: Scan, initials: Collection[str]) -> list[str]:
    """The initials that no words of the draft begin with, that never stand in brackets, and that no brackets follow; in their order.

    The draft is read once for all of them.
    """
    left = set(initials)
    for number in range(len(scan.document.blocks)):
        if not left:
            break
        text = scan.plain(number)
        left.difference_update(inside or before for inside, before in _BRACKETED.findall(text))
        words = [word for word in re.findall(r"[A-Za-z]\w*", text) if word.lower() not in _SMALL and not word.isupper()]
        begun = {run for _, run in _runs("".join(word[0] for word in words).upper(), left)}
        left -= _in_a_row(text, begun)
    return [one for one in initials if one in left]


def _runs(letters: str, wanted: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where any of the wanted runs of letters stands, and which."""
    for long in {len(run) for run in wanted}:
        for at in range(len(letters) - long + 1):
            if letters[at : at + long] in wanted:
                yield at, letters[at : at + long]


def _in_a_row(text: str, wanted: Collection[str]) -> set[str]:
    """Which initials the neighbouring words with capitals, small words aside, begin with."""
    if not wanted:
        return set()
    words = [word for word in re.findall(r"[A-Za-z][\w'-]*", text) if word.lower() not in _SMALL and not (word.isupper() and len(word) > 1)]
    return {
        run
        for at, run in _runs("".join(word[0].upper() for word in words), wanted)
        if sum(word[0].isupper() for word in words[at : at + len(run)]) >= 2 or words[at][0].islower()
    }
