"""The table of a draft's claims for the HTML report: each with the words that say whose claim it is, or with the lack of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edlint.model.finding import Sourced
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.report.markup import shown
from edlint.text.span import Span

PACK = "Claims."


class _Claim(NamedTuple):
    span: Span
    kind: str
    note: int
    by: tuple[Span, ...]


def claims(file: FileResult, name: str) -> Iterator[str]:
    """The table as HTML, in the order of the draft; nothing where the draft makes no claim. `name` begins the ids of its notes."""
    source = file.source
    rows = [_Claim(f.span, _kind(f.rule), n, ()) for n, f in enumerate(file.findings, 1) if f.rule.startswith(PACK)]
    rows += _sourced(file)
    if not rows or source is None:
        return
    bare = sum(1 for row in rows if row.note)
    yield f"<h3>Claims and their sources</h3>\n<p>{len(rows)} in all, {bare} without a source.</p>"
    yield '<div class="wide" role="region" tabindex="0" aria-label="Claims and their sources">\n<table class="claims">'
    heads = ("Line", "Claim", "Kind", "Source")
    yield f"<thead><tr>{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>\n<tbody>"
    for row in sorted(rows):
        line = source.lines.position(row.span.start).line
        kind = shown(row.kind)
        yield f"<tr><td>{line}</td><td dir=auto>{_clipped(source, row.span)}</td><td>{kind}</td><td>{_source(source, row, name)}</td></tr>"
    yield "</tbody>\n</table>\n</div>"


def _kind(rule: str) -> str:
    return rule.partition(".")[2]


def _sourced(file: FileResult) -> Iterator[_Claim]:
    """A row for each sentence with a source, whichever and however many rules would have flagged it."""
    found: dict[Span, list[Sourced]] = {}
    for claim in file.sourced:
        if claim.rule.startswith(PACK):
            found.setdefault(claim.span, []).append(claim)
    for span, claims in found.items():
        yield _Claim(span, ", ".join(_kind(c.rule) for c in claims), 0, tuple(sorted({by for c in claims for by in c.by})))


def _source(source: Source, row: _Claim, name: str) -> str:
    if row.note:
        return f'<strong class="none">none named</strong>, <a href="#{name}-n{row.note}">note {row.note}</a>'
    words = "; ".join(dict.fromkeys(_clipped(source, span) for span in row.by))
    return f"\u201c{words}\u201d" if words else "named before it"


def _clipped(source: Source, span: Span, most: int = 240) -> str:
    text = " ".join(source.text[span.start : span.end].split())
    return shown(text if len(text) <= most else text[: most - 1].rstrip() + "\u2026")
