"""`sequence`: words in a row, each told by its text, its part of speech, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit
from edlint.checks.fixing import ACTION, action_of
from edlint.checks.tags import check_tags
from edlint.errors import did_you_mean
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.regexes.syntax import PatternError

SCOPE = ("sentence",)
LONGEST = 5_000  # characters; a longer "sentence" is a table or a dump, not worth the tagger's time
FARTHEST = 100  # words that one token may skip
TOKEN_KEYS: dict[str, Key] = {
    "pattern": Key("text", "", "a regex to be found in the word"),
    "tag": Key("text", "", "a regex to be found in the word's Penn tag, such as NN or ^VB[DN]$"),
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

    def fits(self, word: Word, whole: bool) -> bool:
        """Whether a word can stand here. `whole`: the pattern must be the whole of it, and is not looked for in it."""
        if _holds(self.tag, word.tag) not in (None, not self.negate):
            return False
        return _holds(self.pattern, word.text, whole) in (None, not self.negate)


def _holds(term: Term | None, text: str, whole: bool = False) -> bool | None:
    """Whether a term is found in a text, or is the whole of it; None without a term."""
    if term is None:
        return None
    pattern = rf"(?m)\A(?:{term.pattern.removeprefix('(?m)')})\Z" if whole else term.pattern
    return compiled(pattern, term.ignorecase).search(text) is not None


Step = tuple[Token, int]  # a token, and how many words may stand between it and what was found before it


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SequenceCheck(Check):
    """Every place where the tokens stand in a row, inside one sentence. `left` and `right` lead away from the anchor."""

    shared = True
    needs_term = True
    layers = ("sentence",)
    keys: ClassVar[Mapping[str, Key]] = {
        "tokens": Key("list", (), "the words of the sequence: mappings of " + ", ".join(TOKEN_KEYS), entries=TOKEN_KEYS),
        "ignorecase": patterns.IGNORECASE,
        "action": ACTION,
    }
    scope: tuple[str, ...]
    seek: Term
    anchor: Token
    left: tuple[Step, ...]
    right: tuple[Step, ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError, placed at the entry, for tokens that cannot work, and when no token can be looked for."""
        action_of(options)
        tokens = [_token(options, f"tokens.{n}", entry) for n, entry in enumerate(options["tokens"])]
        for number, entry in enumerate(() if rule.compat else options["tokens"]):
            _check_words(options, f"tokens.{number}", {str(name).lower(): value for name, value in entry.items()})
        at = next((n for n, token in enumerate(tokens) if token.pattern and not token.negate), None)
        if at is None:
            raise options.error("tokens", "a sequence rule needs a token with a `pattern`, not negated, to look for")
        anchor = tokens[at]
        text = str(options["tokens"][at]["pattern"])
        seek = patterns.term(options, f"tokens.{at}.pattern", _anywhere(text), plain=True)
        return cls(_sentences_of(rule), seek, anchor, _steps(reversed(tokens[:at]), anchor.skip), _steps(tokens[at + 1 :]))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.seek,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find. Only sentences in which the anchor's pattern occurs are tagged."""
        layers = scan.document.layers
        units = scan.units(SCOPE if layers and layers.older else self.scope, "sentence")
        for number in dict.fromkeys(hit.unit for hit in scan.hits(self.seek, units)):
            if units[number].end - units[number].start <= LONGEST:
                yield from self._in_sentence(scan, units[number])

    def _in_sentence(self, scan: Scan, unit: Unit) -> Iterator[Match]:
        block, plain = scan.document.blocks[unit.block], scan.plain(unit.block)
        tagged = scan.document.tagged(unit.block, (unit.start, unit.end))
        whole = scan.document.layers is not None and not scan.document.layers.older
        words = [Word(start, end, plain[start:end], tag) for (start, end), tag in tagged]
        for at, word in enumerate(words):
            if not self.anchor.fits(word, whole):
                continue
            first, last = _reach(words, at, self.left, whole), _reach(words, at, self.right, whole, 1)
            if first is not None and last is not None:
                start, end = words[first].start, words[last].end
                yield Match(block.span(start, end), block.text[start:end], tuple(w.text for w in words[first : last + 1]))


def _reach(words: Sequence[Word], at: int, steps: Iterable[Step], whole: bool, way: int = -1) -> int | None:
    """The nearest word that can be the last of `steps`, taken one after another from word `at`; -1 goes left, 1 right. None without any."""
    reached = {at}
    for token, gap in steps:
        near = {n for start in reached for n in range(start + way, start + way * (gap + 2), way) if 0 <= n < len(words)}
        reached = {n for n in near if token.fits(words[n], whole)}
    return min(reached, key=lambda n: abs(n - at), default=None)


def _sentences_of(rule: Rule) -> tuple[str, ...]:
    """The scope of a rule, whose sentences are read, and not its blocks. Without one they are those of the whole draft."""
    if rule.scope == ("text",):
        return SCOPE
    return tuple(map(_of_sentences, rule.scope)) if rule.compat else rule.scope


def _of_sentences(selector: str) -> str:
    """A selector of a rule that another linter shares, which may name what holds the sentences, or what does not."""
    first = re.split(r"[.&~\s]", selector)[0]
    if first == "sentence":
        return selector
    if first == "paragraph":
        return f"sentence{selector.removeprefix(first)}"
    return f"sentence & {selector}" if selector.startswith("~") else f"sentence.{selector}"


def _steps(tokens: Iterable[Token], gap: int = 0) -> tuple[Step, ...]:
    """Tokens, in order away from the anchor, as steps. A token that says nothing but `skip` widens the next gap."""
    steps = []
    for token in tokens:
        gap += token.skip
        if token.pattern or token.tag:
            steps.append((token, gap))
            gap = 0
    return tuple(steps)


def _anywhere(pattern: str) -> str:
    """A word's pattern as it can be looked for in a sentence: an anchor at either edge means the word's."""
    if pattern.endswith("$") and not pattern.endswith(r"\$"):
        pattern = pattern[:-1]
    return f"(?m)(?:{pattern.removeprefix('^')})"


def _token(options: Options, key: str, entry: object) -> Token:
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
    tag = _term(options, f"{key}.tag", value["tag"])
    if not (pattern or tag or skip):
        raise options.error(key, "a token needs a `pattern`, a `tag`, or both")
    return Token(pattern, tag._replace(ignorecase=False) if tag else None, skip, _truth(options, f"{key}.negate", value["negate"]))


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


def _check_words(options: Options, key: str, given: Mapping[str, object]) -> None:
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
