"""Parts of speech: words cut in the manner of the Penn Treebank, and an averaged perceptron that tags them.

The weights are package data, read at the first call; `python -m tests.accuracy.train_tagger` makes them.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from edlint.text.lazy import lazy
from edlint.text.tagger_features import Lexicon, context, history

Range = tuple[int, int]
Row = tuple[tuple[str, int], ...]
WEIGHTS = Path(__file__).with_name("data") / "tagger.bin"
hashed = zlib.crc32  # of a feature's UTF-8: the number that stands for it in the file of weights
ZERO, LIMIT = 128, 127  # a weight is stored in one byte, as ZERO + weight
RECENT = 2_000  # sentences whose tags are remembered, some 3 KB each

_CLITIC = r"['’](?:s|re|ve|ll|d|m)\b"
_TOKEN = lazy(
    r"\w+://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’]|www\.[\w.-]+\w|\w+(?:[.+-]\w+){0,5}@\w+(?:[.-]\w+){1,5}"  # addresses
    rf"|\w+?(?=n['’]t\b)|n['’]t\b|(?<=\w){_CLITIC}|\bcan(?=not\b)|\b(?:gon|wan)(?=na\b)|\bgot(?=ta\b)"  # halves of contractions
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]{1,6}\.(?=\s+\w)"  # abbreviations: the stop of a sentence never stands before a word
    rf"|\d+(?:[.,:/]\d+)*\w*(?:[-‐‑]\w+)*|\w+(?:(?!{_CLITIC})[-‐‑'’.&]\w+)*"
    r"|\.{2,}|-{2,}|([*=_~#!?`+|<>])\1+|''|\S",
    re.IGNORECASE,
)


def tokens(text: str) -> list[Range]:
    """The words and marks of one sentence as half-open ranges of `text`; together they hold all but the white space.

    Contractions are two words (do|n't, she|'ll, Ann|'s, can|not), hyphenated words one; a stop belongs to its abbreviation.
    """
    return [found.span() for found in _TOKEN.finditer(text)]


_ARTICLES, _FINITE = ("a", "an"), ("VB", "VBP")  # no verb in its base form stands right after an indefinite article: a meet, a build


def tag(words: Sequence[str]) -> list[str]:
    """The Penn tag of each word of one sentence, the words being what `tokens` cuts."""
    model = load()
    looks = model.lexicon.looks(words)
    tags: list[str] = []
    last, before = "<", "<<"
    for at in range(len(words)):
        choice = looks[at + 2].choice
        if looks[at + 1].low in _ARTICLES:
            choice = tuple(name for name in choice if name not in _FINITE) or choice
        best = choice[0] if len(choice) == 1 else model.best(choice, (*context(looks, at), *history(looks, at, last, before)))
        tags.append(best)
        last, before = best, last
    return tags


@lru_cache(maxsize=RECENT)
def tagged(sentence: str) -> tuple[tuple[Range, str], ...]:
    """The words of one sentence as ranges of it, each with its Penn tag.

    The last sentences are remembered: a draft that is checked again while somebody writes it holds most of those it held before.
    """
    ranges = tokens(sentence)
    return tuple(zip(ranges, tag([sentence[start:end] for start, end in ranges]), strict=True))


class Model:
    """The lexicon, and the weights of features by tag. A row of weights stays packed until it is first needed."""

    def __init__(self, lexicon: Lexicon, hashes: Sequence[int], ends: Sequence[int], pairs: bytes) -> None:
        """The row of the feature hashes[n] is pairs[ends[n] : ends[n + 1]]."""
        self.lexicon, self._ends, self._pairs = lexicon, ends, pairs
        self._numbers = dict(zip(hashes, range(len(hashes)), strict=True))
        self._rows: dict[int, Row] = {}

    def best(self, choice: Sequence[str], features: Sequence[str]) -> str:
        """The tag of `choice` with the highest sum of weights, the first of equals."""
        scores = dict.fromkeys(choice, 0)
        rows, numbers = self._rows, self._numbers
        for feature in features:
            code = hashed(feature.encode())
            row = rows.get(code)
            if row is None:
                if code not in numbers:
                    continue
                row = rows[code] = self._row(numbers[code])
            for name, weight in row:
                if name in scores:
                    scores[name] += weight
        return max(choice, key=scores.__getitem__)

    def _row(self, number: int) -> Row:
        packed = self._pairs[self._ends[number] : self._ends[number + 1]]
        return tuple((self.lexicon.tags[tag], weight - ZERO) for tag, weight in zip(packed[::2], packed[1::2], strict=True))


def pack(lexicon: Lexicon, weights: Mapping[str, Mapping[str, int]]) -> bytes:
    """A file of weights, each between -LIMIT and LIMIT.

    It has four parts, the length of each before it: the tags, the words of the lexicon, their classes, the words that
    have a family and their tags (deflated text, lists parted by blank lines); the sorted hashes of the features; how many
    bytes of pairs each has, in one byte; the pairs, a byte for the number of the tag and one for the weight (deflated). Lengths
    and hashes are of four bytes, little-endian. Of two features with one hash the first in the alphabet is kept.
    """
    number = {name: at for at, name in enumerate(lexicon.tags)}
    kinds, family = sorted(lexicon.kinds), sorted(lexicon.family)
    lists = [lexicon.tags, kinds, [lexicon.kinds[w] for w in kinds], family, [lexicon.family[w] for w in family]]
    rows = {hashed(feature.encode()): weights[feature] for feature in sorted(weights, reverse=True)}
    hashes = sorted(rows)
    pairs = bytes(byte for code in hashes for name, weight in sorted(rows[code].items()) for byte in (number[name], weight + ZERO))
    text = "\n\n".join(map("\n".join, lists)).encode()
    parts = [zlib.compress(text, 9), _bytes(hashes), bytes(2 * len(rows[code]) for code in hashes), zlib.compress(pairs, 9)]
    return b"".join(len(part).to_bytes(4, "little") + part for part in parts)


def _bytes(numbers: Sequence[int]) -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in numbers)


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model, read once."""
    return unpack(WEIGHTS.read_bytes())


def unpack(packed: bytes) -> Model:
    """The model in a file of weights."""
    parts, at = [], 0
    while at < len(packed):
        end = at + 4 + int.from_bytes(packed[at : at + 4], "little")
        parts.append(packed[at + 4 : end])
        at = end
    tags, kinds, classes, family, common = (part.split("\n") for part in zlib.decompress(parts[0]).decode().split("\n\n"))
    lexicon = Lexicon(tags, dict(zip(kinds, classes, strict=True)), dict(zip(family, common, strict=True)))
    hashes = array("I", parts[1])
    if sys.byteorder == "big":
        hashes.byteswap()
    return Model(lexicon, hashes, array("I", accumulate(parts[2], initial=0)), zlib.decompress(parts[3]))
