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
KINDS = {"VagueSource": "Hidden source", "Cause": "Cause or forecast"}  # rules whose own name says less


class Claim(NamedTuple):
    """One checkable statement: where it stands, of what kind it is, the number of the finding that says it has no source (else 0),
    and the words that name its source."""

    span: Span
    kind: str
    note: int
    by: tuple[Span, ...]


def claims_of(file: FileResult) -> list[Claim]:
    """The claims of a draft, in its order."""
    found = [(number, finding) for number, finding in enumerate(file.findings, 1) if finding.rule.startswith(PACK)]
    rows = [Claim(_statement(file, finding.span), _kind(finding.rule), number, ()) for number, finding in found]
    return sorted([*rows, *_sourced(file)])


def claims(file: FileResult, name: str) -> Iterator[str]:
    """The table as HTML; nothing where the draft makes no claim. `name` begins the ids of its notes."""
    source, rows = file.source, claims_of(file)
    if not rows or source is None:
        return
    bare = sum(1 for row in rows if row.note)
    total = f"{len(rows)} claim{'s' if len(rows) > 1 else ''}, {bare or 'none'} without a source."
    yield f'<section class="after" aria-labelledby="{name}-hc"><h2 id="{name}-hc">Claims and their sources</h2>'
    yield f'<p class="soft">{total}</p>'
    yield '<div class="wide" role="group" tabindex="0" aria-label="Table of claims">\n<table class="claims">'
    heads = ("Line", "Statement", "Kind", "Source")
    yield f"<thead><tr>{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>\n<tbody>"
    for row in rows:
        line = source.lines.position(row.span.start).line
        statement = f'<th scope="row" dir="auto">{shown(clipped(source, row.span))}</th>'
        yield f'<tr><td class="num">{line}</td>{statement}<td>{shown(row.kind)}</td><td>{_source(source, row, name)}</td></tr>'
    yield "</tbody>\n</table>\n</div></section>"


def _statement(file: FileResult, span: Span) -> Span:
    """The sentence that a span stands in, as far as the draft is known."""
    blocks = file.document.blocks if file.document else ()
    for number in range(len(blocks)):
        if blocks[number].whole.covers(span) and file.document:
            sentences = (blocks[number].span(*sentence) for sentence in file.document.sentences(number))
            return next((sentence for sentence in sentences if sentence.covers(span)), span)
    return span


def _kind(rule: str) -> str:
    name = rule.partition(".")[2]
    return KINDS.get(name, name)


def _sourced(file: FileResult) -> Iterator[Claim]:
    """A row for each sentence with a source, whichever and however many rules would have flagged it."""
    found: dict[Span, list[Sourced]] = {}
    for claim in file.sourced:
        if claim.rule.startswith(PACK):
            found.setdefault(claim.span, []).append(claim)
    for span, claims in found.items():
        yield Claim(span, ", ".join(_kind(c.rule) for c in claims), 0, tuple(sorted({by for c in claims for by in c.by})))


def _source(source: Source, row: Claim, name: str) -> str:
    if row.note:
        return f'<b class="none">\u25b2 no source</b>, <a href="#{name}-n{row.note}">note {row.note}</a>'
    return shown(source_words(source, row)) or "named before it"


def source_words(source: Source, claim: Claim) -> str:
    """The words that name the source of a claim."""
    return "; ".join(dict.fromkeys(clipped(source, span) for span in claim.by))


def clipped(source: Source, span: Span, most: int = 240) -> str:
    """The words of a span on one line, at most so many code points of them."""
    text = " ".join(source.text[span.start : span.end].split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"
