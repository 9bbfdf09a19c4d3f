"""Markdown: CommonMark with tables, footnotes, task lists, alerts and front matter, from the events of pulldown-cmark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from pyromark import Options, events_with_range

from edlint.formats.flow import Flow
from edlint.formats.templates import BOX, GONE, UNUSED_BOX, Flavour, hide
from edlint.formats.writer import Writer
from edlint.model.document import Document, Fields, Kind, MarkKind
from edlint.model.source import Source
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from pyromark.event import Range

_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
    | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
_CONTAINERS: dict[str, tuple[Kind | None, str]] = {
    "BlockQuote": ("quote", "quote"), "List": (None, "list"), "Item": ("list", "list"), "FootnoteDefinition": (None, "note"),
    "CodeBlock": ("code", ""), "Table": (None, "table"), "TableHead": (None, "header"), "TableRow": (None, ""), "TableCell": ("table", ""),
}  # fmt: skip
_MARKS: dict[str, MarkKind] = {"Emphasis": "emphasis", "Strong": "strong"}
_INLINE = frozenset((*_MARKS, "Link", "Image", "Strikethrough"))
_LONE_CR = lazy(r"\r(?!\n)")
_INK = lazy(r"[^\r\n]")
_FRONT = lazy(r"(---|\+\+\+)[ \t]*\r?\n(?:(?!(?:\1|\.\.\.)[ \t\r]*(?:\n|\Z))[^\n]*(?:\n|\Z))*+")
_BLANK_LINE = lazy(r"\n[ \t\r]*(?:\n|\Z)")
_EMBED = lazy(r"<(iframe|video|audio|object|canvas|noscript|script|style|svg|noembed)\b", re.IGNORECASE)


def read(source: Source) -> Document:
    """Parse a Markdown draft; MDX, by its suffix, is Markdown with expressions in braces."""
    return read_with_fields(source, {})


def read_with_fields(source: Source, fields: Fields) -> Document:
    """Parse a Markdown draft; `fields` says what fields of its front matter hold, beside those whose names tell."""
    # The parser overlooks front matter with lone CRs.
    reader = _Reader(_LONE_CR.sub("\n", source.text), mdx=source.path.lower().endswith(".mdx"))
    reader.flow.fields = fields
    reader.run()
    flow = reader.flow
    flow.flush()
    return Document(source, "markdown", tuple(flow.blocks), tuple(sorted(flow.comments, key=lambda c: c.span)), flow.language)


def code_points(text: str, data: bytes) -> Callable[[int], int]:
    """The function from offsets in `data`, the UTF-8 of `text`, to offsets in `text`. An offset must lie between characters."""
    if len(text) == len(data):
        return int
    leads = [found.start() for found in re.finditer(rb"[\xc2-\xf4]", data)]
    extra = [lead - found.start() for lead, found in zip(leads, re.finditer(r"[^\x00-\x7f]", text), strict=True)]
    extra.append(len(data) - len(text))
    return lambda offset: offset - extra[bisect_left(leads, offset)]


class _Reader:
    """Turns parser events into calls on a Flow."""

    def __init__(self, text: str, *, mdx: bool) -> None:
        self.flow = Flow()
        self._source = self._text = text
        self._flavour: Flavour = "mdx" if mdx else "md"
        self._shown: Writer | None = None  # where text goes on after the embed that is open, whose content is not shown
        self._html: list[tuple[int, int]] = []
        self._embedded = ""
        self._blank, self._endless = -1, set[str]()  # where the next blank line is, and the elements not closed before it
        self._images: list[tuple[Writer, str]] = []

    def run(self) -> None:
        """Read the whole text."""
        self._prepare()
        data = self._text.encode("utf-8", "replace")  # a lone surrogate cannot be encoded; every offset stays
        text = data.decode()
        point = code_points(text, data)
        events: Iterable[tuple[Any, Range]] = events_with_range(text, options=_OPTIONS)
        for event, place in events:
            if isinstance(event, str):
                if event == "SoftBreak":
                    self.flow.writer.soft_break(point(place["start"]), point(place["end"]))
                elif event == "HardBreak" and not self.flow.writer.breaking:
                    self.flow.writer.add("\n", point(place["start"]), point(place["end"]))
                continue
            ((name, value),) = event.items()
            if name == "Text":
                self.flow.writer.add(value, point(place["start"]), point(place["end"]))
            elif name == "End":
                self._end(value if isinstance(value, str) else next(iter(value)))
            elif name == "Start":
                tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
                if tag == "MetadataBlock":
                    self._fields(point(place["start"]), point(place["end"]))
                else:
                    self._start(tag, detail, point(place["start"]))
            else:
                self._leaf(name, value, point(place["start"]), point(place["end"]))

    def _prepare(self) -> None:
        """Read front matter in JSON, which the parser does not know, and hide template syntax. Every offset stays."""
        text, front = self._text, 0
        if text.startswith(("{", ";;;", "---")):
            from edlint.formats.frontmatter import read_json

            front = read_json(text, self.flow)
            text = _INK.sub(" ", text[:front]) + text[front:]
        if not front and (fenced := _FRONT.match(text)):
            front = fenced.end()
        self._text, comments = hide(text, self._flavour, front)
        self.flow.comments += comments

    def _leaf(self, name: str, value: str, start: int, end: int) -> None:
        """An event without content of its own."""
        if name == "Code":
            self._code(value, start, end)
        elif name == "FootnoteReference":
            self.flow.writer.point("note", value)
        elif name == "InlineHtml":
            if not self._embed(start, end):
                self._feed([(start, end)], inline=True)
        elif name == "Html":
            self._html.append((start, end))

    def _start(self, tag: str, detail: Any, start: int) -> None:
        """The start of a container or of inline markup."""
        flow = self.flow
        if tag in _MARKS:
            flow.writer.open(tag, _MARKS[tag])
        elif tag == "Link":
            flow.writer.open(tag, "link", detail["dest_url"])
        elif tag == "Image":
            self._images.append((flow.writer, detail["dest_url"]))
            flow.writer = Writer()
        elif tag == "Heading":
            flow.push(tag, "heading", int(detail["level"][1:]))
        elif tag in _CONTAINERS:
            kind, inside = _CONTAINERS[tag]
            if tag in ("List", "Item") and self._source.startswith(("!!!", "???", "==="), start):  # a box, whose text is no list
                kind, inside = None, ""
            flow.push(tag, kind, inside=(inside,) if inside else ())
        elif tag == "Paragraph":
            flow.flush()
            if flow.stack[-1].name == "p":  # an HTML paragraph never holds another
                flow.pop("p")

    def _embed(self, start: int, end: int) -> bool:
        """Whether a tag inside a line begins or ends an embed, or stands in one; what is in it is for browsers that cannot show it."""
        text = self._text
        if self._shown:
            if text.startswith("</", start) and text[start + 2 : end].lower().startswith(self._embedded):
                self.flow.writer, self._shown = self._shown, None
            return True
        found = _EMBED.match(text, start)
        if not found or text.startswith("/>", end - 2) or not self._is_closed(found[1].lower(), end):
            return False
        self._embedded, self._shown, self.flow.writer = found[1].lower(), self.flow.writer, Writer()
        return True

    def _is_closed(self, name: str, at: int) -> bool:
        """Whether an element that is open at `at` is closed before the next blank line; each stretch is searched once a name."""
        if at > self._blank:
            blank = _BLANK_LINE.search(self._text, at)
            self._blank, self._endless = (blank.start() if blank else len(self._text)), set()
        if name not in self._endless and not re.compile(f"</{name}", re.IGNORECASE).search(self._text, at, self._blank):
            self._endless.add(name)
        return name not in self._endless

    def _end(self, tag: str) -> None:
        """The end of a container or of inline markup."""
        flow = self.flow
        if self._shown and tag not in _INLINE:
            flow.writer, self._shown = self._shown, None
        if tag in _MARKS or tag == "Link":
            flow.writer.close(tag)
        elif tag == "Image":
            alt = flow.writer
            flow.writer, target = self._images.pop()
            flow.picture(alt, target)
        elif tag == "HtmlBlock":
            self._feed(self._html)
            self._html = []
        elif tag == "MetadataBlock":
            flow.writer = Writer()  # the fields are read already
        elif tag == "Heading" or tag in _CONTAINERS:
            flow.pop(tag)
        elif tag == "Paragraph":
            flow.flush()

    def _fields(self, start: int, end: int) -> None:
        """Front matter."""
        from edlint.formats.frontmatter import read_fields  # most drafts have none

        read_fields(self._text, start, end, self.flow)

    def _code(self, value: str, start: int, end: int) -> None:
        """A code span: masked, and mapped to what stands between the backticks."""
        raw = self._text[start:end]
        ticks = len(raw) - len(raw.lstrip("`"))
        inner = len(raw) - 2 * ticks
        pad = ticks + (inner == len(value) + 2)
        writer = self.flow.writer
        writer.open("Code", "code")
        writer.add(value, start + pad, end - pad)
        writer.close("Code")

    def _feed(self, lines: list[tuple[int, int]], *, inline: bool = False) -> None:
        """Read the HTML of these ranges as one stretch, since a tag may run over several lines; what stands between is blanked out."""
        from edlint.formats.html import Markup  # most drafts have none

        if not lines:
            return
        parts, start, at = [], lines[0][0], lines[0][0]
        for first, last in lines:
            parts += [" " * (first - at), self._text[first:last]]
            at = last
        text = UNUSED_BOX.sub(GONE * len(BOX), "".join(parts))
        Markup(text, self.flow, start).feed(0, at - start, inline=inline)
