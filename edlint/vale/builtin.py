"""Vale's built-in style: spelling, repeated words, and the terms of the vocabularies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from edlint.errors import Place, RuleError
from edlint.model.config import Config
from edlint.model.rule import Rule
from edlint.ruleset.load import make_rule
from edlint.ruleset.vocabulary import listed_terms
from edlint.vale.settings import BUILTIN


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
