"""The registry of formats: which module reads which kind of draft. A module is imported when its format is first read."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, Protocol, cast

from edlint.document import Document, Source
from edlint.errors import UsageError, did_you_mean


class Reader(Protocol):
    """What every module of this folder offers."""

    def read(self, source: Source) -> Document:
        """Parse one draft. Never raises for what stands in the draft: every text is a valid draft of every format."""


class Format(NamedTuple):
    """A format: the module that reads it, and the file suffixes (lower case, with the dot; "" is none) that name it."""

    module: str
    suffixes: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "plain": Format("edlint.formats.plain", (".txt", ".text", "")),
    "markdown": Format("edlint.formats.markdown", (".md", ".markdown", ".mdx")),
    "html": Format("edlint.formats.html", (".html", ".htm", ".xhtml")),
}
SUFFIXES: dict[str, str] = {suffix: name for name, format in FORMATS.items() for suffix in format.suffixes}


def format_for(path: str, given: str = "") -> str:
    """The name of the format to read `path` with: `given` when it is not empty, else by suffix, else plain.

    Raises UsageError when `given` is not the name of a format.
    """
    if given:
        if given not in FORMATS:
            raise UsageError(f"unknown format {given!r}", hint=did_you_mean(given, FORMATS) or f"known formats: {', '.join(FORMATS)}")
        return given
    return SUFFIXES.get(PurePath(path).suffix.lower(), "plain")


def read(source: Source, format: str) -> Document:
    """Parse `source` with the format of that name. Raises UsageError when there is none."""
    reader = cast(Reader, import_module(FORMATS[format_for(source.path, format)].module))
    return reader.read(source)
