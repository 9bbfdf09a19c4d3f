"""One page that an editor opens: the verdict, each draft with its marks and notes, its claims, and what was silenced.

The page needs nothing from elsewhere and holds no script. It is made of what the Report holds, in a fixed order; the time is in it
where the Report knows it.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from edlint.checks import kind_of
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report, ReportOptions, Traits
from edlint.model.source import Source
from edlint.report.article import Article
from edlint.report.claims import claims
from edlint.report.markup import Piece, inert_markup, pieces, shown
from edlint.report.notes import Notes
from edlint.report.silenced import silenced_table
from edlint.report.summary import count, sent
from edlint.report.wording import NOT_PROOF, SIGNS, Verdict, verdict_on

TRAITS = Traits(detailed=True)

_CSS = Path(__file__).with_name("html.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TITLE = 120  # code points of a headline that are shown
_HOW = "Errors stop publication; warnings want a decision; suggestions can wait."


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the report as one HTML page; with `quiet`, errors only."""
    if options.quiet:
        files = (f._replace(findings=tuple(x for x in f.findings if x.level is Level.ERROR), sourced=()) for f in report.files)
        report = report._replace(files=tuple(files))
    out.writelines(f"{line}\n" for line in map(inert_markup, _page(report)))


def _page(report: Report) -> Iterator[str]:
    alone = len(report.files) == 1
    title = f"{verdict_on(report.files[0]).words} · {_title(report.files[0])}" if alone else _overall(report).words
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">'
    yield f"<title>{shown(title)}</title>\n<style>\n{_CSS.read_text(encoding='utf-8')}{_running_foot(report)}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#text">Skip to the text</a>'
    if not alone:
        yield from _contents(report)
    yield '<main id="text" tabindex="-1">'
    for number, file in enumerate(report.files, 1):
        yield from _Draft(report, file, f"d{number}", alone=alone).html()
    yield "</main>"
    yield from _footer(report)
    yield "</body>\n</html>"


def _title(file: FileResult) -> str:
    """What a draft is called: its own headline, else its file name."""
    block = next((b for b in file.document.blocks if b.kind == "title"), None) if file.document else None
    words = " ".join(block.text.split()) if block else ""
    return (words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…") or _name(file.path)


def _name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1] or path


def _running_foot(report: Report) -> str:
    """What stands at the foot of each printed page."""
    file = report.files[0] if len(report.files) == 1 else None
    words = f"{_name(file.path)}  ·  version {file.source.digest[:8]}" if file and file.source else "edlint report"
    text = "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}" for char in words[:200])
    face = "font: 8pt sans-serif; color: #4a4a4a;"
    pages = 'counter(page) " of " counter(pages)'
    return f'@page {{ @bottom-left {{ content: "{text}"; {face} }} @bottom-right {{ content: {pages}; {face} }} }}\n'


def _overall(report: Report) -> Verdict:
    """The verdict on several drafts, or on none."""
    tones = Counter(verdict_on(file).tone for file in report.files)
    if not report.files:
        return Verdict("Nothing was left to check.", "", "suggestion")
    if tones["error"]:
        return Verdict(f"Not ready: {tones['error']} of {len(report.files)} drafts", SIGNS[Level.ERROR], "error")
    if report.too_many_warnings:
        return Verdict(f"Not ready: {count(report.counts[Level.WARNING], 'warning')} are too many", SIGNS[Level.ERROR], "error")
    if tones["warning"]:
        return Verdict(
            f"Nothing stands in the way. {tones['warning']} of {len(report.files)} drafts want a look.", SIGNS[Level.WARNING], "warning"
        )
    return Verdict(f"{len(report.files)} drafts are ready.", "\u2713", "good")


def _contents(report: Report) -> Iterator[str]:
    """The head of a page with several drafts."""
    yield f'<header class="slip"><div class="slug"><p class="kicker">edlint report</p>{_said(_overall(report), "h1")}</div>'
    yield '<nav class="jump" aria-label="Drafts"><ol class="jumps">'
    for number, file in enumerate(report.files, 1):
        said = verdict_on(file)
        name = f'<span class="about">{shown(_title(file))}</span>'
        yield f'<li><a href="#d{number}">{name}<span class="where {said.tone}">{said.sign} {shown(said.words)}</span></a></li>'
    yield "</ol></nav></header>"


def _said(verdict: Verdict, tag: str = "p") -> str:
    sign = f'<span class="sign" aria-hidden="true">{verdict.sign}</span> ' if verdict.sign else ""
    return f'<{tag} class="verdict {verdict.tone}">{sign}{shown(verdict.words)}</{tag}>'


def _copies(report: Report, name: str) -> bool:
    """Whether findings of a rule say that a text repeats an earlier one."""
    rule = report.rules.get(name)
    return rule is not None and kind_of(rule).copies


class _Draft:
    """One draft on the page; `name` begins the ids in it."""

    def __init__(self, report: Report, file: FileResult, name: str, *, alone: bool) -> None:
        self._report, self._file, self._name, self._alone = report, file, name, alone
        said = {n for n, f in enumerate(file.findings, 1) if any(not r.same for r in f.related) and _copies(report, f.rule)}
        self._pieces: list[Piece] = pieces(file, name, frozenset(said))
        self._notes = Notes(report, file, file.source or Source(file.path, ""), name, self._pieces)

    def html(self) -> Iterator[str]:
        """The section."""
        file, name = self._file, self._name
        yield f'<section class="draft" id="{name}" aria-labelledby="{name}-h">'
        yield from self._slip()
        if file.source is not None:
            article = Article(file, dict(self._report.rules), name, self._notes, 0 if self._alone else 1)
            yield from article.html(self._pieces)
            yield from claims(file, name)
        yield from silenced_table(self._report, file, name)
        yield from self._notes.endnotes()
        yield "</section>"

    def _slip(self) -> Iterator[str]:
        file, said = self._file, verdict_on(self._file)
        tag = "h1" if self._alone else "h2"
        kicker = '<p class="kicker">edlint report</p>' if self._alone else ""
        yield f'<header class="slip"><div class="slug">{kicker}'
        yield f'<{tag} id="{self._name}-h" dir="auto">{shown(_title(file))}</{tag}>{_said(said)}'
        number = len(file.findings)
        if number:
            yield f'<p class="soft">{count(number, "finding")}. {_HOW}</p>'
        elif not file.error:
            yield f'<p class="soft">{NOT_PROOF}</p>'
        for text in (*((file.error,) if file.error else ()), *file.faults):
            yield f'<p class="fault"><b>{SIGNS[Level.ERROR]} Not checked:</b> {shown(text)}</p>'
        yield from (f'<p class="soft">{shown(text)}</p>' for text in file.notices)
        yield "</div>"
        yield from self._meta()
        yield from self._jump()
        yield "</header>"

    def _meta(self) -> Iterator[str]:
        file, report = self._file, self._report
        facts = {"File": shown(_name(file.path))}
        if file.document:
            facts["Words"] = f"{file.document.words:,}"
        if report.checked:
            at = time.localtime(report.checked)
            facts["Checked"] = f"{at.tm_mday} {time.strftime('%b %Y, %H:%M', at)}"
        if file.source:
            facts["Version"] = f"<code>{file.source.digest[:8]}</code>"
        facts["Checked by"] = f"edlint {shown(report.version)}"
        yield f'<dl class="meta">{"".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts.items())}</dl>'

    def _jump(self) -> Iterator[str]:
        """The list of findings: errors open, the others folded away."""
        file = self._file
        rows: dict[Level, list[tuple[int, Finding]]] = {level: [] for level in sorted(Level, reverse=True)}
        for number, finding in enumerate(file.findings, 1):
            rows[finding.level].append((number, finding))
        if not file.findings:
            return
        yield f'<nav class="jump" aria-label="Findings in {shown(_title(file))}">'
        for level, found in rows.items():
            if not found:
                continue
            head = f'<span class="level {level.word}">{SIGNS[level]} {count(len(found), level.word)}</span>'
            opened = " open" if level is Level.ERROR else ""
            yield f'<details{opened}><summary>{head}<span class="more" aria-hidden="true"></span></summary><ul class="jumps">'
            for number, finding in found:
                about = f'<span class="no {level.word}">{number}</span><span class="about">{self._notes.title(finding)}</span>'
                yield f'<li><a href="#{self._name}-n{number}">{about}<span class="where">{self._notes.line(finding)}</span></a></li>'
            yield "</ul></details>"
        yield "</nav>"


def _footer(report: Report) -> Iterator[str]:
    """What was accepted and is gone, which rules did not run, where text was sent to, and what made the page."""
    yield "<footer>"
    if report.stale:
        gone = "; ".join(f"{shown(entry.path)}: {shown(entry.match)}" for entry in report.stale)
        yield f"<p>Accepted in the past, and no longer there: {gone}.</p>"
    if report.left_out:
        yield f"<p>Left out: {shown('; '.join(f'{path} ({why})' for path, why in report.left_out))}.</p>"
    if report.off:
        yield f"<p>Not looked for: {shown('; '.join(off.rules for off in report.off))}.</p>"
    yield from (f"<p>{shown(line)}</p>" for line in sent(report))
    home = "" if report.sent else " The draft was sent nowhere." if len(report.files) < 2 else " The drafts were sent nowhere."
    yield f"<p>Made by edlint {shown(report.version)} on this computer.{home}</p>\n</footer>"
