"""What is told of a rule when its check is built: patterns that do not compile, messages that ask for too much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from edlint.checks import check_class
from edlint.checks.base import Check, Options
from edlint.checks.dialect import translate
from edlint.errors import RuleError
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.regexes.syntax import PatternError
from edlint.ruleset.message import wanted
from edlint.text.lazy import lazy

_SPECIAL = lazy(r"[\\^$.|?*+()\[\]{}]")
_FAULT = lazy(r"(?:[\w.]+: )?((?:a|the) pattern does not compile: )")


def prove(rule: Rule) -> None:
    """Build the rule's check and compile its regexes once. Raises RuleError placed at the key at fault."""
    kind = check_class(rule.extends)
    try:
        check = kind.build(rule, Options(rule, kind.keys))
    except RuleError as fault:
        if (said := _FAULT.match(fault.message)) is None:
            raise
        raise _broken(rule, fault, said[1] if said.start(1) else "") from None
    for key in ("exceptions", "filters"):  # which are compiled when something was found that they may except
        for number, pattern in enumerate(rule.options.get(key, ())):
            try:
                compiled(translate(pattern))
            except ValueError as fault:
                raise RuleError(f"a pattern does not compile: {fault}", rule.place(f"{key}.{number}"), _way_out(pattern)) from None
    _compile(rule, check)
    asked = wanted(rule.message)
    filled = kind.fills(rule)
    if filled and asked > filled and not rule.compat:
        surplus = f"the message has {asked} places for what was found, and a rule of type {rule.extends} fills {filled}"
        raise RuleError(surplus, rule.place("message"), "take out a %s, or write %% for a per cent sign")


def _compile(rule: Rule, check: Check) -> None:
    for term in check.terms:
        if term.literal:
            continue
        try:
            compiled(term.pattern, term.ignorecase)
        except PatternError as fault:
            whole = RuleError(f"a pattern does not compile: {fault}", rule.place(), _shown(term.pattern))
            raise _broken(rule, whole) from None


def _broken(rule: Rule, whole: RuleError, keyed: str = "") -> RuleError:
    """The error for a pattern that does not compile, at the text that is at fault by itself; `whole` where none is.

    `keyed` are the words of an error that names the key of the text, "" for one that does not.
    """
    key, text, why = next(_texts(rule.options, ""), ("", "", ""))
    place = rule.place(key)
    if not key or place.line is None:
        return whole
    return RuleError(f"{key}: {keyed}{why}" if keyed else f"a pattern does not compile: {why}", place, _way_out(text))


def _texts(value: object, key: str) -> Iterator[tuple[str, str, str]]:
    """Each text in a rule's options that does not compile by itself, with its dotted key and the reason."""
    if isinstance(value, Mapping):
        parts: Iterable[tuple[object, object]] = [*value.items(), *((k, k) for k in value)]
    elif isinstance(value, list | tuple):
        parts = enumerate(value)
    else:
        try:
            compiled(translate(str(value)))
        except ValueError as fault:
            yield key, str(value), str(fault)
        return
    for name, part in parts:
        yield from _texts(part, f"{key}.{name}" if key else str(name))


def _way_out(pattern: str) -> str:
    """The hint for a pattern that does not compile: what it is, and how to find its very characters."""
    escaped = re.sub(_SPECIAL.pattern, r"\\\g<0>", pattern)
    return f"{_shown(pattern)}; to find these very characters, write {_shown(escaped)}" if len(pattern) <= 60 else _shown(pattern)


def _shown(pattern: str) -> str:
    return pattern if len(pattern) <= 60 else pattern[:57] + "..."
