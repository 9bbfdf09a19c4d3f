"""What an editor has open: the drafts, in the version it told of last."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pygls.uris import from_fs_path, to_fs_path

from edlint.formats import FORMATS, format_of

_UNSAVED = "untitled"
# the names that editors have for the formats
_LANGUAGES = {
    "markdown": "markdown",
    "mdx": "markdown",
    "html": "html",
    "xhtml": "html",
    "plaintext": "plain",
    "text": "plain",
    "txt": "plain",
}


class Draft(NamedTuple):
    """One version of a draft that is open: its text, its path (of one that is not saved, where it would be), and how it is read."""

    uri: str
    path: str
    format: str
    version: int
    text: str


def path_of(uri: str, roots: Sequence[str]) -> str:
    """The path of a document, with forward slashes; for one that is no file of this machine, a path in the first of the roots.

    The name of another machine in an address is not followed: to look for a configuration there would already call it.
    """
    try:
        parts = urlsplit(uri)
        path = to_fs_path(f"file://{parts.path}") if parts.scheme == "file" and parts.netloc in ("", "localhost") else None
        name = os.path.basename(unquote(parts.path).replace("\\", "/"))  # noqa: PTH119
    except ValueError:
        path, name = None, ""
    if path and "\0" not in path and not path.startswith(("//", "\\\\")):
        return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100
    folder = (roots[0] if roots else os.getcwd()).replace(os.sep, "/").rstrip("/")  # noqa: PTH109
    return f"{folder}/{name.replace(chr(0), '') or _UNSAVED}"


def uri_of(path: str) -> str:
    """The address of a file."""
    return from_fs_path(os.path.abspath(path)) or ""  # noqa: PTH100


def format_of_document(path: str, language: str) -> str:
    """The format in which to read a document: by its suffix, else by the editor's name for its language, else plain text.

    "" for what is no draft: a language that none of the formats is for, a file that is not text.
    """
    suffix = os.path.splitext(path)[1]  # noqa: PTH122
    if suffix and (known := format_of(suffix)):
        return "" if FORMATS[known].container else known
    return _LANGUAGES.get(language, language if language in FORMATS else "plain" if not language else "")
