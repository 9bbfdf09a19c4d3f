"""`change`: a rise that falls, a fall that rises, and "doubled" or "by 20 per cent" where the figures say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import sentences_with, words
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from edlint.text.numbers import Figures

_SLACK = 0.3  # by how much of itself a factor may miss: what has doubled is 1.6 to 2.5 times as much
_POINTS, _SHARE = 2.0, 0.15  # a percentage is right within so many points, or so much of itself


class Shift(NamedTuple):
    """A change told with both of its ends: the word for it, how it is put ("more than"), the percentage (None without one), the ends."""

    word: str
    manner: str
    percent: float | None
    before: float
    after: float
    place: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Change(Check):
    """A change is compared with the two figures it is said to lie between."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "rise": Key("texts", (), "words for what becomes more"),
        "fall": Key("texts", (), "words for what becomes less"),
        "factors": Key("mapping", {}, "words for a change by a factor, each with the factor: doubled: 2"),
        "factor": Key("text", "", "the message for a wrong factor: the words, both figures, their ratio"),
        "percent": Key("text", "", "the message for a wrong percentage: the words, both figures, the right percentage"),
    }
    rule: Rule
    rise: tuple[str, ...]
    fall: tuple[str, ...]
    factors: tuple[tuple[str, float], ...]
    factor: str
    percent: str

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a factor that is no number above 0."""
        for word, factor in options["factors"].items():
            if not isinstance(factor, int | float) or isinstance(factor, bool) or factor <= 0:
                raise options.error(f"factors.{word}", "a factor is a number above 0")
        factors = tuple((str(word), float(factor)) for word, factor in options["factors"].items())
        return cls(rule, options["rise"], options["fall"], factors, options["factor"], options["percent"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return words((*self.rise, *self.fall, *(word for word, _ in self.factors)))

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        verbs = (*self.rise, *self.fall, *(word for word, _ in self.factors))
        for sentence in sentences_with(scan, self.rule.scope, self.terms):
            for shift in shifts(sentence.text, verbs):
                told = self._wrong(shift)
                if told is not None:
                    yield sentence.match(scan, shift.place, *told)

    def _wrong(self, shift: Shift) -> tuple[tuple[str, ...], str] | None:
        """What is wrong with a change, as the values of a message and its template; None where nothing is."""
        from edlint.text.numbers import shown

        before, after, word = shift.before, shift.after, shift.word.lower()
        ends = (shown(before), shown(after))
        factor = dict(self.factors).get(word)
        if factor is not None:
            ratio = after / before if before else factor
            return None if _near(ratio, factor, shift.manner) else ((*ends, shown(round(ratio, 1))), self.factor)
        rises = word in self.rise
        if before == after or (after > before) is not rises:
            return (ends[1], "the same as" if before == after else "more than" if after > before else "less than", ends[0]), ""
        if shift.percent is None or not before:
            return None
        real = abs(after - before) / before * 100
        off = abs(real - shift.percent)
        if off <= _POINTS or off <= _SHARE * max(real, shift.percent):
            return None
        return (*ends, shown(round(real, 1))), self.percent


def _near(ratio: float, factor: float, manner: str) -> bool:
    """Whether a ratio may be called by a factor, said to be more, less, or just that."""
    low, high = (factor * (1 - _SLACK / 1.5), factor * (1 + _SLACK)) if factor > 1 else (factor * (1 - _SLACK), factor * (1 + _SLACK))
    if manner in ("more than", "over"):
        return ratio >= factor * 0.97 and ratio < factor * 1.75 if factor > 1 else ratio <= factor * 1.03
    return low <= ratio <= high


@lru_cache(maxsize=8)
def _patterns(verbs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    from edlint.text.numbers import NUMBER, PERCENT

    about = r"(?:(?:about|around|nearly|almost|just|only|roughly|approximately|some|over|under|more than|fewer than|less than) )?"
    no_unit = r"(?!(?:to|in|and|from|by|on|at|of|a|per|or|as|last|this)\b)"

    def end(name: str) -> str:
        unit = rf"(?P<u{name}>{PERCENT}|[ -]{no_unit}[a-z]+(?: {no_unit}[a-z]+)?)?"
        return rf"(?:an? (?:average|estimated|record|mere|total)(?: of)? )?{about}(?P<s{name}>[$£€]|US\$)?(?P<{name}>{NUMBER}){unit}"

    when = r"(?:,? (?:in|on|by|at|since|during|as of|a|last|this) [^;.()]{1,40}?)?"
    word = rf"(?P<verb>{'|'.join(map(re.escape, verbs))})\b"
    verb = rf"(?:\b(?P<manner>more than|over|nearly|almost) )?\b{word}"
    by = rf"(?: (?:by )?(?:about |nearly |almost |more than |some )?(?P<p>{NUMBER}){PERCENT})?"
    gap = r"(?P<gap>[^.;:\d#]{0,60}?)"
    forth = rf"from {end('a')}{when},? to {end('b')}"
    return tuple(
        re.compile(text, re.IGNORECASE)
        for text in (
            rf"{verb}{by}{gap}\b{forth}",
            rf"{verb}{by}{gap} to {end('b')}{when},? from {end('a')}",
            rf"\b{forth}{when}, (?:an? |up |down )(?P<manner>more than |nearly )?(?P<gap>)(?:\w+ )?{word}"
            rf"(?: of (?:about |nearly |more than )?(?P<p>{NUMBER}){PERCENT})?",
        )
    )


_APART = lazy(r"\b(?:and|but|while|whereas|when|not|never|which|who|if|because|after|before|rank\w*|place|no|number one)\b|,", re.I)
_RANKS = lazy(r"\b(?:rank|place|seed|chart|league|position|number|no\.?|clock|time|temperature|below|minus|degrees?)\b", re.I)


def shifts(text: str, verbs: tuple[str, ...]) -> Iterator[Shift]:
    """The changes told in a sentence with a word for them and both ends: "rose from 77 to 21", "fell to 21 from 77"."""
    from edlint.text.numbers import figures

    told = figures(text)
    lower = told.text.lower()
    if len(told.values) < 2 or "from " not in lower or " to " not in lower:
        return
    seen: set[int] = set()
    for pattern in _patterns(verbs):
        for found in pattern.finditer(told.text):
            before, after = told.value(found, "a"), told.value(found, "b")
            if re.search(r"(?:\bnot|n't|\bnever)(?: \w+)? $", told.text[: found.start()], re.I):
                continue
            if found.start("a") in seen or _APART.search(found["gap"].removeprefix(",")):
                continue
            if any(verb in found["gap"].lower().split() for verb in verbs) or not _comparable(told, found):
                continue
            seen.add(found.start("a"))
            percent = told.value(found, "p") if found["p"] and "%" not in (found["ua"] or "") + (found["ub"] or "") else None
            if any("cent" in (found[unit] or "") for unit in ("ua", "ub")):
                percent = None
            yield Shift(found["verb"], (found["manner"] or "").strip().lower(), percent, before, after, found.span())


def _comparable(told: Figures, found: re.Match[str]) -> bool:
    """Whether the two ends are amounts of one thing: not years, ranks, hours, or odds, nor in different units."""
    a, b = ((found[f"u{name}"] or "").strip(" -").lower() for name in "ab")
    if _RANKS.search(found[0]) or re.match(r" ?(?:in|out of|to|-|a|per) ?#|th\b|(?: ?[ap]\.?m\b)", told.text[found.end() :], re.I):
        return False
    if all(re.fullmatch(r"(?:1[5-9]|20)\d\d", told.written(found, name)) for name in "ab") and not (found["sa"] or found["sb"]):
        return False
    if any(re.search(r"\b[ap]\.?m\b|o'clock", unit) for unit in (a, b)):
        return False
    first, second = a.split(" ")[0].rstrip("s"), b.split(" ")[0].rstrip("s")
    if a and b:
        return first == second and found["sa"] == found["sb"]
    return not (found["sa"] and found["sb"] and found["sa"] != found["sb"])
