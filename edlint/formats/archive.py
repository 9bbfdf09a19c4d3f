"""Drafts that are ZIP archives of XML parts, as Word and LibreOffice write them: read within limits, other parts left as they are.

Such a file comes from anywhere. Nothing is unpacked to disk, no part may expand beyond LARGEST, and a document type definition, which
bombs and external entities need, is refused. All is one pass: the time rises with the size of the file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from pyexpat import ErrorString, ExpatError, XMLParserType
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from edlint.errors import Place, SourceError
from edlint.text.lazy import lazy

LARGEST = 100_000_000  # bytes of one part
MOST = 10_000  # parts of one file: a document of a thousand pictures has some two thousand
DEEPEST = 500  # open elements: tables in tables in text boxes take some forty
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARED = lazy(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


class Archive:
    """The parts of such a file. `path` is for messages."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises SourceError for what is no such file, is encrypted, or is damaged."""
        self.data, self.path = data, path
        if data.startswith(_OLD_OFFICE):
            self.refuse("encrypted, or an old Office file", "open it, and save it anew without a password")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as fault:
            self.refuse(f"damaged: {str(fault) or type(fault).__name__}", "open it and save it again, or take an earlier copy")
        names = [entry.filename for entry in entries]
        if len(names) > MOST:
            self.refuse(f"it has {len(names):,} parts; a document has at most {MOST:,}")
        if len({*names}) < len(names):
            self.refuse("damaged: it has two parts of the same name")
        self.names = frozenset(names)
        self._read: dict[str, bytes] = {}

    def refuse(self, what: str, hint: str = "") -> NoReturn:
        """Raise the SourceError that says why the file is not read."""
        raise SourceError(f"cannot be read: {what}", Place(self.path), hint)

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises SourceError for one that is missing, damaged, encrypted or too large."""
        if name in self._read:
            return self._read[name]
        if name not in self.names:
            self.refuse(f"damaged: it has no part {name!r}")
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            self.refuse("encrypted", "open it, and save it anew without a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            self.refuse(f"{name!r} is compressed in a way that no word processor does", "open it and save it again")
        try:
            with self._zip.open(entry) as file:
                data = file.read(LARGEST + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as fault:
            self.refuse(f"damaged in {name!r}: {str(fault) or type(fault).__name__}", "open it and save it again, or take an earlier copy")
        if len(data) > LARGEST:
            self.refuse(f"{name!r} expands to more than {LARGEST / 1e6:g} MB")
        if name.endswith((".xml", ".rels")):
            self._read[name] = data
        return data

    def tree(self, name: str) -> Element | None:
        """A small part as a tree; None where the file has none of that name. Raises SourceError for XML that is broken or hostile."""
        if name not in self.names:
            return None
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            root: Element = fromstring(self.part(name), forbid_dtd=True)
        except DefusedXmlException:
            self._refuse_definitions(name)
        except (ParseError, ValueError, LookupError) as fault:
            self.refuse(f"damaged in {name!r}: {fault}")
        return root

    def walk(self, name: str, reader: Reader) -> None:
        """Let `reader` read a part. Raises SourceError for XML that is broken or hostile, and what `reader` raises."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = reader.buffered
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse_definitions(name)
        parser.EntityDeclHandler = lambda *_: self._refuse_definitions(name)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler, parser.CharacterDataHandler = reader.start, reader.data
        parser.EndElementHandler = reader.end if reader.closes else None
        reader.parser, reader.archive, reader.part_name = parser, self, name
        try:
            parser.Parse(self.part(name), True)
        except ExpatError as fault:
            self.refuse(f"damaged in {name!r}: {ErrorString(fault.code)}: line {fault.lineno}, column {fault.offset + 1}")
        except (IndexError, KeyError):
            raise
        except LookupError as fault:
            self.refuse(f"damaged in {name!r}: {fault}")

    def _refuse_definitions(self, name: str) -> NoReturn:
        self.refuse(f"{name!r} holds a document type definition, which no word processor writes", "open it and save it again")

    def editable(self, name: str) -> bool:
        """Whether a part is in UTF-8, so that places in it can be given in bytes of that."""
        head = self.part(name)[:200]
        declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
        return not head.startswith((b"\xfe\xff", b"\xff\xfe")) and (declared is None or declared[1].lower() in (b"utf-8", b"utf8"))

    def changed(self, parts: Mapping[str, bytes]) -> bytes:
        """The file with these parts in place of its own or added at its end; every other part has the bytes it had."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            target.comment = self._zip.comment
            for entry in self._zip.infolist():
                target.writestr(copy(entry), parts.get(entry.filename) or self.part(entry.filename))
            for name in parts.keys() - self.names:
                target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()


class Reader:
    """Reads one part, whose name is `part_name`.

    A subclass says what elements mean: `starts` and `ends` are methods by the element's short name, such as "w:p".

    Where it reads, `parser.CurrentByteIndex` is the place in the part, in bytes. What is in an element of `hidden` is passed over.
    """

    buffered = True
    closes = True  # whether end tags mean anything
    namespaces: Mapping[str, str] = {}
    hidden: frozenset[str] = frozenset()
    parser: XMLParserType
    archive: Archive
    part_name: str

    def __init__(self) -> None:
        self.starts: dict[str, Any] = {}
        self.ends: dict[str, Any] = {}
        self._names = _Names(self.namespaces)
        self._depth = self._hiding = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        self._depth += 1
        if self._depth > DEEPEST:
            self.archive.refuse(f"elements are nested more than {DEEPEST} deep")
        if self._hiding:
            return
        short = self._names[name]
        if short in self.hidden:
            self._hiding = self._depth
        elif act := self.starts.get(short):
            act(attributes)

    def end(self, name: str) -> None:
        """An end tag."""
        self._depth -= 1
        if self._hiding:
            if self._depth < self._hiding:
                self._hiding = 0
        elif act := self.ends.get(self._names[name]):
            act()

    def data(self, text: str) -> None:
        """Character data."""

    def hide(self) -> None:
        """Pass over the rest of the element that was just opened."""
        self._hiding = self._depth


class _Names(dict[str, str]):
    """From "namespace local" to "prefix:local", with the prefixes of a reader; a name of another namespace has no prefix."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = self._namespaces.get(namespace)
        self[name] = f"{prefix}:{local}" if prefix else local
        return self[name]


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The value of an attribute, whatever its namespace; "" without it."""
    for key, value in attributes.items():
        if key == name or key.endswith(f" {name}"):
            return value
    return ""


def local(name: str) -> str:
    """A name in a tree without its namespace."""
    return name.rpartition("}")[2]


def get(element: Element, name: str) -> str:
    """The value of an attribute of an element in a tree, whatever its namespace; "" without it."""
    return next((value for key, value in element.items() if local(key) == name), "")
