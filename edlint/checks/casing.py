"""Title case and sentence case: the form a heading should have, and whether it has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest

from edlint.checks.dialect import translate
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SMALL = _listed("a an and as at but by en for if in nor of on or per the to vs vs. via v v.")
_CHICAGO = _SMALL | _listed(
    "with from into during including until against among throughout despite towards upon concerning about over through before between"
    " after since without under within along following across beyond around down near above"
)
_TITLE_WORD = lazy(r"[^\W_][^\s/-]*")
_WORD = r"(?:[^\W_]|\*)\S*"
_ONE_WORD = lazy(_WORD)
_INITIAL = lazy(r"(?:\A|(?<=[\x21-\x2f:-@\[-^`{-~]))\w")
_NUMBER = lazy(r"\d+\.")
_LONGEST = 500  # code points of a title
_MARKS = "\u2018\u2019\u201c\u201d\"'([{*"


@dataclass(frozen=True)
class Casing:
    """One way of casing: which small words stay small, words that keep their case, and how many words may be wrong.

    `exceptions` are patterns of a rule, `accepted` those of a vocabulary, which also give the words equal to them their form.
    Raises nothing: a pattern that does not compile was refused before.
    """

    chicago: bool
    exceptions: tuple[str, ...]
    accepted: tuple[str, ...]
    indicators: tuple[str, ...]
    threshold: float

    def title(self, text: str) -> str:
        """The text in title case: a capital for every word but the small ones that are neither first nor last nor after a colon."""
        words = list(_TITLE_WORD.finditer(text))
        small = _CHICAGO if self.chicago else _SMALL
        pieces, at = [], 0
        for number, word in enumerate(words):
            start, found = word.start(), word[0]
            lower = found.lower()
            edge = number in (0, len(words) - 1)
            before = text[start - 1 : start]
            colon = text[max(0, start - 2) : start].rstrip()[-1:] in (":", "-", "\u2014", "\u2013") if before == " " else False
            kept = lower in small and not edge and (before.isspace() or before in ("-", "/")) and not colon
            if kept and lower == "to" and not self.chicago:
                kept = words[number + 1].start() in _nouns(text)
            if kept and text[word.end() : word.end() + 1] == "-" and before != "-":
                kept = False
            pieces += [text[at:start], self._own(found) or (lower if kept else found[:1].upper() + found[1:])]
            at = word.end()
        return "".join([*pieces, text[at:]])

    def titled(self, text: str, exceptions: str, start: int = 0) -> str | None:
        """The title case of a text that is not in it, else None; `exceptions` is a pattern of words right as they are, or "".

        text[:start] keeps its case.
        """
        expected = text[:start] + self.title(text[start:])
        words, wanted = _cut(text, exceptions), _cut(expected, exceptions)
        pairs = zip_longest(words, wanted[: len(words)])  # where what is expected has fewer words, the others are right
        right = sum(want is None or word == want or word == word.upper() or _holds(exceptions, word) for word, want in pairs)
        return None if words and right / len(words) >= self.threshold else expected

    def sentenced(self, text: str, exceptions: str, start: int = 0) -> str | None:
        """The sentence case, its words parted by blanks, of a text that is not in it, else None. See `titled`."""
        words = _cut(text, exceptions)
        expected = text[:start] + " ".join(self._sentence(_find(text[start:], self._words)))
        if not words:
            return expected
        wanted = _cut(expected, exceptions)
        pairs = zip_longest(words, wanted[: len(words)])
        right = [want is None or word == want or _holds(exceptions, word) for word, want in pairs]
        if not right[0] and words[0] != _each_capitalised(words[0]):
            return expected
        return None if sum(right) / len(words) >= self.threshold else expected

    def _sentence(self, words: Sequence[str]) -> list[str]:
        """The words as a sentence has them: an exception's own form, a capital at the start and after an indicator, else lower case."""
        made = list(map(self._forms.__getitem__, words))
        for number in self._capitals(words):
            word = words[number]
            if made[number] == word.lower() and not self._own(word):
                made[number] = word[:1].upper() + word[1:].lower()
        return made

    def _capitals(self, words: Sequence[str]) -> list[int]:
        """The numbers of the words that are due a capital."""
        due = [0] if words else []
        if len(words) > 1 and _NUMBER.search(words[0]):
            due.append(1)
        if self.indicators:
            due += [number for number, word in enumerate(words[:-1], 1) if word.endswith(self.indicators)]
        return due

    def _own(self, word: str) -> str:
        """The form that a word is to keep or to be given, or ""."""
        return self._terms.get(word.lower()) or (word if self._kept and compiled(self._kept).search(word) else "")

    @cached_property
    def _terms(self) -> dict[str, str]:
        """What gives words a form, by lower case. A rule's own exceptions do so only beside a vocabulary."""
        return {entry.lower(): entry for entry in reversed((*self.exceptions, *self.accepted))} if self.accepted else {}

    @cached_property
    def _kept(self) -> str:
        """A pattern for what keeps its case, or ""."""
        return "|".join(f"(?:{translate(entry)})" for entry in (*self.exceptions, *self.accepted))

    @cached_property
    def _words(self) -> str:
        """A pattern for words and for exceptions, which may be of several words; "" for words alone."""
        if self.accepted:
            listed = [f"(?i:{translate(entry)})" for entry in (*self.exceptions, *self.accepted)]
        else:
            listed = [f"(?:{translate(entry)})" for entry in sorted(self.exceptions, key=len, reverse=True)]
        return rf"\b(?:{'|'.join(listed)})\b|{_WORD}" if listed else ""

    @cached_property
    def _forms(self) -> _Forms:
        """The form of each word inside a sentence."""
        return _Forms(lambda word: self._own(word) or word.lower())


class _Forms(dict[str, str]):
    """What a function says of words, each asked about once; as many are remembered as a large draft holds."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form

    def __missing__(self, word: str) -> str:
        if len(self) >= 32_768:
            self.clear()
        self[word] = form = self._form(word)
        return form


def _cut(text: str, exceptions: str) -> list[str]:
    """The words of a text; what the pattern `exceptions` finds ("" = nothing) is one word."""
    return _find(text, f"{exceptions}|{_WORD}" if exceptions else "")


def _find(text: str, words: str) -> list[str]:
    """What a pattern ("" = a word) finds in a text."""
    return [found[0] for found in compiled(words).finditer(text) if found[0]] if words else _ONE_WORD.findall(text)


def _each_capitalised(word: str) -> str:
    """The word in lower case, with a capital after each mark inside it: Real-Time."""
    return _INITIAL.sub(lambda found: found[0].upper(), word.lower())


@lru_cache(maxsize=65536)
def _holds(pattern: str, word: str) -> bool:
    return bool(pattern) and compiled(pattern).search(word) is not None


@lru_cache(maxsize=16)
def _nouns(text: str) -> frozenset[int]:
    """Where the nouns of a title begin: before one, "to" is a preposition. What is too long for a title has none."""
    from edlint.text.tagger import tag, tokens

    ranges = tokens(text) if len(text) <= _LONGEST else []
    tags = tag([text[start:end] for start, end in ranges])
    return frozenset(start for (start, _), name in zip(ranges, tags, strict=True) if name.startswith("NN"))
