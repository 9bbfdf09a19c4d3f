"""Patterns that begin with a repeated character class, searched for where they can first match."""

from __future__ import annotations

import re
from collections.abc import Iterable

from edlint.regexes.syntax import ENDLESS, Node, Op

_CHANGING = frozenset("is")  # flags that change what a class stands for


def guarded(pattern: str, tree: Iterable[Node]) -> str:
    """`pattern`, of which `tree` are the nodes, not tried inside a run of the class that it begins with repeating.

    Of `[^,]+,` every place of a run of such characters could begin a match, but the first match begins where the run
    does, or the search (`\\G`): had it an earlier character before it, it would begin there. That makes searches linear
    that would read the rest of a line from each of its characters. Any other pattern is returned as it is.
    """
    bounded, nodes = _content(list(tree))
    repeated = _leading(nodes)
    if bounded and repeated:  # the first match begins at the first boundary of the run
        repeated = rf"\b{repeated}+"
    return rf"(?:(?<!{repeated})|\G){pattern}" if repeated else pattern


def _content(nodes: list[Node]) -> tuple[bool, list[Node]]:
    """What stands between word boundaries, where these enclose the whole, and whether they do."""
    if len(nodes) == 1 and nodes[0][0] is Op.GROUP and not nodes[0][1][0] & _CHANGING:
        return _content(list(nodes[0][1][2]))
    edges = (nodes[0], nodes[-1]) if len(nodes) > 2 else ()
    bounded = bool(edges) and all(op is Op.AT and arg == "b" for op, arg in edges)
    return bounded, nodes[1:-1] if bounded else nodes


def _leading(nodes: list[Node]) -> str:
    """The class, if blanks are among it, that a sequence begins with repeating without end; else ""."""
    if not nodes:
        return ""
    op, arg = nodes[0]
    if op is Op.GROUP:
        return "" if arg[0] & _CHANGING or arg[1] else _leading(list(arg[2]))
    if op is not Op.REPEAT:
        return ""
    low, high, body = arg
    if len(body) == 1 and high == ENDLESS and body[0][0] in (Op.IN, Op.NOT_LITERAL, Op.ANY):
        return _class(body[0]) if re.match(_class(body[0]), " ") else ""  # runs of others are single words or numbers, hence short
    return _leading(list(body)) if low else ""


def _class(node: Node) -> str:
    """A character class, written."""
    op, arg = node
    if op is Op.ANY:
        return r"[^\n]"
    if op is Op.NOT_LITERAL:
        return f"[^{_character(arg)}]"
    return "[" + "".join(map(_member, arg)) + "]"


def _member(item: Node) -> str:
    kind, value = item
    if kind is Op.NEGATE:
        return "^"
    if kind is Op.CATEGORY:
        return f"\\{value}"
    return _character(value) if kind is Op.LITERAL else "-".join(map(_character, value))


def _character(code: int) -> str:
    return f"\\U{code:08x}"
