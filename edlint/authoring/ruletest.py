"""Testing a rule: on its own examples, and on published pieces."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from edlint.authoring.judged import Judgement, Precision, precision, read_judged
from edlint.checks import kind_of
from edlint.errors import EngineError, RuleError, SourceError
from edlint.filters import RULE_FILTERS, apply_filters
from edlint.formats import read
from edlint.grammar import Engines
from edlint.grammar.query import EngineMessages, remarks
from edlint.matching.scope import select
from edlint.model.config import Config
from edlint.model.document import KINDS, Block, Document, Kind
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report
from edlint.model.rule import Example, Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.configure import fits
from edlint.session.options import Options
from edlint.session.session import Session
from edlint.session.work import ProgressCallback, silent
from edlint.text.sourcemap import SourceMap

NEEDED = 2  # examples a rule needs on each side
_HERE = Path("draft.txt")


class Failure(NamedTuple):
    """One thing wrong with a rule's examples: what, and the 1-based line of the rule file where it stands, if known."""

    rule: Rule
    message: str
    line: int | None = None


class SelfTest:
    """Runs rules on their own examples. `rules` holds every rule there is, so that signals are found."""

    def __init__(self, rules: Mapping[str, Rule], config: Config | None = None) -> None:
        self._rules = rules
        self._grammar = (config or Config()).grammar
        self._engines = Engines()

    def run(self, rule: Rule) -> list[Failure]:
        """What is wrong with one rule's examples; nothing when all is well. Raises EngineError when its engine fails."""
        failures: list[Failure] = []
        if not kind_of(rule).finds or not fits(rule, self._grammar.engine, self._grammar.language):
            return failures  # made by the suppression filter, not by a rule file; or not to be tried with this engine
        for side, examples in (("bad", rule.bad), ("good", rule.good)):
            if len(examples) < NEEDED:
                count = f"{len(examples)} {side} example{'' if len(examples) == 1 else 's'}, needs {NEEDED}"
                failures.append(Failure(rule, count, rule.place(f"examples.{side}").line))
        ruleset = self._alone(rule)
        for side, examples in (("bad", rule.bad), ("good", rule.good)):
            for number, example in enumerate(examples):
                place = rule.place(f"examples.{side}.{number}")
                failures += [Failure(rule, m, place.line) for m in self._wrong(rule, ruleset, example, flagged=side == "bad")]
        return failures

    def _alone(self, rule: Rule) -> Ruleset:
        """A ruleset of this rule and the signals it may use, of which those that are scored rules report nothing."""
        kinds = {name: kind_of(other) for name, other in self._rules.items()}
        signals = {n: r._replace(level=None if kinds[n].reports else r.level) for n, r in self._rules.items() if kinds[n].signals}
        on = rule._replace(level=rule.level or Level.WARNING)
        return compile_rules({**signals, rule.name: on}, report_signals=not kind_of(rule).reports)

    def _wrong(self, rule: Rule, ruleset: Ruleset, example: Example, *, flagged: bool) -> list[str]:
        """What goes wrong with one example, which should be flagged or not."""
        document, text = read_example(rule, example), _short(example.text)
        messages = EngineMessages([], [])
        outcome = ruleset.run(document, lambda d, asked: remarks(d, asked, self._grammar, self._engines, messages))
        if messages.faults:
            raise EngineError(messages.faults[0])
        # The other signals report too while one is tested.
        matches = apply_filters(RULE_FILTERS, document, outcome.matches).matches
        found = [match.text for match in matches if match.name == rule.name or kind_of(rule).reports]
        if outcome.faults:
            return [f"runs out of time on an example: {text}"]
        if not flagged:
            return [f"flags a good example: {text} at {_short(match)}" for match in found]
        if not found:
            return [f"misses a bad example: {text}"]
        if example.match and example.match not in found:
            return [f"finds {', '.join(map(_short, found))} where {_short(example.match)} is wanted"]
        return []


def read_example(rule: Rule, example: Example) -> Document:
    """An example as a document. Plain text without any block in the rule's scope is read as one block of the first kind in it."""
    source = Source("example.txt", example.text)
    document = read(source, example.format)
    if example.format != "plain" or select(rule.scope, document):
        return document
    kinds: list[Kind] = [kind for kind in KINDS if kind in rule.scope]  # type: ignore[misc]
    if not kinds:
        return document
    block = Block(kinds[0], example.text, SourceMap.verbatim(0), level=1 if kinds[0] == "title" else 2)
    return Document(source, "plain", (block,))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= 60 else flat[:57] + "...")


class Trial(NamedTuple):
    """A rule, what fails of its own examples, and the results of the drafts with their words.

    `judged` are the judgements that its findings got so far, by their fingerprints.
    """

    rule: Rule
    failures: Sequence[Failure]
    report: Report
    words: int
    judged: Mapping[str, Judgement] = MappingProxyType({})

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

    @property
    def precision(self) -> Precision:
        """How often its findings in these drafts are right, as far as they were judged."""
        return precision(self.judged, (finding.fingerprint for file in self.report.files for finding in file.findings))

    def sample(self, size: int, *, unjudged: bool = False) -> list[tuple[Source, Finding]]:
        """At most `size` findings, spread evenly over all (or over those not judged yet): the same ones for the same drafts."""
        everything = [(file.source, finding) for file in self.report.files if file.source for finding in file.findings]
        if unjudged:
            everything = [
                pair for pair in {f.fingerprint: (s, f) for s, f in everything}.values() if pair[1].fingerprint not in self.judged
            ]
        size = min(size, len(everything))
        return [everything[number * len(everything) // size] for number in range(size)]


def trials(rules: Sequence[Rule], paths: Sequence[str], options: Options, progress: ProgressCallback = silent) -> list[Trial]:
    """What each of some rules that report something does on its own examples and in the drafts that paths stand for.

    Raises RuleError for a rule that cannot work, or when none reports anything, and whatever else keeps a run from starting.
    """
    reporting = [rule for rule in rules if kind_of(rule).reports]
    if not reporting:
        raise RuleError("a signal reports nothing", rules[0].place("extends"), "try a rule that uses it")
    session = Session(options._replace(select=tuple(rule.name for rule in reporting), trial=tuple(rules)))
    linter = session.linter_for(_HERE)
    tests = SelfTest(linter.all_rules, linter.config)
    failures = {rule.name: tests.run(rule) for rule in reporting}
    began = time.perf_counter()
    files = session.lint(paths, progress)
    seconds, words = time.perf_counter() - began, sum(map(_words, files))
    owners = {name: owner.name for name in _names(files) if (owner := linter.rule_named(name))}
    return [
        Trial(rule, failures[rule.name], Report(_only(files, rule.name, owners), seconds=seconds), words, read_judged(rule))
        for rule in reporting
    ]


def _names(files: Iterable[FileResult]) -> set[str]:
    return {finding.rule for file in files for finding in file.known}


def _only(files: Iterable[FileResult], name: str, owners: Mapping[str, str]) -> tuple[FileResult, ...]:
    """The results with the findings of one rule alone; `owners` are rules by the names that their findings bear."""

    def own(finding: Finding) -> bool:
        return owners.get(finding.rule) == name

    return tuple(
        file._replace(
            findings=tuple(filter(own, file.findings)),
            quoted=tuple(filter(own, file.quoted)),
            suppressed=tuple(silenced for silenced in file.suppressed if own(silenced.finding)),
        )
        for file in files
    )


def _words(file: FileResult) -> int:
    """How many words a draft has; 0 for one that cannot be read, or no longer."""
    try:
        return len(file.source.text.split()) if file.source else 0
    except SourceError:
        return 0
