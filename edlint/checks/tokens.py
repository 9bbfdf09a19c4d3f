"""The entries of `tokens:` in a `sequence` rule: what a word must be to stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from edlint.checks import patterns
from edlint.checks.base import Key, Options, Term
from edlint.checks.tags import check_tags, universal
from edlint.errors import did_you_mean
from edlint.regexes.programs import compiled
from edlint.regexes.syntax import PatternError

FARTHEST = 100  # words that one token may skip
TOKEN_KEYS: dict[str, Key] = {
    "pattern": Key("text", "", "a regex to be found in the word"),
    "tag": Key("text", "", "a regex to be found in the word's Penn tag, such as NN or ^VB[DN]$"),
    "upos": Key("text", "", "a universal part of speech instead of a tag, such as NOUN or PRON|PROPN"),
    "min": Key("int", 1, "how many words in a row, each with its own `skip`, the token stands for"),
    "skip": Key("int", 0, f"up to so many other words may stand between this word and the rest of the sequence; at most {FARTHEST}"),
    "negate": Key("bool", False, "the word fits when neither pattern nor tag is found"),
}


class Word(NamedTuple):
    """A word of a sentence: its range in the block's text, its text with straight quotes, its Penn tag."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Token:
    """One entry of `tokens:`; pattern and tag are None where any will do."""

    pattern: Term | None
    tag: Term | None
    skip: int
    negate: bool
    among: frozenset[str] = frozenset()  # in lower case: what the word must be, where tags alone do not tell

    def fits(self, word: Word, whole: bool) -> bool:
        """Whether a word can stand here. `whole`: the pattern must be the whole of it, and is not looked for in it."""
        if _holds(self.tag, word.tag) not in (None, not self.negate):
            return False
        if self.among and (word.text.lower() in self.among) is self.negate:
            return False
        return _holds(self.pattern, word.text, whole) in (None, not self.negate)


def _holds(term: Term | None, text: str, whole: bool = False) -> bool | None:
    """Whether a term is found in a text, or is the whole of it; None without a term."""
    if term is None:
        return None
    return compiled(_whole(term.pattern) if whole else term.pattern, term.ignorecase).search(text) is not None


@lru_cache(maxsize=512)
def _whole(pattern: str) -> str:
    return rf"(?m)\A(?:{pattern.removeprefix('(?m)')})\Z"


def read_token(options: Options, key: str, entry: object) -> Token:
    """The token that an entry describes. Raises RuleError, placed at what is wrong in it."""
    if not isinstance(entry, Mapping):
        raise options.error(key, "a token is a mapping such as {pattern: up, tag: RP}")
    given = {str(name).lower(): value for name, value in entry.items()}
    for name in given:
        if name not in TOKEN_KEYS:
            raise options.error(f"{key}.{name}", f"unknown key {name!r} in a token", did_you_mean(name, TOKEN_KEYS))
    value = {name: given.get(name, spec.default) for name, spec in TOKEN_KEYS.items()}
    skip = value["skip"]
    if isinstance(skip, bool) or not isinstance(skip, int) or not 0 <= skip <= FARTHEST:
        raise options.error(f"{key}.skip", f"a whole number from 0 to {FARTHEST} is wanted, not {skip!r}")
    pattern = _term(options, f"{key}.pattern", value["pattern"])
    if value["tag"] and value["upos"]:
        raise options.error(f"{key}.upos", "a token has a `tag` or a `upos`, not both")
    tag_pattern, among = universal(options, f"{key}.upos", str(value["upos"])) if value["upos"] else (value["tag"], frozenset())
    tag = _term(options, f"{key}.tag", tag_pattern)
    if not (pattern or tag or skip):
        raise options.error(key, "a token needs a `pattern`, a `tag`, or both")
    negate = _truth(options, f"{key}.negate", value["negate"])
    return Token(pattern, tag._replace(ignorecase=False) if tag else None, skip, negate, frozenset() if pattern else among)


def times(options: Options, key: str, entry: Mapping[str, object]) -> int:
    """How often a token stands there. Raises RuleError."""
    given = next((value for name, value in entry.items() if str(name).lower() == "min"), 1)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= FARTHEST:
        raise options.error(key, f"a whole number from 1 to {FARTHEST} is wanted, not {given!r}")
    return max(given, 1)


def _term(options: Options, key: str, value: object) -> Term | None:
    """The term of a token's regex, None for an empty one. Raises RuleError for one that does not compile."""
    if isinstance(value, list | Mapping):
        raise options.error(key, f"a text is wanted, not {value!r}")
    if value in (None, ""):
        return None
    term = patterns.term(options, key, f"(?m)(?:{value})")
    try:
        compiled(term.pattern, term.ignorecase)
    except PatternError as fault:
        raise options.error(key, f"the pattern does not compile: {fault}", str(value)) from None
    return term


def check_words(options: Options, key: str, given: Mapping[str, object]) -> None:
    """Raise RuleError for a pattern that is found inside other words, which is seldom meant, and for a tag that no word has."""
    pattern, tag = str(given.get("pattern") or ""), str(given.get("tag") or "")
    if re.search(r"\w", pattern) and not re.search(r"[\^$]|\\[bBAZwWsSdD]|\.[*+]|\(\?<?[=!]", pattern):
        hint = f"write ^(?:{pattern})$ for the whole word, or .*{pattern} if other words that hold it are meant"
        raise options.error(f"{key}.pattern", f"{pattern!r} has neither ^ nor $, so that it is found inside longer words too", hint)
    if tag:
        check_tags(options, f"{key}.tag", tag)


def _truth(options: Options, key: str, value: object) -> bool:
    word = str(value).lower()
    if word not in ("true", "1", "false", "0"):
        raise options.error(key, f"true or false is wanted, not {value!r}")
    return word in ("true", "1")
