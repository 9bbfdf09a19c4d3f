"""A WordPress export (WXR): every post and page in it is a draft of its own, with its places in the file.

The file is read as text, not as XML: no entity is defined, nothing outside it is fetched, and each place is where it is in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edlint.formats.elements import as_note
from edlint.formats.flow import Flow
from edlint.formats.html import Markup
from edlint.formats.templates import hide
from edlint.model.document import Document
from edlint.model.source import Source
from edlint.text.lazy import lazy

_EXPORT = lazy(r"wordpress\.org/export/1\.\d")
_HEAD = 20_000  # characters in which an export says what it is
_ITEM = lazy(r"<item>|</item>")
_FIELD = lazy(r"<(title|content:encoded|excerpt:encoded|wp:post_type|wp:status)>\s*(?:<!\[CDATA\[)?")
_TYPES, _UNREAD = ("post", "page", ""), ("trash", "auto-draft", "inherit")
_BLANK_LINE = lazy(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")


def is_export(source: Source) -> bool:
    """Whether a draft is such an export, whatever its name."""
    return source.path.lower().endswith((".xml", ".wxr")) and _EXPORT.search(source.text[:_HEAD]) is not None


def read(source: Source) -> Document:
    """All posts of an export as one document, for reports that show the draft; rules run on each by itself."""
    posts = list(read_posts(source))
    blocks = tuple(block for post in posts for block in post.blocks)
    return Document(source, "wxr", blocks, tuple(comment for post in posts for comment in post.comments))


def read_posts(source: Source) -> Iterator[Document]:
    """A document for each post and page that is not in the bin. `part` names it."""
    text, comments = hide(source.text, "html")
    start, at = -1, 0
    for tag in _ITEM.finditer(text):
        if tag[0] == "<item>":
            start = tag.end()
        elif start >= 0:
            document = _post(source, text, start, tag.start())
            inside = []
            while at < len(comments) and comments[at].span.start < tag.start():
                inside += [comments[at]] if comments[at].span.start >= start else []
                at += 1
            if document:
                yield replace(document, comments=tuple(sorted((*document.comments, *inside), key=lambda c: c.span)))
            start = -1


def _post(source: Source, text: str, start: int, end: int) -> Document | None:
    """The document of one item; None where that is no post, or is empty."""
    fields: dict[str, tuple[int, int]] = {}
    at = start
    while found := _FIELD.search(text, at, end):
        stop = text.find(f"</{found[1]}>", found.end(), end)
        if stop < 0:
            return None
        at = stop
        data = text.rfind("]]>", found.end(), stop) if found[0].endswith("[") else -1
        fields.setdefault(found[1], (found.end(), data if data >= 0 else stop))
    said = {name: text[slice(*span)].strip() for name, span in fields.items() if name.startswith("wp:")}
    if said.get("wp:post_type", "") not in _TYPES or said.get("wp:status", "") in _UNREAD:
        return None
    flow = Flow()
    markup = Markup(text, flow)
    for name, kind in (("title", "heading"), ("excerpt:encoded", "front-matter"), ("content:encoded", "paragraph")):
        flow.push(name, kind, int(kind == "heading"))  # type: ignore[arg-type]
        first, last = fields.get(name, (0, 0))
        for blank in (*_BLANK_LINE.finditer(text, first, last), None):  # WordPress makes a paragraph of what stands between blank lines
            markup.feed(first, blank.start() if blank else last)
            flow.flush()
            first = blank.end() if blank else last
        flow.pop(name)
    title = " ".join(source.text[slice(*fields.get("title", (0, 0)))].split())
    part = f"post “{title[:60]}”" if title else "a post without a title"
    return Document(source, "wxr", tuple(map(as_note, flow.blocks)), tuple(flow.comments), part=part) if flow.blocks else None
