"""`backwards`: a range whose end lies before its start: numbers, years, hours, days of a month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import sentences_with
from edlint.model.rule import Rule
from edlint.text.lazy import lazy
from edlint.text.ranges import Range

_STARTS = {
    "number": (r"\bbetween [$£€\w]", r"\baged? [$£€\w]", r"\bages \d"),
    "year": (r"\b(?:between|from) (?:1[5-9]|20)\d\d\b", r"\((?:born )?(?:1[5-9]|20)\d\d ?[-–—]"),
    "hour": (r"\d ?[ap]\.?m\b",),
    "day": (
        r"\b(?:between|from) \d",
        r"\b(?:between|from) [JFMASOND][a-z]{2,8} \d",
        r"\b(?:by|before|than) (?:\d|[JFMASOND][a-z]{2,8} \d)",
    ),
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Backwards(Check):
    """A range that runs the wrong way is reported whole."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key("text", "number", "what the range is of: number, year, hour, day", ("number", "year", "hour", "day")),
    }
    rule: Rule
    kind: str

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, options["kind"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [Term(start, literal=False) for start in _STARTS[self.kind]]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        for sentence in sentences_with(scan, self.rule.scope, self.terms):
            for place in _FINDERS[self.kind](sentence.text):
                yield sentence.match(scan, place)


@cache
def _between() -> re.Pattern[str]:
    from edlint.text.numbers import NUMBER, PERCENT

    unit = rf"(?P<unit>{PERCENT}|-?[ap]\.?m\b| [a-z]+)?"
    first = rf"(?P<sign>[$£€]|US\$)?(?P<a>{NUMBER})(?P<own>{PERCENT}| [a-z]+)?"
    return re.compile(rf"\b(?:between(?: the)?(?: ages of)?|aged?|ages) {first} ?(?:and|to|-|–) (?:[$£€]|US\$)?(?P<b>{NUMBER}){unit}", re.I)


_THINGS = r"%|per ?cent|years|months|weeks|days|miles|kilometres|metres|people|tonnes|kg"  # else small numbers may be hours


def _numbers(text: str) -> Iterator[Range]:
    """As in "between 30 and 20": not hours, nor two years of which one is cut short, nor amounts in different units."""
    from edlint.text.numbers import figures

    told = figures(text)
    for found in _between().finditer(told.text):
        low, high = told.value(found, "a"), told.value(found, "b")
        unit, own = (found["unit"] or "").strip(), (found["own"] or "").strip()
        if low <= high or (own and own != unit):
            continue
        small = low <= 12 and not re.fullmatch(_THINGS, unit)
        if (
            small
            or re.fullmatch(r"[ap]\.?m|o'clock|and|hours", unit)
            or (re.fullmatch(r"(?:1[5-9]|20)\d\d", told.written(found, "a")) and high < 1000)
        ):
            continue
        if re.match(r"[:.]\d| ?#", told.text[found.end() :]) or re.search(
            r"\b(?:difference|gap|relation\w*|ratio|choos\w+|link|split|years ago|BC|BCE|BP)\b", text, re.I
        ):
            continue
        yield found.start(), found.end("b")


_SPANS = lazy(r"\b(?:between|from) (?P<a>(?:1[5-9]|20)\d\d) (?:and|to|until) (?P<b>(?:1[5-9]|20)\d\d)\b(?! [a-z]+s\b|[.,]\d)(?!%)")
_LIFE = lazy(r"\((?:born )?(?P<a>(?:1[5-9]|20)\d\d) ?[-–—] ?(?:died )?(?P<b>(?:1[5-9]|20)\d\d)\)")


def _years(text: str) -> Iterator[Range]:
    """As in "from 1945 to 1939", "(1950-1920)"."""
    for found in (*_SPANS.finditer(text), *_LIFE.finditer(text)):
        if found["a"] > found["b"] and not re.search(r"\b(?:BC|B\.C|BCE|back(?:wards)?|cut|fell|fall\w*|drop\w*|reduc\w+|down)\b", text):
            yield found.span()


_HOUR = r"(?P<{0}>\d{{1,2}})(?:[:.](?P<{0}m>\d\d))? ?(?P<{0}s>[ap])(?:\.m\.|\.?m\b)"
_HOURS = lazy(
    rf"(?:\b(?:from|between|opens? (?:its doors )?(?:daily )?(?:at|from)|starts? at|begins? at)|\bopen:?) {_HOUR.format('a')}"
    rf",? (?:to|and|until|till|-|–|and (?:closes?|shuts?|ends?|finish(?:es)?) at) {_HOUR.format('b')}",
    re.I,
)


def _hours(text: str) -> Iterator[Range]:
    """As in "from 11am to 9am": both before noon, or both after it."""
    for found in _HOURS.finditer(text):
        first, last = (int(found[side]) % 12 * 60 + int(found[f"{side}m"] or 0) for side in "ab")
        if (
            found["as"].lower() == found["bs"].lower()
            and first > last
            and not re.search(r"\b(?:next|following) (?:day|morning)\b|overnight", text)
        ):
            yield found.span()


@cache
def _dates() -> re.Pattern[str]:
    from edlint.text.dates import MONTHS

    month = "|".join(MONTHS)
    return re.compile(
        rf"\b(?:[Bb]etween|[Ff]rom) (?:"
        rf"(?P<a>\d\d?)(?:st|nd|rd|th)?(?: (?P<m>{month}))? (?:and|to|until) (?P<b>\d\d?)(?:st|nd|rd|th)? (?P<n>{month})"
        rf"|(?P<m2>{month}) (?P<a2>\d\d?) (?:and|to|until) (?:(?P<n2>{month}) )?(?P<b2>\d\d?))(?: (?P<year>\d{{4}}))?\b(?!,\d)"
    )


def _days(text: str) -> Iterator[Range]:
    """As in "from 20 to 12 May", "between May 20 and May 12"."""
    for found in _dates().finditer(text):
        side = "" if found["a"] else "2"
        first, last, month, other = int(found[f"a{side}"]), int(found[f"b{side}"]), found[f"m{side}"], found[f"n{side}"]
        if month and other and month != other:
            continue
        if 31 >= first > last >= 1 and not re.match(r" ?(?:years?|people|per cent|%)", text[found.end() :]):
            yield found.span()
    yield from _late(text)


_START = lazy(r"\b(?:begins?|began|launch\w*|open(?:s|ed|ing)?|start(?:s|ed|ing)?)(?: again)?(?: on| from)? (?:the )?$", re.I)
_END = lazy(
    r"\b(?:clos|complet|conclud|end|finish)(?:e|es|ed|s|ing)?\b[^.;]{0,40}\b(?:by|before|no later than) (?:the )?$"
    r"|\b(?:be|is|are) (?:done|over|ready) (?:by|before|no later than) (?:the )?$", re.I,
)  # fmt: skip
_BY = lazy(r"\b(?:by|before|no later than) (?:the )?$", re.I)
_CLOSING = lazy(r"\b(?:clos(?:e|es|ed|ing)|deadline)\b[^.;]{0,30}(?:is|on|was|of) (?:the )?$", re.I)
_MOST = 150  # days between two that belong to one year, where none is given


def _late(text: str) -> Iterator[Range]:
    """As in "starts on 12 August and is to be finished by 30 June", "apply by 12 May; the deadline is 10 May"."""
    from datetime import date

    from edlint.text.dates import days

    told = [day for day in days(text) if day.exists and (day.month, day.day) != (2, 29)]
    for first, last in pairwise(told):
        before, between = text[: first.start], text[first.end : last.start]
        bound = (_START.search(before) and _END.search(between)) or (_BY.search(before) and _CLOSING.search(between))
        if not bound or bool(first.year) != bool(last.year) or re.search(r"\b(?:next|following|later)\b", text[first.end :]):
            continue
        since = (date(first.year or 2001, first.month, first.day) - date(last.year or 2001, last.month, last.day)).days
        if since > 0 and (first.year or since <= _MOST):
            yield first.start, last.end


_FINDERS: Mapping[str, Callable[[str], Iterator[Range]]] = {"number": _numbers, "year": _years, "hour": _hours, "day": _days}
