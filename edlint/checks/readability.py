"""`readability`: the grade of the whole draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.metric import measures
from edlint.errors import did_you_mean
from edlint.model.rule import Rule
from edlint.text.readability import GRADES, grade
from edlint.text.span import Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Readability(Check):
    """A draft is reported when the mean of some reading grades is above a limit."""

    shared = True
    values = 1
    layers = ("summary",)
    keys: ClassVar[Mapping[str, Key]] = {
        "metrics": Key("texts", (), "which grades to take the mean of: " + ", ".join(GRADES)),
        "grade": Key("number", 0, "the highest grade allowed"),
    }
    rule: Rule
    metrics: tuple[str, ...]
    most: float

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for an unknown metric."""
        if not options["metrics"]:
            raise options.error("metrics", "a readability rule needs `metrics`", "any of " + ", ".join(GRADES))
        for name in options["metrics"]:
            if name not in GRADES:
                raise options.error("metrics", f"unknown metric {name!r}", did_you_mean(name, GRADES) or ", ".join(GRADES))
        return cls(rule, tuple(options["metrics"]), options["grade"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. The whole draft is measured, so nothing is looked for."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        counted = measures(scan)
        if not counted.get("words") or not counted["sentences"]:
            return
        mean = sum(grade(name, counted) for name in self.metrics) / len(self.metrics)
        if mean > self.most:
            yield Match(Span(0, 0), "", (f"{mean:.2f}",))
