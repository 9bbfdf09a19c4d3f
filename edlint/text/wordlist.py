"""English words, and what a word that is none of them was probably meant to be.

The list is package data, read at the first call; `python -m tests.accuracy.make_words` makes it. American, British, Canadian and
Australian spellings are all in it.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from string import ascii_lowercase

from edlint.text.lazy import lazy

WORDS = Path(__file__).with_name("data") / "words.bin"
COMMON, RARE = 20_000, 1 << 20  # words up to this rank; the rank of all others
# The cost of a suggestion, by the letters of the word, from which on it is rather a word that the list lacks. Most of these are short.
FARTHEST = {3: 1.4, 4: 2.4, 5: 3.1}
FARTHEST_LONG = 4.1
_PREFIXES = tuple(
    "anti auto bio co counter cyber de dis down eco geo hyper inter macro mega meta micro mid mini mis multi nano neuro non out over post "
    "pre pro proto pseudo psycho re retro semi socio sub super tele trans ultra un under up".split()
)
# An ending, and what stands in its place in the word it was put to.
_SUFFIXES = tuple(
    (suffix, stem)
    for suffix, stems in (
        ("s", ("", "e")), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")), ("er", ("", "e")), ("ers", ("", "e")),
        ("able", ("", "e")), ("ability", ("able",)), ("ness", ("",)), ("less", ("",)), ("like", ("",)), ("wise", ("",)), ("ish", ("",)),
        ("ly", ("",)), ("ship", ("",)), ("ize", ("",)), ("ise", ("",)), ("ized", ("",)), ("ised", ("",)), ("ization", ("", "ize")),
        ("isation", ("", "ise")),
    )
    for stem in stems
)  # fmt: skip
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLAIN = lazy(r"\b[a-z]{3,}\b")
_VOWELS = frozenset("aeiouy")


def _neighbours() -> frozenset[str]:
    """Pairs of letters whose keys touch."""
    place = {letter: (row, at + row / 2) for row, letters in enumerate(_ROWS) for at, letter in enumerate(letters)}
    return frozenset(a + b for a, (r, x) in place.items() for b, (s, y) in place.items() if a != b and abs(r - s) < 2 and abs(x - y) < 1.2)


_TOUCH = _neighbours()


class WordList:
    """Words in small letters, the most frequent first."""

    def __init__(self, hashes: bytes, packed: bytes) -> None:
        """`hashes` are the sorted CRC-32 of the words, four bytes each, little-endian; `packed` the deflated words with blanks between."""
        self._hashes = array("I", hashes)
        if sys.byteorder == "big":
            self._hashes.byteswap()
        self._packed = packed

    @cached_property
    def _text(self) -> bytes:
        return b" %b " % zlib.decompress(self._packed)

    def rank(self, word: str) -> int:
        """About how many words are more frequent; RARE for one that is not in the list or too rare to be suggested."""
        at = self._text.find(b" %b " % word.encode()) if word in self else -1
        return RARE if at < 0 else at // 10  # a word and its blank take ten letters

    def __contains__(self, word: str) -> bool:
        code = zlib.crc32(word.encode())
        at = bisect_left(self._hashes, code)
        return at < len(self._hashes) and self._hashes[at] == code

    def is_formed(self, word: str) -> bool:
        """Whether a word that is not in the list is put together of words that are: a compound, or one with a prefix or an ending."""
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) > 3 and self.rank(word[len(prefix) :]) < RARE:
                return True
        for suffix, stem in _SUFFIXES:
            root = word[: -len(suffix)] + stem
            if word.endswith(suffix) and len(root) > 3 and self.rank(root) < (COMMON if len(root) < 6 else RARE):
                return True
        return any(self.rank(word[:at]) < COMMON and self.rank(word[at:]) < COMMON for at in range(4, len(word) - 3))

    def suggestions(self, word: str) -> list[str]:
        """Words that differ from `word` by one slip of the hand or ear, or by two small ones; the likeliest first."""
        found: dict[str, float] = {}
        for other, slip in _edits(word):
            if other in self and len(other) > 2:
                found[other] = min(slip, found.get(other, slip))
        if not found and len(word) > 6:
            for between, slip in _edits(word, small=True):
                for other, more in _edits(between, small=True):
                    if other in self:
                        found[other] = min(slip + more, found.get(other, 9.0))
        cost = {other: slip + _rarity(self.rank(other)) for other, slip in found.items()}
        farthest = FARTHEST.get(len(word), FARTHEST_LONG)
        return sorted((other for other in cost if cost[other] < farthest), key=lambda other: (cost[other], other))


def _rarity(rank: int) -> float:
    """What the rank of a word adds to the cost of a slip: nothing for the most frequent, about 3 for the rarest."""
    return 0.3 * max(0, (rank >> 7).bit_length())


def _edits(word: str, *, small: bool = False) -> Iterator[tuple[str, float]]:
    """Every word one slip away, with what the slip costs; with `small` only doubled and swapped letters and exchanged vowels."""
    for at, letter in enumerate(word):
        head, tail = word[:at], word[at + 1 :]
        after = tail[:1]
        yield head + letter + word[at:], 0.6  # a letter that should be doubled
        if letter == after:
            yield head + tail, 0.6
        elif after:
            yield head + after + letter + tail[1:], 0.7
        if letter in _VOWELS:
            yield from ((head + other + tail, 0.9) for other in _VOWELS if other != letter)
    if not small:
        yield from _wide(word)


def _wide(word: str) -> Iterator[tuple[str, float]]:
    """A letter too many, a wrong one, one too few. The first letter is seldom wrong."""
    for at in range(len(word) + 1):
        head, letter, tail = word[:at], word[at : at + 1], word[at + 1 :]
        first = 0.6 * (at == 0)
        around = {head[-1:], tail[:1]}
        if letter:
            yield head + tail, first + (0.8 if any(letter + near in _TOUCH for near in around) else 1.1)
            others = ascii_lowercase.replace(letter, "")
            yield from ((head + other + tail, first + (0.8 if other + letter in _TOUCH else 1.5)) for other in others)
        yield from ((head + other + letter + tail, first + 0.8) for other in ascii_lowercase)


def pack(words: Iterable[str], accepted: Iterable[str] = ()) -> bytes:
    """The file of a list: the number of hashes in four bytes, the hashes, the words, the most frequent first.

    `accepted` are further words, too rare to be suggested.
    """
    listed = list(dict.fromkeys(words))
    hashes = sorted({zlib.crc32(word.encode()) for word in (*listed, *accepted)})
    body = b"".join(code.to_bytes(4, "little") for code in hashes)
    return len(hashes).to_bytes(4, "little") + body + zlib.compress(" ".join(listed).encode("ascii"), 9)


def is_foreign(text: str) -> bool:
    """Whether half of the words of a text, and two or more, are not in the list: it is in another language, or no prose at all."""
    words = _PLAIN.findall(text)
    strange = sum(word not in load() for word in words)
    return 2 * strange >= len(words) and strange > (1 if not text.isascii() else 2)


@lru_cache(maxsize=1)
def load() -> WordList:
    """The shipped list, read once."""
    packed = WORDS.read_bytes()
    end = 4 + 4 * int.from_bytes(packed[:4], "little")
    return WordList(packed[4:end], packed[end:])
