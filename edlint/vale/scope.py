"""Scopes as Vale reads them: which blocks, sentences and paragraphs of its reading a rule looks at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from edlint.model.document import Document
from edlint.ruleset.scope import BEYOND, PROSE, parse, words
from edlint.text.ranges import Range

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\n))*")


@dataclass(frozen=True, slots=True)
class Layers:
    """See edlint.model.document.Layers. `wanted` names the parts of plain prose that are judged besides whole blocks: sentence,
    paragraph.
    """

    wanted: frozenset[str]

    def fits(self, selector: str, words: frozenset[str]) -> bool:
        """Whether a selector fits: a negation never fits what is no text, and sentences are blocks of their own."""
        return all(named <= words if positive else "text" in words and not named <= words for positive, named in parse(selector))

    def parts(self, document: Document, scope: tuple[str, ...], passed: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """The sentences and paragraphs of plain prose that some selector fits."""
        for layer in sorted(self.wanted):
            for number, block in enumerate(document.blocks):
                plain = number not in passed and block.kind == "paragraph" and "text" in block.scope
                if plain and any(self.fits(selector, words(block) | {layer}) for selector in scope):
                    yield from ((number, start, end) for start, end in _ranges(document, number, layer))


def _ranges(document: Document, block: int, layer: str) -> Iterable[Range]:
    if layer == "sentence":
        return document.sentences(block)
    return [found.span() for found in _PARAGRAPH.finditer(document.blocks[block].text)]


def wanted(scope: tuple[str, ...]) -> set[str]:
    """The layers that a scope of Vale's asks for: sentence or paragraph, raw, summary; a file's suffix asks for both of these."""
    first = {selector.partition(".")[0] for selector in scope} & {"sentence", "paragraph"}
    parts = {word for selector in scope for positive, words in parse(selector) if positive for word in words}
    return first | (parts & BEYOND or (BEYOND if beyond_prose(scope) else frozenset()))


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
