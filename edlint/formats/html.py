"""HTML, as found in the wild: a tokenizer that follows the standard's on broken markup, in one pass and with exact offsets."""

from __future__ import annotations

import re
from html import unescape

from edlint.formats.elements import (
    BLOCKS,
    CAPTION,
    CLOSES,
    INSIDE,
    KINDS,
    LANGUAGE,
    MARKS,
    NESTED,
    PAGE,
    RAW,
    TEMPLATE,
    TITLE,
    UNBOLD,
    UNSEEN,
    VOID,
    P,
    as_note,
)
from edlint.formats.flow import Flow
from edlint.formats.templates import hide
from edlint.formats.writer import Writer
from edlint.model.document import Document
from edlint.model.source import Source
from edlint.text.lazy import lazy

_SPACES = " \t\n\r\f"
# In an attribute only a quotation mark after `=` opens a value, so one stray mark does not swallow the page. Every branch ends at
# the end of the text at the latest, which keeps the whole pass linear.
TOKEN = lazy(
    r"""(?s)<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?>[^>=]+|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)(?:>|\Z)"""
    r"|<!--(?:-?>|(?P<comment>.*?)(?:--!?>|\Z))|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)|<[!?/][^>]*(?:>|\Z)"
)
ATTRIBUTE = lazy(r"""([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_ENTITY = r"&#?[0-9a-zA-Z]{1,32};?"
_ODD = lazy(rf"[ \t\n\r\f]{{2,}}|[\t\n\r\f]|{_ENTITY}")
_ODD_CODE = lazy(rf"\r\n?|{_ENTITY}")
_ANCHOR = r"""<a\b[^<>]*?href\s*=\s*["']?#([^"'\s<>]*)[^<>]*>"""
_NOTE = lazy(
    rf"<sup\b[^<>]*>\s*{_ANCHOR}.{{0,200}}?</a>\s*</sup\s*>|{_ANCHOR}\s*<sup\b[^<>]*>[^<]{{0,40}}</sup>\s*</a\s*>",
    re.DOTALL | re.IGNORECASE,
)


def read(source: Source) -> Document:
    """Parse an HTML page or fragment. The page's `<title>` counts only where no `<h1>` does.

    In a whole page, which has an `<html>` or `<body>` tag, what stands in `<nav>`, `<aside>`, `<footer>`, `<form>` or its
    `<header>` is also within `template`.
    """
    flow = Flow()
    text, flow.comments = hide(source.text, "html")
    Markup(text, flow, page=PAGE.search(text) is not None).feed(0, len(text))
    flow.flush()
    blocks = flow.blocks
    if flow.headline is not None:
        blocks = [block for n, block in enumerate(blocks) if block.kind != "title" or n == flow.headline]
    return Document(source, "html", tuple(map(as_note, blocks)), tuple(sorted(flow.comments, key=lambda c: c.span)), flow.language)


class Markup:
    """Reads stretches of HTML in `text` into `flow`. Also reads the HTML inside Markdown. `base` is where `text` starts in the source.

    `page` says that the text is a whole page, with parts that its template fills.
    """

    def __init__(self, text: str, flow: Flow, base: int = 0, *, page: bool = False) -> None:
        self._text, self._flow, self._base, self._page = text, flow, base, page
        self._endless: set[str] = set()  # elements that are not closed any more in the stretch being read

    def feed(self, start: int, end: int, *, inline: bool = False) -> None:
        """Read text[start:end]. `inline` passes over elements that would end the block."""
        text, at = self._text, start
        self._endless.clear()
        last = text.rfind(">", start, end)
        search = TOKEN.search
        while token := search(text, at, end):
            begin = token.start()
            if begin > last and token["name"]:  # never closed: not a tag but a "less than"
                break
            if begin > at:
                self._prose(at, begin)
            at = token.end()
            if name := token["name"]:
                name = name.lower()
                if token["end"]:
                    self._close(name, inline=inline)
                elif name in ("a", "sup") and (note := _NOTE.match(text, begin, end)):
                    self._flow.writer.point("note", note[1] or note[2])
                    at = note.end()
                else:
                    at = self._open(name, token, end, inline=inline)
            elif token["comment"] is not None:
                self._flow.comment(token["comment"], self._base + begin, self._base + at)
            elif token["data"]:
                self._prose(*token.span("data"))
        if at < end:
            self._prose(at, end)

    def _open(self, name: str, token: re.Match[str], end: int, *, inline: bool) -> int:
        """A start tag. Returns where to read on: after it, or after all that it hides."""
        flow, span = self._flow, token.span("attributes")
        if not inline and self._unseen(name, token) and (at := self._hidden(name, token.end(), end)) > token.end():
            return at
        if name in BLOCKS:
            if not inline:
                self._block(name, token["attributes"])
        elif name in MARKS and (kind := MARKS[name]) != flow.stack[-1].kind and not UNBOLD.search(token["attributes"]):
            target = self._values(span, "href").get("href") if name == "a" else (0, 0)
            if target:
                flow.writer.open(name, kind, unescape(self._text[slice(*target)]))
        elif name == "br":
            self._break(token.start(), token.end())
        elif name == "img":
            self._image(span)
        elif (name in RAW or name in NESTED) and not inline:
            return token.end() if token["attributes"].endswith("/") else self._hidden(name, token.end(), end)
        elif name == "html":
            values = self._values(span, "lang", "xml:lang")
            flow.language = self._text[slice(*next(iter(values.values()), (0, 0)))]
        return token.end()

    def _unseen(self, name: str, token: re.Match[str]) -> bool:
        """Whether a start tag says that a browser does not show the element."""
        given = token["attributes"]
        if name in VOID or ("hidden" not in given and "none" not in given) or given.endswith("/"):
            return False
        hidden = "hidden" in given and any(a[1].lower() == "hidden" for a in ATTRIBUTE.finditer(given))
        return hidden or UNSEEN.search(given) is not None

    def _block(self, name: str, attributes: str) -> None:
        """A start tag that ends the block before it and opens a container."""
        flow = self._flow
        flow.flush()
        closes = CLOSES.get(name, P)
        while (top := flow.stack[-1].name) in closes:
            flow.pop(top)
        if name == "hr" or attributes.endswith("/"):
            return
        kind, level, inside = KINDS.get(name, (None, 0, INSIDE.get(name, "")))
        if kind is None and "aption" in attributes and CAPTION.search(attributes):
            kind = "caption"
        elif name == "p" and "itle" in attributes and (named := TITLE.search(attributes)):  # as word processors write one
            kind, level = "heading", 2 if named[1] else 1
        words = (inside,) if inside else ()
        if self._page and name in TEMPLATE and not (name == "header" and flow.inside("article", "main")):
            words = (*words, "template")
        flow.push(name, kind, level, words)
        if "lang" in attributes and (said := LANGUAGE.search(attributes)):
            flow.speak(said[1])

    def _close(self, name: str, *, inline: bool) -> None:
        """An end tag."""
        if name in MARKS:
            self._flow.writer.close(name)
        elif name in BLOCKS and not inline:
            self._flow.pop(name)

    def _break(self, start: int, end: int) -> None:
        """A line break; a second one in a row leaves a blank line, which ends the block."""
        writer = self._flow.writer
        ended = writer.breaking
        writer.rstrip()
        if ended:
            self._flow.flush()
        else:
            self._add("\n", start, end)

    def _image(self, span: tuple[int, int]) -> None:
        """An image: its alternative text is read where it stands."""
        flow = self._flow
        values = self._values(span, "alt", "src")
        outer, flow.writer = flow.writer, Writer()
        if "alt" in values:
            self._prose(*values["alt"])
        alt, flow.writer = flow.writer, outer
        flow.picture(alt, unescape(self._text[slice(*values.get("src", (0, 0)))]))

    def _values(self, span: tuple[int, int], *names: str) -> dict[str, tuple[int, int]]:
        """Where the values of the named attributes stand in the source; the first of a name counts."""
        found: dict[str, tuple[int, int]] = {}
        for attribute in ATTRIBUTE.finditer(self._text, *span):
            if (name := attribute[1].lower()) in names and attribute.lastindex and attribute.lastindex > 1:
                found.setdefault(name, attribute.span(attribute.lastindex))
        return found

    def _hidden(self, name: str, start: int, end: int) -> int:
        """Where the content of an element that holds no prose ends: after its end tag. Without one only a script hides the rest."""
        depth, at = 1, 0
        if name not in self._endless:
            for tag in re.compile(rf"<(/?){name}(?=[\s/>])[^>]*>", re.IGNORECASE).finditer(self._text, start, end):
                if tag[1]:
                    depth, at = depth - 1, tag.end()
                elif name not in RAW and not tag[0].endswith("/>"):
                    depth += 1
                if depth == 0:
                    break
        if not at:
            self._endless.add(name)
        return at or (end if name in ("script", "style") else start)

    def _prose(self, start: int, end: int) -> None:
        """Text: runs of white space become one blank, entities are decoded, each mapped to where it stood."""
        text, writer = self._text, self._flow.writer
        piece = text[start:end]
        if self._flow.stack[-1].kind == "code":
            self._pieces(_ODD_CODE, start, end)
            return
        body = piece.strip(_SPACES)
        left = start + piece.find(body[0]) if body else end
        if left > start and not writer.blank:
            self._add(" ", start, left)
        if not body:
            return
        right = left + len(body)
        if _ODD.search(body):
            self._pieces(_ODD, left, right)
        else:
            self._add(body, left, right)
        if right < end:
            self._add(" ", right, end)

    def _pieces(self, odd: re.Pattern[str], start: int, end: int) -> None:
        """Text with stretches that do not stand for themselves."""
        text, writer, at = self._text, self._flow.writer, start
        for found in odd.finditer(text, start, end):
            first, last = found.span()
            self._add(text[at:first], at, first)
            at = last
            if text[first] == "&":
                decoded = unescape(found.group())
                if decoded.strip(_SPACES) or odd is _ODD_CODE:
                    self._add(decoded, first, last)
                    continue
            if odd is _ODD_CODE:
                self._add("\n", first, last)
            elif not writer.blank:
                self._add(" ", first, last)
        self._add(text[at:end], at, end)

    def _add(self, shown: str, start: int, end: int) -> None:
        """Write what text[start:end] reads as."""
        self._flow.writer.add(shown, self._base + start, self._base + end)
