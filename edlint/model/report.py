"""The noun Report: what was found in each file, with the rules' metadata and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from edlint.model.finding import Finding, Level, Sourced, Suppressed

if TYPE_CHECKING:  # a cached result is reported without what reads drafts
    from edlint.model.document import Document
    from edlint.model.rule import Rule
    from edlint.model.source import Source


class FileResult(NamedTuple):
    """The outcome for one draft. `source` is None, and `error` says why, when it could not be linted at all.

    `quoted` are findings that are not shown because they stand inside somebody's direct speech. `notices` are remarks for
    the user that are no findings; `faults` are failures inside a run that was otherwise finished (a rule out of time).
    `accepted` are findings that the baseline holds, `fixed` those fixed in this run; neither is among `findings`.
    `elsewhere` counts findings that are not shown because nothing changed where they stand. `document` and `sourced` are
    there when details were asked for.
    """

    path: str
    source: Source | None = None
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    quoted: tuple[Finding, ...] = ()
    error: str = ""
    notices: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    fail_on: Level | None = Level.ERROR
    accepted: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    elsewhere: int = 0
    document: Document | None = None
    sourced: tuple[Sourced, ...] = ()
    bars: tuple[tuple[str, Level], ...] = ()

    def joined(self, others: Sequence[FileResult]) -> FileResult:
        """This result with those of other drafts in the same file, which stand behind this one there."""
        results = (self, *others)
        return self._replace(
            findings=tuple(finding for result in results for finding in result.findings),
            suppressed=tuple(silenced for result in results for silenced in result.suppressed),
            quoted=tuple(finding for result in results for finding in result.quoted),
            notices=tuple(dict.fromkeys(notice for result in results for notice in result.notices)),
            faults=tuple(dict.fromkeys(fault for result in results for fault in result.faults)),
        )

    @property
    def known(self) -> tuple[Finding, ...]:
        """Every finding that a report may speak of, shown or not."""
        return (*self.findings, *self.accepted, *self.fixed, *self.quoted, *(silenced.finding for silenced in self.suppressed))

    @property
    def held_back(self) -> int:
        """How many findings are not shown because they stand inside somebody's direct speech."""
        return len(self.quoted)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that reach this file's `fail_on`, or as findings of locked rules the level in `bars` for their rule or pack."""
        return tuple(f for f in self.findings if self._fails(f))

    def _fails(self, finding: Finding) -> bool:
        if self.fail_on is not None and finding.level >= self.fail_on:
            return True
        return any(finding.level >= level and name in (finding.rule, finding.rule.partition(".")[0]) for name, level in self.bars)

    @property
    def fails(self) -> bool:
        """Whether some finding fails."""
        return any(map(self._fails, self.findings))


class Off(NamedTuple):
    """Rules that did not run: names of rules or packs, and what says so, such as ".edlint.yml:3" or "--ignore"."""

    rules: str
    by: str


class Stale(NamedTuple):
    """An entry of the baseline that no finding answers to any more, as many times as `times` says."""

    path: str
    rule: str
    match: str
    times: int = 1


class Report(NamedTuple):
    """The whole run, files in the order to show them. `rules` maps the name of every rule that has a finding to the Rule.

    `baseline` is the path of the baseline in force, "" without one; `max_warnings` how many warnings pass the gate.
    `left_out` are paths that were named and not checked, each with the reason.
    `checked` is when the run ended, in seconds since 1970, where details were asked for, else 0.
    `off` says which rules did not run and why, `sent` where text of drafts was sent to, a sentence each.
    """

    files: tuple[FileResult, ...]
    rules: Mapping[str, Rule] = MappingProxyType({})
    version: str = ""
    seconds: float = 0.0
    baseline: str = ""
    stale: tuple[Stale, ...] = ()
    max_warnings: int | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    off: tuple[Off, ...] = ()
    sent: tuple[str, ...] = ()
    checked: float = 0.0

    @property
    def counts(self) -> Counter[Level]:
        """How many findings there are of each level."""
        return Counter(finding.level for file in self.files for finding in file.findings)

    @property
    def by_rule(self) -> Counter[str]:
        """How many findings there are of each rule."""
        return Counter(finding.rule for file in self.files for finding in file.findings)

    @property
    def broken(self) -> bool:
        """Whether something could not be checked: the run must exit 2."""
        return any(file.error or file.faults for file in self.files)

    @property
    def exit_code(self) -> int:
        """The exit status of a run that says nothing more of it: see `exit_status`."""
        return exit_status(self)

    @property
    def too_many_warnings(self) -> bool:
        """Whether there are more warnings than `max_warnings` lets pass."""
        return self.max_warnings is not None and self.counts[Level.WARNING] > self.max_warnings


def exit_status(report: Report, *, changed: bool | None = None, fixing_fails: bool = False, zero: bool = False) -> int:
    """The exit status of a run, decided here and nowhere else.

    2: something could not be checked. 1: there are findings at or above `fail_on`, or too many warnings, or with `fixing_fails`
    something was fixed; where only the changes that fixes make were asked for, `changed` says whether there are any, and that
    counts instead. 0 otherwise, and with `zero` in the place of 1.
    """
    if report.broken:
        return 2
    fails = report.too_many_warnings or any(file.fails for file in report.files)
    fails = fails or (fixing_fails and any(file.fixed for file in report.files))
    return int((fails if changed is None else changed) and not zero)


class Traits(NamedTuple):
    """What is special about a report format; a reporter's module says so as `TRAITS`.

    `people`: it is for people, who are told in a sentence what was left out and what --fix-only did.
    `bare`: it has no place for what was silenced, which standard error tells instead.
    `detailed`: it shows the draft itself, and wants its parts and sourced claims.
    `commands`: its lines are commands to a service, and stay as they are.
    `page`: the environment variable that names a file to which the module's `summary(report, options)` is added.
    """

    people: bool = False
    bare: bool = False
    detailed: bool = False
    commands: bool = False
    page: str = ""


class ReportOptions(NamedTuple):
    """How to write a report: with colours or not, `width` in terminal cells, errors only (`quiet`), counts by rule (`statistics`),
    with the cues and weights behind scored findings (`trace`).

    `show` is the lowest level that the text report shows in full; None leaves it to the report.
    """

    color: bool = False
    width: int = 80
    quiet: bool = False
    statistics: bool = False
    trace: bool = False
    show: Level | None = None
