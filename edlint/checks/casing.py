"""Title case and sentence case: the form a heading should have, and whether it has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from operator import eq

from edlint.checks.dialect import translate
from edlint.regexes.programs import compiled


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SMALL = _listed("a an and as at but by en for if in nor of on or per the to vs vs. via v v.")
_CHICAGO = _SMALL | _listed(
    "with from into during including until against among throughout despite towards upon concerning about over through before between"
    " after since without under within along following across beyond around down near above"
)
_TITLE_WORD = re.compile(r"[^\W_][^\s/-]*")
_WORD = r"(?:[^\W_]|\*)\S*"
_ONE_WORD = re.compile(_WORD)
_SPECIAL = re.compile(r"[\\()\[\]{}|*+?^$]")
_LETTERS = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+\.")
_LONGEST = 500  # code points of a title
_MARKS = "\u2018\u2019\u201c\u201d\"'([{*"


@dataclass(frozen=True)
class Casing:
    """One way of casing: which small words stay small, words with a form of their own, and how many words may be wrong.

    `exceptions` are patterns. Raises nothing: an exception that does not compile was refused before.
    """

    chicago: bool
    exceptions: tuple[str, ...]
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
            pieces += [text[at:start], lower if kept else found[:1].upper() + found[1:]]
            at = word.end()
        return "".join([*pieces, text[at:]])

    def titled(self, text: str, exceptions: str) -> str | None:
        """The title case of a text that is not in it, else None; `exceptions` is a pattern of words right as they are, or ""."""
        expected = self.title(text)
        several = self._several_in(text)
        words, wanted = _cut(text, several), _cut(expected, several)
        right = sum(
            word == want or (word == word.upper() and word != word.lower()) or _holds(exceptions, word)
            for word, want in zip_longest(words, wanted[: len(words)], fillvalue="")
        )
        return None if words and right / len(words) >= self.threshold else expected

    def sentenced(self, text: str, exceptions: str) -> str | None:
        """The sentence case, its words parted by blanks, of a text that is not in it, else None."""
        several = self._several_in(text)
        words = _cut(text, several)
        made = self._sentence(words)
        expected = " ".join(made)
        wanted = _cut(expected, several) if several else made
        if not words:
            return expected
        first = words[0]
        if first != wanted[0] and not _holds(exceptions, first) and not (first[:1].isupper() and first[1:] == first[1:].lower()):
            return expected
        right = sum(map(eq, words, wanted))
        if right < len(words) * self.threshold and exceptions:
            pairs = zip_longest(words, wanted[: len(words)], fillvalue="")
            right = sum(word == want or _holds(exceptions, word) for word, want in pairs)
        return None if right / len(words) >= self.threshold else expected

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
        if len(words) > 1 and _NUMBER.fullmatch(words[0]):
            due.append(1)
        if self.indicators:
            due += [number for number, word in enumerate(words[:-1], 1) if word.endswith(self.indicators)]
        return due

    def _own(self, word: str) -> str:
        """The form an exception gives a word, or ""."""
        listed, pattern = self._listed
        return listed.get(word.lower()) or (word if pattern and compiled(pattern).search(word) else "")

    @cached_property
    def _listed(self) -> tuple[dict[str, str], str]:
        """The exceptions by their lower case, and one pattern for all."""
        return {entry.lower(): entry for entry in reversed(self.exceptions)}, "|".join(f"(?:{translate(e)})" for e in self.exceptions)

    @cached_property
    def _forms(self) -> _Forms:
        """The form of each word inside a sentence."""
        return _Forms(lambda word: self._own(word) or word.lower())

    def _several_in(self, text: str) -> str:
        """A pattern for words and exceptions of several words, where one of these may stand in the text, else ""."""
        pattern, phrases = _several(self.exceptions)
        if phrases:
            folded = text.casefold()
            if phrases.keys().isdisjoint(_LETTERS.findall(folded)) or not any(p in folded for group in phrases.values() for p in group):
                return ""
        return pattern


class _Forms(dict[str, str]):
    """What a function says of words, each asked about once; as many are remembered as a large draft holds."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form

    def __missing__(self, word: str) -> str:
        if len(self) >= 32_768:
            self.clear()
        self[word] = form = self._form(word)
        return form


def _cut(text: str, several: str) -> list[str]:
    """The words of a text; what the pattern `several` finds ("" = nothing) is one word."""
    return [found[0] for found in compiled(several, True).finditer(text)] if several else _ONE_WORD.findall(text)


@lru_cache(maxsize=64)
def _several(exceptions: tuple[str, ...]) -> tuple[str, dict[str, list[str]]]:
    """A pattern for words and exceptions of several words ("" without such), and these, folded, by their first word.

    None of them where one is a pattern.
    """
    several = sorted((e for e in exceptions if " " in e), key=len, reverse=True)
    if not several:
        return "", {}
    phrases: dict[str, list[str]] = {}
    for entry in several:
        first = _LETTERS.search(entry.casefold())
        if first is None or _SPECIAL.search(entry):
            phrases = {}
            break
        phrases.setdefault(first[0], []).append(entry.casefold())
    return rf"\b(?:{'|'.join(map(translate, several))})\b|{_WORD}", phrases


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
