"""Scopes: which blocks of a document a rule looks at."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from edlint.model.document import KINDS, Block, Document, Kind
from edlint.text.ranges import column

# Block kind → the words a selector may name it by.
_WORDS: dict[str, tuple[str, ...]] = {
    "title": ("text", "title", "heading"),
    "heading": ("text", "heading"),
    "paragraph": ("text", "paragraph"),
    "quote": ("text", "quote", "blockquote"),
    "list": ("text", "list"),
    "caption": ("text", "caption", "figure"),
    "table": ("text", "table"),
    "alt": ("text", "alt", "attr"),
    "code": ("code",),
    "front-matter": ("text", "front-matter", "frontmatter"),
}
_CUTS = frozenset(("sentence",))
_TEXT = frozenset(("text",))
_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = ("header", "cell", "note", "nav", "aside", "footer", "form", "template")
BEYOND = frozenset({"raw", "summary"})
PROSE = frozenset({"sentence", *_LEVELS, *_CONTAINERS, *KINDS, *chain(*_WORDS.values())})
KNOWN = PROSE | BEYOND


def words(block: Block) -> frozenset[str]:
    """The selector words that fit a block."""
    return frozenset(block.scope) if block.scope else _words(block.kind, block.within, block.level, block.key)


@lru_cache(maxsize=1024)
def _words(kind: Kind, within: tuple[str, ...], level: int, key: str) -> frozenset[str]:
    if kind == "code":  # is no text of the list or the quotation that holds it
        return frozenset(_WORDS[kind])
    found = {*_WORDS[kind], *within}
    if level:
        found.add(f"h{level}")
    if kind == "table":
        found.add("header" if "header" in within else "cell")
    if key:
        found.update(("frontmatter", *({key} - set(KINDS))))  # a field named as a kind of block is not of that kind
    return frozenset(found)


def unknown_word(selector: str) -> str:
    """The first word of a selector that names nothing, or "". Words after a dot may be anything, such as a front-matter key."""
    for part in selector.split("&"):
        word = part.strip().lstrip("~ ").partition(".")[0]
        if word not in KNOWN:
            return word
    return ""


@lru_cache(maxsize=512)
def parse(selector: str) -> tuple[tuple[bool, frozenset[str]], ...]:
    """A selector as (wanted, words) parts that must all hold: `A & B`, `~A`, dotted words in any order."""
    parts = []
    for part in selector.split("&"):
        name = part.strip()
        parts.append((not name.startswith("~"), frozenset(name.lstrip("~ ").split("."))))
    return tuple(parts)


def fits(selector: str, block: frozenset[str]) -> bool:
    """Whether one selector fits a block with these words. `sentence` says how a block is cut, not which."""
    return all(((wanted - _CUTS or _TEXT) <= block) is positive for positive, wanted in parse(selector))


class Sorts:
    """The blocks of a document by the words that selectors may name them by."""

    def __init__(self, document: Document) -> None:
        known: dict[frozenset[str], int] = {}
        self._fit = fits if document.layers is None else document.layers.fits
        self._sorts = column(known.setdefault(words(block), len(known)) if block.text else -1 for block in document.blocks)
        self._words = list(known)

    def fitting(self, scope: tuple[str, ...]) -> frozenset[int]:
        """The sorts of blocks that some selector of `scope` fits."""
        return frozenset(n for n, own in enumerate(self._words) if any(self._fit(selector, own) for selector in scope))

    def blocks(self, sorts: frozenset[int]) -> array[int]:
        """The numbers of the blocks of these sorts, in reading order. Blocks without any letter or mark are left out."""
        return column(number for number, sort in enumerate(self._sorts) if sort in sorts)


def select(scope: tuple[str, ...], document: Document) -> Sequence[int]:
    """The numbers of the blocks that some selector of `scope` fits, in reading order. Blocks without any letter or mark are left out."""
    sorts = Sorts(document)
    return sorts.blocks(sorts.fitting(scope))
