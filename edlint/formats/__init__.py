"""The registry of formats: which module reads which kind of draft. A module is imported when its format is first read.

Plug-ins add theirs as entry points `edlint.formats`, each of which names a Format.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from edlint.errors import UsageError, did_you_mean
from edlint.model.source import Source
from edlint.plugins import Registry, load
from edlint.text.decode import decode

if TYPE_CHECKING:
    from edlint.model.document import Document, Fields


class Reader(Protocol):
    """What every module of this folder offers."""

    def read(self, source: Source) -> Document:
        """Parse one draft. Never raises for what stands in the draft: every text is a valid draft of every format."""


class FieldReader(Protocol):
    """What a module of this folder offers besides, whose drafts have fields."""

    def read_with_fields(self, source: Source, fields: Fields) -> Document:
        """Parse one draft, whose fields hold what `fields` says, or else what their names tell."""


class Opener(Protocol):
    """What a module of this folder offers besides, whose files are not text."""

    def open_source(self, data: bytes, path: str) -> Source:
        """The draft in the bytes of a file, with its text and its container. Raises SourceError for what cannot be read."""


class Format(NamedTuple):
    """A format: the module that reads it, and the file suffixes (lower case, with the dot; "" is none) that name it.

    `container` says that its files are not text, but something from which the module extracts it; `fields`,
    that they may begin with front matter.
    """

    module: str
    suffixes: tuple[str, ...]
    container: bool = False
    fields: bool = False


OWN: dict[str, Format] = {
    "plain": Format("edlint.formats.plain", (".txt", ".text", "")),
    "markdown": Format("edlint.formats.markdown", (".md", ".markdown", ".mdx"), fields=True),
    "html": Format("edlint.formats.html", (".html", ".htm", ".xhtml")),
    "rst": Format("edlint.formats.rst", (".rst",)),
    "wxr": Format("edlint.formats.wxr", (".wxr",)),
    "docx": Format("edlint.formats.docx", (".docx", ".docm"), container=True),
    "odt": Format("edlint.formats.odt", (".odt",), container=True),
}
FORMATS = Registry("formats", OWN, load)


def text_formats() -> list[str]:
    """The names of the formats whose drafts are text: an example in a rule file can be in one of these."""
    return [name for name in FORMATS if not FORMATS[name].container]


def suffixes() -> dict[str, str]:
    """Every suffix that names a format (lower case, with the dot; "" is none), with the name of that format."""
    return {**_own_suffixes(), **{s: name for name in FORMATS.added for s in FORMATS[name].suffixes if s not in _own_suffixes()}}


def _own_suffixes() -> dict[str, str]:
    return {suffix: name for name, format in OWN.items() for suffix in format.suffixes}


@lru_cache(maxsize=512)
def format_of(suffix: str) -> str:
    """The name of the format that a suffix (with the dot, in any case) names, or ""."""
    low = suffix.lower()
    return _own_suffixes().get(low) or suffixes().get(low, "")


def format_for(path: str, given: str = "") -> str:
    """The name of the format to read `path` with: `given` when it is not empty, else by suffix, else plain.

    Raises UsageError when `given` is not the name of a format.
    """
    if given:
        if given not in FORMATS:
            raise UsageError(f"unknown format {given!r}", hint=did_you_mean(given, FORMATS) or f"known formats: {', '.join(FORMATS)}")
        return given
    return format_of(PurePath(path).suffix) or "plain"


def open_source(data: bytes, path: str, encoding: str = "", format: str = "") -> Source:
    """The draft in the bytes of the file `path`. Raises SourceError for what cannot be read, UsageError for an unknown format."""
    found = FORMATS[format_for(path, format)]
    if found.container:
        return cast(Opener, load(found.module)).open_source(data, path)
    return Source(path, *decode(data, path, encoding))


def read_all(source: Source, format: str, fields: Fields | None = None) -> Sequence[Document]:
    """The drafts in `source`, parsed: one, or all posts of a WordPress export. Raises UsageError when there is no such format."""
    if source.path.lower().endswith((".xml", ".wxr")):
        from edlint.formats.wxr import is_export, read_posts

        if is_export(source) and (posts := list(read_posts(source))):
            return posts
    return [read(source, format, fields)]


def read(source: Source, format: str, fields: Fields | None = None) -> Document:
    """Parse `source` with the format of that name. Raises UsageError when there is none.

    `fields` says what fields of front matter hold, beside those whose names tell.
    """
    found = FORMATS[format_for(source.path, format)]
    if fields and found.fields:
        return cast(FieldReader, load(found.module)).read_with_fields(source, fields)
    return cast(Reader, load(found.module)).read(source)
