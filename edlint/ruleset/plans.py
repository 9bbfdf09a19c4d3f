"""How a pattern is looked for: where its matches can begin, told by the literals they begin with.

A pattern is split into its alternatives. Most begin with one of a few literals ("heads"); their matches are tried only
where a head stands. Of the others those with a gate are searched only where it occurs, and the rest everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from edlint.checks.base import Term
from edlint.regexes.limits import LONGEST, width
from edlint.ruleset.heads import ENOUGH, Head, heads_of, parsed
from edlint.ruleset.leading import guarded
from edlint.ruleset.literals import fold, gate, plain, required

_TEMPLATE = re.compile(r"(\(\?m:(?:\\b)?\(\?:)(.*)(\)(?:\\b)?\))", re.DOTALL)
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_WORDS = re.compile(r"\(?((?a:[\w '-])+)\)?")
_REFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_NAMED = re.compile(r"\(\?P=|\(\?\(")
_NUMBERED = re.compile(r"\\(?:[1-9]\d?|.)", re.DOTALL)
_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?P<", re.DOTALL)


class Plan(NamedTuple):
    """`heads` of some alternatives; `gated` others, as (pattern, literals one of which occurs); `free`: the rest, joined, or ""."""

    heads: tuple[Head, ...]
    gated: tuple[tuple[str, tuple[str, ...]], ...]
    free: str


def plan(pattern: str) -> Plan:
    """The way to look for a pattern. One that may match the empty text, or cannot be parsed, is all free."""
    heads: dict[Head, None] = {}
    gated: list[tuple[str, tuple[str, ...]]] = []
    free: list[str] = []
    for before, body, after in _alternatives(pattern):
        words = _WORDS.fullmatch(body)
        if words:
            heads[_head(words[1], before, after)] = None
            continue
        part = before + body + after
        tree = parsed(part)
        if tree is None or not width(tree):
            return Plan((), (), pattern)
        own = heads_of(tree)
        if own is not None:
            heads.update(dict.fromkeys(own))
        elif literals := required(tree):
            gated.append((guarded(part, tree), tuple(sorted(literals))))
        else:
            free.append(guarded(part, tree))
    rest = "|".join(f"(?:{part})" for part in free)
    return Plan(tuple(heads), tuple(gated), rest) if len(rest) <= LONGEST else Plan((), (), pattern)


def _head(words: str, before: str, after: str) -> Head:
    """The head of an alternative that is just words."""
    text = words.lower()
    whole = len(text) <= ENOUGH
    return Head(text[:ENOUGH], r"\b" in before, whole and r"\b" in after)


def _alternatives(pattern: str) -> list[tuple[str, str, str]]:
    """The alternatives of a pattern, each between what stands before and after all; one, where they depend on one another."""
    found = _TEMPLATE.fullmatch(pattern)
    before, body, after = found.groups() if found else ("", pattern, "")
    parts = list(_split(body))
    if not parts:  # the template's brackets are not the ones that enclose the body
        before, after, parts = "", "", list(_split(pattern)) or [pattern]
    if _REFERENCE.search(pattern):
        parts = _on_their_own(parts)
    return [(before, part, after) for part in parts] or [("", pattern, "")]


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


_MANY = 64  # bars and beginnings of a pattern that is a list of words: slow to try everywhere


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
            self.listed(term)
            literals = _union(self.plans[term.pattern]) if term.pattern in self.plans else gate(term.pattern)
            self.known[term.pattern] = None if literals is None else sorted(literals)
        return self.known[term.pattern]

    def listed(self, term: Term) -> bool:
        """Whether a regex is a long list all of whose matches begin with literals, so that a plan pays whatever the rule."""
        pattern = term.pattern
        if term.literal or pattern.count("|") < _MANY:
            return False
        if pattern not in self.known and pattern not in self.plans:
            found = plan(pattern)
            if len(found.heads) >= _MANY and not found.gated and not found.free:
                self.plans[pattern] = found
        if pattern not in self.plans and pattern not in self._packed:
            return False
        heads, gated, free = self.plan(term)
        return len(heads) >= _MANY and not gated and not free

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


def _union(plan: Plan) -> frozenset[str] | None:
    """The gates of all alternatives together, where each has one."""
    return None if plan.free else frozenset((*(head.text for head in plan.heads), *(x for _, literals in plan.gated for x in literals)))
