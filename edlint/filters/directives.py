"""Directives that go with the lines they spoke of: left behind, they would silence what moves up into the place of these."""

from __future__ import annotations

from collections.abc import Sequence

from edlint.document import Document
from edlint.filters.suppress import next_line_regions
from edlint.finding import Edit, Finding, Fix
from edlint.text.lines import whole_lines
from edlint.text.span import Span

Regions = Sequence[tuple[Span, Span]]


def apply(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings; a fix that deletes all that a `disable-next-line` directive speaks of deletes the directive too.

    Where that cannot go, because other text stands on its lines, the fix is for display only.
    """
    regions = next_line_regions(document) if any(finding.fixes for finding in findings) else []
    if not regions:
        return list(findings)
    return [f._replace(fixes=tuple(_extended(document, fix, regions) for fix in f.fixes)) if f.fixes else f for f in findings]


def _extended(document: Document, fix: Fix, regions: Regions) -> Fix:
    edits = [_with_directives(document, edit, regions) if not edit.text else edit for edit in fix.edits]
    kept = tuple(edit for edit in edits if edit)
    return fix._replace(edits=kept) if len(kept) == len(edits) else fix._replace(safety="display")


def _with_directives(document: Document, edit: Edit, regions: Regions) -> Edit | None:
    """A deletion that includes the directives right before it that speak of nothing else; None where one of these cannot go."""
    source, span = document.source, edit.span
    end = span.start + len(source.text[slice(*span)].rstrip())
    start = span.start
    for comment, region in sorted(regions, reverse=True):
        if comment.end <= start and span.covers(region):
            if source.text[comment.end : start].strip():
                return None
            start = comment.start
    if start == span.start:
        return edit
    lines = whole_lines(source.text, source.lines, Span(start, end))
    return Edit(lines, "") if lines else None
