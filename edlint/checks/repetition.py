"""`repetition`: the same thing twice running."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit
from edlint.model.finding import Edit, Fix
from edlint.model.rule import Rule

Pair = tuple[tuple[int, int], tuple[int, int]]  # the ranges of two neighbours in the text of their block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Repetition(Check):
    """Neighbouring matches of the tokens that are equal, inside one sentence."""

    shared = True
    values = 1
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "tokens": Key("texts", (), "patterns whose successive matches are compared"),
        "max": Key("int", 0, "how many repeats are allowed before one is reported"),
        "ignorecase": patterns.IGNORECASE,
        "alpha": Key("bool", False, "only matches made of letters count"),
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
        "accepted": patterns.ACCEPTED,
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
        term = patterns.term(options, "tokens", f"({patterns.lean('|'.join(tokens))})")
        return cls(rule, term, options["max"], options["alpha"], patterns.exceptions(options))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope, self.term))
        for unit, pairs in scan.shared(("repeats", self.term, id(units)), lambda: list(self._repeats(scan, units))):
            yield from self._in_unit(scan, unit, pairs)

    def _repeats(self, scan: Scan, units: Sequence[Unit]) -> Iterator[tuple[Unit, list[Pair]]]:
        """The units in which two neighbours are equal and not blank, with these pairs."""
        for unit, words in zip(units, patterns.tokens(scan, units, self.term), strict=True):
            folded = list(map(str.strip, map(str.lower, words) if self.term.ignorecase else words))
            if any(map(operator.eq, folded, folded[1:])):
                places = list(patterns.places(scan, unit, self.term))
                neighbours = zip(places, places[1:], folded, folded[1:], strict=False)
                yield unit, [(first, second) for first, second, one, other in neighbours if one and one == other]

    def _in_unit(self, scan: Scan, unit: Unit, pairs: Sequence[Pair]) -> Iterator[Match]:
        block, count = scan.document.blocks[unit.block], 0
        for (start, gap), (at, end) in pairs:
            text = block.text[at:end].strip()
            if self.alpha and not text.isalpha():
                continue
            count += 1
            if count > self.most and _one_sentence(scan, unit.block, start, end):
                if not (self.exceptions and self.exceptions.silence(block.text, start, end)):
                    fix = Fix(f"delete the second {text!r}", (Edit(block.span(gap, end), ""),), "unsafe")
                    yield Match(block.span(start, end), block.text[start:end], (text,), fixes=(fix,))
                count = 0


def _one_sentence(scan: Scan, block: int, start: int, end: int) -> bool:
    """Whether a range of a block's text lies within one sentence."""
    ranges = scan.document.sentences(block)
    at = bisect_right(ranges, start, key=operator.itemgetter(0)) - 1
    return at >= 0 and end <= ranges[at][1]
