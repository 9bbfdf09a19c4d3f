"""The regular expressions of rule files, written as the `regex` module and the standard parser understand them alike.

Every inline flag becomes a scoped group, `$` outside multi-line mode becomes `\\Z`, braces that count nothing become
literal, and classes lose what the two dialects read differently. What is already common to both passes through unchanged.
"""

from __future__ import annotations

import re
from functools import lru_cache

from edlint.regexes.limits import LONGEST
from edlint.text.lazy import lazy

DEEPEST = 20  # classes taken from one another
MOST_FLAGS = 20  # times that flags are set for the rest of one group
_TOKEN = lazy(
    r"\\(?:x\{(?P<hex>[0-9A-Fa-f]{1,6})\}|k(?:<(?P<k1>\w+)>|'(?P<k2>\w+)'|\{(?P<k3>\w+)\})|(?P<number>[1-9]\d?)|c(?P<control>[A-Za-z@\[\]\\^_])"
    r"|[pP](?:\{\^?[\w ]+\}|[A-Z])|(?P<escaped>.))"
    r"|\(\?(?P<flags>[imsnx]*(?:-[imsnx]+)?)(?P<flagend>[:)])"
    r"|\(\?#[^)]*\)?"
    r"|\(\?P?<(?P<n1>[A-Za-z_]\w*)>|\(\?'(?P<n2>\w+)'"
    r"|\(\?(?:<?[=!]|>)|\(\?\((?:\w+)\)"
    r"|\{\d+(?:,\d*)?\}"
    r"|[\[({|)$]",
    re.DOTALL,
)
_NAMED = lazy(r"\(\?P?<[A-Za-z_]|\(\?'")
_GROUP = lazy(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|\((?!\?)|\(\?P?<[A-Za-z_]|\(\?'", re.DOTALL)
_KNOWN = frozenset("abBAefnrtvwWdDsSzZG0123456789")
_POSIX = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": r"\x00-\x7f", "blank": r"\t ", "cntrl": r"\x00-\x1f\x7f", "digit": "0-9",
    "graph": r"!-~", "lower": "a-z", "print": r" -~", "punct": r"!-/:-@\[-`{-~", "space": r"\t-\r ", "upper": "A-Z",
    "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_CLASS = lazy(
    r"\[:(?P<not>\^?)(?P<posix>[a-z]+):\]|-\[|\\(?:x\{(?P<hex>[0-9A-Fa-f]{1,6})\}|[pP]\{\^?[\w ]+\}|(?P<escaped>.))|[\[\]&~|-]",
    re.DOTALL,
)


@lru_cache(maxsize=4096)
def translate(pattern: str) -> str:
    """`pattern` of a rule file in the common dialect. Raises ValueError for what is no pattern there."""
    if len(pattern) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST:,} characters")
    flag = next((flag for flag in _FLAGS if pattern.startswith(flag)), "")
    inner = pattern[len(flag) :]
    if _PLAIN.fullmatch(inner):  # as most are, and long ones take long to rewrite
        return f"{flag[:-1]}:{inner})" if flag else pattern
    return _Translation(pattern).run()


_FLAGS = ("(?m)", "(?-i)", "(?i)")
_PLAIN = lazy(r"(?:[^\\\[({$]|\((?!\?)|\(\?[:=!>]|\(\?<[=!]|\\[bBwWdDsSnrt.()\[\]*+?|^${}/\"'-]|\{\d+(?:,\d*)?\})*")


class _Translation:
    """One pass over one pattern. `_groups` holds, for each open group, how many flag groups were opened in it and its flags."""

    def __init__(self, pattern: str, depth: int = 0) -> None:
        self._pattern, self._depth = pattern, depth
        if depth > DEEPEST:
            raise ValueError(f"classes are nested more than {DEEPEST} levels deep")
        self._numbers = {} if depth else _numbers(pattern)
        self._out: list[str] = []
        self._groups: list[tuple[list[str], bool]] = [([], False)]

    def run(self) -> str:
        """The whole translation."""
        text, at = self._pattern, 0
        while found := _TOKEN.search(text, at):
            self._out.append(text[at : found.start()])
            at = found.end()
            token = found[0]
            if token == "[":
                at = self._class(found.start())
            elif token[0] == "\\":
                self._escape(found)
            else:
                self._syntax(found)
        self._out.append(text[at:])
        self._out.append(")" * len(self._groups[-1][0]))
        return "".join(self._out)

    def _escape(self, found: re.Match[str]) -> None:
        name = found["k1"] or found["k2"] or found["k3"]
        if found["hex"]:
            self._out.append(_code(found["hex"]))
        elif name:
            self._out.append(f"(?P={name})")
        elif found["number"]:
            self._out.append(f"\\{self._numbers.get(int(found['number']), found['number'])}")
        elif found["control"]:
            self._out.append(f"\\x{ord(found['control'].upper()) ^ 64:02x}")
        else:
            self._out.append(escape(found[0], found["escaped"]))

    def _syntax(self, found: re.Match[str]) -> None:
        token, out = found[0], self._out
        flags, multiline = self._groups[-1]
        if found["flags"] is not None:
            on, _, off = found["flags"].partition("-")
            multiline = "m" in on or (multiline and "m" not in off)
            opening = f"(?{found['flags'].replace('n', '')}:".replace("-:", ":")
            out.append(opening)
            if found["flagend"] == ":":
                self._groups.append(([], multiline))
            elif len(flags) < MOST_FLAGS:
                self._groups[-1] = ([*flags, opening], multiline)
            else:  # each is written again for every alternative
                raise ValueError(f"flags are set more than {MOST_FLAGS} times in a group")
        elif found["n1"] or found["n2"]:
            out.append(f"(?P<{found['n1'] or found['n2']}>")
            self._groups.append(([], multiline))
        elif token == "|" and flags:
            out.append(")" * len(flags) + "|" + "".join(flags))
        elif token == ")":
            out.append(")" * len(flags) + ")")
            if len(self._groups) > 1:
                self._groups.pop()
        elif token == "$":
            out.append("$" if multiline else r"\Z")
        elif token == "{":
            out.append(r"\{")
        else:
            out.append(token)
            if token[0] == "(" and not token.startswith("(?#"):
                self._groups.append(([], multiline))

    def _class(self, start: int) -> int:
        """Translate the class that begins at `start`; the offset after it."""
        text = self._pattern
        negated = text.startswith("^", start + 1)
        at = first = start + 1 + negated
        parts: list[str] = []
        minus = ""
        while found := _CLASS.search(text, at):
            parts.append(text[at : found.start()])
            at, token = found.end(), found[0]
            if token == "]" and found.start() > first:
                body = f"[{'^' * negated}{''.join(parts)}]"
                self._out.append(f"(?:(?!{minus}){body})" if minus else body)
                return at
            if found["posix"] in _POSIX:
                parts.append(_without(found["posix"]) if found["not"] else _POSIX[found["posix"]])
            elif token.startswith("-[") and found.start() > first:
                nested = _Translation(text, self._depth + 1)
                at = nested._class(found.start() + 1)
                minus = nested._out[-1]
            elif found["hex"]:
                parts.append(_code(found["hex"]))
            elif found["escaped"]:
                parts.append(escape(token, found["escaped"]))
            else:
                parts.append(_member(text, found.start(), first, token))
        raise ValueError(f"the class that begins with {text[start : start + 12]!r} is not closed")


def _numbers(pattern: str) -> dict[int, int]:
    """The groups by the numbers that rule files give them, named ones after all others, with those they have in the order of the text."""
    if "(?" not in pattern or not _NAMED.search(pattern):
        return {}
    groups = [found[0] for found in _GROUP.finditer(pattern) if found[0][0] == "("]
    order = sorted(range(len(groups)), key=lambda number: groups[number] != "(")
    return {number: at + 1 for number, at in enumerate(order, 1)}


def _without(posix: str) -> str:
    """The members of a class for everything that is not in a POSIX class."""
    inside = re.compile(f"[{_POSIX[posix]}]")
    return "".join(f"\\x{code:02x}" for code in range(128) if not inside.match(chr(code))) + r"\x80-\U0010ffff"


def _member(text: str, at: int, first: int, token: str) -> str:
    """A character of a class that only one of the dialects may take for an operator."""
    if token == "-[":  # a class that begins with a hyphen
        return r"\-\["
    if token == "-":
        edge = at == first or text.startswith("]", at + 1)
        return r"\-" if edge or text.startswith("-", at + 1) else "-"
    return token if token[0] == "\\" else "\\" + token


def escape(token: str, escaped: str | None) -> str:
    """An escape sequence in the common dialect. Raises ValueError for one that rule files do not know."""
    if escaped is None:
        return token
    if escaped == "e":
        return r"\x1b"
    if escaped == "z":
        return r"\Z"
    if escaped in "xu":
        return token
    if (escaped.isascii() and escaped.isalnum() and escaped not in _KNOWN) or escaped == "_":
        raise ValueError(f"unknown escape {token!r}")
    if escaped in "<>'\"`" or not escaped.isascii():
        return escaped
    return token


def _code(digits: str) -> str:
    """A character by its number."""
    number = int(digits, 16)
    if number > 0x10FFFF:
        raise ValueError(f"there is no character {digits}")
    return f"\\U{number:08x}"
