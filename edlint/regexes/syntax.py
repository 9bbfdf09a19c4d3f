"""What a regular expression of the `regex` dialect is made of, as a tree, read without compiling it.

A node is (Op, argument). What the parser does not know is OTHER, of which nothing may be assumed. See `parse`.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any, NoReturn

from edlint.text.lazy import lazy

DEEPEST = 100  # groups inside one another
ENDLESS, NO_FLAGS = 1 << 60, frozenset[str]()  # the most that `*`, `+` and `{2,}` repeat; none of the flags


class Op(Enum):
    """The kinds of nodes, with the argument of each."""

    LITERAL = auto()  # the character's number
    NOT_LITERAL = auto()  # the character's number
    ANY = auto()  # None
    IN = auto()  # members: NEGATE (None, first), LITERAL, RANGE (low, high), CATEGORY (a letter: d D s S w W)
    NEGATE = auto()
    RANGE = auto()
    CATEGORY = auto()
    AT = auto()  # "^" or a letter: b B A Z $
    BRANCH = auto()  # the alternatives, each a list of nodes
    GROUP = auto()  # (flags set, flags unset, nodes)
    ATOMIC = auto()  # nodes, into which the search never goes back
    REPEAT = auto()  # (least, most, nodes)
    LOOK = auto()  # (1 ahead or -1 behind, nodes)
    LOOK_NOT = auto()  # the same
    REFERENCE = auto()  # None: what a group matched, again
    OTHER = auto()  # None


Node = tuple[Op, Any]
_CONTROL, _HEX = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}, {"x": 2, "u": 4, "U": 8}
_REPEAT = lazy(r"\{(\d*)(?:(,)(\d*))?\}")
_FLAGS = lazy(r"\(\?([a-zA-Z01]*)(?:-([a-zA-Z]+))?([:)])")
_NAMED = lazy(r"\(\?(?:P?<[^\W\d]\w*>|'\w+')")
_LOOKS = {"(?=": (Op.LOOK, 1), "(?!": (Op.LOOK_NOT, 1), "(?<=": (Op.LOOK, -1), "(?<!": (Op.LOOK_NOT, -1)}
_CALL = lazy(r"\(\?(?:R|[-+]?\d+|&\w+|P>\w+)\)")
_REFER = lazy(r"\(\?P=\w+\)|\\g<\w+>|\\k<\w+>|\\[1-9]\d?")
_BRACED = lazy(r"\\[pPNL](?:\{[\w ^&./:=-]*\}|<\w*>|[A-Za-z])")
_SPACED = lazy(r"\{[\d,]*[\s#]|\(\s+\?|\(\s*#|\(\?[^:)<>=!|]{0,40}?[\s#]")
_SET = lazy(r"(?s)\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]")
_VERBOSE, _KNOWN_FLAGS = lazy(r"\(\?[a-zA-Z01]*x"), frozenset("imsuaLxn")


class PatternError(ValueError):
    """A pattern that cannot be read, or that asks for too much."""


def parse(pattern: str) -> list[Node]:
    """The nodes of a pattern. Raises PatternError for brackets that do not pair, a pattern that calls itself, and too many levels."""
    return _Parser(pattern).whole()


class _Parser:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text, self._at, self._depth = pattern, 0, 0
        self._verbose = False
        self._strange = False  # whether there are flags that change what the whole pattern matches

    def whole(self) -> list[Node]:
        if _VERBOSE.search(self._text) and (spaced := _SPACED.search(self._text)):
            self._at = spaced.start()
            self._fail("with the flag x no blank or comment may stand in braces or at the beginning of a group")
        nodes = self._alternatives()
        if self._at < len(self._text):
            self._fail("a bracket is closed that was not opened")
        return [(Op.REPEAT, (0, 1, nodes)), (Op.OTHER, None)] if self._strange else nodes

    def _fail(self, what: str) -> NoReturn:
        raise PatternError(f"{what} (at character {self._at + 1})")

    def _alternatives(self) -> list[Node]:
        """The nodes up to the end or the closing bracket."""
        branches = [self._sequence()]
        while self._text.startswith("|", self._at):
            self._at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else [(Op.BRANCH, branches)]

    def _sequence(self) -> list[Node]:
        nodes: list[Node] = []
        text = self._text
        while self._at < len(text) and text[self._at] not in "|)":
            char = text[self._at]
            if self._verbose and (char.isspace() or char == "#"):
                self._at = text.find("\n", self._at) % (len(text) + 1) if char == "#" else self._at + 1
            elif char in "*+?" or (char == "{" and _REPEAT.match(text, self._at)):
                self._repeat(nodes)
            else:
                nodes += self._atom(char)
        return nodes

    def _repeat(self, nodes: list[Node]) -> None:
        """Put a repetition in place of the node before it."""
        found = _REPEAT.match(self._text, self._at)
        if found:
            low = int(found[1] or 0)
            high = low if not found[2] else int(found[3]) if found[3] else ENDLESS
        else:
            low, high = {"*": (0, ENDLESS), "+": (1, ENDLESS), "?": (0, 1)}[self._text[self._at]]
        if not nodes:
            self._fail("there is nothing to repeat")
        self._at = found.end() if found else self._at + 1
        sign = self._text[self._at : self._at + 1]
        self._at += sign in ("?", "+") and sign != ""
        repeated: Node = (Op.REPEAT, (low, high, [nodes.pop()]))
        nodes.append((Op.ATOMIC, [repeated]) if sign == "+" else repeated)

    def _atom(self, char: str) -> list[Node]:
        if char == "(":
            return self._bracket()
        if char == "[":
            return [self._set()]
        if char == "\\":
            return [self._escape()]
        self._at += 1
        if char == "{":  # what is not counted may be fuzzy: (?:abc){e<=1}
            return [(Op.OTHER, None)]
        return [(Op.ANY, None) if char == "." else (Op.AT, char) if char in "^$" else (Op.LITERAL, ord(char))]

    def _bracket(self) -> list[Node]:
        text, start = self._text, self._at
        if text.startswith("(?#", start):
            self._at = text.find(")", start) + 1 or self._fail("a comment is not closed")
            return []
        if _CALL.match(text, start):
            self._fail("a pattern may not call itself")
        if found := _REFER.match(text, start):
            self._at = found.end()
            return [(Op.REFERENCE, None)]
        if found := _FLAGS.match(text, start):
            return self._flagged(found)
        for opening, (op, way) in _LOOKS.items():
            if text.startswith(opening, start):
                return [(op, (way, self._inside(len(opening))))]
        if text.startswith("(?>", start):
            return [(Op.ATOMIC, self._inside(3))]
        if found := _NAMED.match(text, start):
            return [(Op.GROUP, (NO_FLAGS, NO_FLAGS, self._inside(found.end() - start)))]
        if text.startswith("(?", start):
            return [(Op.OTHER, None), (Op.REPEAT, (0, 1, self._inside(2 + text.startswith("|", start + 2))))]
        return [(Op.GROUP, (NO_FLAGS, NO_FLAGS, self._inside(1)))]

    def _flagged(self, found: re.Match[str]) -> list[Node]:
        """A group with flags, or flags for the rest of the group around them."""
        on, off = frozenset(found[1]), frozenset(found[2] or "")
        verbose = self._verbose
        self._verbose = (verbose or "x" in on) and "x" not in off
        self._strange = self._strange or not on <= _KNOWN_FLAGS
        if found[3] == ")":
            self._at = found.end()
            return []
        inner = self._inside(len(found[0]))
        self._verbose = verbose
        return [(Op.GROUP, (on, off, inner))]

    def _inside(self, width: int) -> list[Node]:
        """The nodes of a group whose opening is `width` characters long, up to and with its closing bracket."""
        opened = self._at
        self._at += width
        self._depth += 1
        if self._depth > DEEPEST:
            self._fail(f"groups are nested more than {DEEPEST} levels deep")
        verbose = self._verbose
        nodes = self._alternatives()
        self._verbose = verbose
        if not self._text.startswith(")", self._at):
            self._at = opened
            self._fail("a bracket is not closed")
        self._at += 1
        self._depth -= 1
        return nodes

    def _set(self) -> Node:
        """A class in square brackets."""
        text, start = self._text, self._at
        at = start + 1
        members: list[Node] = []
        negated = text.startswith("^", at)
        at += negated
        first, strange = at, False
        while True:
            if at >= len(text):
                self._fail("a class is not closed")
            if text[at] == "]" and at > first:
                break
            strange = strange or text.startswith("[:", at)
            member, at = self._member(at)
            if text.startswith("-", at) and not text.startswith("]", at + 1) and member[0] is Op.LITERAL and at + 1 < len(text):
                last, at = self._member(at + 1)
                strange = strange or last[0] is not Op.LITERAL
                member = (Op.RANGE, (member[1], last[1]))
            strange = strange or member[0] is Op.OTHER
            members.append(member)
        self._at = at + 1
        if strange:
            return self._posix(start) if "[:" in text[start:at] else (Op.OTHER, None)
        if negated and len(members) == 1 and members[0][0] is Op.LITERAL:
            return (Op.NOT_LITERAL, members[0][1])
        return (Op.IN, [*([(Op.NEGATE, None)] if negated else []), *members])

    def _posix(self, start: int) -> Node:
        """A class that may hold [:alpha:], whose end is found so that what follows is read as it should be."""
        found = _SET.match(self._text, start)
        self._at = found.end() if found else self._at
        return (Op.OTHER, None)

    def _member(self, at: int) -> tuple[Node, int]:
        """One member of a class, and where the next begins."""
        if self._text[at] != "\\":
            return (Op.LITERAL, ord(self._text[at])), at + 1
        before, self._at = self._at, at
        node = self._escape()
        after, self._at = self._at, before
        if node[0] is Op.IN:
            return node[1][0], after
        if node == (Op.AT, "b"):
            return (Op.LITERAL, 8), after
        return (node if node[0] is Op.LITERAL else (Op.OTHER, None)), after

    def _escape(self) -> Node:
        """What a backslash stands before."""
        text, start = self._text, self._at
        char = text[start + 1 : start + 2]
        if not char:
            self._fail("a backslash ends the pattern")
        self._at += 2
        if found := _REFER.match(text, start) or _BRACED.match(text, start):
            self._at = found.end()
            return (Op.REFERENCE if found.re is _REFER else Op.OTHER, None)
        if char in "dDsSwW":
            return (Op.IN, [(Op.CATEGORY, char)])
        if char in "bBAZ":
            return (Op.AT, char)
        if char in _CONTROL:
            return (Op.LITERAL, _CONTROL[char])
        if char in _HEX and re.fullmatch(rf"[0-9A-Fa-f]{{{_HEX[char]}}}", digits := text[start + 2 : start + 2 + _HEX[char]]):
            self._at += len(digits)
            return (Op.LITERAL, int(digits, 16))
        return (Op.OTHER, None) if char.isascii() and char.isalnum() else (Op.LITERAL, ord(char))
