"""reStructuredText: what its layout says of each paragraph, with exact places, which a parser that builds a tree of nodes does not keep.

Read are sections, paragraphs, lists, definitions, quotations, footnotes, admonitions, figures and pictures. Code, tables, comments,
directives that hold no prose, and the fields at the top are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edlint.formats.flow import Flow
from edlint.formats.rstinline import write
from edlint.formats.writer import Writer
from edlint.model.document import Document, Kind
from edlint.model.source import Source
from edlint.text.lazy import lazy

_LINE = lazy(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_RULE = lazy(r"([!-/:-@\[-`{-~])\1+")
_DIRECTIVE = lazy(r"\.\.[ ]+(?:\|[^|]+\|[ ]+)?([A-Za-z][\w:.+-]*)::(?:[ ]+|$)")
_FOOTNOTE = lazy(r"\.\.[ ]+\[[^\]]+\][ ]+")
_TARGET = lazy(r"\.\.[ ]+(?:_|__)")
_BULLET = lazy(r"(?:[-*+•‣]|\(?(?:\d{1,3}|[A-Za-z]|#|[ivxlcdmIVXLCDM]{1,6})[.)])[ ]+(?=\S)")
_FIELD = lazy(r":(?![: ])(?:[^:\\]|\\.)+:(?:[ ]+|$)")
_TABLE = lazy(r"\+[-=+]{3,}\+|=+(?: +=+)+")
_ALT = lazy(r":alt:[ ]+(.+)")
_ADMONITIONS = frozenset(
    "attention caution danger error hint important note tip warning seealso versionadded versionchanged deprecated".split()
)
_TITLED = frozenset("admonition topic sidebar rubric".split())
_QUOTED = frozenset("epigraph highlights pull-quote".split())
_PLAIN = frozenset("container compound only centered".split())
DEEPEST = 40  # bodies inside one another, such as a list in a note in a list


class _Line(NamedTuple):
    """A line: where its text begins and ends, and how many columns it is indented; a blank one is empty."""

    start: int
    end: int
    indent: int

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.start == self.end


def read(source: Source) -> Document:
    """Parse a draft in reStructuredText."""
    reader = _Reader(source.text)
    reader.body(_Body(0, len(reader.lines), 0), "paragraph")
    return Document(source, "rst", tuple(reader.flow.blocks), tuple(reader.flow.comments))


class _Body(NamedTuple):
    """Lines `first` up to, not including, `last`, that are indented `indent` columns, inside `depth` other bodies.

    The first may begin behind a marker.
    """

    first: int
    last: int
    indent: int
    depth: int = 0


class _Reader:
    """Reads lines into a Flow. `lines` may be changed: an item's first line loses its marker."""

    def __init__(self, text: str) -> None:
        self.flow = Flow()
        self._text = text
        self._levels: list[str] = []  # the styles of section titles, the outermost first
        self.lines = list(_lines(text))

    def body(self, body: _Body, kind: Kind) -> None:
        """Read the paragraphs of a body."""
        at = body.first
        while at < body.last:
            line = self.lines[at]
            if line.blank:
                at += 1
            elif line.indent > body.indent:
                at = self._quotation(at, body)
            else:
                at = self._element(at, body, kind)

    def _element(self, at: int, body: _Body, kind: Kind) -> int:
        """Read what begins at a line; returns the line after it."""
        line = self._at(at)
        if line.startswith(".. ") or line == "..":
            return self._explicit(at, body)
        if after := self._section(at, body, line):
            return after
        if _TABLE.fullmatch(line) or line.startswith(">>> ") or _RULE.fullmatch(line):
            return self._until_blank(at, body.last)
        marker = _BULLET.match(line)
        if marker:
            return self._inner(at, marker.end(), body, "list")
        if field := _FIELD.match(line):
            end = self._end(at, body)
            if self.flow.blocks and self.flow.blocks[-1].kind not in ("title", "heading"):
                self._open(at, field.end(), body, "list")
            return end
        return self._paragraph(at, body, kind)

    def _at(self, at: int) -> str:
        line = self.lines[at]
        return self._text[line.start : line.end]

    def _end(self, at: int, body: _Body) -> int:
        """The line after all that belongs to the element at a line: what is indented further than the body; no blank lines at its end."""
        end = last = at + 1
        while end < body.last and (self.lines[end].blank or self.lines[end].indent > body.indent):
            end += 1
            last = last if self.lines[end - 1].blank else end
        return last

    def _until_blank(self, at: int, last: int) -> int:
        while at < last and not self.lines[at].blank:
            at += 1
        return at

    def _section(self, at: int, body: _Body, line: str) -> int:
        """A section title, with a line below it or two around it; returns the line after it, 0 where there is none."""
        follows = self._at(at + 1) if at + 1 < body.last else ""
        if _RULE.fullmatch(line) and len(line) > 2 and at + 2 < body.last and follows and self._at(at + 2) == line:
            title, style, after = at + 1, line[0] * 2, at + 3
        elif _RULE.fullmatch(follows) and not _RULE.fullmatch(line) and (len(follows) > 3 or len(follows) >= len(line)):
            title, style, after = at, follows[0], at + 2
        else:
            return 0
        if style not in self._levels:
            self._levels.append(style)
        self.flow.push("section", "heading", min(self._levels.index(style) + 1, 6))
        self._write(title, title + 1)
        self.flow.pop("section")
        return after

    def _quotation(self, at: int, body: _Body) -> int:
        """What is indented without more ado: a quotation."""
        end = self._end(at, body)
        if body.depth < DEEPEST:
            self.flow.push("quotation", "quote", inside=("quote",))
            self.body(_Body(at, end, min(line.indent for line in self.lines[at:end] if not line.blank), body.depth + 1), "quote")
            self.flow.pop("quotation")
        return end

    def _open(self, at: int, width: int, body: _Body, kind: Kind, name: str = "") -> None:
        """Read the body that begins behind a marker of `width` columns."""
        end = self._end(at, body)
        line = self.lines[at]
        rest = [other.indent for other in self.lines[at + 1 : end] if not other.blank]
        indent = min(rest, default=line.indent + width)
        start = min(line.start + width, line.end)
        self.lines[at] = _Line(start, line.end, indent)
        if body.depth < DEEPEST:
            self.flow.push(name or kind, kind, inside=(name or kind,) if name or kind in ("list", "quote") else ())
            self.body(_Body(at, end, indent, body.depth + 1), kind)
            self.flow.pop(name or kind)

    def _inner(self, at: int, width: int, body: _Body, kind: Kind) -> int:
        end = self._end(at, body)
        self._open(at, width, body, kind)
        return end

    def _explicit(self, at: int, body: _Body) -> int:
        """A directive, a footnote, a target or a comment."""
        line, end = self._at(at), self._end(at, body)
        found = _DIRECTIVE.match(line)
        name = found[1].lower() if found else ""
        if found and name in _ADMONITIONS | _PLAIN | _QUOTED:
            self._skip_options(at, end)
            self._open(at, found.end(), body, "quote" if name in _QUOTED else "paragraph")
        elif found and name in _TITLED:
            self.flow.push("title", "heading", 3)
            self._write(at, at + 1, found.end())
            self.flow.pop("title")
            self._skip_options(at, end)
            self._open(at, len(line), body, "paragraph")
        elif found and name in ("figure", "image"):
            self._picture(at, end)
            if name == "figure":
                self._open(at, len(line), body, "caption")
        elif not found and (note := _FOOTNOTE.match(line)):
            self._open(at, note.end(), body, "paragraph", "note")
        elif not found and not _TARGET.match(line):
            start = self.lines[at].start
            self.flow.comment(self._text[start + 2 : self.lines[end - 1].end], start, self.lines[end - 1].end)
        return end

    def _skip_options(self, at: int, end: int) -> None:
        """Take the options of a directive away, which stand right below it."""
        number = at + 1
        while number < end and not self.lines[number].blank and _FIELD.match(self._at(number)):
            line = self.lines[number]
            self.lines[number] = _Line(line.end, line.end, line.indent)
            number += 1

    def _picture(self, at: int, end: int) -> None:
        """The alternative text of a picture."""
        number = at + 1
        while number < end and not self.lines[number].blank:
            if found := _ALT.match(self._at(number)):
                alt, start = Writer(), self.lines[number].start + found.start(1)
                alt.add(found[1], start, start + len(found[1]))
                self.flow.picture(alt, "")
                self.flow.flush()
            number += 1
        self._skip_options(at, end)

    def _paragraph(self, at: int, body: _Body, kind: Kind) -> int:
        """A paragraph, or a term with its definition; after `::` what is indented is code."""
        end = at + 1
        while end < body.last and not self.lines[end].blank and self.lines[end].indent <= body.indent:
            end += 1
        if end < body.last and end == at + 1 and not self.lines[end].blank:
            self._write(at, end)
            after = self._end(at, body)
            self.body(_Body(end, after, self.lines[end].indent, body.depth + 1), kind) if body.depth < DEEPEST else None
            return after
        code = self._at(end - 1).endswith("::")
        if not (code and end == at + 1 and self._at(at) == "::"):
            self._write(at, end)
        return self._end(end - 1, body) if code else end

    def _write(self, first: int, last: int, skip: int = 0) -> None:
        """Write lines as one paragraph."""
        self.flow.flush()
        ranges = [(line.start + (skip if not n else 0), line.end) for n, line in enumerate(self.lines[first:last])]
        write(self._text, ranges, self.flow.writer)
        self.flow.flush()


def _lines(text: str) -> Iterator[_Line]:
    for found in _LINE.finditer(text):
        if found.start() == found.end():
            return
        raw = found[0].rstrip()
        body = raw.lstrip(" \t")
        indent = len(raw[: len(raw) - len(body)].expandtabs(8))
        start = found.start() + len(raw) - len(body)
        yield _Line(start, start + len(body), indent)
