"""Annotations for GitHub Actions: workflow commands, of which GitHub shows ten of each kind, and a summary in Markdown for the run's page.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from edlint.model.finding import Level
from edlint.model.report import Report, ReportOptions, Traits
from edlint.model.rule import Rule
from edlint.report.entries import Entry, entries
from edlint.report.links import rule_url
from edlint.report.summary import account, asides, count, sent, too_many, totals, verdict
from edlint.report.terminal import visible
from edlint.text.lazy import lazy

TRAITS = Traits(bare=True, commands=True, page="GITHUB_STEP_SUMMARY")

LIMIT = 10  # annotations of one kind that GitHub shows for a step
SIZE = 500_000  # bytes of the table in the summary, of which GitHub takes 1 MiB a step
_LONGEST = 300  # characters in a cell of it
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "notice"}
_MARKUP = lazy(r"[\\`*_\[\]<>|#~&@$]|:(?=[\w/+-])|(?<=www)\.", re.IGNORECASE)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the annotations, the worst first; where some are left out, the last one says how many."""
    found = _worst(report, options)
    if report.too_many_warnings:
        found.insert(0, Entry("", Level.ERROR, "max-warnings", f"{too_many(report)}."))
    many = Counter(entry.level for entry in found)
    over = any(number > LIMIT for number in many.values())
    room = {**dict.fromkeys(Level, LIMIT), Level.SUGGESTION: LIMIT - over}
    written: Counter[Level] = Counter()
    for entry in found:
        if written[entry.level] < room[entry.level]:
            written[entry.level] += 1
            out.write(_command(entry))
    if over:
        left = many - written
        names = ", ".join(count(left[level], _COMMANDS[level]) for level in sorted(left, reverse=True))
        out.write(_line("notice", {"title": "edlint"}, f"Not shown here: {names}. See the summary of the run."))
    for note in sent(report):
        out.write(_line("notice", {"title": "edlint"}, note))


def summary(report: Report, options: ReportOptions) -> str:
    """What to append to the file that the environment variable GITHUB_STEP_SUMMARY names: verdict, totals and a table, in Markdown."""
    found = _worst(report, options)
    words, passes = verdict(report)
    lines = [f"## edlint: {'passes' if passes else 'fails'}", "", _text(words), ""]
    lines += [_text(f"{totals(e.finding for e in found if e.finding)} in {count(len(report.files), 'file')}."), ""]
    lines += [f"- {_text(aside)}" for aside in (*asides(report), *account(report), *sent(report))]
    return "\n".join([*lines, "", *_table(found, report.rules)]).rstrip("\n") + "\n"


def _table(found: Sequence[Entry], rules: Mapping[str, Rule]) -> Iterator[str]:
    if found:
        yield from ("| place | level | rule | message |", "|---|---|---|---|")
    size = 0
    for number, entry in enumerate(found):
        place = f"{entry.path}:{entry.region.line}" if entry.region else entry.path
        row = f"| {_text(place)} | {entry.level.word} | {_rule(entry.rule, rules)} | {_text(entry.message)} |"
        size += len(row.encode())
        if size > SIZE:
            yield from ("", f"{len(found) - number} more are not listed.")
            return
        yield row


def _rule(name: str, rules: Mapping[str, Rule]) -> str:
    """A rule's name, linked to its page where it has one."""
    url = rule_url(rules.get(name))
    return f"[{_text(name)}](<{url}>)" if url else _text(name)


def _worst(report: Report, options: ReportOptions) -> list[Entry]:
    """The entries, the worst level first, each level in the order of the files."""
    return sorted(entries(report, options), key=lambda entry: -entry.level)


def _command(entry: Entry) -> str:
    properties: dict[str, object] = {"title": f"edlint ({entry.rule})"}
    if entry.path:
        properties["file"] = entry.path
    if entry.region:
        line, column, end_line, end_column = entry.region
        properties |= {"line": line, "endLine": end_line}
        if line == end_line:  # GitHub takes columns only within one line
            properties |= {"col": column, "endColumn": end_column}
    return _line(_COMMANDS[entry.level], properties, entry.message)


def _line(command: str, properties: dict[str, object], message: str) -> str:
    given = ",".join(f"{key}={_data(str(value)).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items())
    return f"::{command} {given}::{_data(message)}\n"


def _data(text: str) -> str:
    """The text as a command takes it: what would end or start a command escaped, other controls written out."""
    lines = text.replace("%", "%25").replace("\r", "%0D").split("\n")
    return "%0A".join(map(visible, lines))


def _text(text: str) -> str:
    """The text on one line of Markdown, where it means nothing but itself, cut where it is very long."""
    plain = " ".join(visible(" ".join(text.split())).split())
    return _MARKUP.sub(r"\\\g<0>", plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…")
