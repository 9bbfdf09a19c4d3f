"""Peculiarities of rule files and comments that were written for Vale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

NOT_RUN = {"script": "they hold a program in Vale's own language"}  # check types of Vale's that edlint does not have, and why
INLINE_SCOPES = frozenset({"code", "link", "strong", "emphasis"})
_PASSED_OVER = frozenset({"tests", "matchcase"})  # keys without effect on what is found
EVERYTHING = ""
# Compiled where a draft has comments.
_DIRECTIVE = r"(?s)\s*vale\s+(?:(on|off)|styles?\s*=\s*(?P<only>[\w.,\s-]+)|([\w.-]+)(?:\[(?P<texts>.*)\])?\s*=\s*(YES|NO|on|off))\s*"
_QUOTED = r"\"([^\"]*)\""


def as_compat(data: Mapping[str, object]) -> dict[str, object]:
    """The keys of a rule file as Vale takes them: a truth value in a list is a number."""
    return {key: list(map(_number, value)) if isinstance(value, list) else value for key, value in data.items() if key not in _PASSED_OVER}


def _number(value: object) -> object:
    return str(int(value)) if isinstance(value, bool) else value


class ValeDirective(NamedTuple):
    """What is switched on or off: `names` of rules and styles, or EVERYTHING; "only" leaves just the named styles on.

    A rule that is switched for certain texts has a name for each: `Pack.Rule["text"]`.
    """

    verb: Literal["on", "off", "only"]
    names: tuple[str, ...]


def read_directive(comment: str) -> ValeDirective | None:
    """The directive that a comment is; None for any other comment."""
    found = re.fullmatch(_DIRECTIVE, comment)
    if found is None:
        return None
    if found["only"]:
        return ValeDirective("only", tuple(found["only"].replace(",", " ").split()))
    name = found[3] or EVERYTHING
    names = (name,) if found["texts"] is None else tuple(f'{name}["{text}"]' for text in re.findall(_QUOTED, found["texts"]))
    return ValeDirective("off" if found[1] == "off" or found[5] in ("NO", "off") else "on", names)
