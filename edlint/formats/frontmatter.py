"""The prose in a Markdown draft's front matter: titles, standfirsts, captions. Read line by line: text needs no YAML library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from edlint.formats.flow import Flow
from edlint.formats.writer import BLANKS, Writer
from edlint.model.document import Block, Kind

_LINE = re.compile(r"[^\r\n]+")
_FIELD = re.compile(
    r"""(?P<indent>[ \t]*(?:-[ \t]+)?)["']?(?P<key>[A-Za-z_][\w.-]*)["']?[ \t]*(?::(?=[ \t]|$)|=)[ \t]*(?P<value>.*)""", re.DOTALL
)
_SCALAR = re.compile(r"[|>][+\-\d]*")
_NOT_PROSE = re.compile(r"[\[{&*!@`].*|true|false|null|~|[\d.,:TZ+/ -]+|\S+://\S*", re.IGNORECASE | re.DOTALL)
_ESCAPES = {'"': re.compile(r'\\(["\\/])'), "'": re.compile(r"'(')")}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*")
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"(?:.*[a-z])?(?:caption|credit)"), "caption"),
    (re.compile(r"(?:.*image|.*photo|.*picture|.*cover)?alt(?:text)?"), "alt"),
    (
        re.compile(
            r".*(?:description|standfirst|summary|dek|deck|excerpt|subtitle|subhead|subheading|strapline|lede|lead|teaser|kicker|abstract|intro)"
        ),
        "front-matter",
    ),
    (re.compile(r".*(?:title|headline)"), "front-matter"),
)


class _Field(NamedTuple):
    """One field: its name, what its text is, its indent, the ranges of its lines. `folded`: the text starts on the next line."""

    key: str
    kind: Kind
    indent: int
    folded: bool
    lines: list[tuple[int, int]]


def read_fields(text: str, start: int, end: int, flow: Flow) -> None:
    """Add a block to `flow` for each prose field of the front matter text[start:end], fences included."""
    for field in _fields(text, start, end):
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


def kind_of(key: str, indent: int) -> Kind | None:
    """What the field of that name holds, "code" for the language of the draft; None when it is no prose. `indent` is 0 at the top level."""
    name = key.lower().replace("-", "").replace("_", "")
    if indent == 0 and name in ("title", "headline"):
        return "title"
    if indent == 0 and name in ("lang", "language"):
        return "code"
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(name)), None)


def _fields(text: str, start: int, end: int) -> Iterator[_Field]:
    """The prose fields, each with its continuation lines: those further in than its name."""
    field: _Field | None = None
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
        if found and (kind := kind_of(found["key"], len(found["indent"]))):
            value = found["value"].strip(BLANKS)
            folded = bool(_SCALAR.fullmatch(value))
            if folded or (value and not _NOT_PROSE.fullmatch(value)):
                first = line.start() + found.start("value")
                field = _Field(found["key"], kind, indent, folded, [] if folded else [(first, first + len(value))])
    if field:
        yield field


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
