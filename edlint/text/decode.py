"""Decoding and encoding drafts without changing a character: line ends are kept, and no encoding is guessed."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from edlint.errors import Place, SourceError, did_you_mean
from edlint.text.lazy import lazy

# The longer mark first: UTF-32's begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file", "copy its text into a .txt or .md file"),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .odt files are", "a Word or OpenDocument file has a name that ends in .docx or .odt"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc)", "save it as .docx or .odt"),
    (b"{\\rtf", "a rich text file (RTF)", "save it as .docx or .odt"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "name only drafts"),
    (b"\xff\xd8\xff", "a JPEG picture", "name only drafts"),
    (b"GIF87a", "a GIF picture", "name only drafts"),
    (b"GIF89a", "a GIF picture", "name only drafts"),
    (b"\x1f\x8b\x08", "a gzip archive", "unpack it first"),
)
# Suffixes of data in which prose stands between marks that edlint does not read: to pass such a file would mean nothing.
_DATA = {"ipynb": "a notebook", "json": "JSON", "jsonl": "JSON", "ndjson": "JSON", "json5": "JSON", "geojson": "JSON"}
# Markup that edlint does not read, with a program that makes something of it that edlint does.
_LATEX, _ASCIIDOC = "pandoc draft.tex -o draft.md", "asciidoctor draft.adoc, which writes draft.html"
_MARKUP = {
    **dict.fromkeys(("tex", "latex", "ltx"), ("LaTeX", _LATEX)),
    **dict.fromkeys(("adoc", "asciidoc"), ("AsciiDoc", _ASCIIDOC)),
}
_MARKDOWN = ("md", "markdown", "mdx")
_SAMPLE = 65_536
_LINE_END = lazy(r"\r\n|\n|\r")
# Tab, line ends, form feed, backspace and escape occur in drafts and in captured terminal output.
_CONTROL = lazy(r"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(NamedTuple):
    """A draft's text, without a byte order mark; the Python name of its encoding; whether it began with a byte order mark."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, path: str, encoding: str = "") -> Decoded:
    """The text of a draft's bytes. A byte order mark decides; else the configured `encoding`, or UTF-8 when there is none.

    Raises SourceError, naming `path` and the line, for bytes that the encoding does not allow, for an unknown encoding, for
    a known kind of file that is no draft, and for binary data. A single NUL in a text is an error as well: nobody means
    it, editors do not show it, and half the tools that come after cut the text there.
    """
    if kind := _DATA.get(path.rpartition(".")[2].lower()):
        raise _data(kind, path)
    if markup := _MARKUP.get(path.rpartition(".")[2].lower()):
        raise SourceError(f"this is {markup[0]}, which edlint does not read", Place(path), f"convert it: {markup[1]}")
    codec = _codec(encoding, path) if encoding else "utf-8"
    mark, found = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", ""))
    if not found:
        _refuse_known(data, path)
    codec = found or codec
    try:
        text = str(memoryview(data)[len(mark) :], codec)
    except UnicodeDecodeError as error:
        if not found and codec == "utf-8":
            _refuse_binary(data.decode("latin-1"), data, path)
        raise _undecodable(data, len(mark) + error.start, path, codec) from None
    _refuse_binary(text, data, path)
    if kind := _data_in(text, path):
        raise _data(kind, path)
    return Decoded(text, codec, bool(mark))


def encode(text: str, encoding: str, bom: bool) -> bytes:
    """The bytes of a text: the reverse of `decode`. Raises SourceError for a character that the encoding does not have."""
    try:
        body = text.encode(encoding)
    except UnicodeEncodeError as error:
        char = text[error.start]
        raise SourceError(f"{encoding} has no character {char!r} (U+{ord(char):04X})", hint="save the draft as UTF-8") from None
    return (next(mark for mark, name in _BOMS if name == encoding) if bom else b"") + body


def _codec(name: str, path: str) -> str:
    """Python's name for a configured encoding, one that adds no byte order mark of its own."""
    try:
        known = codecs.lookup(name).name
        "".encode(known)
    except (LookupError, ValueError):
        from encodings.aliases import aliases

        options = [alias.replace("_", "-") for pair in aliases.items() for alias in pair]
        raise SourceError(f"unknown encoding {name!r}", Place(path), did_you_mean(name, options)) from None
    # Without a mark these mean the byte order of the machine; a draft means the order that most software writes.
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(known, known)


def _refuse_known(data: bytes, path: str) -> None:
    for signature, name, hint in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"this is {name}, not a draft", Place(path), hint)


def _data_in(text: str, path: str) -> str:
    """What a text is when it is data under the name of a draft, else "". A page of Markdown may be nothing but front matter in JSON."""
    if text.lstrip()[:1] + text.rstrip()[-1:] not in ("{}", "[]"):
        return ""
    try:
        import json  # most drafts do not look like it

        value = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if isinstance(value, dict) and "nbformat" in value:
        return "a notebook"
    objects = isinstance(value, dict) or any(isinstance(item, dict) for item in value)
    return "JSON" if objects and path.rpartition(".")[2].lower() not in _MARKDOWN else ""


def _data(kind: str, path: str) -> SourceError:
    return SourceError(f"this is {kind}, not a draft", Place(path), "edlint reads plain text, Markdown, HTML, Word and OpenDocument files")


def _refuse_binary(text: str, data: bytes, path: str) -> None:
    """Raise SourceError if `text` holds a NUL, or more control characters than one in twenty."""
    nul = text.find("\0")
    sample = text[:_SAMPLE]
    controls = sum(1 for _ in _CONTROL.finditer(sample))
    if nul < 0 and controls * 20 <= len(sample):
        return
    if wide := _wide(data):
        raise SourceError("binary file, not a draft", Place(path), f"if this is UTF-16 without a byte order mark: --encoding {wide}")
    if controls * 20 > len(sample):
        raise SourceError("binary file, not a draft", Place(path))
    line = _line(text[:nul])
    raise SourceError(f"NUL character in line {line}", Place(path, line), "a damaged file? Delete the character")


def _wide(data: bytes) -> str:
    """The UTF-16 that `data` looks like: in Latin text every second byte is NUL, and hardly any other."""
    sample = data[: _SAMPLE // 2 * 2]
    low, high = sample[::2].count(0), sample[1::2].count(0)
    if max(low, high) * 4 < len(sample) or min(low, high) * 20 > max(low, high):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _undecodable(data: bytes, offset: int, path: str, codec: str) -> SourceError:
    line = _line(data[:offset].decode(codec, "replace"))
    if codec == "utf-8":
        hint = "save the draft as UTF-8 or name its encoding, such as --encoding cp1252"
    else:
        hint = "is it in another encoding? Name that one with --encoding, such as --encoding utf-8"
    return SourceError(f"byte 0x{data[offset]:02X} at offset {offset} in line {line} is not {codec.upper()}", Place(path, line), hint)


def _line(before: str) -> int:
    """The 1-based line that follows `before`."""
    return 1 + sum(1 for _ in _LINE_END.finditer(before))
