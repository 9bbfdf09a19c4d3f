"""`unpaired`: quotation marks that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.rule import Rule
from edlint.text.marks import faults
from edlint.text.ranges import column


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unpaired(Check):
    """Reports the mark that closes a quotation opened with another, or the mark of a quotation that nothing closes."""

    keys: ClassVar[Mapping[str, Key]] = {
        "closed": Key(
            "text",
            "wrongly",
            "which quotations are reported: those closed by the wrong mark, or those never closed",
            ("wrongly", "never"),
        ),
    }
    rule: Rule
    term: Term
    never: bool

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, Term('["“”«»]', literal=False, ignorecase=False, plain=False), options["closed"] == "never")

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [self.term]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        blocks = column(number for number, _ in groupby(unit.block for unit in scan.units(self.rule.scope, "block")))
        texts = [scan.document.blocks[number].text for number in blocks]
        for fault in scan.shared(("unpaired", self.rule.scope), lambda: list(faults(texts))):
            if (fault.closed == "") is self.never:
                text, block = texts[fault.text], scan.document.blocks[blocks[fault.text]]
                yield Match(block.span(fault.at, fault.at + 1), text[fault.at], (fault.opened, fault.closed))
