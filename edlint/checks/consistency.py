"""`consistency`: one spelling or the other, not both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Hit, Key, Match, Options, Scan, Term
from edlint.model.finding import Related
from edlint.model.rule import Rule


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Consistency(Check):
    """Once both sides of a pair have been seen in a draft, each further block that has either is reported at its last match."""

    shared = True
    values = 1
    lenient = True
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "either": Key("mapping", {}, "pattern: pattern; a draft may use one of the two, not both"),
        "ignorecase": patterns.IGNORECASE,
        "nonword": patterns.NONWORD,
    }
    rule: Rule
    pairs: tuple[tuple[Term, Term], ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when there is no pair."""
        if not options["either"]:
            raise options.error("either", "a consistency rule needs at least one pair")

        def term(pattern: object) -> Term:
            return patterns.term(options, "either", patterns.bounded(str(pattern), nonword=options["nonword"]))

        return cls(rule, tuple((term(a), term(b)) for a, b in options["either"].items()))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [term for pair in self.pairs for term in pair]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope))
        blocks = scan.document.blocks
        for pair in self.pairs:
            sides = [scan.hits(term, units) for term in pair]
            if not all(sides):
                continue
            first: dict[int, Hit] = {}
            last: dict[int, Hit] = {}
            for hit, side in sorted((hit, side) for side, hits in enumerate(sides) for hit in hits):
                first.setdefault(side, hit)
                last[hit.unit] = hit
            known = max(hit.unit for hit in first.values())  # the unit with which both sides have been seen
            for unit, hit in last.items():
                if unit < known:
                    continue
                block = blocks[units[unit].block]
                others = [other for other in first.values() if other.unit <= unit and other != hit]
                related = tuple(Related(blocks[units[o.unit].block].span(o.start, o.end), "also written so") for o in others[-1:])
                text = block.text[hit.start : hit.end]
                yield Match(block.span(hit.start, hit.end), text, (text,), related)
