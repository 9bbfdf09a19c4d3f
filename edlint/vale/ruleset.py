"""Rules for the sake of Vale: its built-in style, and rules written for it, ready to run on a draft as Vale reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from edlint.checks import kind_of
from edlint.errors import Place, RuleError
from edlint.model.config import Config
from edlint.model.document import Document
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Outcome, compile_rules
from edlint.ruleset.load import make_rule
from edlint.ruleset.running import Runner
from edlint.ruleset.vocabulary import listed_terms
from edlint.vale.reading import beyond_prose, prose, read_vale, wanted
from edlint.vale.settings import BUILTIN, Reading


def vale_rules(given: Config, accepted: Sequence[str]) -> dict[str, Rule]:
    """The rules of the style `Vale` under a configuration, by name. Raises ConfigError for a vocabulary that cannot be read."""
    vale = given.vale
    rejected = listed_terms(vale.words("reject.txt"), given.place("vocabulary"))
    folder = (vale.styles or Path()) / BUILTIN
    config = folder.parent / "config"
    dictionaries = sorted(p.stem for p in (config / "dictionaries").glob("*.dic") if p.with_suffix(".aff").is_file()) if vale.styles else []
    lists = sorted((config / "ignore").rglob("*.txt")) if vale.styles else []
    data: dict[str, dict[str, object]] = {
        "Spelling": {
            "extends": "spelling",
            "message": "Did you really mean '%s'?",
            "append": True,
            "dictionaries": dictionaries,
            "ignore": [str(path) for path in lists],
        },
        "Repetition": {
            "extends": "repetition",
            "message": "'%s' is repeated!",
            "tokens": [r"[^\s.!?]+"],
            "alpha": True,
            "ignorecase": True,
        },
    }
    if accepted:
        data["Terms"] = {
            "extends": "substitution",
            "message": "Use '%s' instead of '%s'.",
            "ignorecase": True,
            "vocab": False,
            "swap": {term.lower(): term for term in accepted},
        }
    if rejected:
        data["Avoid"] = {"extends": "existence", "message": "Avoid using '%s'.", "vocab": False, "tokens": list(rejected)}
    try:
        rules = [make_rule(f"{BUILTIN}.{name}", {"level": "error", **keys}, {}, str(folder / f"{name}.yml")) for name, keys in data.items()]
    except RuleError:  # whose message has the term in it, and the file may be a link to one that nobody meant to show
        hint = "put a backslash before \\ [ ( { * + ?"
        raise RuleError("a vocabulary term is not a valid pattern", Place(str(config / "vocabularies")), hint) from None
    return {rule.name: rule for rule in rules}


class ValeRules:
    """Made once for a configuration, then asked about any number of drafts; keeps nothing of them."""

    def __init__(self, rules: Mapping[str, Rule], *, prefiltered: bool = True) -> None:
        on = {name: rule for name, rule in rules.items() if rule.level is not None}
        whole = {name: rule for name, rule in on.items() if kind_of(rule).layers or beyond_prose(rule.scope)}
        self._prose = compile_rules({name: rule for name, rule in on.items() if name not in whole}, prefiltered=prefiltered)
        self._whole = compile_rules(whole, prefiltered=prefiltered)
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
