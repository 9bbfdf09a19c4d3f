"""`edlint try`: what a draft of a rule would flag in pieces that were published already."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import click

from edlint.checks import kind_of
from edlint.cli.check import faults, terminal_width, watched
from edlint.cli.console import say
from edlint.cli.options import remote
from edlint.cli.progress import Progress
from edlint.cli.rules import complaint, configured
from edlint.config import Config
from edlint.document import Source
from edlint.errors import RuleError
from edlint.finding import Finding
from edlint.grammar import Engines
from edlint.linter import Linter
from edlint.project import Options, Project
from edlint.report.excerpt import excerpt
from edlint.report.model import FileResult, Report
from edlint.report.style import visible
from edlint.report.summary import asides, count
from edlint.rule import Rule
from edlint.ruleset.configure import fits, of_engine
from edlint.ruleset.load import read_rule
from edlint.selftest import Failure, SelfTest

_HERE = Path("draft.txt")
_INDENT = 4


class Trial(NamedTuple):
    """A rule, what fails of its own examples, and the results of the drafts with their words."""

    rule: Rule
    failures: Sequence[Failure]
    report: Report
    words: int

    @property
    def read(self) -> int:
        """How many drafts were read."""
        return sum(1 for file in self.report.files if not file.error)

    @property
    def flagged(self) -> int:
        """How many drafts have a finding."""
        return sum(1 for file in self.report.files if file.findings)

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return sum(len(file.findings) for file in self.report.files)

    @property
    def rate(self) -> float:
        """Findings per 1,000 drafts."""
        return round(1000 * self.findings / self.read, 1) if self.read else 0.0

    def sample(self, size: int) -> list[tuple[Source, Finding]]:
        """At most `size` findings, spread evenly over all: the same ones for the same drafts."""
        everything = [(file.source, finding) for file in self.report.files if file.source for finding in file.findings]
        size = min(size, len(everything))
        return [everything[number * len(everything) // size] for number in range(size)]


class _Linter(Linter):
    """A Linter with one more rule, which takes the place of another of its name and runs alone."""

    def __init__(self, config: Config, rule: Rule, engines: Engines) -> None:
        self._tried = rule
        grammar = config.grammar
        if not fits(rule, grammar.engine, grammar.language):
            place = rule.place("language" if of_engine(rule, grammar.engine) else "engine")
            hint = f"drafts are in {grammar.language!r}, and the grammar engine is {grammar.engine!r}"
            raise RuleError("not for the drafts here, as `grammar:` describes them", place, hint)
        super().__init__(config.at_every_level(), select=[rule.name], engines=engines)

    @cached_property
    def all_rules(self) -> Mapping[str, Rule]:
        """See Linter."""
        return {**super().all_rules, self._tried.name: self._tried}


class _Project(Project):
    """A Project that runs one rule, and counts the words of the drafts it reads."""

    def __init__(self, options: Options, rule: Rule) -> None:
        super().__init__(options)
        self._tried = rule
        self.words: dict[str, int] = {}

    def _linter(self, config: Config) -> Linter:
        return _Linter(config, self._tried, self._engines)

    def read(self, path: str) -> FileResult:
        """See Project."""
        result = super().read(path)
        self.words[path] = len(result.source.text.split()) if result.source else 0
        return result


def trial(rule: Rule, paths: Sequence[str], options: Options) -> Trial:
    """What a rule does on its own examples and in the drafts that paths stand for.

    Raises RuleError for a rule that cannot work or reports nothing, and whatever else keeps a run from starting.
    """
    if not kind_of(rule).reports:
        raise RuleError("a signal reports nothing", rule.place("extends"), "try a rule that uses it")
    project = _Project(options, rule)
    linter = project.linter_for(_HERE)
    failures = SelfTest(linter.all_rules, linter.config).run(rule)
    began = time.perf_counter()
    with Progress() as progress:
        files = project.lint(paths, progress)
    report = Report(files, seconds=time.perf_counter() - began)
    return Trial(rule, failures, report, sum(project.words.values()))


@click.command("try")
@click.argument("rule", metavar="RULE.yml", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", type=click.Path())
@click.option("--sample", type=click.IntRange(0), default=10, metavar="N", show_default=True, help="How many findings to show.")
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report.")
@remote
@configured
def tryout(rule: Path, paths: tuple[str, ...], **given: Any) -> int:
    """Show what a draft of a rule would flag in drafts you were content with, before you switch it on.

    Its own examples are tried first. Exit status: 0, or 2 when the rule is broken or something could not be read.
    """
    tried = trial(read_rule(rule), paths, Options(config=given["config"], isolated=given["isolated"], allow_remote=given["allow_remote"]))
    for fault in faults(tried.report):
        say(f"edlint: {visible(fault)}", err=True)
    if given["output_format"] == "json":
        from edlint.report.entries import dumped

        say(dumped(as_data(tried, given["sample"])), nl=False)
    else:
        for line in as_text(tried, given["sample"], terminal_width() if watched() else 80):
            say(line.rstrip(" "))
    return 2 if tried.report.broken else 0


def as_text(tried: Trial, size: int, cells: int) -> Iterator[str]:
    """The trial in lines: examples, totals, and a sample of at most `size` findings cut to `cells`."""
    rule, report = tried.rule, tried.report
    examples = count(len(rule.bad) + len(rule.good), "example")
    yield visible(f"{rule.name}: {examples}, {'all as they should be' if not tried.failures else count(len(tried.failures), 'fault')}")
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


def as_data(tried: Trial, size: int) -> dict[str, Any]:
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


def _entry(source: Source, finding: Finding) -> dict[str, Any]:
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
