"""The notes of one draft for the HTML report: beside the text on a screen, and once more as endnotes, which only print shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from edlint.model.finding import Finding
from edlint.model.report import FileResult, Report
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report.links import rule_url
from edlint.report.markup import Piece, shown
from edlint.report.wording import LOOK_FIRST, SIGNS, remedy, title_of
from edlint.text.span import Span

OFFERED = 3  # fixes of one finding that are named


class Target(NamedTuple):
    """A place that notes lead to: the id of its block, its 1-based line, and whether it is the whole block."""

    id: str
    line: int
    whole: bool


class Notes:
    """The notes of a draft whose ids begin with `name`. A rule's reason is given with its first note; later ones lead there."""

    def __init__(self, report: Report, file: FileResult, source: Source, name: str, pieces: list[Piece]) -> None:
        self._report, self._file, self._source, self._name = report, file, source, name
        self._pieces = pieces
        self._starts = [piece.block.whole.start for piece in pieces]
        self._first: dict[str, int] = {}
        for number, finding in enumerate(file.findings, 1):
            self._first.setdefault(self._key(finding), number)

    def _rule(self, finding: Finding) -> Rule | None:
        return self._report.rules.get(finding.rule)

    def _key(self, finding: Finding) -> str:
        rule = self._rule(finding)
        return rule.name if rule else finding.rule

    def title(self, finding: Finding) -> str:
        """What a finding is called, as HTML."""
        return shown(title_of(finding, self._rule(finding), self._source))

    def line(self, finding: Finding) -> str:
        """Where a finding is: "line 3"."""
        return self._line_of(finding.span.start)

    def target(self, span: Span) -> Target:
        """The block that a span of the source begins in."""
        at = max(0, bisect_right(self._starts, span.start) - 1)
        whole = bool(self._pieces) and span.covers(self._pieces[at].block.whole)
        return Target(f"{self._name}-b{at}", self._source.lines.position(span.start).line, whole)

    def beside(self, numbers: Iterable[int], lines: str) -> Iterator[str]:
        """The notes with these numbers, closed; nothing where there are none. `lines` says where they belong: "line 3"."""
        numbers = list(numbers)
        if not numbers:
            return
        yield f'<div class="notes" role="group" aria-label="Notes on {lines}">'
        for number in numbers:
            yield self._note(number, self._file.findings[number - 1])
        yield "</div>"

    def _note(self, number: int, finding: Finding) -> str:
        name, level = self._name, finding.level.word
        places = len(finding.places)
        many = f'<span class="times">×{places}</span>' if places > 1 else ""
        chain = f"--m:--{name}-m{number};--p:--{name}-n{number - 1};anchor-name:--{name}-n{number}"
        head = f'<span class="no {level}">{number}</span><span class="level {level}">{level.capitalize()}</span>'
        said = "".join(self._said(number, finding))
        return (
            f'<details class="note {level}" style="{chain}"><summary>{head}<span class="about">{self.title(finding)}</span>{many}'
            f'<span class="more" aria-hidden="true"></span></summary>'
            f'<div class="body" id="{name}-n{number}" tabindex="-1">{said}</div></details>'
        )

    def _said(self, number: int, finding: Finding) -> Iterator[str]:
        yield f'<p class="message">{shown(" ".join(finding.message.split()))}</p>'
        yield from self._places(number, finding)
        fixes = "; or ".join(_fix(finding, at) for at in range(min(OFFERED, len(finding.fixes))))
        if fixes:
            yield f'<p class="fix"><i>Fix</i> {fixes}</p>'
        rule = self._rule(finding)
        if rule and (rule.why or rule.instead):
            yield from self._reasons(number, rule)
        yield f'<p class="tail"><code>{_breakable(finding.rule)}</code> <a href="#{self._name}-m{number}">back to the text</a></p>'

    def _places(self, number: int, finding: Finding) -> Iterator[str]:
        """The places related to a finding."""
        same = [f'<a href="#{self._name}-m{number}-{n}">{self._line_of(span.start)}</a>' for n, span in enumerate(finding.places[1:], 2)]
        if same:
            yield f'<p class="places"><i>Also here</i> {", ".join(same)}</p>'
        for related in finding.related:
            if not related.same:
                to = self.target(related.span)
                said, where = related.message or "see", f"{self._source.unit} {to.line}"
                yield f'<p class="places"><i>{shown(said[:1].upper() + said[1:])}</i> <a href="#{to.id}">{where}</a></p>'

    def _line_of(self, offset: int) -> str:
        return f"{self._source.unit} {self._source.lines.position(offset).line}"

    def _reasons(self, number: int, rule: Rule) -> Iterator[str]:
        first = self._first[rule.name]
        if first != number:
            yield f'<p class="see">Why: as in <a href="#{self._name}-n{first}">note {first}</a></p>'
            return
        for label, text in (("Why", rule.why), ("Instead", rule.instead)):
            if text.strip():
                yield f"<p><i>{label}</i> {shown(' '.join(text.split()))}</p>"
        if url := rule_url(rule):
            yield f'<p class="see"><a href="{shown(url)}" rel="noreferrer">About this rule</a></p>'

    def endnotes(self) -> Iterator[str]:
        """All notes in a list for print, in the order of their numbers."""
        if not self._file.findings:
            return
        yield f'<section class="endnotes" aria-labelledby="{self._name}-he"><h2 id="{self._name}-he">Notes</h2><ol>'
        for number, finding in enumerate(self._file.findings, 1):
            level, rule = finding.level, self._rule(finding)
            lines = list(dict.fromkeys(self._source.lines.position(span.start).line for span in finding.places))
            where = f"{self._source.unit.capitalize()}{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}."
            told = shown(" ".join(finding.message.split()))
            if rule and rule.instead and self._first[self._key(finding)] == number:
                told += f" <i>Instead:</i> {shown(' '.join(rule.instead.split()))}"
            head = f'<span class="no {level.word}">{number}</span> <b>{SIGNS[level]} {level.word.capitalize()}.</b>'
            yield f'<li class="{level.word}">{head} <span class="soft">{where}</span> {told}</li>'
        yield "</ol></section>"


def _fix(finding: Finding, at: int) -> str:
    done = remedy(finding.fixes[at])
    text = f" <b>{shown(done.text)}</b>" if done.text else ""
    look = f' <span class="soft">— {LOOK_FIRST}</span>' if done.look and at == len(finding.fixes[:OFFERED]) - 1 else ""
    deed = done.deed if not at else done.deed[:1].lower() + done.deed[1:]
    return f"{shown(deed)}{text}{look}"


def _breakable(rule: str) -> str:
    """A rule's name as HTML that may break after its pack."""
    return shown(rule).replace(".", ".<wbr>", 1)
