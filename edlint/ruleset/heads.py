"""Heads: the literals one of which every match of a regex begins with."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from edlint.regexes.syntax import Op, PatternError, parse
from edlint.ruleset.literals import DIGIT, digit, letters

_MOST = 64  # literals one alternative may begin with
ENOUGH = 12  # characters after which a head is long enough
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")


class Head(NamedTuple):
    """A folded literal a match begins with, or DIGIT; `front` and `back`: it stands at a word boundary on that side."""

    text: str
    front: bool
    back: bool


def parsed(pattern: str) -> Any | None:
    """The nodes of a pattern, classes by property as if they were of letters; None when it cannot be read."""
    try:
        return parse(_PROPERTY.sub(r"\\w", pattern))
    except PatternError:
        return None


def heads_of(tree: Any) -> set[Head] | None:
    """The heads of a parsed pattern; None when its matches may begin with anything."""
    return _heads(list(tree), front=False)


def _heads(nodes: list[Any], *, front: bool) -> set[Head] | None:
    """The heads of a sequence; `front`: a word boundary stands before it."""
    runs = {""}
    for number, (op, arg) in enumerate(nodes):
        if op is Op.AT and arg == "b" and "" not in runs:
            return {Head(run, front, True) for run in runs}
        if op is Op.AT and arg == "b":
            front = True
            continue
        if op is Op.GROUP and "i" not in arg[0] and not arg[1]:
            return _inlined(list(arg[2]), nodes[number + 1 :], runs, front)
        if op is Op.AT and arg in ("^", "A") and runs == {""}:
            front = True
            continue
        if op is Op.LOOK and arg[0] > 0 and "" not in runs:
            ahead = _heads(list(arg[1]), front=False)
            return {Head(run + head.text, front, head.back) for run in runs for head in ahead or (Head("", front, False),)}
        more = letters(op, arg)
        if runs == {""} and op is Op.BRANCH and more is not None and "" in more:
            return _branches(arg, nodes[number + 1 :], front)
        if more is not None and len(runs) * len(more) <= _MOST and min(map(len, runs)) < ENOUGH:
            runs = {run + letter for run in runs for letter in more}
            continue
        if "" in runs and op is Op.BRANCH and runs == {""}:
            return _branches(arg, nodes[number + 1 :], front)
        if front and "" in runs and _begins_with_a_digit(op, arg):
            return {Head(run or DIGIT, front, False) for run in runs}
        break
    return None if "" in runs else {Head(run, front, False) for run in runs}


def _begins_with_a_digit(op: Any, arg: Any) -> bool:
    if op is Op.REPEAT and arg[0] > 0:
        return _begins_with_a_digit(*arg[2][0])
    return digit(op, arg)


def _inlined(inner: list[Any], rest: list[Any], runs: set[str], front: bool) -> set[Head] | None:
    """The heads where a group stands: as if its content stood in its place."""
    if runs == {""}:
        return _heads([*inner, *rest], front=front)
    found = _heads([*inner, *rest], front=False)
    if found is None:
        return None if "" in runs else {Head(run, front, False) for run in runs}
    if len(found) * len(runs) > _MOST or "" in runs:
        return None if "" in runs else {Head(run, front, False) for run in runs}
    return {Head(run + head.text, front, head.back) for run in runs for head in found}


def _branches(branches: list[Any], rest: list[Any], front: bool) -> set[Head] | None:
    """The heads of alternatives, each followed by what follows all."""
    joined: set[Head] = set()
    for branch in branches:
        found = _heads([*branch, *rest], front=front)
        if found is None or len(joined) > 32 * _MOST:
            return None
        joined |= found
    return joined
