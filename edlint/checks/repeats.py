"""Which passages repeat which, in time linear in their length: exact copies by their words, the others by an index of word triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Literal, NamedTuple

from edlint.checks.passages import Likeness, Passage, View, grams, words

RepeatKind = Literal["exact", "near", "contained", "alt", "sentence"]

FEWEST = 4  # words of the shortest passage that is compared
FLOOR = 0.4  # the least containment that is looked for
_NEAR = 1.3  # the longer of two near repeats has at most so many times the words of the shorter
_FORMULA = 8  # a triple that stands in so many passages is a formula, and no sign of a copy
_TRIED, _TRIED_PER = 3, 16  # earlier passages looked at closely: a few, and one more for so many triples of a long passage
_SAME = Likeness(1.0, 1.0, 0, 0, 0)


class Repeat(NamedTuple):
    """Passage number `copy` repeats the earlier passage number `first`, wholly or in part; `words` counts what is repeated.

    `whole` is the number of the passage that is repeated entirely: the shorter one of two unlike in length, else `copy`.
    `like` measures it against the other. `copies` is how often the wording of an exact copy stands in the document;
    `adjacent` says that nothing stands between this copy and the one before.
    """

    kind: RepeatKind
    first: int
    copy: int
    whole: int
    words: int
    like: Likeness
    copies: int = 2
    adjacent: bool = False

    @property
    def beside(self) -> bool:
        """Whether nothing, or nothing that counts as a passage, stands between the copies."""
        return self.adjacent or self.copy - self.first == 1


def find_repeats(passages: Sequence[Passage]) -> list[Repeat]:
    """What repeats what, in the order of the copies. Each passage is the whole of one repeat at most, the most telling one."""
    latest: dict[str, int] = {}
    groups: dict[str, list[int]] = {}
    best: dict[int, Repeat] = {}
    index = _Index(passages)
    for number, passage in enumerate(passages):
        folded = words(passage.text)
        if len(folded) < FEWEST:
            continue
        key = " ".join(folded)
        if key in latest:
            groups.setdefault(key, [latest[key]]).append(number)
            continue
        latest[key] = number
        own = set(grams(folded))
        del folded, key  # a passage may be the whole of a long draft
        for new in index.add(number, own):
            rival = best.get(new.whole)
            if rival is None or _weight(new) > _weight(rival):
                best[new.whole] = new
    found = [*best.values(), *(repeat for key, group in groups.items() for repeat in _exact(key, group))]
    return sorted(found, key=lambda repeat: (repeat.copy, repeat.first, repeat.whole))


def find_alts(passages: Sequence[Passage], alts: Collection[int]) -> Iterator[Repeat]:
    """The alternative texts, which are the passages numbered `alts`, that say word for word what a passage to be seen says."""
    unseen: dict[str, list[int]] = {}
    for number in alts:
        unseen.setdefault(" ".join(words(passages[number].text)), []).append(number)
    sizes = [len(key) for key in unseen]
    for number, passage in enumerate(passages):
        # Folding takes signs away and adds none; where it could take more than half, no two texts are worth a comparison.
        if sizes and min(sizes) <= len(passage.text) <= 2 * max(sizes) and number not in alts:
            key = " ".join(words(passage.text))
            for alt in unseen.pop(key, ()):
                yield Repeat("alt", number, alt, alt, key.count(" ") + 1, _SAME)


def _exact(key: str, group: list[int]) -> Iterator[Repeat]:
    """The repeats in one group of passages of the same wording."""
    count = key.count(" ") + 1
    for before, copy in pairwise(group):
        yield Repeat("exact", group[0], copy, copy, count, _SAME, len(group), copy - before == 1)


def _weight(repeat: Repeat) -> tuple[int, bool, float, int]:
    """How telling a repeat is: few changed facts first, then a near repeat, then how much recurs, then the earliest."""
    return (-repeat.like.changes, repeat.kind == "near", repeat.like.containment, -repeat.first)


class _Index:
    """Where each triple of words was seen. A triple maps to one passage, to several, or to none when it is a formula."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._seen: dict[int, int | tuple[int, ...]] = {}
        self._sizes: dict[int, int] = {}
        # Views are made for the few passages that are looked at closely; most never are.
        self._view: Callable[[int], View] = lru_cache(maxsize=256)(lambda number: View(passages[number].text))

    def add(self, number: int, own: set[int]) -> Iterator[Repeat]:
        """Remember a passage by its triples, of which those are taken out that were seen before; what comes back is how it repeats,
        or holds, earlier ones."""
        size = self._sizes[number] = len(own)
        shared = self._seen.keys() & own
        votes: Counter[int] = Counter()
        for gram in shared:
            seen = self._seen[gram]
            if isinstance(seen, int):
                votes[seen] += 1
                self._seen[gram] = (seen, number)
            elif seen:
                votes.update(seen)
                self._seen[gram] = (*seen, number) if len(seen) < _FORMULA else ()
        own -= shared
        self._seen.update(zip(own, repeat(number)))
        return self._compare(number, self._likely(size, votes))

    def _likely(self, size: int, votes: Counter[int]) -> list[int]:
        """The earlier passages that share most with one of `size` triples, most first."""
        shares = [(count / min(size, self._sizes[first]), -first) for first, count in votes.items()]
        likely = sorted((share for share in shares if share[0] >= FLOOR), reverse=True)
        return [-first for _, first in likely[: _TRIED + size // _TRIED_PER]]

    def _compare(self, number: int, likely: Sequence[int]) -> Iterator[Repeat]:
        for first in likely:
            short, long = sorted((number, first), key=lambda n: (len(self._view(n).words), -n))
            view, holder = self._view(short), self._view(long)
            near = len(holder.words) <= _NEAR * len(view.words)
            like = view.like(holder, whole=near)
            yield Repeat("near" if near else "contained", first, number, number if near else short, len(view.words), like)
