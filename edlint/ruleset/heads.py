"""How a pattern is looked for: where its matches can begin, told by the literals they begin with.

A pattern is split into its alternatives. Most begin with one of a few literals ("heads"); their matches are tried only
where a head stands. Of the others those with a gate are searched only where it occurs, and the rest everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from edlint.checks.base import Term
from edlint.ruleset.leading import guarded
from edlint.ruleset.literals import DIGIT, digit, fold, gate, letters, plain

_MOST = 64  # literals one alternative may begin with
_ENOUGH = 12  # characters after which a head is long enough
_TEMPLATE = re.compile(r"(\(\?m:(?:\\b)?\(\?:)(.*)(\)(?:\\b)?\))", re.DOTALL)
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_REFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_NAMED = re.compile(r"\(\?P=|\(\?\(")
_NUMBERED = re.compile(r"\\(?:[1-9]\d?|.)", re.DOTALL)
_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?P<", re.DOTALL)
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")


class Head(NamedTuple):
    """A folded literal a match begins with, or DIGIT; `front` and `back`: it stands at a word boundary on that side."""

    text: str
    front: bool
    back: bool


class Plan(NamedTuple):
    """`heads` of some alternatives; `gated` others, as (pattern, literals one of which occurs); `free`: the rest, joined, or ""."""

    heads: tuple[Head, ...]
    gated: tuple[tuple[str, tuple[str, ...]], ...]
    free: str


def plan(pattern: str) -> Plan:
    """The way to look for a pattern. One that may match the empty text is all free."""
    if _may_be_empty(_PROPERTY.sub(r"\\w", pattern)):
        return Plan((), (), pattern)
    heads: dict[Head, None] = {}
    gated: list[tuple[str, tuple[str, ...]]] = []
    free: list[str] = []
    for part in _alternatives(pattern):
        own = _heads_of(part)
        if own is not None:
            heads.update(dict.fromkeys(own))
            continue
        literals = gate(part)
        if literals:
            gated.append((guarded(part), tuple(sorted(literals))))
        else:
            free.append(part)
    return Plan(tuple(heads), tuple(gated), "|".join(f"(?:{guarded(part)})" for part in free))


def _may_be_empty(pattern: str) -> bool:
    try:
        return bool(parser.parse(pattern).getwidth()[0] == 0)
    except (re.error, OverflowError, RecursionError, ValueError):
        return True


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, each in the template of the whole; the whole by itself where they depend on one another."""
    found = _TEMPLATE.fullmatch(pattern)
    before, body, after = found.groups() if found else ("", pattern, "")
    parts = list(_split(body))
    if not parts:  # the template's brackets are not the ones that enclose the body
        before, after, parts = "", "", list(_split(pattern)) or [pattern]
    if _REFERENCE.search(pattern):
        return [f"{before}{part}{after}" for part in _on_their_own(parts)] or [pattern]
    return [f"{before}{part}{after}" for part in parts]


def _on_their_own(parts: Sequence[str]) -> list[str]:
    """Alternatives with references by number, each counting its own groups only; none where one refers to anything else."""
    found, opened = [], 0
    for part in parts:
        before, opened = opened, opened + sum(token[0] == "(" for token in _GROUP.findall(part))
        numbers = [int(token[1:]) for token in _NUMBERED.findall(part) if token[1:].isdecimal()]
        if _NAMED.search(part) or any(not before < number <= opened for number in numbers):
            return []
        found.append(_NUMBERED.sub(lambda m: f"\\{int(m[0][1:]) - before}" if m[0][1:].isdecimal() else m[0], part))  # noqa: B023
    return found


def _split(body: str) -> Iterator[str]:
    """The parts between the bars outside all brackets; nothing when brackets do not pair."""
    depth, start, parts = 0, 0, []
    for found in _PART.finditer(body):
        token = found[0]
        depth += (token == "(") - (token == ")")
        if depth < 0:
            return
        if token == "|" and depth == 0:
            parts.append(body[start : found.start()])
            start = found.end()
    if depth == 0:
        yield from [*parts, body[start:]]


def _heads_of(pattern: str) -> set[Head] | None:
    """The heads of one alternative; None when its matches may begin with anything."""
    try:
        tree = parser.parse(_PROPERTY.sub(r"\\w", pattern))
    except (re.error, OverflowError, RecursionError, ValueError):
        return None
    return _heads(list(tree), front=False)


def _heads(nodes: list[Any], *, front: bool) -> set[Head] | None:
    """The heads of a sequence; `front`: a word boundary stands before it."""
    runs = {""}
    for number, (op, arg) in enumerate(nodes):
        if op is sre.AT and arg is sre.AT_BOUNDARY and "" not in runs:
            return {Head(run, front, True) for run in runs}
        if op is sre.AT and arg is sre.AT_BOUNDARY:
            front = True
            continue
        if op is sre.SUBPATTERN and not arg[1] & re.IGNORECASE and not arg[2]:
            return _inlined(list(arg[3]), nodes[number + 1 :], runs, front)
        if op is sre.AT and arg is sre.AT_BEGINNING and runs == {""}:
            front = True
            continue
        if op is sre.ASSERT and arg[0] > 0 and "" not in runs:
            ahead = _heads(list(arg[1]), front=False)
            return {Head(run + head.text, front, head.back) for run in runs for head in ahead or (Head("", front, False),)}
        more = letters(op, arg)
        if runs == {""} and op is sre.BRANCH and more is not None and "" in more:
            return _branches(arg[1], nodes[number + 1 :], front)
        if more is not None and len(runs) * len(more) <= _MOST and min(map(len, runs)) < _ENOUGH:
            runs = {run + letter for run in runs for letter in more}
            continue
        if "" in runs and op is sre.BRANCH and runs == {""}:
            return _branches(arg[1], nodes[number + 1 :], front)
        if front and "" in runs and _begins_with_a_digit(op, arg):
            return {Head(run or DIGIT, front, False) for run in runs}
        break
    return None if "" in runs else {Head(run, front, False) for run in runs}


def _begins_with_a_digit(op: Any, arg: Any) -> bool:
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and arg[0] > 0:
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


class Gates:
    """Gates and plans of patterns, each worked out once; `known` and `plans` may hold those of an earlier run."""

    def __init__(self, known: Mapping[str, Sequence[str] | None] | None = None, plans: Mapping[str, Sequence[Any]] | None = None) -> None:
        self.known: dict[str, Sequence[str] | None] = dict(known or {})
        self._packed = plans or {}
        self.plans: dict[str, Plan] = {}

    def packed(self) -> dict[str, Sequence[Any]]:
        """Every plan in plain tuples, for `plans` of a later run."""
        return {pattern: (tuple(map(tuple, heads)), gated, free) for pattern, (heads, gated, free) in self.plans.items()}

    def of(self, term: Term) -> Collection[str] | None:
        """The folded literals of which one occurs wherever `term` does, or None."""
        if term.literal:
            return (fold(plain(term.pattern)),)
        if term.pattern not in self.known:
            literals = gate(term.pattern) or self._union(term)
            self.known[term.pattern] = None if literals is None else sorted(literals)
        return self.known[term.pattern]

    def plan(self, term: Term) -> Plan:
        """How a regex is looked for."""
        found = self.plans.get(term.pattern)
        if found is None:
            if term.pattern in self._packed:
                heads, gated, free = self._packed[term.pattern]
                found = Plan(tuple(Head(*head) for head in heads), gated, free)
            else:
                found = plan(term.pattern)
            self.plans[term.pattern] = found
        return found

    def _union(self, term: Term) -> frozenset[str] | None:
        """The gates of all alternatives together, where each has one."""
        heads, gated, free = self.plan(term)
        return None if free else frozenset((*(head.text for head in heads), *(literal for _, of in gated for literal in of)))
