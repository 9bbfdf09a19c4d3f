"""Names: of packs, of rules, and of the engine's rules that grammar rules listen to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from edlint.checks import kind_of
from edlint.errors import UsageError, did_you_mean
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

_ENGINE_RULE = lazy(r"[A-Z][A-Z0-9]{2,}|[A-Z][A-Za-z0-9]*_\w+", re.ASCII)  # how LanguageTool names its rules


class Names(frozenset[str]):
    """Every name that configuration, options and directives may use.

    Holds packs, rules, and the engine rules that grammar rules list; LanguageTool's rules, of which there is no list, are
    in it by the look of their names.
    """

    packs: frozenset[str] = frozenset()  # those that listen to LanguageTool

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        pack, _, rest = str(name).partition(".")
        return pack in self.packs and _ENGINE_RULE.fullmatch(rest) is not None


def known_names(rules: Mapping[str, Rule]) -> Names:
    """Every name there is with these rules."""
    names = Names(name for rule in rules.values() for name in (rule.pack, *names_of(rule)))
    names.packs = frozenset(rule.pack for rule in rules.values() if kind_of(rule).is_open(rule))
    return names


def names_of(rule: Rule) -> tuple[str, ...]:
    """The rule's own name and those of the engine rules it lists."""
    return (rule.name, *(f"{rule.pack}.{name}" for name in kind_of(rule).engine_rules(rule)))


def listed_names(rules: Mapping[str, Rule]) -> frozenset[str]:
    """The names of engine rules that some grammar rule lists."""
    return frozenset(name for rule in rules.values() for name in names_of(rule)[1:])


def bears(rule: Rule, name: str, listed: frozenset[str]) -> bool:
    """Whether findings of the rule bear the name of an engine's rule: it lists that, or no rule does (see listed_names) and it could."""
    pack, _, rest = name.partition(".")
    if name in listed:
        return name in names_of(rule)[1:]
    return kind_of(rule).is_open(rule) and pack == rule.pack and _ENGINE_RULE.fullmatch(rest) is not None


def rule_named(name: str, rules: Mapping[str, Rule]) -> Rule | None:
    """The rule of that name, or the one that listens to the engine's rule of that name."""
    listed = listed_names(rules)
    return rules.get(name) or next((rule for rule in rules.values() if bears(rule, name, listed)), None)


def check_names(names: Iterable[str], known: Names, option: str) -> None:
    """Raise UsageError for a name that is neither a rule nor a pack."""
    for name in names:
        if name not in known:
            raise UsageError(f"{option}: there is no rule or pack {name!r}", hint=did_you_mean(name, known) or "see `edlint rules`")
