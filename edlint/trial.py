"""A rule on trial: what it would flag in pieces that were published already."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from edlint.checks import kind_of
from edlint.errors import RuleError, SourceError
from edlint.model.finding import Finding
from edlint.model.report import FileResult, Report
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.selftest import Failure, SelfTest
from edlint.session.options import Options
from edlint.session.session import Session
from edlint.session.work import ProgressCallback, silent

_HERE = Path("draft.txt")


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


def trial(rule: Rule, paths: Sequence[str], options: Options, progress: ProgressCallback = silent) -> Trial:
    """What a rule does on its own examples and in the drafts that paths stand for.

    Raises RuleError for a rule that cannot work or reports nothing, and whatever else keeps a run from starting.
    """
    if not kind_of(rule).reports:
        raise RuleError("a signal reports nothing", rule.place("extends"), "try a rule that uses it")
    session = Session(replace(options, select=(rule.name,), trial=rule))
    linter = session.linter_for(_HERE)
    failures = SelfTest(linter.all_rules, linter.config).run(rule)
    began = time.perf_counter()
    files = session.lint(paths, progress)
    return Trial(rule, failures, Report(files, seconds=time.perf_counter() - began), sum(map(_words, files)))


def _words(file: FileResult) -> int:
    """How many words a draft has; 0 for one that cannot be read, or not any more."""
    try:
        return len(file.source.text.split()) if file.source else 0
    except SourceError:
        return 0
