"""`metric`: a formula over the whole draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.formula import Formula, parse
from edlint.model.document import Block, Document
from edlint.model.rule import Rule
from edlint.text.readability import counts
from edlint.text.span import Span

_VALUE = "value"  # how the condition calls the formula's value
_READ = ("paragraph", "list", "quote")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Metric(Check):
    """A draft is reported when the value of a formula meets a condition."""

    shared = True
    values = 1
    layers = ("summary",)
    keys: ClassVar[Mapping[str, Key]] = {
        "formula": Key("text", "", "arithmetic over words, sentences, characters, syllables, heading.h2, list and other counts"),
        "condition": Key("text", "", "what is put after the value, such as `> 8`"),
    }
    rule: Rule
    formula: Formula
    condition: Formula

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a formula or condition that is not arithmetic."""
        for key in ("formula", "condition"):
            if not options[key].strip():
                raise options.error(key, f"a metric rule needs a `{key}`")
        made = {}
        for key, text in (("formula", options["formula"]), ("condition", f"{_VALUE} {options['condition']}")):
            try:
                made[key] = parse(text)
            except ValueError as fault:
                raise options.error(key, f"the {key} is not arithmetic: {fault}") from None
        return cls(rule, made["formula"], made["condition"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. The whole draft is measured, so nothing is looked for."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        known = measures(scan)
        if not known:
            return
        try:
            value = float(self.formula(known))
            met = self.condition({_VALUE: round(value, 6)})
        except (ArithmeticError, ValueError, TypeError):
            return  # a division by a count of nothing has no value to judge
        if met:
            yield Match(Span(0, 0), "", (f"{value:.2f}",))


def measures(scan: Scan) -> Mapping[str, float]:
    """What formulas are about: the counts of the running text and the structures of the draft; nothing where there is no text."""

    def measure() -> Mapping[str, float]:
        text = summary(scan.document)
        return {**counts(text), **structures(scan.document)} if text.strip() else {}

    return scan.shared(("measures",), measure)


def summary(document: Document) -> str:
    """The running text of a draft: its paragraphs, list items and quotations, parted by blank lines."""
    whole = [block.text for block in document.blocks if "summary" in block.scope]
    if not whole and not any(block.scope for block in document.blocks):
        whole = [f"{block.text}\n\n" for block in document.blocks if block.kind in _READ]
    return "".join(whole)


def structures(document: Document) -> Counter[str]:
    """How many headings of each level, list items, quotations and code blocks a draft has."""
    return Counter(filter(None, map(_structure, document.blocks)))


def _structure(block: Block) -> str:
    if block.level and block.kind in ("heading", "title"):
        return f"heading_h{block.level}"
    return {"list": "list", "quote": "blockquote", "code": "pre"}.get(block.kind, "")
