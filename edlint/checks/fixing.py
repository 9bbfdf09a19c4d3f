"""Actions of Vale's rule language as fixes: what a rule offers to put in place of a match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edlint.checks.base import Options
from edlint.finding import Edit, Fix, Safety
from edlint.text.span import Span

ACTIONS = ("replace", "remove", "edit", "convert", "suggest")


@dataclass(frozen=True, slots=True)
class Action:
    """What a rule offers: the action's name, its parameters, and whether it may be applied without asking."""

    name: str
    params: tuple[str, ...]
    safe: bool

    def results(self, match: str) -> tuple[str, ...]:
        """What could stand instead of `match`: none, one, or several texts."""
        if self.name == "remove":
            return ("",)
        return self.params if self.name == "replace" else ()


def action_of(options: Options) -> Action | None:
    """The rule's action. Raises RuleError for one that does not exist."""
    given = options["action"]
    if not given:
        return None
    name, params = given.get("name", ""), given.get("params") or ()
    if name not in ACTIONS:
        raise options.error("action", f"unknown action {name!r}", "one of " + ", ".join(ACTIONS))
    listed = (params,) if isinstance(params, str) else tuple(str(p) for p in params)
    return Action(name, listed, options["safe"])


def fix_for(span: Span, offered: Sequence[str], action: Action | None) -> tuple[Fix, ...]:
    """The fix that puts the single offered text in place of `span`; none where several are offered."""
    if action is None or len(offered) != 1:
        return ()
    safety: Safety = "safe" if action.safe else "unsafe"
    title = f"replace by {offered[0]!r}" if offered[0] else "delete"
    return (Fix(title, (Edit(span, offered[0]),), safety),)
