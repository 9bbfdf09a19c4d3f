"""The table of findings that the HTML report does not show in the text: silenced in the draft, accepted in the past, in direct speech."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edlint.model.finding import Finding
from edlint.model.report import FileResult, Report
from edlint.report.claims import clipped
from edlint.report.markup import shown
from edlint.report.summary import MANY, count
from edlint.report.wording import title_of


class _Row(NamedTuple):
    finding: Finding
    by: str
    reason: str


def _rows(file: FileResult) -> Iterator[_Row]:
    for item in file.suppressed:
        yield _Row(item.finding, "A note in the draft", f"<q>{shown(item.reason)}</q>" if item.reason else "No reason given")
    for finding in file.accepted:
        yield _Row(finding, "The desk", "Accepted in the past")
    for finding in file.quoted:
        yield _Row(finding, "edlint", "Direct speech is not corrected")


def silenced_table(report: Report, file: FileResult, name: str) -> Iterator[str]:
    """The table as HTML, in the order of the draft; nothing where nothing was silenced."""
    source = file.source
    rows = sorted(_rows(file), key=lambda row: row.finding.span)
    more = [f"{count(file.elsewhere, 'finding')} stood there before this change."] if file.elsewhere else []
    more += [f"{count(len(file.fixed), 'finding')} fixed in this run."] if file.fixed else []
    if not rows and not more:
        return
    head = f"{count(len(rows), 'finding')} not shown above, and not counted." if rows else ""
    yield f'<section class="after" aria-labelledby="{name}-hs"><h2 id="{name}-hs">Silenced</h2>'
    yield f'<p class="soft">{" ".join([head, *more])}</p>'
    if rows:
        yield '<div class="wide" role="group" tabindex="0" aria-label="Table of silenced findings"><table>'
        heads = ("Line", "Finding", "By whom", "Reason")
        yield f"<thead><tr>{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>\n<tbody>"
        for finding, by, reason in rows[:MANY]:
            line = source.lines.position(finding.span.start).line if source else ""
            words = f": {clipped(source, finding.span, 80)}" if source else ""
            said = shown(f"{title_of(finding, report.rules.get(finding.rule), None)}{words}")
            yield f'<tr><td class="num">{line}</td><th scope="row" dir="auto">{said}</th><td>{by}</td><td>{reason}</td></tr>'
        yield "</tbody></table></div>"
    if len(rows) > MANY:
        yield f'<p class="soft">{len(rows) - MANY} more are not listed.</p>'
    yield "</section>"
