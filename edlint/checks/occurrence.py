"""`occurrence`: too many or too few in a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Hit, Key, Match, Options, Scan, Term
from edlint.rule import Rule
from edlint.text.span import Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Occurrence:
    """A block (or sentence) is reported when a pattern occurs in it more than `max` or less than `min` times."""

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
        term = patterns.term(options, "token", f"(?:{options['token']})")
        return cls(rule, term, options["max"], options["min"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find. A count of nothing points at the start of the file."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope))
        counts = list(map(len, patterns.tokens(scan, units, self.term)))
        wrong = frozenset(n for n, count in enumerate(counts) if (self.most and count > self.most) or count < self.fewest)
        found = scan.hits(self.term, units, wrong) if wrong else ()
        hits = {unit: list(group) for unit, group in groupby(found, key=lambda hit: hit.unit)}
        for number in sorted(wrong):
            yield from self._matches(scan, units[number].block, hits.get(number, []))

    @staticmethod
    def _matches(scan: Scan, block: int, found: list[Hit]) -> Iterator[Match]:
        """One match, at the first hit that is neither blank nor masked code; none when all are."""
        if not found:
            yield Match(Span(0, 0), "", (0,))
        text = scan.document.blocks[block].text
        for hit in found:
            word = text[hit.start : hit.end]
            if word.strip().strip("*"):
                yield Match(scan.document.blocks[block].span(hit.start, hit.end), word, (len(found),))
                return
