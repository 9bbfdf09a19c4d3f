"""The nouns of reading: Document, Block, Mark, Comment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, Protocol, get_args

from edlint.model.source import Source
from edlint.text.prose import each_sentence
from edlint.text.quotations import quotations
from edlint.text.ranges import Range, Ranges, RangeTable
from edlint.text.sourcemap import SourceMap
from edlint.text.span import Span

Kind = Literal["title", "heading", "paragraph", "quote", "list", "caption", "table", "alt", "code", "front-matter"]
KINDS: tuple[str, ...] = get_args(Kind)
UNREAD = ("code", "front-matter", "alt")  # kinds that are no running text
MarkKind = Literal["link", "note", "code", "emphasis", "strong", "quote", "cite", "image"]


Fields = Mapping[str, str]  # from the name of a field, as `field_name` gives it, to a kind of block, or "off" for what is no prose


def field_name(name: str) -> str:
    """The name of a field as names are compared: metaTitle, meta-title and meta_title are one."""
    return name.lower().replace("-", "").replace("_", "")


class Mark(NamedTuple):
    """Inline markup: `text[start:end]` of a block (0-based, half-open) is a link, a note reference, code, and so on.

    `target` is the address of a link, the label of a note, else "".
    """

    kind: MarkKind
    start: int
    end: int
    target: str = ""


class Comment(NamedTuple):
    """A comment of the draft that may hold a directive: its inner text and the span of the whole comment."""

    text: str
    span: Span


class Block(NamedTuple):
    """A run of prose of one kind.

    A line feed in `text` ends a line that the author ended; where a paragraph is wrapped to a width, its lines are joined by
    blanks and the whole is one line. Inline code stands as `*`, one for each code point, so that no rule reads it.
    `level` is the depth of a heading (1 to 6), else 0. `within` names the containers outside the block, outermost
    first: `list`, `quote`, `table`, `figure`, `header` (a table's header cell) and, in HTML, `nav`, `aside`, `footer`,
    `form`, and `template` for those of a whole page.
    `key` is the name of a front-matter field. `language` is the tag of the language the block is in where the draft says so or
    where it plainly is another than the draft's, else "". `scope` holds the words by which selectors name a block of a layered
    document, where blocks overlap; it is empty for every other block.
    """

    kind: Kind
    text: str
    map: SourceMap
    level: int = 0
    within: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    key: str = ""
    scope: tuple[str, ...] = ()
    language: str = ""

    def span(self, start: int, end: int) -> Span:
        """The source span of `text[start:end]`."""
        return self.map.span(start, end)

    @property
    def whole(self) -> Span:
        """The source span of the whole text."""
        return self.map.span(0, len(self.text))


class Layers(Protocol):
    """How the scopes of rules are read in a layered document, where blocks, paragraphs and sentences are units beside one another."""

    @property
    def older(self) -> bool:
        """Whether what is missing in a unit is reported at the start of the file, and not of the unit."""

    def fits(self, selector: str, words: frozenset[str]) -> bool:
        """Whether one selector of a scope fits a block with these words."""

    def parts(self, document: Document, scope: tuple[str, ...], passed: Collection[int]) -> Iterable[tuple[int, int, int]]:
        """Further units, within the blocks but those with the numbers `passed`: (block number, start, end in its text)."""


@dataclass(frozen=True)
class Document:
    """A Source parsed into Blocks, in reading order. `format` is the name in the registry; `language` is "" or a tag such as "en-GB".

    `part` says which of several drafts in the Source this is, such as 'post "A title"'; "" where there is but one.

    `layers` is None but in a layered document, which `edlint.linter` has beside its own for rules that read drafts in another way.
    """

    source: Source
    format: str
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()
    language: str = ""
    layers: Layers | None = None
    part: str = ""
    _tagged: dict[tuple[int, Range], list[tuple[Range, str]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def in_paragraphs(self) -> bool:
        """Whether people find a place by its paragraph, because lines tell little: there are fewer of them than half the blocks."""
        return self.source.unit == "paragraph" or (self.format == "html" and 2 * len(self.source.lines) < len(self.blocks))

    @cached_property
    def _starts(self) -> list[tuple[int, int]]:
        return sorted((block.span(0, 0).start, number) for number, block in enumerate(self.blocks))

    def block_at(self, offset: int) -> int:
        """The number of the block that begins last before an offset of the source or at it; -1 before the first."""
        at = bisect_right(self._starts, (offset, len(self.blocks))) - 1
        return self._starts[at][1] if at >= 0 else -1

    def line(self, offset: int) -> int:
        """The number, from 1 on, by which people find an offset of the source: of its line, or of its paragraph (see `in_paragraphs`)."""
        counted = self.in_paragraphs and not self.source.container
        return max(1, self.block_at(offset) + 1) if counted else self.source.lines.position(offset).line

    @cached_property
    def _sentences(self) -> RangeTable:
        return RangeTable(len(self.blocks))

    def sentences(self, block: int) -> Ranges:
        """The sentences of block number `block` (0-based) as half-open ranges of its text; split once, when first asked for."""
        if not self._sentences.has(block):
            self._sentences.add(block, each_sentence(self.blocks[block].text))
        return self._sentences[block]

    def tagged(self, block: int, sentence: Range) -> list[tuple[Range, str]]:
        """The words of one of the block's sentences as ranges of the block's text, each with its Penn tag; done when first asked for."""
        found = self._tagged.get((block, sentence))
        if found is None:
            from edlint.text.tagger import tagged

            start = sentence[0]
            found = [((start + a, start + b), name) for (a, b), name in tagged(self.blocks[block].text[slice(*sentence)])]
            self._tagged[block, sentence] = found
        return found

    @property
    def words(self) -> int:
        """How many words of running text there are."""
        return sum(len(block.text.split()) for block in self.blocks if block.kind not in UNREAD)

    @cached_property
    def first_prose(self) -> int:
        """The number of the first block that reads as running text: twelve words or more and a sentence stop. -1 without any."""
        return next((n for n, block in enumerate(self.blocks) if _runs(block)), -1)

    @cached_property
    def last_prose(self) -> int:
        """The number of the last block that reads as running text. -1 without any."""
        return next((n for n in range(len(self.blocks) - 1, -1, -1) if _runs(self.blocks[n])), -1)

    @cached_property
    def quoted(self) -> RangeTable:
        """For each block the ranges of its text that stand inside quotation marks, marks included."""
        return quotations([b.text for b in self.blocks])


def _runs(block: Block) -> bool:
    end = block.text.rstrip("\"')]\u201d\u2019\u00a0 ")[-1:]
    return end in (".", "!", "?", "\u2026") and block.kind not in UNREAD and len(block.text.split(None, 12)) > 11
