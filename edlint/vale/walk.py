"""Vale's way from markup to blocks: what an HTML page shows, cut at the end of every element that is not inline.

Every character keeps its place in the source, so that a finding needs no search to be placed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edlint.matching.scope import words
from edlint.model.document import Block, Comment, Document, Kind
from edlint.text.lazy import lazy
from edlint.text.sourcemap import TextBuilder
from edlint.text.span import Span
from edlint.vale.settings import VERSIONS, Reading

Piece = tuple[str, int, int]  # a text and the range of the source it stands for
INLINE = frozenset("a abbr acronym b big br cite code del dfn em i img kbd small span strong sub sup tt".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SCOPES: dict[str, tuple[Kind, tuple[str, ...]]] = {
    "th": ("table", ("table", "header")), "td": ("table", ("table", "cell")), "caption": ("caption", ("table", "caption")),
    "li": ("list", ("list",)), "blockquote": ("quote", ("blockquote",)), "figcaption": ("caption", ("figure", "caption")),
    **{f"h{n}": ("heading", ("heading", f"h{n}")) for n in range(1, 7)},
}  # fmt: skip
_INLINE_SCOPES = {"a": "link", "strong": "strong", "b": "strong", "em": "emphasis", "i": "emphasis", "code": "code", "tt": "code"}
_RUNNING = ("paragraph", "list", "quote")
_HIDING = ("script", "style", "pre", "figure", "noscript", "iframe")
_MASKING = ("tt", "code", "kbd")
_CLASSES = ("problematic", "pre", "code")
_TIGHT, _OPEN = ".?!,:;)]}\u2014\u2013", "([{\u2014\u2013"
_ADDRESS = lazy(r"\b(?:https?|ftp)://[^\s<]*[^\s<?!.,:*_~'\")\]]")
_BLANKS = " \t\n\r\f\v\u00a0"
_PARTING = " \t\n\r"  # blanks that keep apart what is inside an element and what is after it


class _Part(NamedTuple):
    """The text of an inline element that some rule asks for."""

    tag: str
    scope: str
    pieces: list[Piece]


class _Element(NamedTuple):
    tag: str
    hides: bool
    masks: bool
    address: str


class Walker:
    """Takes tags and text in reading order and makes blocks of them. `ext` is the suffix of the file, without its dot.

    The texts of inline elements whose scopes are `wanted` are blocks besides those that hold them.
    """

    def __init__(self, reading: Reading, ext: str, wanted: frozenset[str] = frozenset()) -> None:
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.summary: list[Piece] = []
        self._hiding = frozenset(reading.skipped_scopes if reading.skipped_scopes is not None else _HIDING)
        self._masking = frozenset(reading.ignored_scopes if reading.ignored_scopes is not None else _MASKING)
        self._classes = frozenset((*_CLASSES, *reading.ignored_classes))
        self._ext = (ext,) if ext else ()
        self._wanted = wanted
        self._open: list[_Part] = []
        self._parts: list[_Part] = []
        self._stack: list[_Element] = []
        self._count: dict[str, int] = {}
        self._hidden = self._masked = 0
        self._inline = self._closed = self._spaced = self._off = False
        self._older = reading.version != VERSIONS[-1]
        self._seen: list[str] = []
        self._node: list[Piece] = []
        self._text: list[Piece] = []

    def start(self, tag: str, classes: str = "", address: str = "") -> None:
        """An element begins."""
        self._settle()
        if tag in ("ul", "ol", "table", "blockquote", "pre") if self._older else self._text and tag not in INLINE | VOID:
            self.finish()
        if tag == "pre":
            self.blocks.append(Block("code", "", TextBuilder().build()[1], scope=("pre",)))
        self._inline, self._closed = tag in INLINE, False
        self._seen.append(tag)
        if _INLINE_SCOPES.get(tag) in self._wanted:
            self._open.append(_Part(tag, _INLINE_SCOPES[tag], []))
        if tag in VOID:
            return
        hides = tag in self._hiding or not self._classes.isdisjoint(classes.split())
        element = _Element(tag, hides, tag in self._masking, address)
        self._stack.append(element)
        self._count[tag] = self._count.get(tag, 0) + 1
        self._hidden += hides
        self._masked += element.masks

    def end(self, tag: str) -> None:
        """The innermost element of that name ends, and all that is open inside it."""
        self._settle()
        while self._count.get(tag):
            element = self._stack.pop()
            self._count[element.tag] -= 1
            self._hidden -= element.hides
            self._masked -= element.masks
            if element.tag == tag:
                break
        if tag in INLINE:
            self._closed = not self._older
            if self._open and self._open[-1].tag == tag:
                self._parts.append(self._open.pop())
        else:
            self.finish()

    def text(self, text: str, start: int, end: int) -> None:
        """Some text of the element that is open."""
        if text and not self._hidden and not self._off:
            self._node.append((text, start, end))

    def comment(self, text: str, start: int, end: int) -> None:
        """A comment of the draft; what stands between `vale off` and `vale on` is not read."""
        self._settle()
        if self._older:
            self._inline = True  # what follows is not glued to what is before
        elif not self._inline:
            self._closed = True
        said = text.strip()
        if said in ("vale off", "vale on"):
            self._off = said == "vale off"
        self.comments.append(Comment(said, Span(start, end)))

    def alt(self, pieces: list[Piece]) -> None:
        """The alternative text of an image."""
        if pieces and "alt" not in self._hiding:
            self.add(pieces, "alt", ("text", "attr", "alt"))

    def add(self, pieces: list[Piece], kind: Kind, scope: tuple[str, ...], key: str = "") -> None:
        """A block of its own."""
        built = TextBuilder()
        for piece in pieces:
            built.add(*piece)
        text, map = built.build()
        level = int(scope[-1][1]) if kind == "heading" else 0
        if text.strip():
            self.blocks.append(Block(kind, text, map, level, key=key, scope=(*scope, *self._ext) if kind != "alt" else scope))

    def take(self, document: Document) -> None:
        """The blocks and comments of a document in a format that has no tags, as edlint's reader of that format has them."""
        for block in document.blocks:
            if block.kind != "code":
                self.blocks.append(block._replace(scope=(*sorted(words(block)), *self._ext)))
                pieces = [(block.text[p.start : p.end], *p.source) for p in block.map.pieces(0, len(block.text))]
                if block.kind in _RUNNING:
                    self.summary += [*pieces, ("\n\n", block.whole.end, block.whole.end)]
        self.comments.extend(document.comments)

    def finish(self) -> None:
        """The block being collected ends."""
        self._settle()
        pieces, self._text = trimmed(self._text), []
        seen, self._seen = self._seen, []
        if pieces:
            kind, words = next((_SCOPES[tag] for tag in seen if tag in _SCOPES), ("paragraph", ()))
            self.add(pieces, kind, ("text", *words))
            if kind in _RUNNING:
                self.summary += [*pieces, ("\n\n", pieces[-1][2], pieces[-1][2])]
        parts, self._parts = self._parts, []
        for part in parts:
            self.add(trimmed(part.pieces), "paragraph", (part.scope,))

    def _settle(self) -> None:
        """The text node being collected ends: trim it, mask what is code or a bare address, and part it from what is before it."""
        pieces, self._node = self._node, []
        if not pieces:
            return
        whole = "".join(piece[0] for piece in pieces)
        if self._masked or (self._stack and self._stack[-1].address == whole.strip(_BLANKS)):
            self._append(pieces, masked=True)
        elif "://" not in whole:
            self._append(pieces)
        else:
            for masked, part in _parted(pieces):
                self._append(part, masked=masked)
                if masked:
                    self._inline, self._closed = True, not self._older

    def _append(self, pieces: list[Piece], *, masked: bool = False) -> None:
        """Add a text node, or a part of one, without the blanks at its ends. A masked one is an inline element."""
        spaced = self._spaced or (bool(pieces) and pieces[0][0][0] in _PARTING)
        self._spaced = bool(pieces) and pieces[-1][0][-1] in _PARTING
        pieces = trimmed(pieces)
        if not pieces:
            return
        gap = spaced if self._closed and not masked else (self._inline or masked) and (masked or pieces[0][0][0] not in _TIGHT)
        if gap and self._text and self._text[-1][0][-1] not in _OPEN:
            at = pieces[0][1]
            self._text.append((" ", at, at))
            for part in self._open:
                part.pieces.append((" ", at, at))
        for part in self._open:
            part.pieces.extend(pieces)
        self._text += [("*" * len(text), start, end) for text, start, end in pieces] if masked else pieces
        self._closed = False


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the blanks at either end."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip(_BLANKS):
        first += 1
    while last > first and not pieces[last - 1][0].strip(_BLANKS):
        last -= 1
    kept = pieces[first:last]
    if kept:
        text, start, end = kept[0]
        cut = len(text) - len(text.lstrip(_BLANKS))
        kept[0] = (text[cut:], start + cut if len(text) == end - start else start, end)
        text, start, end = kept[-1]
        cut = len(text) - len(text.rstrip(_BLANKS))
        kept[-1] = (text[: len(text) - cut], start, end - cut if len(text) == end - start else end)
    return kept


def _parted(pieces: list[Piece]) -> Iterator[tuple[bool, list[Piece]]]:
    """Pieces cut at bare addresses, which are masked: (whether it is one, the pieces)."""
    plain: list[Piece] = []
    for text, start, end in pieces:
        at = 0
        for found in _ADDRESS.finditer(text) if len(text) == end - start else ():
            first, last = found.span()
            yield False, [*plain, (text[at:first], start + at, start + first)] if at < first else plain
            yield True, [(found[0], start + first, start + last)]
            plain, at = [], last
        if at < len(text):
            plain.append((text[at:], start + at, end))
    yield False, plain
