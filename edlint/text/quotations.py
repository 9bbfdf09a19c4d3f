"""Quotations: which parts of a text are inside quotation marks, as half-open ranges of 0-based code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from edlint.text.lazy import lazy
from edlint.text.prose import trimmed
from edlint.text.ranges import Range, RangeTable

_QUOTE = lazy(r"""["“”„«»‘‚’'](?:(?<!['’])|(?<!\w.)|(?!\w))""")  # not the apostrophe inside a word
_MARK = lazy("[\"“”„«»‘‚’']")
_ELISION = lazy(r"['‘’](?:\d0s\b|n['’](?!\w)|(?:tis|twas|twere|til|till|em|cause|bout|round|cos|nuff|neath|ere|scuse)\b)", re.I)
# Why a closing mark may be none: a plural's apostrophe (the writers’ room) or an inch mark (5'10" tall), if a better one follows.
_PLURAL = r"(?<=[sSzx\d].)\s\w(?:[^‘“”\"'’]|(?<=\w)['’](?=\w)){0,80}(?:(?<=[^\ss])['’](?!\w)|(?<=s)['’](?!\w|\s\w))"
_INCHES = r'(?<=\d.)\s\w[^"“”]{0,200}(?<=\S)"(?!\w)'
_FAMILY = {**dict.fromkeys('"“”„', "double"), **dict.fromkeys("'‘’‚", "single"), **dict.fromkeys("«»", "angle")}


class _Opener(NamedTuple):
    """An opening mark: where it stands, and the mark."""

    at: int
    mark: str


class _Scan:
    """The quotation marks of one block: what opens, which pairs close, what stays open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.openers: list[_Opener] = []
        self.pairs: list[Range] = []
        self.open: list[_Opener] = []
        self._depth = {"double": 0, "single": 0, "angle": 0}
        resume = 0
        for found in _QUOTE.finditer(text):
            at, mark = found.start(), found[0]
            if at < resume:
                continue
            if self._closes(at, mark):
                self._close(at, _FAMILY[mark])
            elif elision := _ELISION.match(text, at):
                resume = elision.end()
            elif self._opens(at, mark):
                opener = _Opener(at, mark)
                self.openers.append(opener)
                self.open.append(opener)
                self._depth[_FAMILY[mark]] += 1

    def _closes(self, at: int, mark: str) -> bool:
        family = _FAMILY[mark]
        if not self._depth[family] or mark in "„‚«":
            return False
        if mark in "”»":
            return True
        before, after = self.text[at - 1], self.text[at + 1 : at + 2]
        if before.isspace() or before in "([{":
            return False
        if family == "single":
            # Double marks are surer than single ones: an apostrophe never closes what stands outside them.
            return not after.isalnum() and _FAMILY[self.open[-1].mark] == "single" and not re.compile(_PLURAL).match(self.text, at + 1)
        if after.isalnum():
            return mark == '"' and not self._opens(at, mark)
        return not (mark == '"' and re.compile(_INCHES).match(self.text, at + 1))

    def _opens(self, at: int, mark: str) -> bool:
        """Whether the mark can open: followed by something, and not leaning on the end of a word."""
        if mark in "“„«":
            return True
        before, after = self.text[at - 1 : at] if at else "", self.text[at + 1 : at + 2]
        return mark not in "»’" and not (after.isspace() or after == "") and (before.isspace() or before in "([{—–-/“„«‘‚\"'")

    def _close(self, at: int, family: str) -> None:
        """Pair the mark at `at` with the last opener of its family; openers inside that never closed were none."""
        while True:
            opener = self.open.pop()
            inner = _FAMILY[opener.mark]
            self._depth[inner] -= 1
            if inner == family:
                self.pairs.append((opener.at, at + 1))
                return

    @property
    def first(self) -> _Opener | None:
        """The opening mark this block begins with, if it does."""
        lead = len(self.text) - len(self.text.lstrip())
        return self.openers[0] if self.openers and self.openers[0].at == lead else None


def quotations(texts: Sequence[str]) -> RangeTable:
    """For each block text of a document, in order, the ranges that stand inside quotation marks, marks included.

    Nested quotations are part of the outermost. A block that leaves a quotation open is quoted to its end when the next
    block begins with an opening mark again. Otherwise an unclosed “, „ or « reaches the next opening mark of its kind or
    the end of its block, an unclosed ‘ does so only where it begins the block, and a stray straight mark quotes nothing.
    """
    found = RangeTable(len(texts))
    reopened = ""
    for number in range(len(texts) - 1, -1, -1):
        text = texts[number]
        if not _MARK.search(text):
            reopened = "" if text and not text.isspace() else reopened
            continue
        scan = _Scan(text)
        found.add(number, _merged(scan.pairs + _unclosed(scan, reopened)))
        reopened = _FAMILY[scan.first.mark] if scan.first else ""
    return found


def _unclosed(scan: _Scan, reopened: str) -> list[Range]:
    """What the openers without a close quote; `reopened` is the family of the mark that begins the next block."""
    found: list[Range] = []
    left, first, ends = set(scan.open), scan.first, dict[str, int]()
    for opener in reversed(scan.openers):
        family = _FAMILY[opener.mark]
        end = ends.get(family, len(scan.text))
        ends[family] = opener.at
        continued = reopened == family and end == len(scan.text)
        if opener in left and (continued or opener.mark in "“„«" or (opener == first and opener.mark == "‘")):
            found.append((opener.at, trimmed(scan.text, end)))
    return found


def _merged(ranges: list[Range]) -> list[Range]:
    """The union of ranges, in order."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
