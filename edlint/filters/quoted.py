"""Nobody's direct speech is rewritten: a fix that would change words in quotation marks is shown, and never applied."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from edlint.document import Document
from edlint.finding import Finding, Fix
from edlint.text.span import Span


def apply(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    """The findings; those of their fixes that reach into a quotation are for display only.

    A fix may take away a quotation as a whole, mark to mark; in a block quote it may change nothing.
    """
    speech: list[Span] | None = None
    blocks: list[Span] = []
    checked = []
    for finding in findings:
        if finding.fixes:
            if speech is None:
                speech, blocks = _speech(document)
            finding = finding._replace(fixes=tuple(_graded(fix, speech, blocks) for fix in finding.fixes))
        checked.append(finding)
    return checked


def _speech(document: Document) -> tuple[list[Span], list[Span]]:
    """The spans of quotations, and those of block quotes."""
    pairs = list(zip(document.blocks, document.quoted, strict=True))
    blocks = [block.whole for block, _ in pairs if block.kind == "quote" or "quote" in block.within]
    return sorted(block.span(*r) for block, ranges in pairs for r in ranges), sorted(blocks)


def _graded(fix: Fix, speech: Sequence[Span], blocks: Sequence[Span]) -> Fix:
    for edit in fix.edits:
        if _meeting(blocks, edit.span) or any(not edit.span.covers(quotation) for quotation in _meeting(speech, edit.span)):
            return fix._replace(safety="display")
    return fix


def _meeting(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """The first and the last of some spans (sorted, none inside another) that `span` overlaps, or inside which it is empty."""
    first = bisect_right(spans, span.start, key=lambda s: s.end)
    last = bisect_left(spans, span.end, key=lambda s: s.start) - 1
    return (spans[first], spans[last]) if first <= last else ()
