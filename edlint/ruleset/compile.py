"""Rules made ready to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from edlint.checks import kind_of
from edlint.checks.base import Check, Options, Scan, Term
from edlint.checks.grammar import Grammar
from edlint.checks.score import Score, Signal
from edlint.errors import RuleError, did_you_mean
from edlint.grammar.base import Question, Remark
from edlint.matching.occurrences import Literals
from edlint.matching.prefilter import any_of
from edlint.matching.visible import names_unseen, visible
from edlint.model.document import Document
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.ruleset.running import Holding, Runner

Remarks = Callable[[Document, Question], Sequence[tuple[int, Remark]]]


class Outcome(NamedTuple):
    """What the rules found in one document, in rule order, and which of them failed."""

    matches: list[Match]
    faults: tuple[str, ...]

    def joined(self, later: Outcome) -> Outcome:
        """This with what a later run of the same runner found."""
        return Outcome([*self.matches, *later.matches], later.faults)


@dataclass(frozen=True)
class Ruleset:
    """Checks ready to run. Made once for a configuration, then asked about any number of documents; keeps nothing of them."""

    checks: tuple[tuple[Rule, Check], ...]
    signals: Mapping[str, Score | Signal]
    literals: Literals | None

    @cached_property
    def _needed(self) -> Sequence[frozenset[str]]:
        """For each check the literals without any of which it finds nothing; none where it always reads."""
        return [any_of(check.needed()) for _, check in self.checks]

    @cached_property
    def _as_written(self) -> frozenset[str]:
        """The rules that look for characters nobody sees, so that they read a draft as it is written."""
        return frozenset(rule.name for rule, check in self.checks if names_unseen(check.terms))

    @property
    def terms(self) -> frozenset[Term]:
        """Every term of the checks and signals."""
        return frozenset(term for check in (*(c for _, c in self.checks), *self.signals.values()) for term in check.terms)

    def run(self, document: Document, remarks: Remarks, runner: Runner | None = None) -> Outcome:
        """Everything the rules find in a document. Rulesets that are run on one draft share a `runner`, and so their budget."""
        seen = visible(document)
        scan = Scan(seen, self.literals, self._holding(), lambda d: remarks(d, self._question(scan)))
        written = scan if seen is document else self._written(document)
        runner = runner or Runner(len(document.source.text))
        matches: list[Match] = []
        for (rule, check), needed in zip(self.checks, self._needed, strict=True):
            read = written if written is not scan and rule.name in self._as_written else scan
            if not needed or read.occurring is None or not needed.isdisjoint(read.occurring):
                matches.extend(match.of(rule) for match in runner.matches(rule, check, read))
        return Outcome(matches, runner.faults)

    def scan(self, document: Document) -> Scan:
        """A document as the rules see it, without a grammar engine."""
        return self._written(visible(document))

    def _written(self, document: Document) -> Scan:
        """A document with every character that stands in it, for rules that look for those nobody sees."""
        return Scan(document, self.literals, self._holding(), lambda d: ())

    def _holding(self) -> dict[str, Holding]:
        return {name: Holding(signal) for name, signal in self.signals.items()}

    def _question(self, scan: Scan) -> Question:
        """What the rules have to ask the grammar engine about a document."""
        checks = [check for _, check in self.checks if isinstance(check, Grammar)]
        blocks = {number for check in checks for number in check.blocks(scan)}
        return Question(sorted(blocks), [check.slice for check in checks])


def compile_rules(rules: Mapping[str, Rule], *, prefiltered: bool = True, report_signals: bool = False) -> Ruleset:
    """Build the checks of all rules that are on, and the signals they use.

    `prefiltered=False` searches for everything everywhere (slower). `report_signals=True` makes signals report where they
    hold, for their own tests. Raises RuleError for a rule that cannot work or names a signal that does not exist.
    """
    on = [rule for rule in rules.values() if rule.level is not None and kind_of(rule).finds and (report_signals or kind_of(rule).reports)]
    checks = [(rule, _build(rule)) for rule in on]
    signals = _signals(rules, [check for _, check in checks])
    terms = dict.fromkeys(term for check in (*(check for _, check in checks), *signals.values()) for term in check.terms)
    return Ruleset(tuple(checks), signals, Literals(terms) if prefiltered else None)


def _build(rule: Rule) -> Check:
    kind = kind_of(rule)
    return kind.build(rule, Options(rule, kind.keys))


def _is_signal(rule: Rule) -> bool:
    return kind_of(rule).signals


def _signals(rules: Mapping[str, Rule], checks: Sequence[Check]) -> dict[str, Score | Signal]:
    """Every signal the checks use, directly or through another signal; a scored rule that is off can still be one."""
    signals: dict[str, Score | Signal] = {}
    running = {check.rule.name: check for check in checks if isinstance(check, Score)}

    def need(check: Check, users: tuple[str, ...]) -> None:
        if not isinstance(check, Score | Signal):
            return
        first = check.yields_to if isinstance(check, Score) else frozenset()
        off = {name for name in first if name in rules and _is_signal(rules[name]) and kind_of(rules[name]).reports and name not in running}
        for name in sorted(check.signal_names | first - off):
            if name in users:
                raise RuleError(f"signals refer to one another in a circle: {' > '.join((*users, name))}", check.rule.place("cues"))
            if name not in signals:
                rule = rules.get(name)
                if rule is None or not _is_signal(rule):
                    known = [r.name for r in rules.values() if _is_signal(r)]
                    raise RuleError(f"there is no signal {name!r}", check.rule.place("cues"), did_you_mean(name, known))
                built = running.get(name) or _build(rule)
                assert isinstance(built, Score | Signal)
                need(built, (*users, name))
                signals[name] = built

    for check in checks:
        need(check, ())
    return signals
