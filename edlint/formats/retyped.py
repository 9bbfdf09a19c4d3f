"""The text of a Word or OpenDocument file while it is edited elsewhere: as a draft to check at once, and as edits of the file.

Nothing is written to check a text that changes with each keystroke: what the file says of a paragraph stays with it as it is edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from itertools import accumulate

from edlint.formats.docx import WordFile
from edlint.formats.odt import OdtFile
from edlint.formats.paragraphs import FIXED, Laid, Paragraph, Said
from edlint.model.document import Mark
from edlint.model.source import Source
from edlint.text.diff import Shared, shared
from edlint.text.lazy import lazy
from edlint.text.span import Span

MOST = 2_000  # pairs of paragraphs that are compared, where some were edited and others put in or taken out beside them
NEW = -1  # stands for the number of a paragraph that the file does not have
_WORDS = lazy(r"\w+|\s+|.", re.DOTALL)
_CONTINUED = ("paragraph", "list", "quote")  # kinds that a paragraph put in below takes over


def retyped(source: Source, text: str) -> Source:
    """The draft in a file with another text, which is not written: it can be checked, and not be fixed or annotated."""
    file = source.container
    if text == source.text or not isinstance(file, WordFile | OdtFile):
        return source if text == source.text else Source(source.path, text)
    before = file.laid
    old, new = before.text.split("\n"), text.split("\n")
    origins = list(_origins(old, new))
    pictures = len(old) - len(before.paragraphs)
    body = len(new) - pictures
    laid = None
    if old[len(old) - pictures :] == new[body:]:
        laid = Laid(list(_paragraphs(before, old, new[:body], origins)), (), before.language)
    if laid is None or laid.text != text:  # the texts of pictures were edited too, or what they stand in is gone
        laid = Laid([replace(each, pictures=[]) for each in _paragraphs(before, old, new, origins)], (), before.language)
    made = copy(file)
    made.__dict__.pop("pieces", None)
    made.__dict__.update(laid=laid, data=text.encode("utf-8", "surrogatepass"), said=_said(file, laid, old, new, origins))
    return Source(file.path, text, container=made)


def edits(before: str, after: str) -> list[tuple[Span, str]]:
    """The words in which two texts differ, paragraph by paragraph, as edits of the first: those that leave most of a file alone."""
    old, new = before.split("\n"), after.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in old)]
    pairs = [(origin, number) for number, origin in enumerate(_origins(old, new)) if origin != NEW]
    found: list[tuple[Span, str]] = []

    def add(span: Span, words: str) -> None:
        if found and found[-1][0] == span:  # put in at one place
            words = found.pop()[1] + words
        found.append((span, words))

    a = c = 0
    for first, there in (*pairs, (len(old), len(new))):
        if first < len(old):
            if (a, c) != (first, there):
                add(Span(starts[a], starts[first]), "".join(f"{line}\n" for line in new[c:there]))
            for span, words in _words(old[first], new[there], starts[first]):
                add(span, words)
        elif (a, c) != (first, there):
            more = "".join(f"\n{line}" for line in new[c:there])
            add(Span(max(0, starts[a] - 1), len(before)), more if a else more[1:])
        a, c = first + 1, there + 1
    return found


def _words(before: str, after: str, at: int) -> Iterator[tuple[Span, str]]:
    """The words in which two lines differ; the first begins at the offset `at`."""
    if before == after:
        return
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    starts = list(accumulate(map(len, old), initial=at))
    a = c = 0
    for first, there, length in (*shared(old, new), Shared(len(old), len(new), 0)):
        if (a, c) != (first, there):
            yield Span(starts[a], starts[first]), "".join(new[c:there])
        a, c = first + length, there + length


def _origins(old: Sequence[str], new: Sequence[str]) -> Iterator[int]:
    """For each new line the number of the old one that it was; NEW for one that was put in."""
    a = c = 0
    for first, there, length in (*shared(old, new), Shared(len(old), len(new), 0)):
        yield from (NEW if number < 0 else a + number for number in _paired(old[a:first], new[c:there]))
        yield from range(first, first + length)
        a, c = first + length, there + length


def _paired(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each line in the place of others the number of the one that it was, in order and by the words they share; NEW without."""
    if not old or not new:
        return [NEW] * len(new)
    if len(old) == len(new):
        return list(range(len(new)))
    if len(old) * len(new) > MOST:
        return [number if number < len(old) else NEW for number in range(len(new))]
    bags = [[frozenset(re.findall(r"\w+", line)) for line in lines] for lines in (old, new)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what either line and all below it have in common

    def alike(i: int, j: int) -> float:
        a, b = bags[0][i], bags[1][j]
        return (0.01 if bool(a) == bool(b) else 0) + (2 * len(a & b) / (len(a) + len(b)) if a and b else 0)

    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike(i, j))
    found, i, j = [NEW] * len(new), 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j + 1] + alike(i, j):
            found[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _paragraphs(laid: Laid, old: Sequence[str], new: Sequence[str], origins: Sequence[int]) -> Iterator[Paragraph]:
    """The paragraphs of a text that was edited, each with what the file says of the one that it was."""
    above = Paragraph()
    for line, origin in zip(new, origins, strict=False):
        if origin >= len(laid.paragraphs):  # the text of a picture
            paragraph = Paragraph(kind="alt")
            paragraph.add(line)
        elif origin != NEW:
            paragraph = _edited(laid.paragraphs[origin], old[origin], line)
        else:
            kind = above.kind if above.kind in _CONTINUED else "paragraph"
            paragraph = Paragraph(kind, above.level if kind != "paragraph" else 0, above.within, above.note)
            paragraph.add(line)
        above = paragraph
        yield paragraph


def _edited(paragraph: Paragraph, before: str, after: str) -> Paragraph:
    """A paragraph with another text: what was marked around what changed stays marked."""
    if before == after:
        return paragraph
    changed = _Change(before, after)
    marks = (Mark(mark.kind, changed.start(mark.start), changed.end(mark.end), mark.target) for mark in paragraph.marks)
    breaks = [changed.end(at) for at in paragraph.breaks if not changed.touches(at)]
    languages = copy(paragraph.languages)
    for tongue, most in languages.most_common(1):
        languages[tongue] = most + len(after) - len(before)
    kept = [mark for mark in marks if mark.start < mark.end]
    return replace(paragraph, pieces=[(after, FIXED)], length=len(after), marks=kept, breaks=breaks, languages=languages)


class _Change:
    """Where offsets of a line are after it was edited in one place."""

    def __init__(self, before: str, after: str) -> None:
        most = min(len(before), len(after))
        self._head = next((n for n in range(most) if before[n] != after[n]), most)
        same = next((n for n in range(most - self._head) if before[-1 - n] != after[-1 - n]), most - self._head)
        self._tail, self._by = len(before) - same, len(after) - len(before)

    def start(self, offset: int) -> int:
        """Of something that begins at `offset`."""
        return offset if offset <= self._head else max(offset, self._tail) + self._by if offset >= self._tail else self._head

    def end(self, offset: int) -> int:
        """Of something that ends at `offset`."""
        return offset if offset <= self._head and offset < self._tail else max(offset, self._tail) + self._by

    def touches(self, offset: int) -> bool:
        """Whether the character at `offset` was taken out."""
        return self._head <= offset < self._tail


def _said(file: WordFile | OdtFile, laid: Laid, old: Sequence[str], new: Sequence[str], origins: Sequence[int]) -> tuple[Said, ...]:
    """The comments in a file, each where its paragraph is now; -1 for one whose paragraph is gone."""
    lines = {origin: number for number, origin in reversed(list(enumerate(origins)))}
    found = []
    for said in file.said:
        number = file.laid.paragraph(said.at) if said.at >= 0 else NEW
        line = lines.get(number, NEW)
        at = -1
        if line != NEW and line < len(laid.starts):
            at = laid.starts[line] + _Change(old[number], new[line]).start(said.at - file.laid.starts[number])
        found.append(said._replace(at=at))
    return tuple(found)
