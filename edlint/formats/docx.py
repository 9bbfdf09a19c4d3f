"""Word documents: the text of a draft is one line for each paragraph, and each place in it is known in the file it came from."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from edlint.formats import plain
from edlint.formats.archive import Archive, get, local
from edlint.formats.editing import LaidFile, escaped, tag_name
from edlint.formats.paragraphs import Laid, Said, comments_of
from edlint.formats.wordruns import Node, Run, Shared
from edlint.formats.wordstyles import StyleReader
from edlint.formats.wordxml import WordReader
from edlint.model.document import Document
from edlint.model.source import Remark, Source

_NOTES = ("footnotes", "endnotes")


class WordFile(LaidFile):
    """The file behind a Source: its parts, the laid out text, and which text node each piece of it comes from."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises SourceError for what is no Word document, or a damaged, encrypted or hostile one."""
        self.data, self.path = data, path
        self.archive = archive = Archive(data, path)
        self.main = self._target("", "officeDocument") or "word/document.xml"
        if self.main not in archive.names:
            archive.refuse("this is no Word document: it has no text", "is it another kind of file with the suffix .docx?")
        self.relations = self._relations(self.main)
        related = {kind: name for kind, name in self.relations.values() if not name.startswith("#")}
        self.parts = [self.main, *(related[kind] for kind in _NOTES if related.get(kind) in archive.names)]
        styles = StyleReader()
        if related.get("styles") in archive.names:
            archive.walk(related["styles"], styles)
        shared = Shared(styles.styles)
        readers = []
        for number, name in enumerate(self.parts):
            links = {identity: target for identity, (kind, target) in self._relations(name).items() if kind == "hyperlink"}
            readers.append(WordReader(shared, number, links))
            archive.walk(name, readers[-1])
        body, *notes = (reader.paragraphs for reader in readers)
        default = shared.styles.get("")
        self.laid = Laid(body, [paragraph for part in notes for paragraph in part], default.language if default else "")
        self.nodes: Sequence[Node] = shared.nodes
        self.runs: Sequence[Run] = shared.runs
        self.references = readers[0].references
        self.comments = related.get("comments", "")
        self._anchors = readers[0].anchors

    def _relations(self, name: str) -> Mapping[str, tuple[str, str]]:
        """The relations of a part by their identity: the last word of each one's type, and the part or the address it leads to."""
        folder, base = posixpath.split(name)
        root = self.archive.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for element in root if root is not None else ():
            target = get(element, "Target")
            if get(element, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[get(element, "Id")] = get(element, "Type").rpartition("/")[2], target
        return found

    def _target(self, name: str, kind: str) -> str:
        return next((target for found, target in self._relations(name).values() if found == kind), "")

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The comments in the file."""
        root = self.archive.tree(self.comments)
        numbers = {id(paragraph): number for number, paragraph in enumerate(self.laid.paragraphs)}
        found = []
        for element in root if root is not None else ():
            paragraphs = [node for node in element if local(node.tag) == "p"]
            text = "\n".join("".join(part.text or "" for part in node.iter() if local(part.tag) == "t") for node in paragraphs)
            paragraph, offset = self._anchors.get(get(element, "id"), (None, 0))
            number = numbers.get(id(paragraph), -1)
            found.append(Said(get(element, "author"), text, self.laid.starts[number] + offset if number >= 0 else -1))
        return tuple(found)

    def rewritten(self, number: int, text: str) -> tuple[int, int, bytes]:
        """See LaidFile. Blanks at the ends of the text are kept."""
        node = self.nodes[number]
        name = tag_name(self.archive.part(self.parts[node.part]), node.start)
        return node.start, node.end, b"<" + name + b' xml:space="preserve">' + escaped(text)

    def reopened(self, data: bytes) -> Source:
        """See LaidFile."""
        return open_source(data, self.path)

    def annotated(self, remarks: Sequence[Remark]) -> tuple[bytes, int]:
        """See Container."""
        from edlint.formats.wordcomments import annotated

        return annotated(self, remarks)


def open_source(data: bytes, path: str) -> Source:
    """The draft in the bytes of a Word file. Raises SourceError for what cannot be read."""
    file = WordFile(data, path)
    return Source(path, file.laid.text, container=file)


def read(source: Source) -> Document:
    """Parse the text of a Word file, with all its file says of it; a text without a file as plain text."""
    file = source.container
    if not isinstance(file, WordFile):
        return replace(plain.read(source), format="docx")
    return Document(source, "docx", file.laid.blocks, comments_of(file.said), file.laid.language)
