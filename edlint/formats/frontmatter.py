"""The prose in a Markdown draft's front matter: titles, standfirsts, captions. YAML and TOML are read line by line, without a library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from edlint.formats.flow import Flow
from edlint.formats.writer import BLANKS, Writer
from edlint.model.document import Block, Fields, Kind, field_name
from edlint.text.lazy import lazy

_LINE = lazy(r"[^\r\n]+")
_FIELD = lazy(
    r"""(?P<indent>[ \t]*(?:-[ \t]+)?)["']?(?P<key>[A-Za-z_][\w.-]*)["']?[ \t]*(?::(?=[ \t]|$)|=)[ \t]*(?P<value>.*)""", re.DOTALL
)
_SCALAR = lazy(r"[|>][+\-\d]*")
_NOT_PROSE = lazy(r"[\[{&*!@`].*|true|false|null|~|[\d.,:TZ+/ -]+|\S+://\S*", re.IGNORECASE | re.DOTALL)
_ESCAPES = {'"': re.compile(r'\\(["\\/])'), "'": re.compile(r"'(')")}
_TABLE = lazy(r"[ \t]*(?:\[([\w.-]+)\]|([A-Za-z_][\w.-]*):)[ \t]*")  # what begins a table, in TOML and in YAML
_LANGUAGE = lazy(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*")
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"(?:.*[a-z])?(?:caption|credit)"), "caption"),
    (re.compile(r"(?:.*image|.*photo|.*picture|.*cover)?alt(?:text)?"), "alt"),
    (
        re.compile(
            r".*(?:description|standfirst|summary|dek|deck|excerpt|subtitle|subhead|subheading|subheadline|strapline"
            r"|tagline|lede|lead|teaser|kicker|abstract|intro|blurb)"
        ),
        "front-matter",
    ),
    (re.compile(r".*(?:title|headline)"), "front-matter"),
)
_JSON_FENCED = lazy(r"(?:---[ \t]*json|;;;(?:[ \t]*json)?)[ \t]*\r?\n(.*?)^(?:---|;;;)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_JSON_MARK = lazy(r'"((?:[^"\\\r\n]|\\.)*)"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_JSON_ESCAPE = lazy(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_ADDRESS = lazy(r"\S+://\S*|[\d.,:TZ+/ -]+")


class _Field(NamedTuple):
    """One field: its name, what its text is, its indent, the ranges of its lines. `folded`: the text starts on the next line."""

    key: str
    kind: Kind
    indent: int
    folded: bool
    lines: list[tuple[int, int]]


def read_fields(text: str, start: int, end: int, flow: Flow) -> None:
    """Add a block to `flow` for each prose field of the front matter text[start:end], fences included."""
    for field in _fields(text, start, end, flow.fields):
        if field.kind == "code":  # not prose: the language of the draft
            value = text[slice(*field.lines[0])].strip("\"'") if field.lines else ""
            flow.language = value.replace("_", "-") if _LANGUAGE.fullmatch(value) else ""
            continue
        writer = _write(text, field)
        built, map, _ = writer.build()
        if built:
            if field.kind == "title":
                flow.headline = len(flow.blocks)
            flow.blocks.append(Block(field.kind, built, map, int(field.kind == "title"), key=field.key))


def kind_of(key: str, indent: int, fields: Fields) -> Kind | None:
    """What the field of that name holds, "code" for the language of the draft; None when it is no prose. `indent` is 0 at the top level.

    What `fields` says of a name counts, then what the name tells: names of Hugo, Jekyll, Eleventy, Ghost, Contentful and Arc among them.
    """
    name = field_name(key)
    if said := fields.get(name):
        return None if said == "off" else cast(Kind, said)
    if indent == 0 and name in ("title", "headline"):
        return "title"
    if indent == 0 and name in ("lang", "language"):
        return "code"
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(name)), None)


def _fields(text: str, start: int, end: int, named: Fields) -> Iterator[_Field]:
    """The prose fields, each with its continuation lines: those further in than its name."""
    field: _Field | None = None
    parent = ""
    for line in _LINE.finditer(text, start, end):
        raw = line.group()
        found = _FIELD.fullmatch(raw)
        indent = len(raw) - len(raw.lstrip(" \t"))
        if field and indent > field.indent and (field.folded or not found):
            field.lines.append(line.span())
            continue
        if field:
            yield field
            field = None
        if table := _TABLE.fullmatch(raw):
            parent = table[1] or table[2]
        if found and (kind := kind_of(*_own_name(found["key"], parent, len(found["indent"])), named)):
            value = found["value"].strip(BLANKS)
            folded = bool(_SCALAR.fullmatch(value))
            if folded or (value and not _NOT_PROSE.fullmatch(value)):
                first = line.start() + found.start("value")
                field = _Field(found["key"], kind, indent, folded, [] if folded else [(first, first + len(value))])
    if field:
        yield field


def _own_name(key: str, parent: str, indent: int) -> tuple[str, int]:
    """The name of a field and how deep it stands; Arc writes `headlines.basic` for the headline."""
    return (parent.removesuffix("s"), 0) if key == "basic" and parent else (key, indent)


def _write(text: str, field: _Field) -> Writer:
    """The text of a field without its quotation marks, escapes undone, lines joined by LF."""
    writer = Writer()
    lines = [(s, e) for s, e in (_trim(text, *line) for line in field.lines) if s < e]
    if not lines:
        return writer
    mark = text[lines[0][0]]
    quoted = not field.folded and mark in _ESCAPES and text[lines[-1][1] - 1] == mark and lines[-1][1] - lines[0][0] > 1
    for number, (start, end) in enumerate(lines):
        if number:
            writer.add("\n", lines[number - 1][1], start)
        if quoted:
            at, end = start + (number == 0), end - (number == len(lines) - 1)
            for escape in _ESCAPES[mark].finditer(text, at, end):
                writer.add(text[at : escape.start()], at, escape.start())
                writer.add(escape[1], *escape.span())
                at = escape.end()
            writer.add(text[at:end], at, end)
        else:
            remark = -1 if field.folded else text.find(" #", start, end)
            end = end if remark < 0 else remark
            writer.add(text[start:end], start, end)
    return writer


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without ASCII blanks at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(BLANKS)), end - len(piece) + len(piece.rstrip(BLANKS))


def read_json(text: str, flow: Flow) -> int:
    """Add a block to `flow` for each prose field of the JSON front matter that `text` begins with. Returns where it ends; 0 without any."""
    fenced = _JSON_FENCED.match(text)
    if fenced:
        start, end, last = *fenced.span(1), fenced.end()
    elif text.startswith("{") and (end := _object_end(text)):
        start, last = 0, end
    else:
        return 0
    for key, depth, first, stop in _json_fields(text, start, end):
        kind = kind_of(key, depth, flow.fields)
        value = text[first:stop]
        if kind == "code":  # not prose: the language of the draft
            flow.language = value.replace("_", "-")
        elif kind and value.strip(BLANKS) and not _ADDRESS.fullmatch(value):
            block_text, map, _ = _json_text(text, first, stop).build()
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


def _json_fields(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """Each field whose value is a text: its name, how many objects and lists hold it besides the outermost, and the value's range."""
    parents: list[str] = []
    key, named, depth = "", False, -1 if text[start:end].lstrip().startswith("{") else 0
    for mark in _JSON_MARK.finditer(text, start, end):
        shown = mark[0]
        if shown in "{[":
            parents.append(key if named else "")
            depth, named, key = depth + 1, False, ""
        elif shown in "}]":
            del parents[-1:]
            depth, named = depth - 1, False
        elif shown == ":":
            named = bool(key)
        elif shown == ",":
            key, named = "", False
        elif mark[1] is not None and named:
            yield *_own_name(key, parents[-1] if parents else "", depth), *mark.span(1)
            key, named = "", False
        else:
            key, named = mark[1] or "", False


def _json_text(text: str, start: int, end: int) -> Writer:
    """A JSON string's text with its escapes undone, each mapped to where it stood."""
    writer, at = Writer(), start
    for escape in _JSON_ESCAPE.finditer(text, start, end):
        writer.add(text[at : escape.start()], at, escape.start())
        writer.add(_json_unescaped(escape[0]), *escape.span())
        at = escape.end()
    writer.add(text[at:end], at, end)
    return writer


def _json_unescaped(escape: str) -> str:
    """What an escape stands for; itself where it stands for nothing that a text may hold."""
    try:
        decoded = str(json.loads(f'"{escape}"'))
        decoded.encode()
    except (ValueError, UnicodeEncodeError):
        return escape
    return decoded
