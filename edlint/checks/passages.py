"""What the duplicate check compares: passages of a document, and how far a shorter one recurs in a longer one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, overload

from edlint.checks.base import Unit
from edlint.model.document import Block
from edlint.text.lazy import lazy
from edlint.text.ranges import column

# Signs inside a word that do not count; the combining dot is what lower() makes of a dotted capital I.
_JOINERS = "'’\u0307\u00ad\u200b\u200c\u200d\ufeff"
_WORD = lazy(rf"[^\W_]+(?:[{_JOINERS}]+[^\W_]+)*")
_FOLDED = lazy(r"[^\W_]+")
_DROP = dict.fromkeys(map(ord, _JOINERS))
Place = tuple[int, int, int]  # the number of a block, and where in its text a passage starts and ends
_OPENERS = frozenset(".!?:;…\"'“”‘(«[–—•|")


class Passage(NamedTuple):
    """`text` starts at `start` in the text of block number `block`. It is a whole block, or one line of a block with repeated lines."""

    block: int
    start: int
    text: str


class Likeness(NamedTuple):
    """How far a shorter passage recurs in a longer one.

    `containment` is the share of its three-word sequences, `overlap` the share of its words found close together in the
    longer one. `changes` counts names and numbers where the other has different ones. `start` and `end` bound the
    recurring stretch in the longer one's text (0-based, half-open).
    """

    containment: float
    overlap: float
    changes: int
    start: int
    end: int


def fold(text: str) -> str:
    """`text` as words are compared: lower case, without apostrophes and invisible characters."""
    lowered = text.lower()
    return lowered.replace("'", "") if lowered.isascii() else lowered.translate(_DROP)


def words(text: str) -> list[str]:
    """The words of `text` as they are compared: neither case, punctuation nor apostrophes count."""
    return _FOLDED.findall(fold(text))


def grams(sequence: Sequence[str]) -> list[int]:
    """A number for each run of three words: equal for equal runs, and practically never for others."""
    return list(map(hash, zip(sequence, sequence[1:], sequence[2:], strict=False)))


class Passages(Sequence[Passage]):
    """Passages in columns of numbers, each made when it is asked for."""

    def __init__(self, blocks: Sequence[Block], places: Iterable[Place]) -> None:
        self._texts, self._blocks, self._starts, self._ends = blocks, column(), column(), column()
        for block, start, end in places:
            self._blocks.append(block)
            self._starts.append(start)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        block, start = self._blocks[at], self._starts[at]
        return Passage(block, start, self._texts[block].text[start : self._ends[at]])


def passages(blocks: Sequence[Block], units: Iterable[Unit]) -> Passages:
    """The passages in block units, in reading order: no table rows, and a page's title once, though HTML holds it twice."""
    return Passages(blocks, _places(blocks, units))


def _places(blocks: Sequence[Block], units: Iterable[Unit]) -> Iterator[Place]:
    title = ""
    for number, start, end in units:
        block = blocks[number]
        text = block.text[start:end]
        if block.kind == "title" or block.level == 1:
            folded = " ".join(words(text))
            if title and (folded in title or title in folded):
                continue
            title = title or folded
        if "\n" in text:
            yield from _lines(number, start, text)
        elif not _is_row(text):
            yield number, start, end


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table set in plain text."""
    return text.count("\t") > 1 or text.startswith("|")


def _lines(number: int, start: int, text: str) -> Iterable[Place]:
    """The lines of a block in which a line returns, as a caption set twice does; else the block, whose lines are just wrapped."""
    lines = text.split("\n")
    if len(set(lines)) == len(lines):
        return [(number, start, start + len(text))]
    starts = accumulate((len(line) + 1 for line in lines), initial=start)
    return [(number, at, at + len(line)) for at, line in zip(starts, lines, strict=False) if line.strip() and not _is_row(line)]


class View:
    """The words of one passage with their places, ready to be compared with another's. A word is folded (see `fold`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.grams = grams(self.words)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the text (0-based, half-open)."""
        return [found.span() for found in _WORD.finditer(self.text)]

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """For each gram the numbers of the words it starts at."""
        found: dict[int, list[int]] = {}
        for at, gram in enumerate(self.grams):
            found.setdefault(gram, []).append(at)
        return found

    def facts(self, known: Container[str], first: int = 0, last: int | None = None) -> set[str]:
        """The names and numbers that are not `known` among the words `first` up to, not including, `last`."""
        found = ((at, word) for at, word in enumerate(self.words[first:last], first) if word not in known)
        return {word for at, word in found if self._is_fact(at)}

    def _is_fact(self, at: int) -> bool:
        """Whether a word is a figure, a capitalised word inside a sentence, or a speaker's label."""
        start, end = self.spans[at]
        word = self.text[start:end]
        if any(map(str.isdigit, word)):
            return True
        if not word[0].isupper():
            return False
        before = self.text[max(0, start - 4) : start].rstrip()
        if not before or before[-1] in _OPENERS:
            return self.text.startswith(":", end)
        # After a name "I" is a numeral: Part I.
        return word != "I" or self.text[self.spans[at - 1][0]].isupper()

    def like(self, longer: View, *, whole: bool) -> Likeness:
        """How far this passage recurs in a longer (or equally long) one: in all of it (`whole`), or in a stretch of it."""
        hits = sorted(at for gram in set(self.grams) for at in longer.places.get(gram, ()))
        if not hits:
            return Likeness(0.0, 0.0, 0, 0, 0)
        first, last = _densest(hits, len(self.words) * 3 // 2 + 4)
        shared = set(longer.grams[first : last - 2])
        low, high = (0, len(longer.words)) if whole else (first, last)
        theirs = set(longer.words[low:high])
        changed = self.facts(theirs), longer.facts(set(self.words), low, high)
        return Likeness(
            sum(gram in shared for gram in self.grams) / len(self.grams),
            sum(word in theirs for word in self.words) / len(self.words),
            min(map(len, changed)),
            longer.spans[first][0],
            longer.spans[last - 1][1],
        )


def _densest(hits: Sequence[int], width: int) -> tuple[int, int]:
    """The range of words, at most `width` long, in which most grams of `hits` (rising word numbers) lie; (0, 0) without hits."""
    best, first, found = 0, 0, (0, 0)
    for last, at in enumerate(hits):
        while at + 3 - hits[first] > width:
            first += 1
        if last - first + 1 > best:
            best, found = last - first + 1, (hits[first], at + 3)
    return found
