"""What a pattern that somebody wrote may cost: checked before it is compiled, and told apart from those that need a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edlint.regexes.syntax import ENDLESS, Node, Op, PatternError, parse

LONGEST = 300_000  # code points of a pattern: a list of 30,000 words
LARGEST = 100_000  # nodes that the repetitions of a pattern add when they are written out
LITERAL = 500  # letters in a row: to prepare the search for them takes the cube of their number, and cannot be interrupted
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
    if literal(nodes) > LITERAL:
        raise PatternError(f"it holds more than {LITERAL} letters in a row")
    return work(nodes).steps <= STEPS


def literal(nodes: Sequence[Node]) -> int:
    """How many letters stand in a row at most. What alternatives begin or end with in common counts with what is around them."""
    most, waiting = 0, [nodes]
    while waiting:
        run = 0
        for letter in _letters(waiting.pop(), waiting):
            run = run + 1 if letter else 0
            most = max(most, run)
    return most


def _letters(nodes: Sequence[Node], others: list[Sequence[Node]]) -> Iterator[bool]:
    """For each part of nodes whether it may be a letter. All alternatives but the first are put into `others`."""
    for op, arg in nodes:
        if op is Op.BRANCH:
            others += arg[1:]
            yield from _letters(arg[0], others)
        elif op is Op.REPEAT and arg[1] != 1:
            others.append(arg[2])
            yield False
        elif op is Op.REPEAT or op in (Op.GROUP, Op.ATOMIC):
            yield from _letters(_body(op, arg), others)
        elif op in _HOLDING:
            others.append(_body(op, arg))
            yield False
        else:
            yield op in (Op.LITERAL, Op.OTHER, Op.REFERENCE) or (op is Op.IN and len({end for _, end in _ends(arg)}) == 1)


def _ends(members: Sequence[Node]) -> Iterator[tuple[Op, object]]:
    """The members of a class, ranges as their two ends."""
    for op, arg in members:
        yield from ((op, end) for end in (arg if op is Op.RANGE else (arg,)))


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
