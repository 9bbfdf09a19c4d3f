"""Title case and sentence case: the form a heading should have, and whether it has it."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_NUMBER = re.compile(r"\d+\.")
_MARKS = "\u2018\u2019\u201c\u201d\"'([{*"


@dataclass(frozen=True, slots=True)
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
        for entry in self.exceptions:
            if entry.lower() == word.lower():
                return entry
        bare = word.rstrip(".,;:!?)")
        for entry in self.exceptions:
            if entry == bare or compiled(translate(entry)).search(word, timeout=1.0):
                return word
        return ""

    def _indicates(self, word: str, number: int) -> bool:
        return word.endswith(self.indicators) or (number == 0 and bool(_NUMBER.fullmatch(word)))

    def _words(self, text: str) -> list[str]:
        """The words of a text; an exception of several words is one."""
        several = [e for e in self.exceptions if " " in e]
        pattern = _WORD
        if several:
            joined = "|".join(sorted(map(translate, several), key=len, reverse=True))
            pattern = rf"\b(?:{joined})\b|{_WORD}"
        return [found[0] for found in compiled(pattern, bool(several)).finditer(text)]

    def titled(self, text: str, expected: str, exceptions: str) -> bool:
        """Whether a text is in title case; `exceptions` is a pattern of words that are right as they are ("" = none)."""
        words, wanted = self._words(text), self._words(expected)
        right = sum(
            word == (wanted[n] if n < len(wanted) else "") or _holds(exceptions, word) or (word == word.upper() and word != word.lower())
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


def _holds(pattern: str, word: str) -> bool:
    return bool(pattern) and compiled(pattern).search(word, timeout=1.0) is not None


def _noun(word: str) -> bool:
    """Whether "to" before this word is the preposition, judged by the word alone: a determiner, a pronoun or a name follows it."""
    return word[:1].isupper() and word[1:] != "" and word.lower().endswith(("s", "tion", "ment", "ness", "ity", "ism", "er", "or"))
