"""Fixes that would do harm: that hide a finding which was shown, or put one fault in the place of another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from edlint.model.finding import Edit, Finding, Fix
from edlint.model.report import FileResult
from edlint.text.span import Span

Picked = Sequence[tuple[Finding, Fix]]
_WORD = re.compile(r"\w+")
_FAR = 100  # code points in which a neighbouring word is looked for
_BEFORE, _AFTER = re.compile(r"\w*[^\w\r\n]*\Z"), re.compile(r"[^\w\r\n]*\w*")


def harmful(before: FileResult, after: FileResult, picked: Picked) -> list[Finding]:
    """The findings among `picked` whose fixes must not be applied. `after` is what linting says once all of them were."""
    edits = sorted(edit for _, fix in picked for edit in fix.edits)
    return [*_hiding(before, after, picked, _Moved(edits)), *_worsening(before, after, picked, _Moved(edits))]


class _Moved:
    """Where offsets of a text are after edits that do not overlap, given in order."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._spans = [edit.span for edit in edits]
        self._ends = [span.end for span in self._spans]
        self._shifts = list(accumulate((len(text) - (span.end - span.start) for span, text in edits), initial=0))

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._ends, offset)]

    def replacement(self, edit: Edit) -> Span:
        """The span of the text that an edit put in."""
        start = edit.span.start + self._shifts[bisect_left(self._spans, edit.span)]
        return Span(start, start + len(edit.text))

    def gone(self, offset: int) -> bool:
        """Whether the character at an offset was replaced."""
        at = bisect_right(self._ends, offset)
        return at < len(self._spans) and self._spans[at].start <= offset


def _hiding(before: FileResult, after: FileResult, picked: Picked, moved: _Moved) -> Iterator[Finding]:
    """For each finding that was shown and is silenced or accepted now, the finding whose fix stands nearest before it."""
    shown = {(f.rule, moved(f.span.start)): f for f in before.findings if not moved.gone(f.span.start)}
    known = {(f.rule, moved(f.span.start)) for f in _hidden(before)}
    for key in {(f.rule, f.span.start) for f in _hidden(after)} - known:
        if key in shown:
            start = shown[key].span.start
            yield min(picked, key=lambda offer: min((e.span.end > start, abs(e.span.end - start)) for e in offer[1].edits))[0]


def _hidden(result: FileResult) -> Iterable[Finding]:
    return (*(silenced.finding for silenced in result.suppressed), *result.accepted)


def _worsening(before: FileResult, after: FileResult, picked: Picked, moved: _Moved) -> Iterator[Finding]:
    """The findings with a fix that replaces words and is followed by another fault in these words and the two beside them."""
    if before.source is None or after.source is None:
        return
    old, new = _Places(before.source.text, before.findings), _Places(after.source.text, after.findings)
    for finding, fix in picked:
        changing = (edit for edit in fix.edits if _changes_words(before.source.text[slice(*edit.span)], edit.text))
        if any(new.said_around(moved.replacement(edit)) - old.said_around(edit.span) for edit in changing):
            yield finding


def _changes_words(old: str, new: str) -> bool:
    """Whether an edit within a line changes words, and not only signs or blanks."""
    return "\n" not in old and "\r" not in old and _WORD.findall(old) != _WORD.findall(new)


class _Places:
    """What is said of places in a text: of some words and their neighbours, and not of the whole sentence."""

    def __init__(self, text: str, findings: Iterable[Finding]) -> None:
        self._text = text
        self._findings = sorted((f.span, f.rule, f.match) for f in findings if _WORD.search(f.match))

    def said_around(self, span: Span) -> set[tuple[str, str]]:
        """The rules, each with the words it flags, of findings within a span and one word on either side of it."""
        head = _BEFORE.search(self._text, max(span.start - _FAR, 0), span.start)
        tail = _AFTER.match(self._text, span.end, span.end + _FAR)
        place = Span(head.start() if head else span.start, tail.end() if tail else span.end)
        at = bisect_left(self._findings, (Span(place.start, 0), "", ""))
        said = set()
        while at < len(self._findings) and self._findings[at][0].start < place.end:
            inside, rule, match = self._findings[at]
            if inside.end <= place.end:
                said.add((rule, match))
            at += 1
        return said
