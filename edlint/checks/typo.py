"""`typo`: words in small letters that are no English words, and are close to one that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit
from edlint.model.finding import Edit, Fix
from edlint.model.rule import Rule
from edlint.text import wordlist
from edlint.text.lazy import lazy

# A word of three letters or more, by itself: no part of an address, a path, a name in code or a word with an accent.
_WORD = lazy(r"(?<![\w@#/\\.&*_~’'+=:-])[a-z]{3,}(?:-[a-z]{3,})*(?![\w@/\\*_~+=&-])(?!\.\w)(?<!in(?=['’]))(?!['’](?!s?(?!\w)))")
_ANY = lazy(r"\b[a-z]{3,}\b")
_CAPITAL = lazy(r"(?<![^\W\d_])[^\W\d_]*[A-Z][^\W\d_]*")
LONGEST = 30  # letters of a word that may be a slip: what could be meant by a longer one takes the square of its length to find
MANY = 3  # times an unknown word stands in a draft that takes it for a term of its own


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Typo(Check):
    """A word that is in no list, is not formed of such words, and lies one slip away from one that is in a list."""

    keys: ClassVar[Mapping[str, Key]] = {
        "exceptions": Key("texts", (), "patterns of words to accept"),
        "vocab": patterns.VOCAB,
        "accepted": patterns.ACCEPTED,
    }
    rule: Rule
    exceptions: patterns.Exceptions | None

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for an exception that does not compile."""
        return cls(rule, patterns.exceptions(options))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. Every word is read, so nothing is looked for."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        words = [_ANY.findall(block.text) for block in scan.document.blocks]
        known = wordlist.load()
        unknown = {word for word in set().union(*words) if word not in known}
        if not unknown:
            return
        often = Counter(word for listed in words for word in listed if word in unknown)
        names = {name.lower() for block in scan.document.blocks for name in _CAPITAL.findall(block.text)}
        suspects = {word for word in unknown - names if often[word] < MANY and meant(word)}
        for unit in scan.units(self.rule.scope, "block") if suspects else ():
            if not suspects.isdisjoint(words[unit.block]) and not wordlist.is_foreign(scan.document.blocks[unit.block].text):
                yield from self._in_unit(scan, unit, suspects)

    def _in_unit(self, scan: Scan, unit: Unit, suspects: set[str]) -> Iterator[Match]:
        block = scan.document.blocks[unit.block]
        for found in _WORD.finditer(block.text, unit.start, unit.end):
            at = found.start()
            parts = found[0].split("-")
            for word in parts:
                start, end = at, at + len(word)
                at = end + 1
                if word not in suspects or len(word) < min(5, 2 + len(parts)):  # the short part of a compound is rather a prefix
                    continue
                if len(parts) > 1 and "".join(parts) in wordlist.load():  # pre-emptively
                    continue
                if self.exceptions and self.exceptions.silence(block.text, start, end):
                    continue
                better = meant(word)
                span = block.span(start, end)
                fixes = tuple(Fix(f"replace by {other!r}", (Edit(span, other),), "unsafe") for other in better)
                yield Match(span, word, (better[0], word), fixes=fixes)


@lru_cache(maxsize=4096)
def meant(word: str) -> Sequence[str]:
    """Up to three words that an unknown one was probably meant to be; none for a word that is rather new, foreign or formed of others."""
    words = wordlist.load()
    return [] if len(word) > LONGEST or words.is_formed(word) else words.suggestions(word)[:3]
