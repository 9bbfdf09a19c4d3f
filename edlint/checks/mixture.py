"""`mixture`: a draft that does one thing in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Hit, Key, Match, Options, Scan, Term, Units
from edlint.model.finding import ALSO, Related
from edlint.model.rule import Rule


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mixture(Check):
    """When several kinds of one thing occur in a draft, the rarest is reported once, at its first place, with the others listed.

    A rule that skips quotations does not count what stands in them either.
    """

    keys: ClassVar[Mapping[str, Key]] = {
        "kinds": Key("mapping", {}, "name of a kind: patterns that count for it; no word boundaries are added"),
        "ignorecase": patterns.IGNORECASE,
    }
    rule: Rule
    kinds: tuple[tuple[str, Term], ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when there are fewer than two kinds, or a kind without a pattern."""
        kinds = []
        for name, given in options["kinds"].items():
            listed = [given] if isinstance(given, str) else [str(pattern) for pattern in given or ()]
            if not any(listed):
                raise options.error(f"kinds.{name}", "a kind needs at least one pattern")
            kinds.append((str(name), patterns.term(options, f"kinds.{name}", "|".join(f"(?:{pattern})" for pattern in listed))))
        if len(kinds) < 2:
            raise options.error("kinds", "a mixture needs at least two kinds")
        return cls(rule, tuple(kinds))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [term for _, term in self.kinds]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope))
        found = [(name, hits) for name, term in self.kinds if (hits := self._counted(scan, units, term))]
        if len(found) < 2:
            return
        name, hits = min(found, key=lambda kind: len(kind[1]))
        usual, _ = max(found, key=lambda kind: (len(kind[1]), kind[0] != name))
        block = scan.document.blocks[units[hits[0].unit].block]
        total = sum(len(each) for _, each in found)
        first, *others = (scan.document.blocks[units[hit.unit].block].span(hit.start, hit.end) for hit in hits)
        also = tuple(Related(span, ALSO, same=True) for span in others)
        yield Match(first, block.text[hits[0].start : hits[0].end], (len(hits), total, name, usual), related=also)

    def _counted(self, scan: Scan, units: Units, term: Term) -> list[Hit]:
        hits = scan.hits(term, units)
        if self.rule.quotes != "skip":
            return list(hits)
        quoted = scan.document.quoted
        return [hit for hit in hits if not any(a <= hit.start and hit.end <= b for a, b in quoted[units[hit.unit].block])]
