"""Nobody's direct speech is corrected: what rules skip inside quotation marks, and fixes that would change words there."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from edlint.model.document import Document
from edlint.model.finding import Fix
from edlint.model.match import Match
from edlint.text.span import Span


def skip_quotations(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches that the rules' key `quotes` lets pass: those outside quotations, those inside only, or all."""
    if all(match.rule.quotes == "check" for match in matches):
        return matches
    spans = _quotations(document)
    return [match for match in matches if match.rule.quotes == "check" or _inside(match.span, spans) is (match.rule.quotes == "only")]


def protect_speech(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches; those of their fixes that reach into a quotation are for display only.

    A fix may take away a quotation as a whole, mark to mark; in a block quote it may change nothing.
    """
    if not any(match.fixes for match in matches):
        return matches
    speech = _quotations(document)
    blocks = sorted(block.whole for block in document.blocks if block.kind == "quote" or "quote" in block.within)
    return [m._replace(fixes=tuple(_graded(fix, speech, blocks) for fix in m.fixes)) if m.fixes else m for m in matches]


def _quotations(document: Document) -> list[Span]:
    """The source spans of a document's quotations, marks included, which do not overlap."""
    return sorted(block.span(*place) for block, places in zip(document.blocks, document.quoted, strict=True) for place in places)


def _inside(span: Span, quotations: Sequence[Span]) -> bool:
    at = bisect_right(quotations, (span.start, sys.maxsize)) - 1  # they do not overlap, so only the last one can hold it
    return at >= 0 and quotations[at].covers(span)


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
