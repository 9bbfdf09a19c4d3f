"""The check type `shouting`: several words in capitals, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.rule import Rule


@dataclass(frozen=True, slots=True)
class Shouting(Check):
    """Every run of at least `words` words in capitals is reported."""

    keys = {"words": Key("int", 3, "how many words in capitals make a run")}  # noqa: RUF012
    needs_term = True
    rule: Rule
    term: Term

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError where a run would be no run."""
        if options["words"] < 2:
            raise options.error("words", "a run has two words or more")
        capitals = r"\b\p{Lu}{2,}\b"
        return cls(rule, Term(rf"{capitals}(?: {capitals}){{{options['words'] - 1},}}", literal=False, ignorecase=False, plain=False))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "block")
        for hit in scan.hits(self.term, units):
            block = scan.document.blocks[units[hit.unit].block]
            text = block.text[hit.start : hit.end]
            yield Match(block.span(hit.start, hit.end), text, (text,))
