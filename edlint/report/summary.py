"""The totals, the verdict, and the account of what was silenced, in words: the same in every report that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report
from edlint.model.source import Source

NAMED = 5  # paths that are named in a sentence; others are counted
MANY = 50  # entries that reports for people list; the others are counted
LINES = 8  # lines that one entry names


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 file", "2 files"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def totals(findings: Iterable[Finding]) -> str:
    """How many findings there are of each level, the worst first: "2 errors, 1 warning"."""
    counts = Counter(finding.level for finding in findings)
    return ", ".join(count(counts[level], level.word) for level in sorted(counts, reverse=True)) or "No findings"


def asides(report: Report) -> Iterator[str]:
    """A sentence for each kind of finding that is not shown."""
    files = report.files
    yield from _sentence(sum(file.held_back for file in files), "held back inside direct quotes")
    yield from _sentence(sum(len(file.suppressed) for file in files), "silenced by directives in the draft")
    yield from accounted(report)
    if report.left_out:
        yield f"{left_out(report)}."


def left_out(report: Report) -> str:
    """Which paths that were named are left out, and why: "Left out: a.md (ignored by git)"."""
    names = [f"{path} ({why})" for path, why in report.left_out]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"Left out: {', '.join(names[:NAMED])}{more}"


def accounted(report: Report) -> Iterator[str]:
    """A sentence for each kind of finding that a fix, a baseline or the base version accounts for."""
    files = report.files
    if any(file.fixed for file in files):
        yield f"{fixed_summary(report)}."
    yield from _sentence(sum(len(file.accepted) for file in files), f"accepted by {report.baseline or 'the baseline'}")
    yield from _sentence(sum(file.elsewhere for file in files), "already in the base version")
    gone = sum(stale.times for stale in report.stale)
    if gone:
        yield f"{count(gone, 'accepted finding')} no longer found: `edlint baseline prune` removes {'it' if gone == 1 else 'them'}."


def fixed_summary(report: Report) -> str:
    """What fixes did: "Fixed 4 findings in 1 draft"."""
    drafts = [file for file in report.files if file.fixed]
    return f"Fixed {count(sum(len(file.fixed) for file in drafts), 'finding')} in {count(len(drafts), 'draft')}"


def remedies(findings: Sequence[Finding]) -> str:
    """How many findings are fixable, as the end of a sentence: "; 2 fixable with --fix, 3 more with --unsafe-fixes"."""
    safe = sum(1 for finding in findings if finding.fix())
    more = sum(1 for finding in findings if finding.fix(unsafe=True)) - safe
    told = [f"{safe} fixable with --fix"] if safe else []
    told += [f"{more} {'more' if safe else 'fixable'} with --unsafe-fixes"] if more else []
    return f"; {', '.join(told)}" if told else ""


def _sentence(findings: int, what: str) -> Iterator[str]:
    if findings:
        yield f"{count(findings, 'finding')} {what}."


def verdict(report: Report) -> tuple[str, bool]:
    """Whether the drafts pass, in words and as a truth value."""
    broken = sum(1 for file in report.files if file.error or file.faults)
    if broken:
        return f"Incomplete: {count(broken, 'file')} could not be checked in full.", False
    if not report.files:
        return "Passes: nothing was left to check.", True
    levels = {file.fail_on for file in report.files}
    bar = "the level set for the file" if len(levels) > 1 else next((level.word for level in levels if level), "")
    failing = sum(len(file.failing) for file in report.files)
    reasons = [f"{count(failing, 'finding')} at or above {bar or 'the level of a locked rule'}"] if failing else []
    reasons += [too_many(report)] if report.too_many_warnings else []
    if reasons:
        return f"Fails: {', and '.join(reasons)}.", False
    return f"Passes: nothing at or above {bar}." if bar else "Passes: no level of finding is set to fail.", True


def too_many(report: Report) -> str:
    """How many warnings there are and how many may pass."""
    return f"{count(report.counts[Level.WARNING], 'warning')} where {report.max_warnings} may pass"


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
