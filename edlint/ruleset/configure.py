"""Which rules are on, at what level and with what options: the configuration laid over the rules as they ship."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from edlint.checks import CHECKS, check_class
from edlint.config import Rules, RuleSetting, setting_for
from edlint.errors import ConfigError, Place, UsageError, did_you_mean
from edlint.finding import Level
from edlint.rule import Rule
from edlint.ruleset.load import COMMON, typed, validate

_FIELDS = frozenset(f.name for f in fields(Rule)) & frozenset(COMMON) - {"extends", "examples", "level"}
PlaceOf = Callable[[str], Place | None]


def names_of(rule: Rule) -> tuple[str, ...]:
    """Every name a finding of the rule can bear: its own, or those of the engine rules it listens to."""
    if rule.extends != "grammar":
        return (rule.name,)
    return (rule.name, *(f"{rule.pack}.{name}" for name in rule.options.get("rules", ())))


def known_names(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Every name that configuration, options and directives may use: packs, rules, and the engine rules of grammar rules."""
    return frozenset(name for rule in rules.values() for name in (rule.pack, *names_of(rule)))


def check_names(names: Iterable[str], known: frozenset[str], option: str) -> None:
    """Raise UsageError for a name that is neither a rule nor a pack."""
    for name in names:
        if name not in known:
            raise UsageError(f"{option}: there is no rule or pack {name!r}", hint=did_you_mean(name, known) or "see `edlint rules`")


def configure(rules: Mapping[str, Rule], settings: Rules, place: PlaceOf) -> dict[str, Rule]:
    """The rules with their configured levels (None = off) and options. Preview rules are on only where they are named.

    `place` tells where a dotted key of the configuration was set. Raises ConfigError for a name or option that does not exist.
    """
    known = known_names(rules)
    for name in settings:
        if name not in known:
            hint = did_you_mean(name, known) or "see `edlint rules`"
            raise ConfigError(f"there is no rule or pack {name!r}", place(f"rules.{name}"), hint)
    configured: dict[str, Rule] = {}
    for rule in rules.values():
        setting = setting_for(rule.name, settings)
        changed = _with_options(rule, setting.options, place) if setting.options else rule
        wanted = rule.status != "preview" or (rule.name in settings and settings[rule.name].level is not None)
        changed = replace(changed, level=_level(rule.level if wanted else None, setting))
        for part in _slices(changed, settings):
            configured[f"{rule.name}/{len(configured)}" if rule.name in configured else rule.name] = part
    return configured


def _level(level: Level | None, setting: RuleSetting) -> Level | None:
    if setting.level is None or setting.level == "on":
        return level
    return None if setting.level == "off" else setting.level


def _slices(rule: Rule, settings: Rules) -> Iterable[Rule]:
    """A grammar rule split by the levels set for single engine rules; any other rule as it is."""
    named = [n for n in names_of(rule)[1:] if n in settings and settings[n].level is not None]
    if not named:
        return [rule]
    engine_names = [n for n in names_of(rule)[1:] if n not in named]
    rest = _with_rules(rule, engine_names, rule.level)
    return [rest, *(_with_rules(rule, [n], _level(rule.level, settings[n])) for n in named)]


def _with_rules(rule: Rule, names: Sequence[str], level: Level | None) -> Rule:
    listed = tuple(n.partition(".")[2] for n in names)
    return replace(rule, level=level if listed else None, options={**rule.options, "rules": listed})


def _with_options(rule: Rule, options: Mapping[str, Any], place: PlaceOf) -> Rule:
    """The rule with keys of its file replaced by the configuration's. Raises ConfigError."""
    keys = {k: COMMON[k] for k in _FIELDS}
    if rule.extends in CHECKS:
        keys.update(check_class(rule.extends).keys)
    changes: dict[str, Any] = {}
    for name, value in options.items():
        where = place(f"rules.{rule.name}.{name}") or place(f"rules.{rule.pack}.{name}")
        if name not in keys:
            raise ConfigError(f"{rule.name} has no option {name!r}", where, did_you_mean(name, keys))
        try:
            changes[name] = typed(value, keys[name])
        except ValueError as fault:
            raise ConfigError(f"{rule.name}: {name}: {fault}", where) from None
    shared = {k: v for k, v in changes.items() if k in _FIELDS}
    changed = replace(rule, **shared, options={**rule.options, **{k: v for k, v in changes.items() if k not in _FIELDS}})
    if rule.extends in CHECKS:
        validate(changed)
    return changed


def choose(rules: Mapping[str, Rule], select: Sequence[str], ignore: Sequence[str]) -> dict[str, Rule]:
    """The rules left on by `--select` (only these; none given: all that are on) and `--ignore`. Names are packs or rules."""
    chosen: dict[str, Rule] = {}
    for key, rule in rules.items():
        level = rule.level
        if select and rule.pack not in select and not set(names_of(rule)) & set(select):
            level = None
        if level is None and rule.name in select:
            level = Level.WARNING  # a rule that is off or in preview, asked for by name
        if rule.pack in ignore or rule.name in ignore:
            level = None
        rule = replace(rule, level=level)
        if level is not None and rule.extends == "grammar":
            names = [n for n in names_of(rule)[1:] if n not in ignore]
            if select and rule.pack not in select and rule.name not in select:
                names = [n for n in names if n in select]
            rule = _with_rules(rule, names, level)
        chosen[key] = rule
    return chosen


def with_vocabulary(rules: Mapping[str, Rule], terms: Sequence[str]) -> dict[str, Rule]:
    """The rules that heed the vocabulary, with its terms among their exceptions."""
    if not terms:
        return dict(rules)
    heeded: dict[str, Rule] = {}
    for key, rule in rules.items():
        keys = check_class(rule.extends).keys if rule.extends in CHECKS else {}
        if "vocab" in keys and rule.options.get("vocab", keys["vocab"].default):
            options = {**rule.options, "exceptions": (*rule.options.get("exceptions", ()), *terms)}
            rule = replace(rule, options=options)
        heeded[key] = rule
    return heeded
