"""`edlint try`: what a new rule would flag in published pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Unpack

import click

from edlint.authoring.ruletest import Trial, trial
from edlint.cli.check import faults, terminal_width, watched
from edlint.cli.console import Progress, say
from edlint.cli.options import Given, configured, remote
from edlint.cli.rules import complaint
from edlint.model.finding import Finding
from edlint.model.report import exit_status
from edlint.model.source import Source
from edlint.report.summary import asides, count
from edlint.report.terminal import excerpt, visible
from edlint.ruleset.load import read_rule
from edlint.session.options import Options

_INDENT = 4


@click.command("try")
@click.argument("rule", metavar="RULE.yml", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", type=click.Path())
@click.option("--sample", type=click.IntRange(0), default=10, metavar="N", show_default=True, help="How many findings to show.")
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report.")
@remote
@configured
def tryout(rule: Path, paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Show what a new rule would flag in good drafts, before you switch it on.

    Its own examples are tried first. Exit status: 0, or 2 when the rule is broken or something could not be read.
    """
    options = Options(config=given["config"], isolated=given["isolated"], allow_remote=given["allow_remote"])
    with Progress() as progress:
        tried = trial(read_rule(rule), paths, options, progress)
    for fault in faults(tried.report):
        say(f"edlint: {visible(fault)}", err=True)
    if given["output_format"] == "json":
        from edlint.report.entries import to_json

        say(to_json(as_data(tried, given["sample"])), nl=False)
    else:
        for line in as_text(tried, given["sample"], terminal_width() if watched() else 80):
            say(line.rstrip(" "))
    return exit_status(tried.report, zero=True)


def as_text(tried: Trial, size: int, cells: int) -> Iterator[str]:
    """The trial in lines: examples, totals, and a sample of at most `size` findings cut to `cells`."""
    rule, report = tried.rule, tried.report
    examples = count(len(rule.bad) + len(rule.good), "example")
    yield visible(f"{rule.name}: {examples}, {'all pass' if not tried.failures else count(len(tried.failures), 'fault')}")
    yield from (visible(complaint(failure)) for failure in tried.failures)
    yield ""
    yield f"{count(tried.read, 'draft')} with {tried.words:,} words read in {report.seconds:.2f} s"
    yield f"{count(tried.findings, 'finding')}, {tried.rate:,g} per 1,000 drafts; {count(tried.flagged, 'draft')} with a finding"
    yield from dict.fromkeys(f"note: {visible(notice)}" for file in report.files for notice in file.notices)
    yield from asides(report)
    for source, finding in tried.sample(size):
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
