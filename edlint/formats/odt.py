"""OpenDocument texts, as LibreOffice writes them: like Word files, a paragraph a line, and each place known in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from edlint.errors import Place, SourceError
from edlint.formats import plain
from edlint.formats.archive import Archive
from edlint.formats.editing import LaidFile, escaped, patched
from edlint.formats.odtstyles import OdtStyles
from edlint.formats.odtxml import Data, OdtReader
from edlint.formats.paragraphs import AUTHOR, FIXED, Laid, comments_of
from edlint.model.document import Document
from edlint.model.source import Remark, Source
from edlint.text.span import Span

_CONTENT, _STYLES = "content.xml", "styles.xml"
_NAMES = (
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


class OdtFile(LaidFile):
    """The file behind a Source: its parts, the laid out text, and which stretch of character data each piece of it comes from."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises SourceError for what is no OpenDocument text, or a damaged, encrypted or hostile one."""
        self.data, self.path, self.parts = data, path, (_CONTENT,)
        self.archive = archive = Archive(data, path)
        if _CONTENT not in archive.names:
            archive.refuse("this is no OpenDocument text: it has no content", "is it another kind of file with the suffix .odt?")
        if b"encryption-data" in (archive.part("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.names else b""):
            archive.refuse("encrypted", "open it, and save it anew without a password")
        styles = OdtStyles()
        for name in (_STYLES, _CONTENT):
            if name in archive.names:
                archive.walk(name, styles)
        reader = OdtReader(styles.styles, styles.looks)
        archive.walk(_CONTENT, reader)
        self.laid = Laid(reader.paragraphs, reader.notes, styles.looks[""].language if "" in styles.looks else "")
        self.nodes: Sequence[Data] = reader.nodes
        numbers = {id(paragraph): number for number, paragraph in enumerate(self.laid.paragraphs)}
        self.said = tuple(
            said._replace(at=self.laid.starts[numbers[id(paragraph)]] + offset if id(paragraph) in numbers else -1)
            for said, paragraph, offset in reader.said
        )

    def rewritten(self, number: int, text: str) -> tuple[int, int, bytes]:
        """See LaidFile."""
        return self.nodes[number].start, self.nodes[number].end, escaped(text)

    def reopened(self, data: bytes) -> Source:
        """See LaidFile."""
        return open_source(data, self.path)

    def annotated(self, remarks: Sequence[Remark]) -> tuple[bytes, int]:
        """See Container. A remark on the text of a picture stands beside the picture."""
        if not self.archive.editable(_CONTENT):
            raise SourceError("not annotated: its text is not in UTF-8", Place(self.path), "open it and save it again")
        known = {(said.text, self.laid.paragraph(said.at)) for said in self.said if said.author == AUTHOR and said.at >= 0}
        data = self.archive.part(_CONTENT)
        taken = {said.text for said in self.said}
        changes: list[tuple[int, int, bytes]] = []
        for number, (span, text) in enumerate(remarks):
            places = self._ends(data, span)
            if places is None or (text, self.laid.paragraph(span.start)) in known:
                continue
            changes += _around(places, number + len(taken), text)
        if not changes:
            return self.data, 0
        return self.archive.changed({_CONTENT: patched(data, changes)}), len(changes) // 2

    def _ends(self, data: bytes, span: Span) -> tuple[int, int] | None:
        """The bytes at which a comment on a span begins and ends; None where the file has no place for it."""
        laid = self.laid
        for start, node in reversed(laid.pictures):
            if span.start >= start:
                return (self.nodes[node].end, self.nodes[node].end) if node != FIXED else None
        first, last = laid.piece(span.start), laid.piece(max(span.start, span.end - 1))
        inside = [piece for piece in range(max(first, 0), last + 1) if laid.nodes[piece] != FIXED]
        if not inside:
            return None
        return self._byte(data, inside[0], span.start, last=False), self._byte(data, inside[-1], span.end, last=True)

    def _byte(self, data: bytes, piece: int, offset: int, *, last: bool) -> int:
        """Where in the part an offset of the text stands, which is in a piece or beyond its ends."""
        node, text = self.nodes[self.laid.nodes[piece]], self.text_of(piece)
        at = max(0, min(offset - self.laid.offsets[piece], len(text)))
        if data[node.start : node.start + 1] == b"&":
            return node.end if last else node.start
        return node.start + len(text[:at].encode())


def _around(places: tuple[int, int], number: int, text: str) -> Iterator[tuple[int, int, bytes]]:
    """The changes that begin and end a comment."""
    name = f"edlint-{number}".encode()
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S").encode()
    lines = b"".join(b"<text:p>" + escaped(line) + b"</text:p>" for line in text.split("\n"))
    head = b'<office:annotation %s office:name="%s"><dc:creator>%s</dc:creator>' % (_NAMES, name, AUTHOR.encode())
    yield places[0], places[0], head + b"<dc:date>" + when + b"</dc:date>" + lines + b"</office:annotation>"
    yield places[1], places[1], b'<office:annotation-end %s office:name="%s"/>' % (_NAMES, name)


def open_source(data: bytes, path: str) -> Source:
    """The draft in the bytes of an OpenDocument text. Raises SourceError for what cannot be read."""
    file = OdtFile(data, path)
    return Source(path, file.laid.text, container=file)


def read(source: Source) -> Document:
    """Parse an OpenDocument text, with all its file says of it; a text without a file as plain text."""
    file = source.container
    if not isinstance(file, OdtFile):
        return replace(plain.read(source), format="odt")
    return Document(source, "odt", file.laid.blocks, comments_of(file.said), file.laid.language)
