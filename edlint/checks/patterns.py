"""From lists of tokens to one pattern: shared by the check types that look for patterns."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from edlint.checks.base import Key, Options, Scan, Term, Unit, UnitKind
from edlint.checks.dialect import translate
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy
from edlint.text.ranges import Range

_EDGE = lazy(r"(?<!\\)[\^$]|\\[AZG]|\(\?<?[=!]")
_OPENING = lazy(r"(\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]?)|\((?!\?)", re.DOTALL)
_REFERENCE = lazy(r"\\[1-9k]|\(\?P=|\(\?\(")
_SOLID = lazy(r"\[\^\\s(?:\\.|[^\]\\])*\]?")  # what it stands for never reaches over a blank, hence not over an edge
IGNORECASE = Key("bool", False, "compare without regard to case")
NONWORD = Key("bool", False, "do not ask for word boundaries around the tokens")
EXCEPTIONS = Key("texts", (), "patterns; a match that contains one of them is not reported (always case-sensitive)")
VOCAB = Key("bool", True, "take the vocabulary's accepted terms as exceptions too")
ACCEPTED = Key("texts", (), "patterns of words to accept: the vocabulary")
PLAIN = Key(
    "bool",
    False,
    "treat curly quotes as straight ones and any white space as one space, so that tokens need not list the variants",
    own=True,
)


def bounded(pattern: str, *, nonword: bool = False) -> str:
    """`pattern` between word boundaries, or without them."""
    return f"(?m)(?:{pattern})" if nonword else rf"(?m)\b(?:{pattern})\b"


def ungrouped(pattern: str) -> str:
    """The pattern with groups that do not remember what they matched."""
    return _OPENING.sub(lambda found: found[1] or "(?:", pattern)


def lean(pattern: str) -> str:
    """The pattern, ungrouped where nothing refers to a group: to remember what groups matched takes time."""
    return pattern if _REFERENCE.search(pattern) else ungrouped(pattern)


def term(options: Options, key: str, pattern: str, *, plain: bool = False) -> Term:
    """The term of a pattern of a rule file. Raises RuleError, placed at `key`, for what is no pattern."""
    try:
        return Term(translate(pattern), literal=False, ignorecase=options["ignorecase"], plain=plain)
    except ValueError as fault:
        raise options.error(key, f"a pattern does not compile: {fault}") from None


class Exceptions(NamedTuple):
    """What silences a match: `inner` found in it, or one of `phrases` around it. "" where there is none."""

    inner: str
    phrases: str

    def silence(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] is no finding."""
        if self.inner and compiled(self.inner).search(text[start:end].strip()):
            return True
        around = _places(self.phrases, text) if self.phrases else []
        at = bisect_right(around, (start, sys.maxsize)) - 1
        return at >= 0 and end <= around[at][1]


@lru_cache(maxsize=1)
def _places(pattern: str, text: str) -> list[Range]:
    """Where a pattern stands in a text, in order: asked again for each match in the same text."""
    return [found.span() for found in compiled(pattern, True).finditer(text)]


def exceptions(options: Options) -> Exceptions | None:
    """The exceptions of a rule, the vocabulary's terms among them; None when there are none. Raises RuleError.

    As phrases around a match a rule's own exceptions keep their case. Once there are terms of a vocabulary no phrase does.
    """
    terms = {e for e in options["accepted"] if e}
    listed = sorted((*(e for e in options["exceptions"] if e), *terms), key=lambda e: (-len(e), e))
    if not listed:
        return None
    try:
        inner = [translate(e if e.startswith("(?i)") else f"(?-i){e}") for e in listed]
        cased = list(map(translate, listed)) if terms else inner
        phrases = [made for e, made in zip(listed, cased, strict=True) if " " in e or "\t" in e or r"\s" in e]
    except ValueError as fault:
        raise options.error("exceptions", f"a pattern does not compile: {fault}") from None
    return Exceptions(_any_word(inner), _any_word(phrases) if phrases else "")


def _any_word(translated: Sequence[str]) -> str:
    """One pattern for patterns that are translated already, between word boundaries."""
    return rf"(?m:\b(?:{'|'.join(translated)})\b)"


def found(scan: Scan, rule: Rule, term: Term, exceptions: Exceptions | None) -> Iterator[tuple[Unit, str, int, int]]:
    """The non-empty matches of a term in the rule's scope that nothing excepts: the unit, its text, and the range in that text."""
    units = scan.units(rule.scope, unit_kind(rule.scope, term))
    at, text = -1, ""
    for hit in scan.hits(term, units):
        unit = units[hit.unit]
        if hit.unit != at:
            at, text = hit.unit, scan.document.blocks[unit.block].text[unit.start : unit.end]
        start, end = hit.start - unit.start, hit.end - unit.start
        if start < end and not (exceptions and exceptions.silence(text, start, end)):
            yield unit, text, start, end


def tokens(scan: Scan, units: Sequence[Unit], term: Term) -> list[list[str]]:
    """For each unit the texts that a term matches there, quickly: without their places. Raises TimeoutError."""

    def find() -> list[list[str]]:
        pattern = compiled(term.pattern, term.ignorecase)
        texts = (scan.document.blocks[unit.block].text[unit.start : unit.end] for unit in units)
        found = (pattern.findall(text) for text in texts)
        return [[groups[0] for groups in each] for each in found] if pattern.groups > 1 else list(found)

    return scan.shared((term, id(units)), find)


def places(scan: Scan, unit: Unit, term: Term) -> Iterator[tuple[int, int]]:
    """The ranges in a block's text of all that a term matches in one unit. Raises TimeoutError."""
    text = scan.document.blocks[unit.block].text[unit.start : unit.end]
    for found in compiled(term.pattern, term.ignorecase).finditer(text):
        yield unit.start + found.start(), unit.start + found.end()


@lru_cache(maxsize=8192)
def unit_kind(scope: tuple[str, ...], term: Term | None = None) -> UnitKind:
    """Sentences where the scope asks for them, blocks otherwise: whole ones for a term whose matches no edge of a unit can change."""
    if any("sentence" in re.split(r"[.&~\s]+", selector) for selector in scope):
        return "sentence"
    return "whole" if term is not None and not _EDGE.search(_SOLID.sub("", term.pattern)) else "block"


def texts(value: Sequence[str]) -> list[str]:
    """The non-blank entries of a list of tokens."""
    return [token for token in value if token.strip()]
