"""Rules made ready to run, and the one place where a Match becomes a Finding."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from edlint.checks import kind_of
from edlint.checks.base import Check, Match, Options, Term
from edlint.checks.grammar import Grammar
from edlint.checks.score import Score, Signal
from edlint.document import Document
from edlint.errors import RuleError, did_you_mean
from edlint.finding import Finding, Level
from edlint.grammar.base import Question, Remark
from edlint.rule import Rule
from edlint.ruleset.match import DocumentScan
from edlint.ruleset.matcher import Matcher
from edlint.ruleset.message import fill
from edlint.ruleset.plans import Gates
from edlint.ruleset.running import Holding, Runner
from edlint.ruleset.unseen import names_unseen, visible
from edlint.text.span import Span

Remarks = Callable[[Document, Question], Sequence[tuple[int, Remark]]]


class Outcome(NamedTuple):
    """What the rules said of one document: findings in rule order, how many were held back in quotations, rules that failed."""

    findings: list[Finding]
    held_back: int = 0
    faults: tuple[str, ...] = ()

    def joined(self, later: Outcome) -> Outcome:
        """This with what a later run of the same runner found."""
        return Outcome([*self.findings, *later.findings], self.held_back + later.held_back, later.faults)


@dataclass(frozen=True)
class Ruleset:
    """Checks ready to run. Made once for a configuration, then asked about any number of documents; keeps nothing of them."""

    checks: tuple[tuple[Rule, Check], ...]
    signals: Mapping[str, Score | Signal]
    matcher: Matcher | None

    @cached_property
    def _needed(self) -> tuple[frozenset[Term], ...]:
        """For each check the terms without any of which it finds nothing (none: it always reads)."""
        return tuple(check.needed() for _, check in self.checks)

    @cached_property
    def _as_written(self) -> frozenset[str]:
        """The rules that look for characters nobody sees, so that they read a draft as it is written."""
        return frozenset(rule.name for rule, check in self.checks if names_unseen(check))

    @property
    def terms(self) -> frozenset[Term]:
        """Every term of the checks and signals."""
        return frozenset(term for check in (*(c for _, c in self.checks), *self.signals.values()) for term in check.terms)

    def run(self, document: Document, remarks: Remarks, runner: Runner | None = None) -> Outcome:
        """Everything the rules find in a document. Rulesets that are run on one draft share a `runner`, and so their budget."""
        seen = visible(document)
        scan = DocumentScan(seen, self.matcher, self._holding(), lambda d: remarks(d, self._question(scan)))
        written = scan if seen is document else self._written(document)
        foreign = sorted((block.whole, _base(block.language)) for block in document.blocks if block.language)
        findings: list[Finding] = []
        runner = runner or Runner(document)
        held = 0
        for (rule, check), needed in zip(self.checks, self._needed, strict=True):
            read = written if written is not scan and rule.name in self._as_written else scan
            if read.idle(needed):
                continue
            matches = runner.matches(rule, check, read)
            kept = matches if rule.quotes == "check" else [m for m in matches if runner.quoted.allow(rule, m)]
            held += len(matches) - len(kept)
            if kept and foreign and _knows_one_language(rule):
                unknown = [span for span, language in foreign if language != _base(rule.language)]
                kept = [match for match in kept if not _inside(match.span, unknown)]
            findings.extend(_finding(rule, match) for match in kept[: rule.limit or None])
        return Outcome(findings, held, runner.faults)

    def scan(self, document: Document) -> DocumentScan:
        """A document as the rules see it, without a grammar engine."""
        return self._written(visible(document))

    def _written(self, document: Document) -> DocumentScan:
        """A document with every character that stands in it, for rules that look for those nobody sees."""
        return DocumentScan(document, self.matcher, self._holding(), lambda d: ())

    def _holding(self) -> dict[str, Holding]:
        return {name: Holding(signal) for name, signal in self.signals.items()}

    def _question(self, scan: DocumentScan) -> Question:
        """What the rules have to ask the grammar engine about a document."""
        checks = [check for _, check in self.checks if isinstance(check, Grammar)]
        blocks = {number for check in checks for number in check.blocks(scan)}
        return Question(sorted(blocks), [check.slice for check in checks])


def _knows_one_language(rule: Rule) -> bool:
    """Whether a rule can say nothing of a passage in another language than the draft's."""
    return rule.language != "" or kind_of(rule).one_language


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies inside one of some that are sorted and do not overlap."""
    at = bisect_right(spans, (span.start, sys.maxsize)) - 1
    return at >= 0 and spans[at].covers(span)


def _base(language: str) -> str:
    """A tag's language without its country: "en" of "en-GB"."""
    return language.partition("-")[0].lower()


def _finding(rule: Rule, match: Match) -> Finding:
    level = rule.level or Level.WARNING
    return Finding(
        rule=match.name or rule.name,
        level=level if match.level is None else min(level, match.level),
        message=fill(match.template or rule.message, match.values),
        span=match.span,
        match=match.text,
        related=match.related,
        fixes=match.fixes,
        cues=match.cues,
        covers=rule.covers,
        group=match.group or (rule.name if rule.once else ""),
    )


class Matching(NamedTuple):
    """How a document is searched: `planned` for long lists of words in one pattern; `gated=False` switches the one pass off (slower)."""

    planned: bool = False
    gated: bool = True


_MATCHING = Matching()


def compile_rules(
    rules: Mapping[str, Rule], gates: Gates | None = None, matching: Matching = _MATCHING, *, report_signals: bool = False
) -> Ruleset:
    """Build the checks of all rules that are on, and the signals they use.

    `gates` are gates worked out earlier. `report_signals=True` makes signals report where they hold, for their own tests.
    Raises RuleError for a rule that cannot work or names a signal that does not exist.
    """
    on = [rule for rule in rules.values() if rule.level is not None and kind_of(rule).finds and (report_signals or kind_of(rule).reports)]
    checks = [(rule, _build(rule)) for rule in on]
    signals = _signals(rules, [check for _, check in checks])
    terms = {term: None for check in (*(check for _, check in checks), *signals.values()) for term in check.terms}
    matcher = Matcher(terms, gates or Gates(), planned=matching.planned) if matching.gated else None
    return Ruleset(tuple(checks), signals, matcher)


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
