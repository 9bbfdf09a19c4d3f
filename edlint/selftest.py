"""A rule's own tests: every bad example must be found, every good one must be met with silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from edlint.checks import kind_of
from edlint.errors import EngineError
from edlint.filters import RULE_FILTERS, apply_filters
from edlint.formats import read
from edlint.grammar import Engines
from edlint.grammar.query import EngineMessages, remarks
from edlint.model.config import Config
from edlint.model.document import KINDS, Block, Document, Kind
from edlint.model.finding import Level
from edlint.model.rule import Example, Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.configure import fits
from edlint.ruleset.scope import select
from edlint.text.sourcemap import SourceMap

NEEDED = 2  # examples a rule needs on each side


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
