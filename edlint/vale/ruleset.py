"""Rules written for Vale, ready to run on a draft as Vale reads it: its prose, for some also its source and its summary."""

from __future__ import annotations

from collections.abc import Mapping

from edlint.checks import kind_of
from edlint.model.document import Document
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Matching, Outcome, compile_rules
from edlint.ruleset.plans import Gates
from edlint.ruleset.running import Runner
from edlint.vale.reading import beyond_prose, prose, read_vale, wanted
from edlint.vale.settings import Reading


class ValeRules:
    """Made once for a configuration, then asked about any number of drafts; keeps nothing of them."""

    def __init__(self, rules: Mapping[str, Rule], gates: Gates, *, gated: bool = True) -> None:
        on = {name: rule for name, rule in rules.items() if rule.level is not None}
        whole = {name: rule for name, rule in on.items() if kind_of(rule).layers or beyond_prose(rule.scope)}
        matching = Matching(planned=True, gated=gated)
        self._prose = compile_rules({name: rule for name, rule in on.items() if name not in whole}, gates, matching)
        self._whole = compile_rules(whole, gates, matching)
        scopes = {kind_of(rule).layers or rule.scope for rule in on.values()}
        self._wanted = frozenset(layer for scope in scopes for layer in wanted(scope))

    def read(self, source: Source, format: str, reading: Reading) -> tuple[Document, tuple[str, ...]]:
        """The draft with what the rules ask for; without any text, and with the fault, when that takes too long."""
        try:
            return read_vale(source, format, reading, self._wanted), ()
        except TimeoutError as fault:
            return Document(source, format, ()), (str(fault),)

    def run(self, document: Document, runner: Runner) -> Outcome:
        """Everything the rules find in a draft that `read` has read."""
        found = self._prose.run(prose(document), lambda d, asked: (), runner)
        return found.joined(self._whole.run(document, lambda d, asked: (), runner))
