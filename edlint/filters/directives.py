"""Directives in a draft's comments: `edlint-disable-next-line RULES: reason` and its kin, and Vale's (edlint.vale.syntax)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from edlint.errors import did_you_mean, nearest
from edlint.model.document import Comment
from edlint.model.finding import Level
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.text.span import Span
from edlint.vale import syntax as vale

NEXT_LINE, LINE, FILE, OFF, ON = VERBS = (
    "edlint-disable-next-line",
    "edlint-disable-line",
    "edlint-disable-file",
    "edlint-disable",
    "edlint-enable",
)
EVERYTHING = ""
# Compiled where a draft has comments.
_DIRECTIVE = r"(?s)\s*(edlint-[\w-]+)([^:]*):?(.*)"
ONLY = "only"  # leaves just the named packs on
_VERBS = {"on": ON, "off": OFF, "only": ONLY}

_UNUSED = Rule(
    name="Directive.Unused",
    extends="directive",
    message="This directive silences nothing",
    title="Silences nothing",
    why="A directive that silences nothing hides the next fault that appears there.",
    instead="Delete it, or the name in it that is no longer needed.",
)
_UNKNOWN = Rule(
    name="Directive.Unknown",
    extends="directive",
    message="There is no such directive, rule or pack",
    title="No such instruction",
    why="A directive with a name that edlint does not know has no effect.",
    instead="Correct the name.",
)
_NO_REASON = Rule(
    name="Directive.NoReason",
    extends="directive",
    message="This directive gives no reason",
    title="Silenced without a reason",
    level=Level.ERROR,
    why="Whoever reads the draft next must see why a finding was silenced; `require_reason` asks for it.",
    instead="Say why after a colon.",
)
RULES = {rule.name: rule for rule in (_UNUSED, _UNKNOWN, _NO_REASON)}
NO_REASON = _NO_REASON.name


class Directive(NamedTuple):
    """One directive: `names` are rules or packs, or EVERYTHING; `span` is the comment's. Of one that is not
    `ours` nothing is reported."""

    verb: str
    names: tuple[str, ...]
    reason: str
    span: Span
    ours: bool = True

    @property
    def mute(self) -> bool:
        """Whether it silences without saying why."""
        return self.verb != ON and not self.reason


def read_directive(comment: Comment) -> Directive | Match | None:
    """The directive in a comment; a match when it looks like one but is not; None for an ordinary comment."""
    if foreign := vale.read_directive(comment.text):
        return Directive(_VERBS[foreign.verb], foreign.names, "", comment.span, ours=False)
    found = re.fullmatch(_DIRECTIVE, comment.text)
    if not found:
        return None
    if found[1] not in VERBS:
        hint = did_you_mean(found[1], VERBS)
        return _match(_UNKNOWN, comment.span, found[1], f"There is no directive {found[1]!r}" + (f"; {hint}" if hint else ""))
    names = tuple(dict.fromkeys(found[2].replace(",", " ").split()))
    return Directive(found[1], names or (EVERYTHING,), found[3].strip(), comment.span)


def unknown(directive: Directive, name: str, names: Collection[str]) -> Match:
    """The match for a name in a directive that is neither a rule nor a pack."""
    near = nearest(name, names)
    return _match(_UNKNOWN, directive.span, name, f"There is no rule or pack {name!r}" + (f"; did you mean {near!r}?" if near else ""))


def unused(directive: Directive, idle: Sequence[str]) -> Match:
    """The match for a directive that silences nothing under the names `idle`."""
    said = [name for name in idle if name]
    what = f": no finding of {', '.join(said)} here" if said else ""
    return _match(_UNUSED, directive.span, " ".join([directive.verb, *said]), f"{directive.verb} silences nothing{what}")


def without_reason(directive: Directive) -> Match:
    """The match for a directive that gives no reason."""
    return _match(_NO_REASON, directive.span, directive.verb, f"{directive.verb} gives no reason")


def _match(rule: Rule, span: Span, text: str, message: str) -> Match:
    return Match(span, text, (message,), template="%s").of(rule)
