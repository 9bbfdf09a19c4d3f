"""A draft as Vale reads it, for rules written for Vale: its blocks, scopes and masks, with every place kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edlint.formats import read as read_draft
from edlint.matching.scope import BEYOND, PROSE, parse, words
from edlint.model.document import UNREAD, Block, Comment, Document
from edlint.model.source import Source
from edlint.regexes.budget import budget
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy
from edlint.text.ranges import Range
from edlint.text.span import Span
from edlint.vale.markup import feed
from edlint.vale.settings import VERSIONS, Reading
from edlint.vale.syntax import INLINE_SCOPES
from edlint.vale.walk import Piece, Walker

if TYPE_CHECKING:
    from regex import Match

_PARAGRAPH = lazy(r"\S(?:[^\n]|\n(?!\n))*")
HIDDEN = "\ue000"  # stands for each character of an ignored token; shown as code is
_LINE_END = lazy(r"\r\n?")
_LONE_CR = lazy(r"\r(?!\n)")  # which the parser does not take for the end of a line
_DISPLAY, _DISPLAY_END = lazy(r"^\$\$", re.MULTILINE), lazy(r"(?=\$\$[ \t]*$)", re.MULTILINE)
_BLANKS = lazy(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Layers:
    """See edlint.model.document.Layers. `wanted` names the parts of prose that are judged besides whole blocks: sentence, paragraph.

    With `older` sentences are those of plain paragraphs alone, and every rule for such text reads them.
    """

    wanted: frozenset[str]
    older: bool = False

    def fits(self, selector: str, words: frozenset[str]) -> bool:
        """Whether a selector fits: a negation never fits what is no text, and sentences are blocks of their own."""
        return all(named <= words if positive else "text" in words and not named <= words for positive, named in parse(selector))

    def parts(self, document: Document, scope: tuple[str, ...], passed: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """The sentences of prose, and the paragraphs of plain prose, that some selector fits."""
        for layer in sorted(self.wanted):
            all_prose = layer == "sentence" and not self.older
            selectors = [selector for selector in scope if not all_prose or layer in _asked(selector)]
            for number, block in enumerate(document.blocks if selectors else ()):
                cut = block.kind not in UNREAD if all_prose else block.kind == "paragraph"
                cut = cut and number not in passed and "text" in block.scope
                if cut and any(self.fits(selector, words(block) | {layer}) for selector in selectors):
                    yield from ((number, start, end) for start, end in _ranges(document, number, layer))


def _ranges(document: Document, block: int, layer: str) -> Iterable[Range]:
    if layer == "sentence":
        return document.sentences(block)
    return [found.span() for found in _PARAGRAPH.finditer(document.blocks[block].text)]


def _asked(selector: str) -> frozenset[str]:
    """The words that a selector asks for."""
    return frozenset(word for positive, named in parse(selector) if positive for word in named)


def wanted(scope: tuple[str, ...]) -> set[str]:
    """The layers that a scope of Vale's asks for: sentence or paragraph, raw, summary; a file's suffix asks for both of these."""
    parts = {word for selector in scope for word in _asked(selector)}
    return parts & {"sentence", "paragraph", *INLINE_SCOPES} | (parts & BEYOND or (BEYOND if beyond_prose(scope) else frozenset()))


def beyond_prose(scope: tuple[str, ...]) -> bool:
    """Whether a scope of Vale's may select the source of a draft or its summary. What names no part of it may be a suffix."""
    return any(all(positive and words.isdisjoint(PROSE) for positive, words in parse(selector)) for selector in scope)


def prose(document: Document) -> Document:
    """The document without its source and its summary, which stand last; the whole of it where its suffix is the name of a scope."""
    blocks = document.blocks
    count = next((n for n, block in enumerate(blocks) if not BEYOND.isdisjoint(block.scope)), len(blocks))
    if any(not PROSE.isdisjoint(block.scope) for block in blocks[count:]):
        return document
    return replace(document, blocks=blocks[:count])


def read_vale(source: Source, format: str, reading: Reading, wanted: frozenset[str]) -> Document:
    """Parse a draft. `wanted` names the layers that some rule asks for: sentence, paragraph, raw, summary, and inline elements.

    Raises TimeoutError, which names the pattern, when looking for what is to be passed over takes too long.
    """
    ext = source.path.rpartition("/")[2].rpartition(".")[2].lower() if "." in source.path else ""
    walker = Walker(reading, ext, wanted & INLINE_SCOPES)
    text = source.text
    if format == "plain":
        walker.add(_lines(text), "paragraph", ("text",))
    else:
        if format == "markdown":
            from edlint.vale.markup import read

            text, short = _commented(_LONE_CR.sub("\n", text), reading.comments)
            walker.comments += short
            text = _without_ignored(text, reading)
            read(walker, text)
        elif format == "html":
            feed(walker, text, 0, len(text))
            walker.finish()
        else:
            walker.take(read_draft(source, format))
    blocks = [_unhidden(block) if HIDDEN in block.text else block for block in walker.blocks if not _ignored(block, reading)]
    own: list[tuple[str, list[Piece]]] = []
    if "summary" in wanted and format != "plain":
        own.append(("summary", walker.summary))
    if "raw" in wanted:
        own.append(("raw", _lines(source.text)))
    walker.blocks.clear()
    for scope, pieces in own:
        walker.add(pieces, "paragraph", (scope,))
    blocks += map(_unhidden, walker.blocks)
    older = reading.version != VERSIONS[-1]
    return Document(source, format, tuple(blocks), tuple(walker.comments), layers=Layers(wanted & {"sentence", "paragraph"}, older))


def _lines(text: str) -> list[Piece]:
    """The whole text, every line end as LF."""
    pieces: list[Piece] = []
    at = 0
    for found in _LINE_END.finditer(text):
        pieces += [(text[at : found.start()], at, found.start()), ("\n", *found.span())]
        at = found.end()
    return [*pieces, (text[at:], at, len(text))]


def _commented(text: str, delimiters: tuple[str, ...]) -> tuple[str, list[Comment]]:
    """The text, same length, with what stands between two delimiters as HTML comments; those without room for one, blank."""
    comments: list[Comment] = []
    if not delimiters:
        return text, comments
    opening, closing = delimiters
    first, *parts = text.split(opening)
    made, at = [first], len(first)
    for part in parts:
        inner, found, rest = part.partition(closing)
        width = len(opening) + len(inner) + len(closing)
        said = inner.strip()
        if not found:
            made.append(opening + part)
        elif len(said) + len("<!---->") <= width:
            made.append(f"<!--{said:<{width - 7}}-->{rest}")
        else:
            comments.append(Comment(said, Span(at, at + width)))
            made.append(" " * width + rest)
        at += len(opening) + len(part)
    return "".join(made), comments


def _without_ignored(text: str, reading: Reading) -> str:
    """The text, same length, with ignored blocks blank and ignored tokens hidden. All patterns share one budget."""

    def blank(found: Match[str]) -> str:
        return _blank(found[0])

    def hide(found: Match[str]) -> str:
        return "".join(c if c in "\r\n" else HIDDEN for c in found[0])

    text = _without_display(text)
    with budget(len(text)):
        for pattern, put in (*((p, blank) for p in reading.blocks), *((p, hide) for p in reading.tokens)):
            try:
                text = compiled(pattern).sub(put, text)
            except TimeoutError:
                raise TimeoutError(f"looking for text to pass over ran out of time: {pattern}") from None
    return text


def _blank(passage: str) -> str:
    """A passage, same length, of blanks and its own line ends, the first and the last character being line ends."""
    lines = "".join(c if c in "\r\n" else " " for c in passage)
    return "\n" + lines[1:-1] + "\n" if len(lines) > 1 else lines


def _without_display(text: str) -> str:
    """The text, same length, without formulas: from a line that begins with two dollar signs to the next that ends with them."""
    ends = [found.start() for found in _DISPLAY_END.finditer(text)] if "$$" in text else []
    parts, at = [], 0
    for found in _DISPLAY.finditer(text) if ends else ():
        closing = bisect_left(ends, found.end())
        if found.start() >= at and closing < len(ends):
            parts.append(text[at : found.start()])
            at = _BLANKS.match(text, ends[closing] + 2).end()  # type: ignore[union-attr]
            parts.append(_blank(text[found.start() : at]))
    return "".join([*parts, text[at:]])


def _unhidden(block: Block) -> Block:
    return block._replace(text=block.text.replace(HIDDEN, "*"))


def _ignored(block: Block, reading: Reading) -> bool:
    """Whether a front-matter block is named by the configured scopes to leave out."""
    if block.kind != "front-matter" or not reading.ignored_scopes:
        return False
    return any(set(scope.split(".")) <= set(block.scope) for scope in reading.ignored_scopes)
