"""`sequence`: words in a row, each told by its text, its part of speech, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit
from edlint.checks.fixing import ACTION, action_of
from edlint.checks.tokens import TOKEN_KEYS, Token, Word, check_words, read_token, times
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled

SCOPE = ("sentence",)
LONGEST = 5_000  # characters; a longer "sentence" is a table or a dump, not worth the tagger's time
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
        "exceptions": Key("texts", (), "patterns; a sequence that begins where one of them stands in its sentence is not reported"),
        "action": ACTION,
    }
    scope: tuple[str, ...]
    seek: Term
    anchor: Token
    left: tuple[Step, ...]
    right: tuple[Step, ...]
    exceptions: tuple[Term, ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError, placed at the entry, for tokens that cannot work, and when no token can be looked for."""
        action_of(options)
        read = [(n, read_token(options, f"tokens.{n}", entry)) for n, entry in enumerate(options["tokens"])]
        repeated = [(n, token) for n, token in read for _ in range(times(options, f"tokens.{n}.min", options["tokens"][n]))]
        numbers, tokens = [n for n, _ in repeated], [token for _, token in repeated]
        for number, entry in enumerate(() if rule.compat else options["tokens"]):
            check_words(options, f"tokens.{number}", {str(name).lower(): value for name, value in entry.items()})
        at = next((n for n, token in enumerate(tokens) if token.pattern and not token.negate), None)
        if at is None:
            raise options.error("tokens", "a sequence rule needs a token with a `pattern`, not negated, to look for")
        anchor = tokens[at]
        text = next(str(value) for name, value in options["tokens"][numbers[at]].items() if str(name).lower() == "pattern")
        seek = patterns.term(options, f"tokens.{numbers[at]}.pattern", _anywhere(text), plain=True)
        left, right = _steps(reversed(tokens[:at]), anchor.skip), _steps(tokens[at + 1 :])
        excepted = [
            patterns.term(options, f"exceptions.{n}", each)._replace(ignorecase=False) for n, each in enumerate(options["exceptions"])
        ]
        return cls(_sentences_of(rule), seek, anchor, left, right, tuple(excepted))

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
            if first is not None and last is not None and not self._excepts(plain[unit.start : unit.end], words[first].start - unit.start):
                start, end = words[first].start, words[last].end
                yield Match(block.span(start, end), block.text[start:end], tuple(w.text for w in words[first : last + 1]))

    def _excepts(self, sentence: str, at: int) -> bool:
        """Whether one of the exceptions stands in a sentence at that place."""
        found = (match.span() for term in self.exceptions for match in compiled(term.pattern).finditer(sentence))
        return any(start <= at < end for start, end in found)


def _reach(words: Sequence[Word], at: int, steps: tuple[Step, ...], whole: bool, way: int = -1) -> int | None:
    """The nearest word that can be the last of `steps`, taken one after another from word `at`; -1 goes left, 1 right. None without any."""
    reached, ended = {at}, set[int]()
    for number, (token, gap) in enumerate(steps):
        if whole and number >= _negated_from(steps):  # where there is no word, it is none of these
            ended |= {start for start in reached if not 0 <= start + way < len(words)}
        near = {n for start in reached for n in range(start + way, start + way * (gap + 2), way) if 0 <= n < len(words)}
        reached = {n for n in near if token.fits(words[n], whole)}
        if not reached:
            break
    return min(reached | ended, key=lambda n: abs(n - at), default=None)


@lru_cache(maxsize=256)
def _negated_from(steps: tuple[Step, ...]) -> int:
    """The number of the first step from which on all are negated."""
    return next((number + 1 for number in reversed(range(len(steps))) if not steps[number][0].negate), 0)


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
