"""Fixes that delete whole lines, for rules that say so in their key `delete`: a copied widget goes with all that belongs to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from edlint.document import Document
from edlint.finding import Edit, Finding, Fix
from edlint.rule import Rule
from edlint.text.lines import whole_lines
from edlint.text.span import Span


def apply(document: Document, findings: Sequence[Finding], parts: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings; those of rules with `delete` offer to delete their lines, where these hold nothing else.

    `parts` are the findings before they were joined. A finding joined from several is safe to delete when all that is in it
    is: what is not safe by itself must lie inside something that is. It is never safe to delete a draft's first line, or a
    heading that has text below it.
    """
    wanted = {name: rule.delete for name, rule in rules.items() if rule.delete}
    if not any(finding.rule in wanted for finding in findings):
        return list(findings)
    merging = [part for part in parts if (rule := rules.get(part.rule)) and rule.merge]
    safe = _outermost(part.span for part in merging if wanted.get(part.rule) == "safe")
    doubtful = sorted(part.span for part in merging if wanted.get(part.rule) != "safe" and not _covered(part.span, safe))
    source, made = document.source, []
    for finding in findings:
        lines = whole_lines(source.text, source.lines, finding.span) if finding.rule in wanted else None
        if lines:
            first = bisect_left(doubtful, (finding.span.start, -1))
            clean = first == len(doubtful) or doubtful[first].start >= finding.span.end
            sure = clean and wanted[finding.rule] == "safe" and not _holds_text(document, finding.span)
            fix = Fix("delete these lines", (Edit(lines, ""),), "safe" if sure else "unsafe")
            finding = finding._replace(fixes=(*finding.fixes, fix))
        made.append(finding)
    return made


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


def _covered(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of `spans`, as `_outermost` gives them, covers a span."""
    at = bisect_right(spans, (span.start, float("inf"))) - 1
    return at >= 0 and spans[at].covers(span)
