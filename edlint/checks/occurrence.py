"""`occurrence`: too many or too few in a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit
from edlint.model.rule import Rule
from edlint.text.span import Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Occurrence(Check):
    """A block (or sentence) is reported when a pattern occurs in it more than `max` or less than `min` times."""

    shared = True
    values = 1
    counts = True
    keys: ClassVar[Mapping[str, Key]] = {
        "token": Key("text", "", "the pattern to count; no word boundaries are added"),
        "max": Key("int", 0, "most occurrences allowed; 0 sets no limit"),
        "min": Key("int", 0, "fewest occurrences allowed; 0 sets no limit"),
        "ignorecase": patterns.IGNORECASE,
    }
    rule: Rule
    term: Term
    most: int
    fewest: int

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when there is no token or no limit."""
        if not options["token"]:
            raise options.error("token", "an occurrence rule needs a `token` to count")
        if not options["max"] and not options["min"]:
            raise options.error("max", "an occurrence rule needs `max` or `min`")
        term = patterns.term(options, "token", f"(?:{patterns.lean(options['token'])})")
        return cls(rule, term, options["max"], options["min"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def needed(self) -> Sequence[Term]:
        """See Check.needed: what is missing cannot be looked for."""
        return () if self.fewest else self.terms

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find. A count of nothing points at the start of the file, or of the unit (see edlint.model.document.Layers)."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope))
        for unit, count in zip(units, map(len, patterns.tokens(scan, units, self.term)), strict=True):
            if count and ((self.most and count > self.most) or count < self.fewest):
                yield from self._in_unit(scan, unit, count)
            elif not count and self.fewest:
                yield _nothing(scan, unit)

    def _in_unit(self, scan: Scan, unit: Unit, count: int) -> Iterator[Match]:
        """One match, at the first token that is neither blank nor masked code; none when all are."""
        block = scan.document.blocks[unit.block]
        for start, end in patterns.places(scan, unit, self.term):
            word = block.text[start:end]
            if word.strip().strip("*"):
                yield Match(block.span(start, end), word, (count,))
                return


def _nothing(scan: Scan, unit: Unit) -> Match:
    """The match of a unit in which a token is missing."""
    block, layers = scan.document.blocks[unit.block], scan.document.layers
    word = None if layers is None or layers.older else re.search(r"\S+", block.text[unit.start : unit.end])
    if word is None:
        return Match(Span(0, 0), "", (0,))
    return Match(block.span(unit.start + word.start(), unit.start + word.end()), word[0], (0,))
