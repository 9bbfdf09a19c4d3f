"""What becomes of fixes: rules with the key `delete` offer to delete whole lines, and no fix changes words of direct speech.

With deleted lines go the directives that speak of them: left behind, they would silence what moves up into the place of these.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from edlint.filters.by_rule import inside, quotation_spans
from edlint.filters.suppress import next_line_regions
from edlint.model.document import Document
from edlint.model.finding import Edit, Fix
from edlint.model.match import Match
from edlint.text.span import Span, whole_lines

Regions = Sequence[tuple[Span, Span]]  # of directives and what they speak of, in order


def delete_lines(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches; those of rules with `delete` offer to delete their lines, where these hold nothing else.

    A match merged from several is safe to delete when all that is in it is: what is not safe by itself must lie inside
    something that is. It is never safe to delete a draft's first line, or a heading that has text below it.
    """
    if not any(match.rule.delete for match in matches):
        return matches
    merging = [part for match in matches for part in (match.parts or (match,)) if part.rule.merge]
    safe = _outermost(part.span for part in merging if part.rule.delete == "safe")
    doubtful = sorted(part.span for part in merging if part.rule.delete != "safe" and not inside(part.span, safe))
    return [_deleting(document, match, doubtful) if match.rule.delete else match for match in matches]


def _deleting(document: Document, match: Match, doubtful: Sequence[Span]) -> Match:
    """The match with a fix that deletes its lines, if they can go as a whole."""
    lines = whole_lines(document.source.text, document.source.lines, match.span)
    if not lines:
        return match
    first = bisect_left(doubtful, (match.span.start, -1))
    clean = first == len(doubtful) or doubtful[first].start >= match.span.end
    sure = clean and match.rule.delete == "safe" and not _holds_text(document, match.span)
    fix = Fix("delete these lines", (Edit(lines, ""),), "safe" if sure else "unsafe")
    return match._replace(fixes=(*match.fixes, fix))


def _holds_text(document: Document, span: Span) -> bool:
    """Whether a span begins with the draft's first line, or ends with a heading that has text of its own."""
    blocks = [block for block in document.blocks if block.kind not in ("front-matter", "alt")]
    if not blocks or span.start <= blocks[0].whole.start:
        return True
    last = bisect_left(blocks, span.end, key=lambda block: block.whole.start) - 1
    after = blocks[last + 1].kind if last + 1 < len(blocks) else "heading"
    return blocks[last].kind in ("title", "heading") and after not in ("title", "heading")


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans that lie in no other, sorted: their starts and their ends rise."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def delete_directives(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches; a fix that deletes all that a `disable-next-line` directive speaks of deletes the directive too.

    Where that cannot go, because other text stands on its lines, the fix is for display only.
    """
    regions = sorted(next_line_regions(document)) if any(match.fixes for match in matches) else []
    if not regions:
        return matches
    return [m._replace(fixes=tuple(_extended(document, fix, regions) for fix in m.fixes)) if m.fixes else m for m in matches]


def _extended(document: Document, fix: Fix, regions: Regions) -> Fix:
    edits = [_with_directives(document, edit, regions) if not edit.text else edit for edit in fix.edits]
    kept = tuple(edit for edit in edits if edit)
    return fix._replace(edits=kept) if len(kept) == len(edits) else fix._replace(safety="display")


def _with_directives(document: Document, edit: Edit, regions: Regions) -> Edit | None:
    """A deletion that includes the directives right before it that speak of nothing else; None where one of these cannot go."""
    source, span = document.source, edit.span
    end = span.start + len(source.text[slice(*span)].rstrip())
    start = span.start
    for number in range(bisect_right(regions, start, key=lambda pair: pair[0].end) - 1, -1, -1):
        comment, region = regions[number]
        if region.start < span.start:  # and so do all before it
            break
        if span.covers(region):
            if source.text[comment.end : start].strip():
                return None
            start = comment.start
    if start == span.start:
        return edit
    lines = whole_lines(source.text, source.lines, Span(start, end))
    return Edit(lines, "") if lines else None


def protect_speech(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches; those of their fixes that reach into a quotation are for display only.

    A fix may take away a quotation as a whole, mark to mark; in a block quote it may change nothing.
    """
    if not any(match.fixes for match in matches):
        return matches
    speech = quotation_spans(document)
    blocks = sorted(block.whole for block in document.blocks if block.kind == "quote" or "quote" in block.within)
    return [m._replace(fixes=tuple(_graded(fix, speech, blocks) for fix in m.fixes)) if m.fixes else m for m in matches]


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
