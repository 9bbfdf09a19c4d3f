"""Fixes: which ones are applied, the text that results, and writing it back without changing a byte elsewhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from edlint.errors import Place, SourceError
from edlint.files.atomic import ChangedError, replace_file
from edlint.linter import Lint
from edlint.model.document import Document
from edlint.model.finding import Edit, Finding, Fix
from edlint.model.match import Match
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.text.lazy import lazy
from edlint.text.span import Span

PASSES = 20  # a fix may make way for another; two that undo one another must end some time
_WORD, _FIRM = lazy(r"\w+"), lazy(r"[\w\r\n]")
Picked = Sequence[tuple[Finding, Fix]]
_FAR = 100  # code points in which a neighbouring word is looked for
_BEFORE, _AFTER = lazy(r"\w*[^\w\r\n]*\Z"), lazy(r"[^\w\r\n]*\w*")


class Change(NamedTuple):
    """One draft before and after fixing."""

    before: Source
    after: Source


def chosen(findings: Iterable[Finding], *, unsafe: bool = False, text: str = "") -> list[tuple[Finding, Fix]]:
    """Findings with the fixes to apply together: of fixes that touch the same place the one that begins first, then the longer.

    With the `text` in which they stand, fixes of neighbouring words touch the same place: what is wrong with two words is often
    one fault.
    """
    offers = [(finding, fix) for finding in findings if (fix := finding.fix(unsafe=unsafe)) and fix.edits]
    taken: list[Span] = []
    picked = []
    for finding, fix in sorted(offers, key=lambda offer: _order(offer[1])):
        spans = sorted(edit.span for edit in fix.edits)
        together = any(_clash(a, b) for a, b in pairwise(spans))
        if together or any(_clash(span, other) or _adjoin(text, span, other) for span in spans for other in _neighbours(taken, span)):
            continue
        for span in spans:
            insort(taken, span)
        picked.append((finding, fix))
    return picked


def _order(fix: Fix) -> tuple[int, int]:
    return min(edit.span.start for edit in fix.edits), -max(edit.span.end for edit in fix.edits)


def _neighbours(taken: Sequence[Span], span: Span) -> Sequence[Span]:
    """The spans around the place where `span` would stand among others that do not overlap."""
    at = bisect_left(taken, span)
    return taken[max(at - 1, 0) : at + 2]


def _clash(one: Span, other: Span) -> bool:
    """Whether two spans overlap, or one is empty and touches the other: then the order of the edits would matter."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.overlaps(other)


def _adjoin(text: str, one: Span, other: Span) -> bool:
    """Whether two spans hold neighbouring words of a line."""
    first, second = sorted((one, other))
    words = text[slice(*first)], text[slice(*second)]
    return all(map(_WORD.search, words)) and not _FIRM.search(text, first.end, second.start)


def apply_fixes(result: FileResult, lint: Lint, *, unsafe: bool = False) -> FileResult:
    """The result after its fixes: its source is the fixed draft, `findings` are those left, `fixed` those that were fixed.

    Passes are repeated until nothing is left to fix, each on what `lint` says of the last one's text. The spans of `fixed`
    are those of the text in which the findings stood, which is the original for the first pass only.
    """
    fixed: list[Finding] = []
    refused: set[str] = set()
    impossible: set[str] = set()
    notices = list(result.notices)
    passes = 0
    while passes < PASSES:
        picked = chosen(_without(result.findings, refused | impossible), unsafe=unsafe, text=result.source.text if result.source else "")
        if not picked or result.source is None:
            break
        source = result.source
        if source.container and (beyond := [finding for finding, fix in picked if not source.container.allows(fix.edits)]):
            impossible |= {_key(finding) for finding in beyond}
            continue
        after = lint(source.edited([edit for _, fix in picked for edit in fix.edits]))
        if bad := harmful(result, after, picked):
            refused |= {_key(finding) for finding in bad}
            continue
        passes += 1
        fixed += (finding for finding, _ in picked)
        result = after
    else:
        notices.append(f"fixing stopped after {PASSES} passes: some of them undo others")
    shown = _made_again(result, refused | impossible, lint)
    if refused and shown is not result:
        notices.append("some fixes were not applied: they would hide a finding, or replace one fault with another")
    if impossible:
        notices.append("some fixes were not applied: they would change more of the file than text, such as a picture or a footnote")
    return shown._replace(fixed=tuple(fixed), notices=tuple(notices))


def _key(finding: Finding) -> str:
    return finding.fingerprint or f"{finding.rule} {finding.span}"


def _without(findings: Iterable[Finding], refused: Collection[str]) -> list[Finding]:
    return [finding for finding in findings if _key(finding) not in refused]


def _made_again(result: FileResult, refused: Collection[str], lint: Lint) -> FileResult:
    """The result; findings whose fixes were refused are made again, with these for display only: they are no longer what can be fixed."""
    places = {(finding.rule, place) for finding in result.findings if _key(finding) in refused for place in finding.places}
    if result.source is None or not places:
        return result

    def show_only(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
        return [_for_display(match) if (match.name, match.span) in places else match for match in matches]

    return result._replace(findings=lint(result.source, also=[show_only]).findings)


def _for_display(match: Match) -> Match:
    return match._replace(fixes=tuple(fix._replace(safety="display") for fix in match.fixes))


def write_back(before: Source, after: Source) -> None:
    """Write a fixed draft over its file. Raises SourceError, and then the file is unchanged, or holds what somebody saved in the meantime.

    That is so when a character does not exist in the draft's encoding, when the file cannot be written or would lose something
    (`edlint.files.atomic.replacing` says what), and when it no longer holds what was linted.
    """
    path, data, was = before.path, encoded(after), encoded(before)
    try:
        replace_file(path, data, was)
    except ChangedError:
        raise SourceError(
            "not fixed: the file has changed in the meantime, or its bytes cannot be restored from its text", Place(path)
        ) from None
    except OSError as fault:
        raise SourceError(f"not fixed: {fault.strerror}", Place(path)) from None


def encoded(source: Source) -> bytes:
    """The bytes of a draft. Raises SourceError for a character that its encoding does not have."""
    try:
        return source.data
    except SourceError as fault:
        raise SourceError(f"not fixed: {fault.message}", Place(source.path), fault.hint) from None


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
    """The findings at places of a text that concern some words and their neighbours, and not the whole sentence."""

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
