"""Edits of a draft's text as changes of a Word file: inside the text of runs, or whole paragraphs that go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from edlint.formats.paragraphs import FIXED
from edlint.formats.wordruns import Node
from edlint.text.span import Span

if TYPE_CHECKING:
    from edlint.formats.docx import WordFile

_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what no text of a run may hold, line ends and tabs among them
_TAG = re.compile(rb"""</?([^\s/>]+)(?:[^>"']|"[^"]*"|'[^']*')*>""")
Edits = Sequence[tuple[Span, str]]


class Plan(NamedTuple):
    """What edits change: the text of nodes, each by offsets in it and what takes their place, and paragraphs that go."""

    texts: dict[int, list[tuple[int, int, str]]]
    gone: set[int]


def planned(file: WordFile, edits: Edits) -> Plan | None:
    """What edits change; None where one touches more than text and whole paragraphs."""
    plan = Plan({}, set())
    for span, new in edits:
        if "\n" in file.laid.text[slice(*span)]:
            paragraphs = _whole(file, span, new)
            if paragraphs is None:
                return None
            plan.gone.update(paragraphs)
        elif not _within_runs(file, span, new, plan.texts):
            return None
    parts = {file.nodes[node].part for node in plan.texts} | {file.laid.paragraphs[number].part for number in plan.gone}
    return plan if all(file.archive.editable(file.parts[part]) for part in parts) else None


def carried_out(file: WordFile, plan: Plan) -> Mapping[str, bytes]:
    """The parts that change, as they are then."""
    changes: dict[int, list[tuple[int, int, bytes]]] = {}
    for number, cuts in plan.texts.items():
        changes.setdefault(file.nodes[number].part, []).append(_replaced(file, number, cuts))
    for number in plan.gone:
        paragraph = file.laid.paragraphs[number]
        data = file.archive.part(file.parts[paragraph.part])
        changes.setdefault(paragraph.part, []).append((paragraph.first, element_end(data, paragraph.first, paragraph.last), b""))
    return {file.parts[part]: patched(file.archive.part(file.parts[part]), cuts) for part, cuts in changes.items()}


def _whole(file: WordFile, span: Span, new: str) -> range | None:
    """The paragraphs that a deletion takes away, if it takes them whole and all of them may go."""
    laid = file.laid
    first, last = laid.paragraph(span.start), laid.paragraph(span.end)
    if new or last >= len(laid.paragraphs) or span.start != laid.starts[first] or span.end != laid.starts[last]:
        return None
    numbers = range(first, last)
    return numbers if all(laid.paragraphs[number].removable for number in numbers) else None


def _within_runs(file: WordFile, span: Span, new: str, texts: dict[int, list[tuple[int, int, str]]]) -> bool:
    """Whether an edit changes only text of runs; what it changes in each text node is added to `texts`."""
    laid = file.laid
    if _NO_TEXT.search(new) or span.end > laid.starts[-1] + laid.paragraphs[-1].length:
        return False
    if span.start == span.end:
        return _inserted(file, span.start, new, texts)
    first, last = laid.piece(span.start), laid.piece(span.end - 1)
    for number in range(first, last + 1):
        if laid.nodes[number] == FIXED:
            return False
    for number in range(first, last + 1):
        begin = laid.offsets[number]
        length = len(text_of(file, number))
        start, end = max(span.start - begin, 0), min(span.end - begin, length)
        texts.setdefault(laid.nodes[number], []).append((start, end, new if number == first else ""))
    return True


def _inserted(file: WordFile, at: int, new: str, texts: dict[int, list[tuple[int, int, str]]]) -> bool:
    """Put a text into the run that ends here, or else into the one that begins here; whether there is one."""
    laid = file.laid
    start = laid.starts[laid.paragraph(at)]
    before, after = laid.piece(at - 1) if at > start else -1, laid.piece(at)
    for number in (before, after):
        if number >= 0 and laid.nodes[number] != FIXED and laid.offsets[number] <= at <= laid.offsets[number] + len(text_of(file, number)):
            offset = at - laid.offsets[number]
            texts.setdefault(laid.nodes[number], []).append((offset, offset, new))
            return True
    return False


def text_of(file: WordFile, piece: int) -> str:
    """The text of a piece."""
    laid = file.laid
    start = laid.offsets[piece]
    paragraph = laid.paragraph(start)
    end = laid.starts[paragraph] + laid.paragraphs[paragraph].length
    if piece + 1 < len(laid.offsets):
        end = min(end, laid.offsets[piece + 1])
    return laid.text[start:end]


def _replaced(file: WordFile, number: int, cuts: Iterable[tuple[int, int, str]]) -> tuple[int, int, bytes]:
    """The change of a part that gives the text node `number` its new text."""
    node = file.nodes[number]
    text = text_of(file, file.pieces[number])
    for start, end, new in sorted(cuts, reverse=True):
        text = text[:start] + new + text[end:]
    data = file.archive.part(file.parts[node.part])
    return node.start, node.end, opened(data, node) + escaped(text)


def opened(data: bytes, node: Node) -> bytes:
    """The start tag of a text node that keeps the blanks at its ends."""
    return b"<" + tag_name(data, node.start) + b' xml:space="preserve">'


def tag_name(data: bytes, at: int) -> bytes:
    """The name of the tag that begins at `at`, with its prefix."""
    found = _TAG.match(data, at)
    return found[1] if found else b""


def tag_end(data: bytes, at: int) -> int:
    """Where the tag ends that begins at `at`."""
    found = _TAG.match(data, at)
    return found.end() if found else at


def element_end(data: bytes, start: int, last: int) -> int:
    """Where an element ends whose start tag begins at `start` and whose end tag, unless the start tag is all of it, at `last`."""
    opened = tag_end(data, start)
    return opened if data[opened - 2 : opened] == b"/>" else tag_end(data, last)


def escaped(text: str) -> bytes:
    """A text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def patched(data: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """A part after changes that do not overlap: where each begins and ends, and the bytes that take its place."""
    parts, at = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])
