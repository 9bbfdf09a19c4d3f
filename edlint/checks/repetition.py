"""`repetition`: the same thing twice running."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Hit, Key, Match, Options, Scan, Term, Unit
from edlint.finding import Edit, Fix
from edlint.rule import Rule


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Repetition:
    """Neighbouring matches of the tokens that are equal, inside one sentence."""

    keys: ClassVar[Mapping[str, Key]] = {
        "tokens": Key("texts", (), "patterns whose successive matches are compared"),
        "max": Key("int", 0, "how many repeats are allowed before one is reported"),
        "ignorecase": patterns.IGNORECASE,
        "alpha": Key("bool", False, "only matches made of letters count"),
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
    }
    rule: Rule
    term: Term
    most: int
    alpha: bool
    exceptions: patterns.Exceptions | None

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when there are no tokens."""
        tokens = patterns.texts(options["tokens"])
        if not tokens:
            raise options.error("tokens", "a repetition rule needs `tokens`")
        term = patterns.term(options, "tokens", "(" + "|".join(tokens) + ")")
        return cls(rule, term, options["max"], options["alpha"], patterns.exceptions(options))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope, self.term))
        suspects = scan.shared(("repeats", self.term, id(units)), lambda: self._suspects(scan, units))
        for number, group in groupby(scan.hits(self.term, units, suspects) if suspects else (), key=lambda hit: hit.unit):
            yield from self._in_unit(scan, units[number], group)

    def _suspects(self, scan: Scan, units: Sequence[Unit]) -> frozenset[int]:
        """The numbers of the units in which two neighbours are equal."""
        found = []
        for number, words in enumerate(patterns.tokens(scan, units, self.term)):
            folded = list(map(str.strip, map(str.lower, words) if self.term.ignorecase else words))
            if any(map(operator.eq, folded, folded[1:])):
                found.append(number)
        return frozenset(found)

    def _in_unit(self, scan: Scan, unit: Unit, hits: Iterator[Hit]) -> Iterator[Match]:
        block = scan.document.blocks[unit.block]
        before, before_text, count = None, "", 0
        for hit in hits:
            text = block.text[hit.start : hit.end].strip()
            same = before is not None and bool(text) and self._fold(text) == self._fold(before_text) and (not self.alpha or text.isalpha())
            count += same
            if same and before is not None and count > self.most and _one_sentence(scan, unit.block, before.start, hit.end):
                whole = block.text[before.start : hit.end]
                if not (self.exceptions and self.exceptions.silence(block.text, before.start, hit.end)):
                    drop = block.span(before.end, hit.end)
                    fix = Fix(f"delete the second {text!r}", (Edit(drop, ""),), "unsafe")
                    yield Match(block.span(before.start, hit.end), whole, (text,), fixes=(fix,))
                count = 0
            before, before_text = hit, text

    def _fold(self, text: str) -> str:
        return text.lower() if self.term.ignorecase else text


def _one_sentence(scan: Scan, block: int, start: int, end: int) -> bool:
    """Whether a range of a block's text lies within one sentence."""
    return any(a <= start and end <= b for a, b in scan.document.sentences(block))
