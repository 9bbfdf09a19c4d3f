"""`bracket`: a bracket that is opened and never closed, or closed and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

_PAIRS = {"(": ")", "[": "]"}
_SHORTEST = 20  # characters behind a bracket; what ends sooner is mostly a label or a formula
_FACE = lazy(r"(?<!\S)[:;=8][-'~]?$")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bracket(Check):
    """Round and square brackets are paired within a block. A face such as :-( opens nothing, and 1) or a) closes nothing."""

    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {}
    rule: Rule

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [Term(r"[(\[]", literal=False, ignorecase=False)]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "block")
        for number in sorted({hit.unit for term in self.terms for hit in scan.hits(term, units)}):
            unit, block = units[number], scan.document.blocks[units[number].block]
            if "*" in block.text and any(mark.kind == "code" for mark in block.marks):
                continue  # brackets of code and of what it stands in are not told apart
            at = _open(block.text[unit.start : unit.end])
            if at >= 0:
                place = unit.start + at
                yield Match(block.span(place, place + 1), block.text[place], (block.text[place],))


def _open(text: str) -> int:
    """Where the only bracket stands that nothing closes; -1 for none, and for more of them than a slip leaves open."""
    opened: list[int] = []
    for found in re.finditer(r"[()\[\]]", text):
        at = found.start()
        if found[0] in _PAIRS:
            if not _FACE.search(text, max(0, at - 4), at):
                opened.append(at)
        elif opened and _PAIRS[text[opened[-1]]] == found[0]:
            opened.pop()
    return opened[0] if len(opened) == 1 and len(text) - opened[0] > _SHORTEST else -1
