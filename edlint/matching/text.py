"""The text of a document as it is searched: joined, plain and folded, all of the same length."""

from __future__ import annotations

from array import array
from functools import cached_property
from itertools import accumulate

from edlint.model.document import Document
from edlint.text.lazy import lazy
from edlint.text.ranges import column

# Literals are compared with the folded text, so both sides fold alike.
_SPACES = "\n\r\t\v\f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201f": '"'}
_WORD_BYTES = bytes(chr(code).isalnum() or chr(code) == "_" for code in range(128)) + bytes(128)
_BEYOND_ASCII = lazy(r"[^\x00-\x7f]")
LONG, _KEPT = 4096, 4  # characters of a range that is worth keeping, and how many are kept


def plain(text: str) -> str:
    """The text, same length, with straight quotes and a space for every kind of white space."""
    if text.isascii() and text.isprintable():
        return text
    for old in _SPACES:
        if old in text:
            text = text.replace(old, " ")
    if not text.isascii():
        for old, new in _QUOTES.items():
            text = text.replace(old, new)
    return text


def fold(plain_text: str) -> str:
    """A plain text in lower case, same length: the few letters whose lower case is longer or compares unlike are mapped first."""
    if not plain_text.isascii():
        plain_text = plain_text.replace("\u0130", "i").replace("\u017f", "s")
    return plain_text.lower()


def word(character: str) -> bool:
    """Whether a character is surely part of a word (a few more are, to the regex)."""
    return character.isalpha() or character.isdecimal() or character == "_"


class Text:
    """The texts of a document's blocks joined, parted by one line feed each; its plain and folded forms have the same length."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._long: dict[tuple[bool, int, int], str] = {}

    @cached_property
    def starts(self) -> array[int]:
        """Where each block's text starts in the joined text, and, last, where one more would start."""
        return column(accumulate((len(block.text) + 1 for block in self._blocks), initial=0))

    def slice(self, plain: bool, start: int, end: int) -> str:
        """A range of the joined text or its plain form. The last few long ones are kept, for they are asked for again and again."""
        if end - start < LONG:
            return (self.plain if plain else self.joined)[start:end]
        found = self._long.get((plain, start, end))
        if found is None:
            if len(self._long) >= _KEPT:
                self._long.pop(next(iter(self._long)))
            found = self._long[plain, start, end] = (self.plain if plain else self.joined)[start:end]
        return found

    @cached_property
    def joined(self) -> str:
        """The text as it stands."""
        return "\n".join(block.text for block in self._blocks)

    @cached_property
    def plain(self) -> str:
        """With straight quotes and a blank for every kind of white space."""
        return plain(self.joined)

    @cached_property
    def folded(self) -> str:
        """The plain text in lower case."""
        return fold(self.plain)

    @cached_property
    def words(self) -> bytearray:
        """For each character of the folded text 1 where it is surely part of a word; at the end, and so before the start, one 0."""
        found = bytearray(self.folded.encode("ascii", "replace").translate(_WORD_BYTES) + b"\0")
        if not self.folded.isascii():
            for beyond in _BEYOND_ASCII.finditer(self.folded):
                found[beyond.start()] = word(beyond[0])
        return found
