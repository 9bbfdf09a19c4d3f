"""One place, one finding: what says the same thing twice, or lies inside a match that covers it, is dropped."""

from __future__ import annotations

from collections.abc import Sequence

from edlint.model.document import Document
from edlint.model.match import Match
from edlint.text.span import Span


def drop_overlaps(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches to keep, sorted by start, end and name.

    A match inside the span of one whose rule has `covers` is dropped. Of the matches of one pack on one span the most severe is
    kept (of equals, the first by name); each rule shared with another linter counts as a pack of its own.
    """
    best: dict[tuple[Span, str], Match] = {}
    reach = -1
    for match in sorted(matches, key=_outer_first):
        if match.span.end <= reach:
            continue
        if match.rule.covers:
            reach = match.span.end
        best.setdefault((match.span, match.name if match.rule.compat else match.pack), match)
    return sorted(best.values(), key=lambda m: (m.span, m.name))


def _outer_first(match: Match) -> tuple[int, int, bool, int, str]:
    start, end = match.span
    return start, -end, not match.rule.covers, -match.severity, match.name
