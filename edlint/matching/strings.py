"""The strings that the parts of a pattern stand for, as literals: where they stand at the edge of a word, and how rare they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from edlint.matching.text import fold, plain, word
from edlint.regexes.syntax import Node, Op

DIGIT = "0"  # the literal that stands for any digit, found where a number begins
EDGE = "\b"
FEW = 48  # strings that a run of nodes may stand for: more are not written out
_COMMONEST = frozenset("a and in of that the to".split())  # in English prose, and next to them, in no order
_COMMON = frozenset(
    "about after all also an are as at be been but by can could do for from had has have he her his how i if into is it its "
    "more no not on one or out said she so some than their them then there these they this up was we were what when "
    "which who will with would you your".split()
)


_RARE = "jkqvxz"  # letters of which each is a hundredth of English text or less
_SHORT = 3  # characters of a literal whose letters tell how rare it is


def letters(node: Node) -> set[str] | None:
    """The few strings one node can stand for, folded; None when there are many or the node is no plain text."""
    op, arg = node
    found: set[str] | None = None
    if op is Op.LITERAL:
        found = {fold(plain(chr(arg)))}
    elif op is Op.IN:
        found = _class(arg)
    elif op is Op.GROUP:
        found = _strings(arg[-1])
    elif op is Op.BRANCH:
        branches = [_strings(branch) for branch in arg]
        found = set().union(*(b for b in branches if b)) if None not in branches else None
    elif op is Op.REPEAT:
        low, high, body = arg
        part = _strings(body) if high <= 4 else None
        if part is not None and len(part) ** high <= FEW:
            found = {"".join(chosen) for count in range(low, high + 1) for chosen in product(part, repeat=count)}
    elif op in (Op.AT, Op.LOOK, Op.LOOK_NOT):
        found = {""}
    return found if found is None or len(found) <= FEW else None


def _class(members: Iterable[Node]) -> set[str] | None:
    """The few letters of a character class."""
    found: set[str] = set()
    for kind, value in members:
        if kind is Op.LITERAL:
            found.add(fold(plain(chr(value))))
        elif kind is Op.RANGE and value[1] - value[0] < 6:
            found.update(fold(plain(chr(code))) for code in range(value[0], value[1] + 1))
        elif kind is Op.CATEGORY and value == "s":
            found.add(" ")
        else:
            return None
    return found if len(found) <= 6 else None


def _strings(nodes: Iterable[Node]) -> set[str] | None:
    """Every string a finite sequence can stand for; None when it is not finite or too many."""
    runs = {""}
    for node in nodes:
        more = letters(node)
        if more is None or len(runs) * len(more) > FEW:
            return None
        runs = {run + string for run in runs for string in more}
    return runs


def digit(node: Node) -> bool:
    """Whether a node stands for one digit, whichever."""
    op, arg = node
    return op is Op.IN and all(
        value == "d" if kind is Op.CATEGORY else kind is Op.RANGE and value[0] >= ord("0") and value[1] <= ord("9") for kind, value in arg
    )


def edged(runs: Iterable[str], first: bool, front: bool, back: bool) -> Iterator[str]:
    """Strings with the word boundaries that stand at their edges. Blanks there are but such boundaries, save where a match begins."""
    for run in runs:
        text = (run.rstrip() if first else run.strip()) or run
        before = front if first or run[:1] != " " else True
        after = back or run[-1:] == " "
        yield text and EDGE * (before and word(text[0])) + text + EDGE * (after and word(text[-1]))


def frequency(literal: str) -> float:
    """How many times a literal stands before one word of English: a guess, from its words, for comparing literals."""
    text = literal.strip(EDGE)
    if text == DIGIT:
        return 0.02
    likely = 1.0 if text.strip() else 0.001  # blanks in a row
    for part in text.split():
        likely *= 0.04 if part in _COMMONEST else 0.01 if part in _COMMON else 0.004 * 0.6 ** min(len(part), 12)
    loose = (word(text[0]) and literal[0] != EDGE) + (word(text[-1]) and literal[-1] != EDGE)
    rare = sum(map(text.count, _RARE)) if len(text) <= _SHORT else 0  # what is longer is rare in any case
    return float(max(likely * (1 + 10 * loose / len(text) ** 2), 0.1 ** len(text) * 2 * loose)) * 0.1**rare
