"""`acronym`: initials that are used again and again, and never spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.rule import Rule

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
        for initials, uses in places.items():
            if len(uses) >= self.least and initials not in self.known and not _spelt_out(scan, initials):
                block, start, end = uses[0]
                yield Match(scan.document.blocks[block].span(start, end), initials, (initials, len(uses)), group=initials)


def _spelt_out(scan: Scan, initials: str) -> bool:
    """Whether some words of the draft begin with these letters, or the initials stand in brackets, or brackets follow them."""
    bracketed = re.compile(rf"\({initials}s?[),;]|\b{initials}s?,? \((?![^)]*\d{{4}})")
    for number in range(len(scan.document.blocks)):
        text = scan.plain(number)
        if bracketed.search(text):
            return True
        letters = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", text) if word.lower() not in _SMALL and not word.isupper())
        if initials.lower() in letters.lower() and _in_a_row(text, initials):
            return True
    return False


def _in_a_row(text: str, initials: str) -> bool:
    """Whether neighbouring words with capitals, small words aside, begin with these letters."""
    found = [word for word in re.findall(r"[A-Za-z][\w'-]*", text) if word.lower() not in _SMALL and not (word.isupper() and len(word) > 1)]
    letters = "".join(word[0].upper() for word in found)
    at = letters.find(initials)
    while at >= 0:
        if sum(word[0].isupper() for word in found[at : at + len(initials)]) >= 2 or found[at][0].islower():
            return True
        at = letters.find(initials, at + 1)
    return False
