"""Which rules are on, at what level and with what options: the configuration laid over the rules as they ship."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from edlint.checks import kind_of
from edlint.errors import ConfigError, Place, RuleError, did_you_mean
from edlint.model.config import Config, Rules, RuleSetting, setting_for
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.ruleset.names import bears, known_names, listed_names
from edlint.text.lazy import lazy

PlaceOf = Callable[[str], Place | None]


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
    listed = listed_names(rules)
    for rule in rules.values():
        setting = setting_for(rule.name, settings)
        changed = _with_options(rule, setting.options, place) if setting.options else rule
        wanted = rule.status != "preview" or (rule.name in settings and settings[rule.name].level is not None)
        changed = changed._replace(level=_level(rule.level, setting) if wanted else None)
        named = [n for n in settings if settings[n].level is not None and bears(rule, n, listed)]
        for part in _slices(changed, settings, named):
            configured[f"{rule.name}/{len(configured)}" if rule.name in configured else rule.name] = part
    return configured


def place_in(config: Config, draft: Path, key: str) -> Place | None:
    """Where a dotted key was set for a draft: in an override that applies to it, else as Config.place says."""
    for index in reversed(config.overrides_for(draft)):
        inner = key
        while "." in inner:
            if found := config.origins.get(f"overrides.{index}.{inner}"):
                return found
            inner = inner.rpartition(".")[0]
    return config.place(key)


def _level(level: Level | None, setting: RuleSetting) -> Level | None:
    if setting.level is None or setting.level == "on":
        return level
    return None if setting.level == "off" else setting.level


def _slices(rule: Rule, settings: Rules, named: Sequence[str]) -> Iterable[Rule]:
    """A grammar rule split by the levels set for the engine rules `named`; any other rule as it is."""
    if not named:
        return [rule]
    return [_without(rule, named), *(_only(rule._replace(level=_level(rule.level, settings[n])), [n]) for n in named)]


def _only(rule: Rule, names: Iterable[str]) -> Rule:
    """A grammar rule that listens to these engine rules alone."""
    named = tuple(n.partition(".")[2] for n in names)
    where = {n: pattern for n, pattern in rule.options.get("where", {}).items() if n in named}
    options = {**rule.options, "rules": tuple(n for n in named if n not in where), "where": where, "categories": (), "except": ()}
    return rule._replace(level=rule.level if named else None, options=options)


def _without(rule: Rule, names: Iterable[str]) -> Rule:
    """A grammar rule that no longer listens to these engine rules."""
    dropped = tuple(n.partition(".")[2] for n in names)
    listed, where = rule.options.get("rules", ()), rule.options.get("where", {})
    left = tuple(n for n in listed if n not in dropped)
    touched = {n: pattern for n, pattern in where.items() if n not in dropped}
    options = {**rule.options, "rules": left, "where": touched, "except": (*rule.options.get("except", ()), *dropped)}
    return rule._replace(level=rule.level if left or touched or not (listed or where) else None, options=options)


def _with_options(rule: Rule, options: Mapping[str, Any], place: PlaceOf) -> Rule:
    """The rule with keys of its file replaced by the configuration's. Raises ConfigError."""
    from edlint.checks.values import typed
    from edlint.ruleset.load import COMMON, validate

    fields = COMMON.keys() & set(Rule._fields) - {"extends", "examples", "level"}
    keys = {k: COMMON[k] for k in fields}
    keys.update(kind_of(rule).keys)
    changes: dict[str, Any] = {}
    places: dict[str, Place | None] = {}
    for name, value in options.items():
        places[name] = where = place(f"rules.{rule.name}.{name}") or place(f"rules.{rule.pack}.{name}")
        if name not in keys:
            raise ConfigError(f"{rule.name} has no option {name!r}", where, did_you_mean(name, keys))
        try:
            changes[name] = typed(value, keys[name])
        except ValueError as fault:
            raise ConfigError(f"{rule.name}: {name}: {fault}", where) from None
    shared = {k: v for k, v in changes.items() if k in fields}
    changed = rule._replace(**shared, options={**rule.options, **{k: v for k, v in changes.items() if k not in fields}})
    if kind_of(rule).finds:
        lines = {name: where.line for name, where in places.items() if where and where.line}
        try:
            validate(changed._replace(lines=lines))
        except RuleError as fault:  # the rule was right as it shipped
            line = fault.place.line if fault.place else None
            place_at = next((p for p in places.values() if p and line in (None, p.line)), next(iter(places.values())))
            raise ConfigError(f"{rule.name}: {fault.message}", place_at, fault.hint) from None
    return changed


def choose(rules: Mapping[str, Rule], select: Sequence[str], ignore: Sequence[str]) -> dict[str, Rule]:
    """The rules left on by `--select` (only these; none given: all that are on) and `--ignore`. Names are packs or rules."""
    chosen: dict[str, Rule] = {}
    listed = listed_names(rules)
    for key, rule in rules.items():
        heard = [n for n in select if bears(rule, n, listed)]
        if rule.level is None and rule.name in select:
            rule = rule._replace(level=Level.WARNING)  # a rule that is off or in preview, asked for by name
        if select and rule.pack not in select and rule.name not in select:
            rule = _only(rule, heard) if heard else rule._replace(level=None)
        if rule.pack in ignore or rule.name in ignore:
            rule = rule._replace(level=None)
        unheard = [n for n in ignore if bears(rule, n, listed)]
        chosen[key] = _without(rule, unheard) if unheard else rule
    return chosen


def fits(rule: Rule, engine: str, language: str) -> bool:
    """Whether a rule can speak about drafts in a language, with that grammar engine."""
    return of_engine(rule, engine) and rule.language in ("", language, language.partition("-")[0])


def of_engine(rule: Rule, engine: str) -> bool:
    """Whether a rule needs no grammar engine, or this one."""
    return kind_of(rule).engine(rule) in ("", engine)


def fitting(rules: Mapping[str, Rule], engine: str, language: str) -> dict[str, Rule]:
    """The rules, off where they do not fit."""
    return {key: rule if fits(rule, engine, language) else rule._replace(level=None) for key, rule in rules.items()}


def foreign_packs(rules: Mapping[str, Rule], engine: str, language: str) -> list[str]:
    """The packs whose rules are for another language, "(in part)" where others of their rules go on."""
    able = [rule for rule in rules.values() if of_engine(rule, engine) and kind_of(rule).finds and kind_of(rule).reports]
    staying = {rule.pack for rule in able if fits(rule, engine, language)}
    foreign = {rule.pack for rule in able if not fits(rule, engine, language)}
    return [f"{pack} (in part)" if pack in staying else pack for pack in sorted(foreign)]


_SPECIAL = lazy(r"[\\^$.|?*+()\[\]{}]")


def as_pattern(term: str) -> str:
    """The pattern that a term and nothing else matches."""
    return _SPECIAL.sub(r"\\\g<0>", term)


def with_vocabulary(rules: Mapping[str, Rule], terms: Sequence[str]) -> dict[str, Rule]:
    """The rules that heed the vocabulary, with its terms among their exceptions."""
    return {key: kind_of(rule).with_vocabulary(rule, terms) if terms else rule for key, rule in rules.items()}
