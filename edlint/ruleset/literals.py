"""What a regular expression cannot do without: the literals that gate it, so that it is not run where it cannot match."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from edlint.regexes.syntax import Op, PatternError, parse

# Gates are compared with the folded view, so both sides fold alike.
_SPACES = "\n\r\t\v\f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201f": '"'}
DIGIT = "0"  # the gate of a pattern that needs some digit, whichever
_WIDEST = 48  # a set of alternatives larger than this gates nothing worth the bookkeeping


def plain(text: str) -> str:
    """The text, same length, with straight quotes and a space for every kind of white space."""
    if text.isascii() and text.isprintable():
        return text
    for old in _SPACES:
        if old in text:
            text = text.replace(old, " ")
    if not text.isascii():
        for old, new in _QUOTES.items():
            text = text.replace(old, new)
    return text


def fold(plain_text: str) -> str:
    """A plain text in lower case, same length: the few letters whose lower case is longer or compares unlike are mapped first."""
    if not plain_text.isascii():
        plain_text = plain_text.replace("\u0130", "i").replace("\u017f", "s")
    return plain_text.lower()


@lru_cache(maxsize=65536)
def needle_of(phrase: str) -> str:
    """A phrase as it stands in a folded plain text."""
    return fold(plain(phrase))


@lru_cache(maxsize=8192)
def is_word(char: str) -> bool:
    """Whether a character belongs to a word."""
    return char.isalnum() or char == "_"


def gate(pattern: str) -> frozenset[str] | None:
    """Folded literals one of which must occur wherever `pattern` matches; None when no such set is known.

    The set may hold DIGIT, which stands for any digit. A pattern that cannot be read has no gate, which costs time and never a match.
    """
    try:
        tree = parse(pattern)
    except PatternError:
        return None
    found = required(tree)
    return frozenset(found) if found else None


def required(tree: Any) -> set[str] | None:
    """The best gate of a parsed sequence: of all its parts' gates the one whose shortest member is longest."""
    best: set[str] | None = None
    runs: set[str] = {""}
    for op, arg in [*tree, (Op.OTHER, None)]:
        more = letters(op, arg)
        if more is not None and len(runs) * len(more) <= _WIDEST:
            runs = {run + letter for run in runs for letter in more}
            continue
        best = _better(best, runs)
        runs = more if more is not None else {""}
        best = _better(best, _inner(op, arg))
    return best


def letters(op: Any, arg: Any) -> set[str] | None:
    """The few strings one node can stand for, folded; None when there are many or the node is no plain text."""
    if op is Op.LITERAL:
        return {fold(plain(chr(arg)))}
    if op is Op.IN:
        letters: set[str] = set()
        for kind, value in arg:
            if kind is Op.LITERAL:
                letters.add(fold(plain(chr(value))))
            elif kind is Op.RANGE and value[1] - value[0] < 6:
                letters.update(fold(plain(chr(c))) for c in range(value[0], value[1] + 1))
            elif kind is Op.CATEGORY and value == "s":
                letters.add(" ")
            else:
                return None
        return letters if len(letters) <= 6 else None
    if op is Op.GROUP:
        return _phrase(arg[-1])
    if op is Op.BRANCH:
        joined: set[str] = set()
        for branch in arg:
            part = _phrase(branch)
            if part is None:
                return None
            joined |= part
        return joined if len(joined) <= _WIDEST else None
    if op is Op.REPEAT:
        low, high, body = arg
        part = _phrase(body) if high <= 4 else None
        if part is not None and len(part) ** high <= _WIDEST:
            return set().union(*(_times(part, n) for n in range(low, high + 1)))
    if op in (Op.AT, Op.LOOK, Op.LOOK_NOT):
        return {""}
    return None


def _times(part: set[str], count: int) -> set[str]:
    """Every string of so many members of `part` in a row."""
    runs = {""}
    for _ in range(count):
        runs = {run + member for run in runs for member in part}
    return runs


def _phrase(tree: Any) -> set[str] | None:
    """Every string a finite sequence can stand for; None when it is not finite or too many."""
    runs = {""}
    for op, arg in tree:
        more = letters(op, arg)
        if more is None or len(runs) * len(more) > _WIDEST:
            return None
        runs = {run + letter for run in runs for letter in more}
    return runs


def _inner(op: Any, arg: Any) -> set[str] | None:
    """The gate found inside a node that is not itself a few plain strings."""
    if op is Op.GROUP:
        return required(arg[-1])
    if op is Op.BRANCH:
        joined: set[str] = set()
        for branch in arg:
            part = required(branch)
            if part is None:
                return None
            joined |= part
        return joined if len(joined) <= 4 * _WIDEST else None
    if op is Op.REPEAT and arg[0] > 0:
        return required(arg[2])
    return {DIGIT} if digit(op, arg) else None


def digit(op: Any, arg: Any) -> bool:
    """Whether a node stands for one digit, whichever."""
    return op is Op.IN and all(_is_digit(kind, value) for kind, value in arg)


def _is_digit(kind: Any, value: Any) -> bool:
    """Whether one member of a character class stands for digits only."""
    if kind is Op.CATEGORY:
        return bool(value == "d")
    return kind is Op.RANGE and value[0] >= ord("0") and value[1] <= ord("9")


def _better(best: set[str] | None, new: set[str] | None) -> set[str] | None:
    """The gate that lets less text through: longer literals first, then fewer of them."""
    if not new or "" in new or " " in new:  # a blank stands everywhere
        return best
    if best is None:
        return new
    return max(best, new, key=lambda gates: (min(map(len, gates)), -len(gates)))
