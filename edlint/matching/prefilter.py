"""Prefilters: the literals of which one must occur wherever a term does, and whether they begin the match.

A literal is folded text (see `edlint.matching.text`). A "\\b" at an edge of it says that it stands at a word boundary there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from edlint.matching.strings import DIGIT, EDGE, FEW, digit, edged, frequency, letters
from edlint.matching.text import fold, plain, word
from edlint.regexes.alternatives import alternatives
from edlint.regexes.leading import guarded
from edlint.regexes.limits import LONGEST, width
from edlint.regexes.syntax import Node, Op, PatternError, parse

_MANY = 2048  # literals of a prefilter: more are not worth the bookkeeping
_LONG = 24  # characters of a literal that are enough
_FREQUENT = 0.05  # a set of literals of which one stands before more of the words of English holds nothing back
_TRY, _SEARCH = 1, 3  # what it costs to try a pattern at one place, and to search a sentence for it


class Term(NamedTuple):
    """Something to look for in text: a literal phrase (whole words, where its edges are word characters) or a regex.

    `ignorecase` compares without regard to case. A `plain` term is compared with the plain view of the text
    (see `Scan.plain`), any other with the text as it stands.
    """

    pattern: str
    literal: bool
    ignorecase: bool = True
    plain: bool = True


class Prefilter(NamedTuple):
    """`literals` of which one occurs wherever the term does; without any, nothing is known. `begins`: each match begins with one.

    `also` are others of which one occurs, too, if any are known. `pattern` is what to search for where it does not begin
    with a literal: the term's own, or one that finds the same faster.
    Where only some alternatives of a pattern have literals, there are none; but where none of `partly` occurs, the pattern `rest`
    finds the same as the whole one.
    """

    literals: frozenset[str]
    also: frozenset[str]
    begins: bool
    pattern: str
    partly: frozenset[str] = frozenset()
    rest: str = ""

    def among(self, literals: Collection[str]) -> bool:
        """Whether the term may stand where these literals do."""
        return not ((self.literals and self.literals.isdisjoint(literals)) or (self.also and self.also.isdisjoint(literals)))


_NONE = frozenset[str]()
_known: dict[str, Prefilter] = {}  # by pattern
_phrases: dict[str, Prefilter] = {}


def prefilter(term: Term) -> Prefilter:
    """The prefilter of a term, worked out once in a process. A pattern that cannot be read has none, which costs time and never a match."""
    known = _phrases if term.literal else _known
    found = known.get(term.pattern)
    if found is None:
        found = known[term.pattern] = _of_phrase(fold(plain(term.pattern))) if term.literal else _of_pattern(term.pattern)
    return found


def any_of(terms: Iterable[Term]) -> frozenset[str]:
    """The literals of which one occurs wherever any of some terms does; none where nothing is known of one of them."""
    sets = [prefilter(term).literals for term in terms]
    return _NONE.union(*sets) if all(sets) else _NONE


def keep(terms: Iterable[Term]) -> dict[str, tuple[Any, ...]]:
    """The prefilters of the regexes among some terms in plain tuples, for `restore` in another process."""
    found = {term.pattern: prefilter(term) for term in terms if not term.literal}
    return {pattern: tuple(sorted(part) if isinstance(part, frozenset) else part for part in known) for pattern, known in found.items()}


def restore(kept: Mapping[str, Sequence[Any]]) -> None:
    """Take what `keep` gave. Raises TypeError for what it did not give."""
    for pattern, (literals, also, begins, search, partly, rest) in kept.items():
        _known[pattern] = Prefilter(frozenset(literals), frozenset(also), begins, search, frozenset(partly), rest)


class _Found(NamedTuple):
    """A set of literals, and how many of them stand before a word of English on average, as a guess."""

    literals: frozenset[str]
    frequency: float


class _Best(NamedTuple):
    """The rarest literals of which one occurs, the rarest of another part of the pattern, and the rarest that begin a match."""

    inside: _Found | None = None
    also: _Found | None = None
    begins: _Found | None = None

    def and_(self, part: _Best) -> _Best:
        """The best of this and of what is found in another part of the pattern."""
        inside, also, *_ = (*sorted((f for f in (*self[:2], *part[:2]) if f), key=_rarity), None, None)
        return _Best(inside, also, self.begins or part.begins)


def _rarity(found: _Found) -> float:
    return found.frequency


def _of_phrase(needle: str) -> Prefilter:
    front, back = word(needle[0]), word(needle[-1])
    literals = _NONE if EDGE in needle else frozenset((EDGE * front + needle + EDGE * back,))
    return Prefilter(literals, _NONE, bool(literals), needle)


def _of_pattern(pattern: str) -> Prefilter:
    try:
        tree = parse(pattern)
        empty = not width(tree)
        inside, also, begins = _Best() if empty else _best(tree, True, False, False)
    except PatternError:
        return Prefilter(_NONE, _NONE, False, pattern)
    if begins and begins.frequency <= _FREQUENT and (inside is None or begins.frequency * _TRY <= inside.frequency * _SEARCH):
        also = inside if inside != begins else also
        return Prefilter(begins.literals, also.literals if also and also.frequency <= _FREQUENT else _NONE, True, pattern)
    search = pattern if empty else _guarded(pattern, tree)
    literals, further = (found.literals if found and found.frequency <= _FREQUENT else _NONE for found in (inside, also))
    partly, rest = _parted(pattern) if not literals and not empty else (_NONE, "")
    return Prefilter(literals, further, False, search, partly, rest)


def _guarded(pattern: str, tree: Sequence[Node]) -> str:
    search = guarded(pattern, tree)
    return search if len(search) <= LONGEST else pattern


def _parted(pattern: str) -> tuple[frozenset[str], str]:
    """The literals of as many alternatives of a pattern as have rare ones, and a pattern of the others. None and "" without any."""
    listed = alternatives(pattern)
    if listed is None:
        return _NONE, ""
    best = {part: _best(tree, True, False, False).inside if width(tree := parse(part)) else None for part in listed.parts}
    partly, frequent = _NONE, 0.0
    rest = list(listed.parts)
    for part, found in sorted(best.items(), key=lambda each: each[1].frequency if each[1] else 1.0):
        if found is None or frequent + found.frequency > _FREQUENT:
            break
        partly, frequent = partly | found.literals, frequent + found.frequency
        rest = [other for other in rest if other != part]
    if not partly or not rest:
        return _NONE, ""
    left = listed.only(tuple(rest))
    return partly, _guarded(left, parse(left))


def _best(nodes: Iterable[Node], first: bool, front: bool, back: bool) -> _Best:
    """The best literals of a sequence. `first`: a match begins with it; `front`, `back`: a word boundary stands before or after it."""
    best, runs = _Best(), {""}  # the strings that the last few nodes can stand for
    here: _Found | None = None  # the best literals of this run
    flat = list(_ungrouped(nodes))
    for number, node in enumerate([*flat, (Op.OTHER, None)]):
        op, arg = node
        last = number == len(flat)
        if op is Op.AT and runs == {""}:
            front = front or arg != "B"
        if op is Op.AT and arg not in ("B", "A", "^"):
            here = _rarer(here, edged(runs, first, front, True))
        more = letters(node)
        if more is not None and len(runs) * len(more) <= FEW and min(map(len, runs)) < _LONG:
            runs = {run + string for run in runs for string in more}
            continue
        here = _rarer(here, edged(runs, first, front, back and last))
        fresh = runs == {""}
        ends = back if number + 1 == len(flat) else not last and flat[number + 1] == (Op.AT, "b")
        best = best.and_(_Best(here, None, here if first else None)).and_(_inner(node, first and fresh, front and fresh, ends))
        first, front, here, runs = False, False, None, more if more is not None else {""}
    return best


def _ungrouped(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes of a sequence with those of its groups in their places."""
    for op, arg in nodes:
        if op is Op.GROUP:
            yield from _ungrouped(arg[-1])
        else:
            yield op, arg


def _rarer(here: _Found | None, literals: Iterable[str]) -> _Found | None:
    """The rarer of two sets of literals of the same run."""
    new = _found(frozenset(literals))
    return min((found for found in (here, new) if found), key=_rarity, default=None)


def _inner(node: Node, first: bool, front: bool, back: bool) -> _Best:
    """The best literals inside a node that does not stand for a few strings."""
    op, arg = node
    if op is Op.ATOMIC:
        return _best(arg, first, front, back)
    if op is Op.BRANCH:
        return _any([_best(branch, first, front, back) for branch in arg])
    if op is Op.REPEAT and arg[0] > 0:
        return _best(arg[2], first, front, back and arg[1] == 1)
    if not digit(node):
        return _Best()
    number = _found(frozenset((EDGE * front + DIGIT,)))
    return _Best(number, None, number if first and front else None)


def _any(branches: Sequence[_Best]) -> _Best:
    """The best literals of alternatives together, where each has some."""
    inside = _union([best.inside for best in branches])
    also = _union([best.also or best.inside for best in branches]) if any(best.also for best in branches) else None
    return _Best(inside, also, _union([best.begins for best in branches]))


def _union(sets: Sequence[_Found | None]) -> _Found | None:
    return _found(frozenset().union(*(found.literals for found in sets if found))) if all(sets) else None


def _found(literals: frozenset[str]) -> _Found | None:
    """A set of literals, if each of them says something."""
    if not 0 < len(literals) <= _MANY or not all(text and text not in " .,'-" for text in literals):
        return None
    return _Found(literals, sum(map(frequency, literals)))
