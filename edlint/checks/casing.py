"""Title case and sentence case: the form a heading should have, and whether it has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from edlint.checks.dialect import translate
from edlint.checks.programs import compiled


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
_NUMBER = re.compile(r"\d+\.")
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
                kept = _noun(words[number + 1][0])
            if kept and text[word.end() : word.end() + 1] == "-" and before != "-":
                kept = False
            pieces += [text[at:start], lower if kept else found[:1].upper() + found[1:]]
            at = word.end()
        return "".join([*pieces, text[at:]])

    def sentence(self, text: str) -> str:
        """The text in sentence case, its words parted by blanks."""
        made: list[str] = []
        before = ""
        for number, word in enumerate(self._words(text)):
            if own := self._own(word):
                made.append(own)
            elif number == 0 or self._indicates(before, number - 1):
                made.append(word[:1].upper() + word[1:].lower())
            else:
                made.append(word.lower())
            before = word
        return " ".join(made)

    def _own(self, word: str) -> str:
        """The form an exception gives a word, or ""."""
        own = self._known.get(word)
        if own is None:
            forms, pattern = self._forms
            own = forms.get(word.lower()) or (word if pattern and compiled(pattern).search(word, timeout=1.0) else "")
            self._known[word] = own
        return own

    @cached_property
    def _forms(self) -> tuple[dict[str, str], str]:
        """The exceptions by their lower case, and one pattern for all."""
        return {entry.lower(): entry for entry in reversed(self.exceptions)}, "|".join(f"(?:{translate(e)})" for e in self.exceptions)

    @cached_property
    def _known(self) -> dict[str, str]:
        """The answers of `_own` so far."""
        return {}

    def _indicates(self, word: str, number: int) -> bool:
        return word.endswith(self.indicators) or (number == 0 and bool(_NUMBER.fullmatch(word)))

    def _words(self, text: str) -> list[str]:
        """The words of a text; an exception of several words is one."""
        pattern, firsts = _several(self.exceptions)
        if not pattern or (firsts and firsts.isdisjoint(re.findall(r"\w+", text.lower()))):
            return _ONE_WORD.findall(text)
        return [found[0] for found in compiled(pattern, True).finditer(text, timeout=2.0)]

    def titled(self, text: str, expected: str, exceptions: str) -> bool:
        """Whether a text is in title case; `exceptions` is a pattern of words that are right as they are ("" = none)."""
        words, wanted = self._words(text), self._words(expected)
        right = sum(
            word == (wanted[n] if n < len(wanted) else "") or (word == word.upper() and word != word.lower()) or _holds(exceptions, word)
            for n, word in enumerate(words)
        )
        return bool(words) and right / len(words) >= self.threshold

    def sentenced(self, text: str, expected: str, exceptions: str) -> bool:
        """Whether a text is in sentence case."""
        words, wanted = self._words(text), self._words(expected)
        right = 0
        for number, word in enumerate(words):
            fits = word == (wanted[number] if number < len(wanted) else "") or _holds(exceptions, word)
            if number == 0 and not fits and not (word[:1].isupper() and word[1:] == word[1:].lower()):
                return False
            right += fits
        return bool(words) and right / len(words) >= self.threshold


@lru_cache(maxsize=64)
def _several(exceptions: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """A pattern for words and exceptions of several words ("" without such), and the words with which the exceptions begin.

    No such words where some exception is a pattern.
    """
    several = sorted((e for e in exceptions if " " in e), key=len, reverse=True)
    if not several:
        return "", frozenset()
    firsts = {found[0].lower() if (found := re.match(r"\w+", e)) and not _SPECIAL.search(e) else "" for e in several}
    return rf"\b(?:{'|'.join(map(translate, several))})\b|{_WORD}", frozenset() if "" in firsts else frozenset(firsts)


@lru_cache(maxsize=65536)
def _holds(pattern: str, word: str) -> bool:
    return bool(pattern) and compiled(pattern).search(word, timeout=1.0) is not None


def _noun(word: str) -> bool:
    """Whether "to" before this word is the preposition, judged by the word alone: a determiner, a pronoun or a name follows it."""
    return word[:1].isupper() and word[1:] != "" and word.lower().endswith(("s", "tion", "ment", "ness", "ity", "ism", "er", "or"))
