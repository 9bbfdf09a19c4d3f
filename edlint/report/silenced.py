"""The account of what was silenced: which findings, by whom, and why. No report leaves it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edlint.model.finding import Finding
from edlint.model.report import FileResult, Report
from edlint.model.source import Source

MANY = 50  # entries that reports for people list; the others are counted
LINES = 8  # lines that one entry names


class Silenced(NamedTuple):
    """Findings of one rule in one draft that one word silenced, `by` the directives in it or a baseline; `lines` are their first."""

    path: str
    rule: str
    by: str
    why: str
    lines: tuple[int, ...]
    findings: int


def silenced(report: Report) -> Iterator[Silenced]:
    """Everything that directives and baselines silenced, in the order of the drafts."""
    for file in report.files:
        yield from _of(file, report.baseline or "the baseline")


def _of(file: FileResult, baseline: str) -> Iterator[Silenced]:
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for item in file.suppressed:
        groups.setdefault((item.finding.rule, "a directive", item.reason or "no reason given"), []).append(item.finding)
    for finding in file.accepted:
        groups.setdefault((finding.rule, baseline, "accepted in the past"), []).append(finding)
    for (rule, by, why), findings in groups.items():
        yield Silenced(file.path, rule, by, why, _lines(findings, file.source), len(findings))


def _lines(findings: list[Finding], source: Source | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(source.lines.position(finding.span.start).line for finding in findings[:LINES])) if source else ()


def account(report: Report, most: int = MANY) -> Iterator[str]:
    """The account in sentences: rules that did not run, then at most so many entries."""
    for off in report.off:
        yield f"Switched off by {off.by}: {off.rules}."
    rest = 0
    for number, entry in enumerate(silenced(report)):
        if number < most:
            yield sentence(entry)
        else:
            rest += entry.findings
    if rest and most:
        yield f"{rest} more findings were silenced; the report in JSON lists them all."


def sentence(entry: Silenced) -> str:
    """One entry as a sentence."""
    lines = ",".join(map(str, entry.lines)) + ("…" if entry.findings > LINES else "")
    place = f"{entry.path}:{lines}" if entry.lines else entry.path
    return f"Silenced by {entry.by}: {place} {entry.rule} ({entry.why})."


def notices(report: Report) -> Iterator[str]:
    """What there is to say besides the findings, such as that a rule could not be read: each sentence once for all drafts."""
    yield from dict.fromkeys(f"note: {notice}" for file in report.files for notice in file.notices)


def sent(report: Report) -> Iterator[str]:
    """Where text was sent to, in sentences."""
    for note in report.sent:
        yield f"{note[:1].upper()}{note[1:]}."
