"""The report for people: by file, the worst findings first, each with its line and the fault underlined, why it matters and what to do.

What stops no draft is only counted: suggestions always, warnings in a long run that fails for something else; `--show` lists them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report, ReportOptions, Traits
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report.entries import also_at, shown
from edlint.report.summary import account, asides, count, remedies, sent, totals, verdict
from edlint.report.terminal import excerpt, harmless, paint, visible, width, wrap

TRAITS = Traits(people=True)

MANY, SHOWN, LINES = 5, 3, 24  # findings of one rule in a file before they are summed up; how many are shown then; line numbers named
LONG = 20  # drafts with something to show, from which on a run that fails shows only what makes it fail
_INDENT = 11
_LEAST = 24


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the report in lines of at most `options.width` cells where words allow it."""
    explained: set[str] = set()
    least = _least(report, options)
    for file in report.files:
        lines = list(_File(file, report, options, least, explained).lines()) if not options.statistics or file.error or file.faults else []
        if lines:
            out.writelines(f"{harmless(line).rstrip(' ')}\n" for line in (*lines, ""))
    if options.statistics:
        out.writelines(f"{line}\n" for line in _statistics(report, options))
    out.writelines(f"{harmless(line)}\n" for line in _summary(report, options, least))


def _least(report: Report, options: ReportOptions) -> Level:
    """The lowest level that is shown in full. A finding that makes its draft fail is shown whatever its level."""
    if options.show is not None or options.quiet:
        return options.show or Level.ERROR
    told = sum(1 for file in report.files if any(finding.level >= Level.WARNING for finding in file.findings))
    return Level.ERROR if told > LONG and report.exit_code and not report.too_many_warnings else Level.WARNING


def _in_full(file: FileResult, least: Level) -> list[Finding]:
    """The findings of a file to show, the worst first, those of one level in the order of their places."""
    return sorted((f for f in file.findings if f.level >= _bar(file, least)), key=lambda f: -f.level)


def _bar(file: FileResult, least: Level) -> Level:
    return least if file.fail_on is None else min(least, file.fail_on)


class _File(NamedTuple):
    """The lines about one file. `explained` holds the rules whose reason was given already, in this file or one before."""

    file: FileResult
    report: Report
    options: ReportOptions
    least: Level
    explained: set[str]

    def lines(self) -> Iterator[str]:
        """All lines about the file; none when there is nothing to say."""
        file, options = self.file, self.options
        if file.error:
            yield from _hanging("error: ", visible(file.error), options, "error")
            return
        findings = [] if options.statistics else shown(file, options) if options.quiet else _in_full(file, self.least)
        notes = [("fault: ", text, "error") for text in file.faults]
        notes += [] if options.quiet else [("note: ", text, "dim") for text in file.notices]
        if findings or notes:
            yield paint(visible(file.path), "bold", options.color)
        for label, text, color in notes:
            yield from _hanging(f"  {label}", visible(text), options, color)
        if file.source:
            yield from self._findings(findings, file.source)

    def _findings(self, findings: Sequence[Finding], source: Source) -> Iterator[str]:
        counts = Counter(finding.rule for finding in findings)
        levels = max((len(finding.level.word) for finding in findings), default=0)
        seen: Counter[str] = Counter()
        for number, finding in enumerate(findings):
            seen[finding.rule] += 1
            folded = counts[finding.rule] > MANY
            if folded and seen[finding.rule] > SHOWN:
                continue
            if number:
                yield ""
            yield from self._head(finding, source, levels)
            yield from self._body(finding, source)
            if folded and seen[finding.rule] == SHOWN:
                rest = [f for f in findings if f.rule == finding.rule][SHOWN:]
                yield from self._indented(f"… and {len(rest)} more: {_line_numbers(rest, source)}")

    def _head(self, finding: Finding, source: Source, levels: int) -> Iterator[str]:
        """Position, level, message, and at the right edge the rule."""
        line, column = source.lines.position(finding.span.start)
        place = f"{line:>5}:{column:<4} "
        word = finding.level.word
        margin = len(place) + levels + 2
        room = self.options.width - margin - len(finding.rule) - 2
        beside = room >= _LEAST
        full = max(_LEAST, self.options.width - margin)
        message = " ".join(visible(finding.message).split())
        first = next(wrap(message, room if beside else full), "")
        rule = paint(finding.rule, "dim", self.options.color)
        level = paint(word, word, self.options.color) + " " * (levels - len(word))
        yield f"{place}{level}  {first}" + (" " * (room - width(first) + 2) + rule if beside else "")
        for more in wrap(message[len(first) :], full):
            yield " " * margin + more
        if not beside:
            yield " " * margin + rule

    def _body(self, finding: Finding, source: Source) -> Iterator[str]:
        """The excerpt and, below it, everything else there is to say."""
        color = self.options.color
        line, marks = excerpt(source, finding.span, max(_LEAST, self.options.width - _INDENT))
        last, first = source.lines.last_line(finding.span), source.lines.position(finding.span.start).line
        yield " " * _INDENT + line
        yield " " * _INDENT + paint(marks, "underline", color)
        if finding.where:
            yield from self._indented(f"in {visible(finding.where)}")
        if last > first:
            yield from self._indented(f"to {source.unit} {last}")
        for related in finding.related:
            if related.same:
                continue
            other = source.lines.position(related.span.start)
            alike = other.line == first and finding.where and not source.container  # all on one line: only the column tells
            place = f"{other.line}:{other.column}" if alike else f"{source.unit} {other.line}"
            yield from self._indented(f"{visible(related.message)}: {place}" if related.message else f"see {place}")
        if places := also_at(finding, source):
            yield from self._indented(places)
        if finding.cues and self.options.trace:
            yield from self._indented(f"counted: {visible('; '.join(finding.cues))}")
        for fix in finding.fixes[:1]:
            yield from self._indented(f"fix: {visible(fix.title)} ({'shown only' if fix.safety == 'display' else fix.safety})")
        rule = self.report.rules.get(finding.rule)
        if rule and rule.name not in self.explained and not self.options.quiet:
            self.explained.add(rule.name)
            yield from self._reasons(rule)

    def _reasons(self, rule: Rule) -> Iterator[str]:
        for label, text in (("why: ", rule.why), ("do:  ", rule.instead)):
            if text.strip():
                yield from self._indented(visible(" ".join(text.split())), label, "dim")

    def _indented(self, text: str, label: str = "", color: str = "") -> Iterator[str]:
        yield from _hanging(" " * _INDENT + label, text, self.options, color)


def _hanging(label: str, text: str, options: ReportOptions, color: str = "") -> Iterator[str]:
    """The text wrapped behind a label, later lines indented by its width."""
    for number, line in enumerate(wrap(text, max(_LEAST, options.width - len(label)))):
        whole = (" " * len(label) if number else label) + line
        yield paint(whole, color, options.color) if color else whole


def _line_numbers(findings: Iterable[Finding], source: Source) -> str:
    numbers = list(dict.fromkeys(source.lines.position(finding.span.start).line for finding in findings))
    named = ", ".join(map(str, numbers[:LINES])) + (", …" if len(numbers) > LINES else "")
    return f"{source.unit}{'s' if len(numbers) > 1 else ''} {named}"


def _statistics(report: Report, options: ReportOptions) -> Iterator[str]:
    """A table of how many findings each rule has, most first."""
    levels = {finding.rule: finding.level for file in report.files for finding in shown(file, options)}
    files = Counter(rule for file in report.files for rule in {finding.rule for finding in shown(file, options)})
    rows = [(rule, count) for rule, count in report.by_rule.items() if rule in levels]
    for rule, times in sorted(rows, key=lambda row: (-row[1], row[0])):
        yield f"{times:>6}  {levels[rule].word:<10}  {rule}  ({count(files[rule], 'file')})"
    if rows:
        yield ""


def _folded(report: Report, options: ReportOptions, least: Level) -> Iterator[str]:
    """What was counted and not shown, and how to see it."""
    left = [] if options.statistics else [f for file in report.files for f in file.findings if f.level < _bar(file, least)]
    if left:
        one = len(left) == 1
        option = f"--show {min(f.level for f in left).word}s"
        yield f"{totals(left)} {'is' if one else 'are'} not shown; {option} lists {'it' if one else 'them'}."


def _summary(report: Report, options: ReportOptions, least: Level) -> Iterator[str]:
    """The totals, and the verdict in words."""
    found = [finding for file in report.files for finding in shown(file, options)]
    checked = sum(1 for file in report.files if not file.error)
    yield from map(visible, sent(report))
    if not found and options.quiet and not report.exit_code:
        return
    if checked:
        yield f"{totals(found)} in {count(checked, 'file')}{remedies(found)}."
    if not options.quiet:
        yield from _folded(report, options, least)
        yield from map(visible, (*asides(report), *account(report)))
    words, passes = verdict(report)
    yield paint(words, "good" if passes else "error", options.color)
