"""Edits of a draft's text as changes of the file it comes from: inside its text nodes, or whole paragraphs that go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from edlint.errors import Place, SourceError
from edlint.formats.archive import Archive
from edlint.formats.paragraphs import FIXED, Laid
from edlint.model.source import Source
from edlint.text.lazy import lazy
from edlint.text.span import Span, edited

_NO_TEXT = lazy(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what no text node may hold, line ends and tabs among them
_TAG = lazy(rb"""</?([^\s/>]+)(?:[^>"']|"[^"]*"|'[^']*')*>""")
Edits = Sequence[tuple[Span, str]]
Cuts = dict[int, list[tuple[int, int, str]]]  # by text node: where in its text each cut begins and ends, and what takes its place


class Node(Protocol):
    """A text node."""

    @property
    def part(self) -> int:
        """The number of the part it stands in."""


class LaidFile:
    """A file of paragraphs as the container of a Source (see edlint.model.source.Container). A subclass reads it.

    `parts` are the names of the parts that hold text, and `nodes` the text nodes in them, by the numbers that pieces have.
    """

    data: bytes
    path: str
    archive: Archive
    laid: Laid
    parts: Sequence[str]
    nodes: Sequence[Node]

    def rewritten(self, number: int, text: str) -> tuple[int, int, bytes]:
        """The change of its part that gives the text node `number` another text."""
        raise NotImplementedError

    def reopened(self, data: bytes) -> Source:
        """The draft in other bytes of such a file."""
        raise NotImplementedError

    def allows(self, edits: Edits) -> bool:
        """See Container."""
        return _planned(self, edits) is not None

    def edited(self, edits: Edits) -> Source:
        """See Container."""
        plan = _planned(self, edits)
        source = self.reopened(self.archive.changed(_carried_out(self, plan))) if plan else None
        if source is None or source.text != edited(self.laid.text, edits):
            raise SourceError("not fixed: the change goes beyond the text of a paragraph", Place(self.path))
        return source

    @cached_property
    def pieces(self) -> dict[int, int]:
        """The piece of the text that each text node gives."""
        return {node: piece for piece, node in enumerate(self.laid.nodes) if node != FIXED}

    def text_of(self, piece: int) -> str:
        """The text of a piece."""
        laid = self.laid
        start = laid.offsets[piece]
        paragraph = laid.paragraph(start)
        end = laid.starts[paragraph] + laid.paragraphs[paragraph].length
        if piece + 1 < len(laid.offsets):
            end = min(end, laid.offsets[piece + 1])
        return laid.text[start:end]


class _Plan(NamedTuple):
    """What edits change: the text of nodes, and paragraphs that go."""

    texts: Cuts
    gone: set[int]


def _planned(file: LaidFile, edits: Edits) -> _Plan | None:
    """What edits change; None where one touches more than text and whole paragraphs."""
    plan = _Plan({}, set())
    for span, new in edits:
        if "\n" in file.laid.text[slice(*span)]:
            paragraphs = _whole(file.laid, span, new)
            if paragraphs is None:
                return None
            plan.gone.update(paragraphs)
        elif not _within_nodes(file, span, new, plan.texts):
            return None
    parts = {file.nodes[node].part for node in plan.texts} | {file.laid.paragraphs[number].part for number in plan.gone}
    return plan if all(file.archive.editable(file.parts[part]) for part in parts) else None


def _carried_out(file: LaidFile, plan: _Plan) -> Mapping[str, bytes]:
    """The parts that change, as they are then."""
    changes: dict[int, list[tuple[int, int, bytes]]] = {}
    for number, cuts in plan.texts.items():
        text = file.text_of(file.pieces[number])
        for start, end, new in sorted(cuts, reverse=True):
            text = text[:start] + new + text[end:]
        changes.setdefault(file.nodes[number].part, []).append(file.rewritten(number, text))
    for number in plan.gone:
        paragraph = file.laid.paragraphs[number]
        data = file.archive.part(file.parts[paragraph.part])
        end = element_end(data, paragraph.first, paragraph.last)
        changes.setdefault(paragraph.part, []).append((paragraph.first, end, b""))
    return {file.parts[part]: patched(file.archive.part(file.parts[part]), made) for part, made in changes.items()}


def _whole(laid: Laid, span: Span, new: str) -> range | None:
    """The paragraphs that a deletion takes away, if it takes them whole and all of them may go."""
    first, last = laid.paragraph(span.start), laid.paragraph(span.end)
    if new or last >= len(laid.paragraphs) or span.start != laid.starts[first] or span.end != laid.starts[last]:
        return None
    numbers = range(first, last)
    return numbers if all(laid.paragraphs[number].removable for number in numbers) else None


def _within_nodes(file: LaidFile, span: Span, new: str, texts: Cuts) -> bool:
    """Whether an edit changes only text of nodes; what it changes in each is added to `texts`."""
    laid = file.laid
    if _NO_TEXT.search(new) or not laid.paragraphs or span.end > laid.starts[-1] + laid.paragraphs[-1].length:
        return False
    if span.start == span.end:
        return _inserted(file, span.start, new, texts)
    first, last = laid.piece(span.start), laid.piece(span.end - 1)
    if any(laid.nodes[number] == FIXED for number in range(first, last + 1)):
        return False
    for number in range(first, last + 1):
        begin, length = laid.offsets[number], len(file.text_of(number))
        start, end = max(span.start - begin, 0), min(span.end - begin, length)
        texts.setdefault(laid.nodes[number], []).append((start, end, new if number == first else ""))
    return True


def _inserted(file: LaidFile, at: int, new: str, texts: Cuts) -> bool:
    """Put a text into the node that ends here, or else into the one that begins here; whether there is one."""
    laid = file.laid
    start = laid.starts[laid.paragraph(at)]
    for number in (laid.piece(at - 1) if at > start else FIXED, laid.piece(at)):
        if number >= 0 and laid.nodes[number] != FIXED and laid.offsets[number] <= at <= laid.offsets[number] + len(file.text_of(number)):
            offset = at - laid.offsets[number]
            texts.setdefault(laid.nodes[number], []).append((offset, offset, new))
            return True
    return False


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
