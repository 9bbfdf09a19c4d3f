"""`total`: a sum and its parts: members and votes, a total of two counts, what is left, a margin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import sentences_with
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from edlint.text.numbers import Figures


class Sum(NamedTuple):
    """What a sentence counts wrongly: where, the total that is told, and the one that its parts make."""

    place: tuple[int, int]
    told: float
    real: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Total(Check):
    """The parts of a whole are added where the sentence says that they are parts, and all of them."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "signs": Key("texts", (), "words that tell of a total, one of which must stand in the sentence"),
        "parts": Key("list", (), "lists of words for parts that exclude one another, such as men, women, children"),
    }
    rule: Rule
    signs: tuple[Term, ...]
    parts: tuple[tuple[str, ...], ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for parts that are no lists of two words or more."""
        for number, listed in enumerate(options["parts"]):
            if not isinstance(listed, list | tuple) or len(listed) < 2:
                raise options.error(f"parts.{number}", "a list of two words or more is wanted")
        parts = tuple(tuple(map(str, listed)) for listed in options["parts"])
        terms = dict.fromkeys((*options["signs"], *(word for listed in parts for word in listed)))
        return cls(rule, tuple(Term(word, literal=True) for word in terms), parts)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return self.signs

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        from edlint.text.numbers import figures, shown

        for sentence in sentences_with(scan, self.rule.scope, self.signs):
            told = figures(sentence.text)
            for wrong in (*_plain(told), *self._listed(told)) if len(told.values) > 2 else ():
                yield sentence.match(scan, wrong.place, (shown(wrong.told), shown(wrong.real)))

    def _listed(self, told: Figures) -> Iterator[Sum]:
        """As in "of the 40 members 25 are for, 18 against and 2 undecided", "40 people: 25 men and 18 women"."""
        for whole in (found for pattern in _whole() for found in pattern.finditer(told.text)):
            total = told.value(whole, "total")
            parts = next((found for listed in self.parts if len(found := _parts(listed, told, whole.end())) > 1), ())
            if not parts or not _closely(told.text, whole.end(), parts):
                continue
            real = sum(value for value, _, _ in parts)
            if real > total if _PARTLY.search(told.text, whole.start()) else real != total:
                yield Sum((whole.start(), parts[-1][2]), total, real)


def _parts(listed: Sequence[str], told: Figures, at: int) -> tuple[tuple[float, int, int], ...]:
    """The counts of parts that exclude one another, each with its range; none where a part is counted twice."""
    found: dict[str, tuple[float, int, int]] = {}
    for one in _counted(tuple(listed)).finditer(told.text, at):
        word = one["word"].lower()
        if word in found:
            return ()
        found[word] = (told.value(one, "count"), *one.span())
    return tuple(found.values())


def _closely(text: str, at: int, parts: Sequence[tuple[float, int, int]]) -> bool:
    """Whether nothing but a few words stands between the parts, and no further number."""
    gaps = [text[at : parts[0][1]], *(text[a[2] : b[1]] for a, b in pairwise(parts))]
    return all(len(gap) < 40 and not re.search(r"[\d#%;]", gap) for gap in gaps) and not re.match(
        r" ?(?:%|per ?cent)", text[parts[-1][2] :]
    )


_PARTLY = lazy(r"\b(?:rest|others?|remain\w*|some|including|among|mostly|mainly|at least|both|also)\b", re.I)


@cache
def _whole() -> tuple[re.Pattern[str], ...]:
    from edlint.text.numbers import NUMBER

    total = rf"(?P<total>{NUMBER})"
    return (
        re.compile(rf"\b(?:of|out of) (?:the|its|their|our|his|her|those|these) {total}(?: [a-z'-]+){{0,3}}?(?=[, ])", re.I),
        re.compile(rf"(?<![$£€]){total}(?: [a-z'-]+){{1,4}}?(?: ?[:(–—]| - |,? including|, among them)", re.I),
    )


@lru_cache(maxsize=32)
def _counted(words: tuple[str, ...]) -> re.Pattern[str]:
    from edlint.text.numbers import NUMBER

    between = r"(?: (?:are|were|voted|is|was|will vote|said|had|have been|of them|of whom|young|adult|local|more))*?"
    return re.compile(rf"(?<![$£€])(?P<count>{NUMBER}){between} (?P<word>{'|'.join(map(re.escape, words))})\b", re.I)


@cache
def _sums() -> tuple[tuple[str, re.Pattern[str]], ...]:
    from edlint.text.numbers import NUMBER

    def part(name: str) -> str:
        return rf"(?P<s{name}>[$£€])?(?P<{name}>{NUMBER})"

    noun, on = r"(?: [a-z'-]+){1,3}?", r"(?:,? ?\(| ?[-–—] |, )"
    before = "(?:for |making |bringing (?:it|the count) to |or |giving )?"
    told = rf"(?:{before}a total of {part('t')}|making {part('u')}(?: in all)?|{part('v')} (?:in all|altogether|in total|all told)\b)"
    whole = rf"\bof (?:the|its|their|our) {part('t')}{noun},? {part('a')}(?: [a-z'-]+){{1,5}},?"
    votes = rf"\bby (?P<a>{NUMBER})(?: votes?)?(?: to |[-–]| votes to )(?P<b>{NUMBER})(?: votes?)?"
    return (
        ("sum", re.compile(rf"{part('a')}{noun}(?:,? {part('c')}{noun})?,? and {part('b')}{noun}{on}{told}", re.I)),
        ("left", re.compile(rf"{whole} (?:which )?(?:leaving|leaves) (?:just |only )?{part('b')}(?![\w#])", re.I)),
        ("margin", re.compile(rf"{votes}{on}(?:with )?a (?:majority|margin|lead|difference) of (?P<t>{NUMBER})", re.I)),
    )


def _plain(told: Figures) -> Iterator[Sum]:
    """As in "12 men and 9 women, 23 in all", "of the 40 seats 25 are taken, leaving 18", "by 24 votes to 17, a majority of 9"."""
    for kind, pattern in _sums():
        for found in pattern.finditer(told.text):
            values = {name: told.value(found, name) for name, text in found.groupdict().items() if text and len(name) == 1}
            total = next(values[name] for name in "tuv" if name in values)
            a, b = values["a"], values["b"]
            signs = {found[f"s{name}"] for name in "abtuv" if name in values and f"s{name}" in pattern.groupindex}
            parts = abs(a - b) if kind == "margin" else a + b + values.get("c", 0.0)
            if len(signs) < 2 and abs(parts - total) > (0.01 * total if total >= 1000 else 0):
                yield Sum(found.span(), total, parts)
