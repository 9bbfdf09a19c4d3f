"""What a pattern that somebody wrote may cost: checked before it is compiled, and told apart from those that need a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from edlint.regexes.syntax import ENDLESS, Node, Op, PatternError, parse

LONGEST = 300_000  # code points of a pattern: a list of 30,000 words
LARGEST = 100_000  # nodes that the repetitions of a pattern add when they are written out
STEPS = 500  # the most that a search may take at each place of a text without being watched
_MANY = 1 << 40


class Work(NamedTuple):
    """At one place of a text: in how many ways nodes can match there at most, and how many steps all of these take together."""

    ways: int
    steps: int


def check(pattern: str) -> bool:
    """Whether a pattern is proved to take at most STEPS steps at each place of any text, so that no clock need watch it.

    Raises PatternError for one that is too long, too deep, repeats too much, or cannot be read.
    """
    if len(pattern) > LONGEST:
        raise PatternError(f"it is longer than {LONGEST:,} characters")
    nodes = parse(pattern)
    if size(nodes) > LARGEST + len(pattern):
        raise PatternError(f"its repetitions, written out, would add more than {LARGEST:,} parts")
    return work(nodes).steps <= STEPS


def size(nodes: Iterable[Node]) -> int:
    """How many nodes there are when each repetition is written out as often as it is counted."""
    total = 0
    for op, arg in nodes:
        total += 1
        if op is Op.REPEAT:
            low, high, body = arg
            total += size(body) * max(1, low if high == ENDLESS else high) - 1
        elif op is Op.BRANCH:
            total += sum(map(size, arg)) - 1
        elif op in _HOLDING:
            total += size(_body(op, arg))
    return min(total, _MANY)


def work(nodes: Sequence[Node]) -> Work:
    """The work of a sequence: each node is tried once for each way in which those before it can match."""
    ways, steps = 1, 0
    for node in nodes:
        own = _work(node)
        steps = min(steps + ways * own.steps, _MANY)
        ways = min(ways * own.ways, _MANY)
    return Work(ways, steps)


def _work(node: Node) -> Work:
    op, arg = node
    if op is Op.BRANCH:
        parts = [work(branch) for branch in arg]
        return Work(sum(part.ways for part in parts), sum(1 + part.steps for part in parts))
    if op is Op.REPEAT:
        low, high, body = arg
        if high > STEPS:
            return Work(_MANY, _MANY)
        one = work(body)
        ways, steps, total = 1, 1, 1 if low == 0 else 0
        for number in range(1, high + 1):
            steps, ways = min(steps + ways * one.steps, _MANY), min(ways * one.ways, _MANY)
            total = min(total + ways, _MANY) if number >= low else total
        return Work(total, steps)
    if op in _HOLDING:
        return work(_body(op, arg))
    return Work(_MANY, _MANY) if op in (Op.OTHER, Op.REFERENCE) else Work(1, 1)


_HOLDING = frozenset((Op.GROUP, Op.ATOMIC, Op.LOOK, Op.LOOK_NOT))


def _body(op: Op, arg: object) -> Sequence[Node]:
    """The nodes that a group holds."""
    assert isinstance(arg, list | tuple)
    return arg if op is Op.ATOMIC else arg[-1]


def width(nodes: Sequence[Node]) -> int:
    """The fewest characters that a match of these nodes takes up."""
    return min(sum(map(_width, nodes)), ENDLESS)


def _width(node: Node) -> int:
    op, arg = node
    if op is Op.BRANCH:
        return min(map(width, arg))
    if op is Op.REPEAT:
        return min(int(arg[0]) * width(arg[2]), ENDLESS)
    if op is Op.GROUP:
        return width(arg[-1])
    if op is Op.ATOMIC:
        return width(arg)
    return int(op in (Op.LITERAL, Op.NOT_LITERAL, Op.ANY, Op.IN))
