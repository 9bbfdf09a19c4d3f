"""`garbled`: characters that were saved in one encoding and read in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.finding import Edit, Fix
from edlint.model.rule import Rule
from edlint.text.garbled import CANDIDATE, decoded


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Garbled(Check):
    """Reports each run of garbled characters with what it was, and offers to put that."""

    keys: ClassVar[Mapping[str, Key]] = {}
    rule: Rule
    term: Term

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, Term(CANDIDATE, literal=False, ignorecase=False, plain=False))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [self.term]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "block")
        run: list[tuple[int, int, int, str]] = []  # block, start, end, what was meant
        for hit in scan.hits(self.term, units):
            block = units[hit.unit].block
            meant = decoded(scan.document.blocks[block].text, hit.start, hit.end)
            if not meant:
                continue
            if run and (run[-1][0], run[-1][2]) != (block, hit.start):
                yield self._match(scan, run)
                run = []
            run.append((block, hit.start, hit.end, meant))
        if run:
            yield self._match(scan, run)

    @staticmethod
    def _match(scan: Scan, run: Sequence[tuple[int, int, int, str]]) -> Match:
        """One match for characters that stand side by side."""
        block = scan.document.blocks[run[0][0]]
        start, end = run[0][1], run[-1][2]
        meant = "".join(part[3] for part in run)
        shown = f"'{meant}'" if meant.isprintable() else " ".join(f"U+{ord(c):04X}" for c in meant)
        span = block.span(start, end)
        return Match(span, block.text[start:end], (shown,), fixes=(Fix(f"replace by {shown}", (Edit(span, meant),), "unsafe"),))
