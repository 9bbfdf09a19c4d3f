"""One page that an editor opens: each draft with its marks, the notes beside them, a table of claims, and the verdict.

The page needs nothing from elsewhere and holds no script. It is made of what the Report holds, in a fixed order, without a date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TextIO

from edlint.model.finding import ALSO, Finding, Level
from edlint.model.report import FileResult, Report, ReportOptions, Traits
from edlint.model.rule import Rule
from edlint.report.claims import claims
from edlint.report.links import rule_url
from edlint.report.markup import Piece, inert_markup, pieces, shown
from edlint.report.summary import account, asides, count, sent, totals, verdict

TRAITS = Traits(detailed=True)

MANY = 3  # notes of the same words in a draft that are written out; the others lead to the first
_CSS = Path(__file__).with_name("html.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_SIGNS = {Level.ERROR: "\u25cf", Level.WARNING: "\u25b2", Level.SUGGESTION: "\u25c6"}


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the report as one HTML page; with `quiet`, errors only."""
    if options.quiet:
        files = (f._replace(findings=tuple(x for x in f.findings if x.level is Level.ERROR), sourced=()) for f in report.files)
        report = report._replace(files=tuple(files))
    out.writelines(f"{line}\n" for line in map(inert_markup, _page(report)))


def _page(report: Report) -> Iterator[str]:
    title = f"edlint: {verdict(report)[0]}"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{shown(title)}</title>\n<style>\n{_CSS.read_text(encoding='utf-8')}</style>\n</head>\n<body>"
    yield from _header(report)
    yield "<main>"
    for number, file in enumerate(report.files, 1):
        yield from _file(report, file, f"d{number}")
    yield "</main>"
    yield from _footer(report)
    yield "</body>\n</html>"


def _header(report: Report) -> Iterator[str]:
    said, good = verdict(report)
    yield f'<header class="top">\n<p class="kicker">Editorial report</p>\n<h1 class="{"passes" if good else "fails"}">{shown(said)}</h1>'
    found = [finding for file in report.files for finding in file.findings]
    yield f"<p>{totals(found)} in {count(len(report.files), 'draft')}.</p>"
    if len(report.files) > 1:
        yield '<nav aria-label="Drafts">\n<ol class="drafts">'
        for number, file in enumerate(report.files, 1):
            yield f'<li><a href="#d{number}">{shown(file.path)}</a> {_tally(file)}</li>'
        yield "</ol>\n</nav>"
    yield "</header>"


def _tally(file: FileResult) -> str:
    """How many findings of each level a draft has, with a sign and a word for each, never by colour alone."""
    if file.error:
        return '<span class="tally error">could not be checked</span>'
    counts = Counter(finding.level for finding in file.findings)
    parts = [f'<span class="{v.word}">{_SIGNS[v]} {count(counts[v], v.word)}</span>' for v in sorted(counts, reverse=True)]
    return f'<span class="tally">{" ".join(parts) or "nothing found"}</span>'


def _file(report: Report, file: FileResult, name: str) -> Iterator[str]:
    yield f'<section class="draft" id="{name}" aria-labelledby="{name}-h">'
    yield f'<h2 id="{name}-h">{shown(file.path)}</h2>\n<p>{_tally(file)}</p>'
    problems = ([file.error] if file.error else []) + list(file.faults)
    for text, kind in (*((t, "error") for t in problems), *((t, "notice") for t in file.notices)):
        yield f'<p class="{kind}">{shown(text)}</p>'
    if file.source is not None:
        folded = not file.findings and len(report.files) > 1  # one of many, with nothing to look at
        yield from (["<details><summary>The draft</summary>"] if folded else [])
        yield from _article(report, file, name)
        yield from claims(file, name)
        yield from (["</details>"] if folded else [])
    yield from _asides(report, file)
    yield "</section>"


def _article(report: Report, file: FileResult, name: str) -> Iterator[str]:
    """The draft in rows: a block of text, and beside it its notes. What one finding covers at length is folded away."""
    notes = _Notes(report, file, name)
    yield '<div class="article">'
    for fold, group in groupby(pieces(file, name), key=lambda piece: piece.fold):
        if not fold:
            for piece in group:
                yield from notes.row(piece)
            continue
        inside = list(group)
        finding = file.findings[fold - 1]
        lines = f"lines {inside[0].first} to {inside[-1].first}"
        yield '<div class="row"><div class="text">'
        yield f'<details class="fold {finding.level.word}"><summary>{shown(finding.rule)}: {lines} folded away</summary>'
        for piece in inside:
            yield _text(piece)
        yield "</details></div>"
        yield from notes.beside([n for piece in inside for n in piece.notes])
        yield "</div>"
    if not file.source or not file.source.text.strip():
        yield '<p class="notice">The draft is empty.</p>'
    yield "</div>"


def _text(piece: Piece) -> str:
    kind = "heading" if piece.kind == "heading" and piece.level < 3 else "minor" if piece.kind == "heading" else piece.kind
    return f'<p class="block {kind}" dir="auto"><span class="line" aria-label="line {piece.first}">{piece.first}</span>{piece.html}</p>'


class _Notes:
    """The notes of one draft. A rule's reason is given with its first note; later ones lead there."""

    def __init__(self, report: Report, file: FileResult, name: str) -> None:
        self._report, self._file, self._name = report, file, name
        self._first: dict[str, int] = {}
        self._same: dict[tuple[str, str], list[int]] = {}

    def row(self, piece: Piece) -> Iterator[str]:
        """One block and what is said about it."""
        yield f'<div class="row"><div class="text">{_text(piece)}</div>'
        yield from self.beside(piece.notes)
        yield "</div>"

    def beside(self, numbers: tuple[int, ...] | list[int]) -> Iterator[str]:
        """The list of notes with these numbers; nothing where there are none."""
        if numbers:
            yield '<ol class="notes">'
            for number in numbers:
                yield "".join(self._note(number, self._file.findings[number - 1]))
            yield "</ol>"

    def _note(self, number: int, finding: Finding) -> Iterator[str]:
        name, level = self._name, finding.level
        rule = self._report.rules.get(finding.rule)
        key = rule.name if rule else finding.rule
        first = self._first.setdefault(key, number)
        same = self._same.setdefault((finding.rule, finding.message), [])
        same.append(number)
        yield f'<li id="{name}-n{number}" value="{number}" class="{level.word}">'
        yield f'<p><a class="no {level.word}" href="#{name}-m{number}" aria-label="back to mark {number}">{number}</a> '
        yield f'<b class="{level.word}">{_SIGNS[level]} {level.word}</b> '
        if len(same) > MANY:
            yield f'<code>{shown(finding.rule)}</code>, as in <a href="#{name}-n{same[0]}">note {same[0]}</a></p></li>'
            return
        yield f"{shown(' '.join(finding.message.split()))} <code>{shown(finding.rule)}</code></p>"
        yield from self._more(number, finding)
        if first == number and rule:
            yield from _reasons(rule)
        elif rule and (rule.why or rule.instead):
            yield f'<p class="see">Why: see <a href="#{name}-n{first}">note {first}</a>.</p>'
        yield "</li>"

    def _more(self, number: int, finding: Finding) -> Iterator[str]:
        """The places related to a finding, and its fix."""
        lines = self._file.source.lines if self._file.source else None
        same: list[str] = []
        for at, related in enumerate(finding.related, 1):
            where = f"line {lines.position(related.span.start).line}" if lines else "there"
            said = shown(related.message or "see")
            link = f'<a href="#{self._name}-r{number}-{at}">{where}</a>'
            if related.same:
                same.append(link)
            else:
                yield f'<p class="related">{said}: {link}</p>'
        if same:
            yield f'<p class="related">{ALSO}: {", ".join(same)}</p>'
        for fix in finding.fixes[:1]:
            yield f'<p class="fix">Fix: {shown(fix.title)}{"" if fix.safety == "safe" else " (look first)"}</p>'


def _reasons(rule: Rule) -> Iterator[str]:
    for label, text in (("Why", rule.why), ("Instead", rule.instead)):
        if text.strip():
            yield f'<p class="{label.lower()}"><i>{label}:</i> {shown(" ".join(text.split()))}</p>'
    if url := rule_url(rule):
        yield f'<p class="see"><a href="{shown(url)}" rel="noreferrer">About this rule</a></p>'


def _asides(report: Report, file: FileResult) -> Iterator[str]:
    """What was found but is not shown in the draft, and why."""
    lines = list(asides(report._replace(files=(file,), stale=())))
    if lines:
        yield f'<p class="aside">{shown(" ".join(lines))}</p>'
    if file.suppressed:
        yield "<h3>Silenced in the draft</h3>\n<ul>"
        for item in file.suppressed:
            line = file.source.lines.position(item.finding.span.start).line if file.source else 0
            reason = f": {shown(item.reason)}" if item.reason else ", no reason given"
            yield f"<li>Line {line}, <code>{shown(item.finding.rule)}</code>{reason}</li>"
        yield "</ul>"


def _footer(report: Report) -> Iterator[str]:
    """The findings by rule, what of the baseline is gone, and what made the page."""
    yield "<footer>"
    if report.by_rule:
        yield '<h2>Findings by rule</h2>\n<table class="rules">'
        yield '<thead><tr><th scope="col">Rule</th><th scope="col">Findings</th></tr></thead>\n<tbody>'
        for rule, number in sorted(report.by_rule.items(), key=lambda row: (-row[1], row[0])):
            yield f'<tr><th scope="row"><code>{shown(rule)}</code></th><td>{number}</td></tr>'
        yield "</tbody>\n</table>"
    if report.stale:
        yield "<h2>In the baseline, but found no more</h2>\n<ul>"
        for entry in report.stale:
            yield f"<li>{shown(entry.path)}: <code>{shown(entry.rule)}</code> {shown(entry.match)}</li>"
        yield "</ul>"
    if lines := [*account(report), *sent(report)]:
        yield "<h2>Silenced, switched off, sent</h2>\n<ul>"
        yield from (f"<li>{shown(line)}</li>" for line in lines)
        yield "</ul>"
    yield f"<p>Made by edlint {shown(report.version)}.</p>\n</footer>"
