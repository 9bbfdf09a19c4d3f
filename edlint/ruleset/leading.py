"""Patterns that begin with a repeated character class, searched for where they can first match."""

from __future__ import annotations

import re
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

_ESCAPES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def guarded(pattern: str, tree: Any) -> str:
    """`pattern`, of which `tree` is what the standard parser reads, not tried inside a run of the class that it begins with repeating.

    Of `[^,]+,` every place of a run of such characters could begin a match, but the first match begins where the run
    does, or the search (`\\G`): had it an earlier character before it, it would begin there. That makes searches linear
    that would read the rest of a line from each of its characters. Any other pattern is returned as it is.
    """
    repeated = _leading(list(tree))
    return rf"(?:(?<!{repeated})|\G){pattern}" if repeated else pattern


def _leading(nodes: list[Any]) -> str:
    """The class, if blanks are among it, that a sequence begins with repeating without end; else ""."""
    if not nodes:
        return ""
    op, arg = nodes[0]
    if op is sre.SUBPATTERN:
        return "" if arg[1] & (re.IGNORECASE | re.DOTALL) or arg[2] else _leading(list(arg[3]))
    if op not in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return ""
    low, high, body = arg
    if len(body) == 1 and high is sre.MAXREPEAT and body[0][0] in (sre.IN, sre.NOT_LITERAL, sre.ANY):
        return _class(*body[0]) if re.match(_class(*body[0]), " ") else ""  # runs of others are single words or numbers, hence short
    return _leading(list(body)) if low else ""


def _class(op: Any, arg: Any) -> str:
    """A character class, written."""
    if op is sre.ANY:
        return r"[^\n]"
    if op is sre.NOT_LITERAL:
        return f"[^{_character(arg)}]"
    return "[" + "".join(map(_member, arg)) + "]"


def _member(item: tuple[Any, Any]) -> str:
    kind, value = item
    if kind is sre.NEGATE:
        return "^"
    if kind is sre.CATEGORY:
        return _ESCAPES[value]
    return _character(value) if kind is sre.LITERAL else "-".join(map(_character, value))


def _character(code: int) -> str:
    return f"\\U{code:08x}"
