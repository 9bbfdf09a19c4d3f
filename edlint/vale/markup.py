"""HTML and Markdown for Vale's rules: tags and text to the walker, as if both were rendered pages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from pyromark import Options, events_with_range

from edlint.formats.html import ATTRIBUTE, TOKEN
from edlint.formats.markdown import code_points
from edlint.text.lazy import lazy
from edlint.vale.frontmatter import front_matter
from edlint.vale.walk import Piece, Walker

_ODD = lazy(r"\r\n?|&#?[0-9a-zA-Z]{1,32};?")
_RAW = frozenset(("script", "style", "textarea", "xmp"))
_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
_TAGS = {
    "Paragraph": "p", "BlockQuote": "blockquote", "List": "ul", "Item": "li", "CodeBlock": "pre", "Emphasis": "em", "Strong": "strong",
    "Strikethrough": "del", "Link": "a", "Table": "table", "TableHead": "thead", "TableRow": "tr", "FootnoteDefinition": "li",
}  # fmt: skip


def feed(walker: Walker, text: str, start: int, end: int, *, plain: bool = True) -> None:
    """Read text[start:end]. Without `plain`, what stands between tags is left to the caller."""
    at = start
    while token := TOKEN.search(text, at, end):
        if plain:
            prose(walker, text, at, token.start())
        at = token.end()
        if token["name"]:
            name = token["name"].lower()
            if token["end"]:
                walker.end(name)
            else:
                _start(walker, text, name, token.span("attributes"))
                if name in _RAW:
                    close = re.compile(rf"</{name}", re.IGNORECASE).search(text, at, end)
                    at = close.start() if close else end
        elif token["comment"] is not None:
            walker.comment(token["comment"], token.start(), at)
    if plain:
        prose(walker, text, at, end)


def _start(walker: Walker, text: str, name: str, span: tuple[int, int]) -> None:
    attributes = ((found, found.lastindex or 0) for found in ATTRIBUTE.finditer(text, *span))
    values = {found[1].lower(): found.span(last) for found, last in attributes if last > 1}
    if name == "img" and "alt" in values:
        walker.alt(pieces(text, *values["alt"]))
    shown = {key: unescape(text[slice(*values[key])]) for key in ("class", "href") if key in values}
    walker.start(name, shown.get("class", ""), shown.get("href", ""))


def prose(walker: Walker, text: str, start: int, end: int) -> None:
    """Hand text to the walker, entities decoded."""
    for piece in pieces(text, start, end):
        walker.text(*piece)


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """text[start:end] with entities decoded and every line end as LF."""
    found: list[Piece] = []
    at = start
    for odd in _ODD.finditer(text, start, end):
        first, last = odd.span()
        if first > at:
            found.append((text[at:first], at, first))
        decoded = "\n" if text[first] == "\r" else "'" if odd[0] == "&rsquo;" else unescape(odd[0])
        found.append((decoded, first, last))
        at = last
    if end > at:
        found.append((text[at:end], at, end))
    return found


def read(walker: Walker, text: str) -> None:
    """Read a whole Markdown text."""
    data = text.encode("utf-8", "replace")
    point = code_points(text, data)
    reader = _Reader(walker, text)
    for event, place in events_with_range(data.decode(), options=_OPTIONS):
        reader.take(event, point(place["start"]), point(place["end"]))
    reader.flush()
    walker.finish()


class _Reader:
    def __init__(self, walker: Walker, text: str) -> None:
        self._walker, self._source = walker, text
        self._html = (0, 0)
        self._head = False
        self._levels: list[str] = []
        self._images: list[list[Piece]] = []
        self._fields = False

    def flush(self) -> None:
        """Read the HTML collected so far."""
        if self._html[0] < self._html[1]:
            feed(self._walker, self._source, *self._html)
        self._html = (0, 0)

    def take(self, event: Any, start: int, end: int) -> None:
        """The next event and its range."""
        name: str
        value: Any
        name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        if name == "Html":
            if start != self._html[1]:
                self.flush()
                self._html = (start, end)
            self._html = (self._html[0], end)
            return
        if self._html[1]:
            self.flush()
        if name in ("Start", "End"):
            tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
            (self._start if name == "Start" else self._end)(tag, detail, start, end)
        elif not self._fields:
            self._leaf(name, value, start, end)

    def _leaf(self, name: str, value: str, start: int, end: int) -> None:
        walker = self._walker
        if name == "Text":
            self._text(value, start, end)
        elif name == "Code":
            raw = self._source[start:end]
            ticks = len(raw) - len(raw.lstrip("`"))
            pad = ticks + (len(raw) - 2 * ticks == len(value) + 2)
            walker.start("code")
            self._text(value, start + pad, end - pad)
            walker.end("code")
        elif name == "InlineHtml":
            feed(walker, self._source, start, end, plain=False)
        elif name == "HardBreak":
            walker.start("br")
        elif name == "SoftBreak":
            self._text("\n", start, end)
        elif name == "Rule":
            walker.start("hr")
        elif name == "FootnoteReference":
            walker.start("sup")
            walker.end("sup")

    def _text(self, text: str, start: int, end: int) -> None:
        if self._source.startswith("&rsquo;", start):
            text = "'"
        if self._images:
            self._images[-1].append((text, start, end))
        else:
            self._walker.text(text, start, end)

    def _start(self, tag: str, detail: Any, start: int, end: int) -> None:
        walker = self._walker
        if tag == "Image":
            self._images.append([])
        elif tag == "Heading":
            self._levels.append(str(detail["level"]).lower())
            walker.start(self._levels[-1])
        elif tag == "TableCell":
            walker.start("th" if self._head else "td")
        elif tag == "MetadataBlock":
            self._fields = True
            front_matter(walker, self._source, start, end)
        elif tag in _TAGS:
            self._head = self._head or tag == "TableHead"
            walker.start(_TAGS[tag], address=detail["dest_url"] if tag == "Link" else "")

    def _end(self, tag: str, detail: object, start: int, end: int) -> None:
        walker = self._walker
        if tag == "Image":
            alt = self._images.pop()
            walker.start("img")
            walker.alt(alt)
        elif tag == "Heading":
            walker.end(self._levels.pop())
        elif tag == "TableCell":
            walker.end("th" if self._head else "td")
        elif tag == "MetadataBlock":
            self._fields = False
        elif tag in _TAGS:
            self._head = self._head and tag != "TableHead"
            walker.end(_TAGS[tag])
