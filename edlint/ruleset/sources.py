"""Claims that have a source: what the scored rules would report, did the draft not say who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from edlint.checks.score import Score, Signal
from edlint.model.document import Document
from edlint.model.finding import Sourced
from edlint.ruleset.compile import Ruleset


def sourced(ruleset: Ruleset, document: Document) -> Iterator[Sourced]:
    """The sentences that a rule passes only because signals that tell of a source speak against it, by rule and in reading order."""
    scan = ruleset.scan(document)
    for rule, check in ruleset.checks:
        if not isinstance(check, Score):
            continue
        for unit, names in check.answered(scan):
            block = document.blocks[unit.block]
            signals = [signal for name in names if isinstance(signal := ruleset.signals[name], Signal) and signal.source]
            words = sorted({block.span(*place) for signal in signals for place in signal.words(scan, unit)})
            if signals:
                yield Sourced(rule.name, block.span(unit.start, unit.end), tuple(words))
