"""`edlint try`: what a new rule would flag in published pieces."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Unpack

import click

from edlint.authoring.judged import Judgement, precision, write_judged
from edlint.authoring.ruletest import Trial, trials
from edlint.cli.check import faults, terminal_width, watched
from edlint.cli.console import Progress, say
from edlint.cli.options import Given, configured, linter_of, remote, split
from edlint.cli.rules import chosen_rules, complaint
from edlint.errors import UsageError
from edlint.model.finding import Finding
from edlint.model.report import exit_status
from edlint.model.source import Source
from edlint.report.summary import asides, count
from edlint.report.terminal import excerpt, visible
from edlint.session.options import Options

_INDENT = 4
_ANSWERS: Mapping[str, Judgement] = {"y": "right", "n": "wrong"}


@click.command("try")
@click.argument("rules", metavar="RULES")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", type=click.Path())
@click.option(
    "--sample", type=click.IntRange(0), default=10, metavar="N", show_default=True, help="How many findings of each rule to show."
)
@click.option("--judge", is_flag=True, help="Ask whether each finding shown is right, and keep the answers beside the rule.")
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report.")
@remote
@configured
def tryout(rules: str, paths: tuple[str, ...], judge: bool, **given: Unpack[Given]) -> int:
    """Show what rules would flag in good drafts, before you switch them on.

    RULES is a rule file, a folder of rules, or the name of a rule or pack; separate several with commas. Their own examples are
    tried first. Exit status: 0, or 2 when a rule is broken or something could not be read.
    """
    options = Options(config=given["config"], isolated=given["isolated"], allow_remote=given["allow_remote"], reader=False)
    known = {} if _are_paths(rules) else {n: r for n, r in linter_of(given).all_rules.items() if r.path}
    chosen = chosen_rules(split((rules,)), known)
    as_json = given["output_format"] == "json"
    if judge and as_json:
        raise UsageError("--judge asks questions, so it cannot be combined with --output-format json")
    with Progress() as progress:
        tried = trials(list(chosen.values()), paths, options, progress)
    for fault in faults(tried[0].report):
        say(f"edlint: {visible(fault)}", err=True)
    cells = terminal_width() if watched() else 80
    if as_json:
        from edlint.report.entries import to_json

        found = [as_data(one, given["sample"]) for one in tried]
        say(to_json(found[0] if Path(rules).is_file() else found), nl=False)
    elif judge:
        ask(tried, given["sample"], cells)
    else:
        for number, one in enumerate(tried):
            for line in ("", *as_text(one, given["sample"], cells)) if number else as_text(one, given["sample"], cells):
                say(line.rstrip(" "))
    return exit_status(tried[0].report, zero=True)


def _are_paths(rules: str) -> bool:
    """Whether every part is a path, so that no configuration need be read for its rules."""
    return all(Path(part).exists() or Path(part).suffix in (".yml", ".yaml") for part in split((rules,)))


def ask(tried: Sequence[Trial], size: int, cells: int) -> None:
    """Walk through findings that were not judged yet, at most `size` of each rule, and keep each answer at once."""
    for one in tried:
        judged = dict(one.judged)
        say(visible(f"{one.rule.name}: {count(one.findings, 'finding')}, {precision(judged)}"))
        for source, finding in one.sample(size, unjudged=True):
            for line in _shown(source, finding, cells):
                say(line.rstrip(" "))
            answer = _answer()
            if answer == "q":
                return
            if answer in _ANSWERS:
                judged[finding.fingerprint] = _ANSWERS[answer]
                write_judged(one.rule, judged)
        if judged != one.judged:
            say(visible(f"{one.rule.name}: {precision(judged)}"))


def _answer() -> str:
    """The first letter of what is typed: y, n, s or q; q at the end of the input."""
    while True:
        say("right? y(es), n(o), s(kip), q(uit): ", nl=False)
        line = sys.stdin.readline()
        letter = line.strip().lower()[:1] if line else "q"
        if letter in ("y", "n", "s", "q"):
            return letter


def as_text(tried: Trial, size: int, cells: int) -> Iterator[str]:
    """The trial in lines: examples, totals, and a sample of at most `size` findings cut to `cells`."""
    rule, report = tried.rule, tried.report
    examples = count(len(rule.bad) + len(rule.good), "example")
    yield visible(f"{rule.name}: {examples}, {'all pass' if not tried.failures else count(len(tried.failures), 'fault')}")
    yield from (visible(complaint(failure)) for failure in tried.failures)
    yield ""
    yield f"{count(tried.read, 'draft')} with {tried.words:,} words read in {report.seconds:.2f} s"
    yield f"{count(tried.findings, 'finding')}, {tried.rate:,g} per 1,000 drafts; {count(tried.flagged, 'draft')} with a finding"
    if tried.judged:
        yield f"{tried.precision}"
    yield from dict.fromkeys(f"note: {visible(notice)}" for file in report.files for notice in file.notices)
    yield from asides(report)
    for source, finding in tried.sample(size):
        yield from _shown(source, finding, cells)


def _shown(source: Source, finding: Finding, cells: int) -> Iterator[str]:
    """A finding with its place in the draft, after an empty line."""
    line, column = source.lines.position(finding.span.start)
    text, marks = excerpt(source, finding.span, max(2 * _INDENT, cells - _INDENT))
    yield ""
    yield visible(f"{source.path}:{line}:{column}: {finding.message}")
    yield from (" " * _INDENT + text, " " * _INDENT + marks)


def as_data(tried: Trial, size: int) -> dict[str, object]:
    """The trial for programs, with a sample of at most `size` findings. Lines and columns count from 1, columns in code points."""
    rule, report = tried.rule, tried.report
    return {
        "rule": rule.name,
        "path": rule.path,
        "examples": len(rule.bad) + len(rule.good),
        "failures": [{"line": failure.line, "message": failure.message} for failure in tried.failures],
        "drafts": tried.read,
        "words": tried.words,
        "findings": tried.findings,
        "findings_per_1000_drafts": tried.rate,
        "drafts_with_findings": tried.flagged,
        "held_back": sum(file.held_back for file in report.files),
        "suppressed": sum(len(file.suppressed) for file in report.files),
        **({"judged": tried.precision._asdict()} if tried.judged else {}),
        "seconds": round(report.seconds, 3),
        "errors": list(faults(report)),
        "sample": [_entry(source, finding) for source, finding in tried.sample(size)],
    }


def _entry(source: Source, finding: Finding) -> dict[str, object]:
    line, column = source.lines.position(finding.span.start)
    text, marks = excerpt(source, finding.span, 80)
    return {
        "path": source.path,
        "line": line,
        "column": column,
        "level": finding.level.word,
        "message": finding.message,
        "match": finding.match,
        "excerpt": text,
        "underline": marks,
    }
