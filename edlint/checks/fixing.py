"""Actions of the rule language as fixes: what a rule offers to put in place of a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from edlint.checks.base import Key, Options
from edlint.checks.dialect import translate
from edlint.checks.values import typed
from edlint.model.finding import Edit, Fix, Safety
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy
from edlint.text.span import Span

if TYPE_CHECKING:
    from regex import Match

SAFE = Key("bool", False, "--fix may apply the action without review", own=True)
# action → how many parameters it takes, fewest and most (None: any number)
ACTIONS: dict[str, tuple[int, int | None]] = {
    "replace": (0, None), "remove": (0, None), "edit": (1, 3), "convert": (1, None), "suggest": (1, None),
}  # fmt: skip
ACTION_KEYS: dict[str, Key] = {
    "name": Key("text", "", "what is done with the match", tuple(ACTIONS)),
    "params": Key("texts", (), "what it is done with"),
}
NAME = ACTION_KEYS["name"]._replace(choices=())
ACTION = Key("mapping", None, "what an editor may offer: name (replace, remove, edit, convert, suggest) and params", entries=ACTION_KEYS)
_HUMP = lazy(r"(?<=.[a-z])(?=[A-Z])")
_REFERENCE = lazy(r"\$(?:(\d{1,9})|\{(\w+)\}|\$)")


class Action(NamedTuple):
    """What a rule offers: the action's name, its parameters, and whether it may be applied without asking."""

    name: str
    params: tuple[str, ...]
    safe: bool

    def results(self, match: str) -> tuple[str, ...]:
        """What could stand instead of `match`: none, one, or several texts."""
        if self.name == "remove":
            return ("",)
        if self.name == "convert":
            return (_simple(match) if self.params[0] == "simple" else match,)
        if self.name == "edit":
            edit = _EDITS.get(self.params[0])
            return (edit(match, *self.params[1:]).strip(),) if edit else (match,)
        return self.params if self.name == "replace" else ()


def _simple(match: str) -> str:
    """The words of an identifier such as `camelCase` or `snake_case`, in lower case."""
    return " ".join(re.findall(r"[^\W_]+", _HUMP.sub(" ", match))).lower()


def _regex(match: str, pattern: str, replacement: str) -> str:
    """Every match of the pattern replaced; $1 and ${name} in the replacement stand for groups."""

    def put(found: Match[str]) -> str:
        groups: dict[int | str, str] = dict(enumerate((found[0], *found.groups(""))))
        groups.update(found.groupdict(""))
        return _REFERENCE.sub(lambda r: "$" if r[0] == "$$" else groups.get(int(r[1]) if r[1] else r[2], ""), replacement)

    return compiled(translate(pattern)).sub(put, match)


def _split(match: str, separator: str, index: str) -> str:
    parts = match.split(separator)
    at = int(index)
    return parts[at] if 0 <= at < len(parts) else match


_EDITS: dict[str, Callable[..., str]] = {
    "regex": _regex,
    "trim_right": lambda match, characters: match.rstrip(characters),
    "trim_left": lambda match, characters: match.lstrip(characters),
    "trim": lambda match, characters: match.strip(characters),
    "truncate": lambda match, separator: match.partition(separator)[0],
    "split": _split,
}
_EDIT_PARAMS = {"regex": 3, "split": 3, "trim_right": 2, "trim_left": 2, "trim": 2, "truncate": 2}


def action_of(options: Options) -> Action | None:
    """The rule's action. Raises RuleError for one that does not exist or has the wrong parameters."""
    given = options["action"]
    if not given:
        return None
    fields = {str(key).lower(): value for key, value in given.items()}
    try:
        name, listed = typed(fields.get("name"), NAME), typed(fields.get("params"), ACTION_KEYS["params"])
    except ValueError as fault:
        raise options.error("action", str(fault)) from None
    if not name:
        return None
    if name not in ACTIONS:
        raise options.error("action", f"unknown action {name!r}", "one of " + ", ".join(ACTIONS))
    fewest, most = ACTIONS[name]
    if len(listed) < fewest or (most is not None and len(listed) > most and name != "edit"):
        raise options.error("action", f"{name!r} has the wrong number of params")
    if name == "edit" and _EDIT_PARAMS.get(listed[0], len(listed)) != len(listed):
        raise options.error("action", f"'edit {listed[0]}' takes {_EDIT_PARAMS[listed[0]] - 1} params")
    if name == "edit" and listed[0] in _EDITS:
        try:
            _EDITS[listed[0]]("", *listed[1:])
        except ValueError as fault:
            raise options.error("action", f"'edit {listed[0]}': {fault}") from None
    return Action(name, listed, options.get("safe", False))


def fix_for(span: Span, offered: Sequence[str], action: Action | None) -> tuple[Fix, ...]:
    """The fix that puts the single offered text in place of `span`; none where several are offered."""
    if action is None or len(offered) != 1:
        return ()
    safety: Safety = "safe" if action.safe else "unsafe"
    title = f"replace by {offered[0]!r}" if offered[0] else "delete"
    return (Fix(title, (Edit(span, offered[0]),), safety),)
