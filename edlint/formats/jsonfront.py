"""Front matter written as JSON: braces at the very top of a draft, or between lines of `;;;` or from `---json` to `---`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from edlint.formats.flow import Flow
from edlint.formats.frontmatter import kind_of
from edlint.formats.writer import BLANKS, Writer
from edlint.model.document import Block

_FENCED = re.compile(r"(?:---[ \t]*json|;;;(?:[ \t]*json)?)[ \t]*\r?\n(.*?)^(?:---|;;;)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r'"((?:[^"\\\r\n]|\\.)*)"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_ADDRESS = re.compile(r"\S+://\S*|[\d.,:TZ+/ -]+")


def read_json(text: str, flow: Flow) -> int:
    """Add a block to `flow` for each prose field of the JSON front matter that `text` begins with. Returns where it ends; 0 without any."""
    fenced = _FENCED.match(text)
    if fenced:
        start, end, last = *fenced.span(1), fenced.end()
    elif text.startswith("{") and (end := _object_end(text)):
        start, last = 0, end
    else:
        return 0
    for key, depth, first, stop in _fields(text, start, end):
        kind = kind_of(key, depth)
        value = text[first:stop]
        if kind == "code":  # not prose: the language of the draft
            flow.language = value.replace("_", "-")
        elif kind and value.strip(BLANKS) and not _ADDRESS.fullmatch(value):
            block_text, map, _ = _written(text, first, stop).build()
            if kind == "title":
                flow.headline = len(flow.blocks)
            flow.blocks.append(Block(kind, block_text, map, int(kind == "title"), key=key))
    return last


def _object_end(text: str) -> int:
    """Where the JSON object ends that `text` begins with, if it is one with fields and has its last line to itself; else 0."""
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return 0
    return end if isinstance(value, dict) and value and text[end : end + 1] in ("", "\n", "\r") else 0


def _fields(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """Each field whose value is a text: its name, how many objects and lists hold it besides the outermost, and the value's range."""
    key, named, depth = "", False, -1 if text[start:end].lstrip().startswith("{") else 0
    for mark in _MARK.finditer(text, start, end):
        shown = mark[0]
        if shown in "{[":
            depth, named = depth + 1, False
        elif shown in "}]":
            depth, named = depth - 1, False
        elif shown == ":":
            named = bool(key)
        elif shown == ",":
            key, named = "", False
        elif mark[1] is not None and named:
            yield key, depth, *mark.span(1)
            key, named = "", False
        else:
            key, named = mark[1] or "", False


def _written(text: str, start: int, end: int) -> Writer:
    """A JSON string's text with its escapes undone, each mapped to where it stood."""
    writer, at = Writer(), start
    for escape in _ESCAPE.finditer(text, start, end):
        writer.add(text[at : escape.start()], at, escape.start())
        writer.add(_unescaped(escape[0]), *escape.span())
        at = escape.end()
    writer.add(text[at:end], at, end)
    return writer


def _unescaped(escape: str) -> str:
    """What an escape stands for; itself where it stands for nothing that a text may hold."""
    try:
        decoded = str(json.loads(f'"{escape}"'))
        decoded.encode()
    except (ValueError, UnicodeEncodeError):
        return escape
    return decoded
