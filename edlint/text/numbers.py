"""Numbers as English prose writes them, in digits and in words: where they stand and what they come to.

Values are floats, exact for whole numbers up to fifteen digits. Ranges are half-open, in 0-based code points of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from edlint.text.lazy import lazy

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
_SCALES = {
    "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
        " seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_SPACES = lazy(r"[ -]+")

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?"
_WORD = (
    "(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    "|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_SCALE = "(?:hundred|(?:thous|m|b|tr)(?:and|illion))"
# "3.5 million", "2bn", "forty-five", "two hundred and six thousand"; "5m" only behind a currency sign, as it may mean metres.
_NUMBER = (
    rf"(?:(?<=[$£€]){_DIGITS} ?[mk]\b|(?<![\w.,/:-]){_DIGITS}(?![.,/:]\d|-\d\d?-)(?:(?:[ -]{_SCALE}|[ ]?(?:bn|mn|tn))\b|(?!\w))"
    rf"|\b(?:{_WORD}|an? (?={_SCALE}))(?:(?: and |[ -])(?:{_WORD}|{_SCALE})\b|(?<= ){_SCALE}\b){{0,8}}\b)"
)
# What stands for them in a pattern that is searched in the text of Figures.
NUMBER = "(?<!#)#+(?!#)"
PERCENT = r"(?: ?%| per ?cent\b)"
_PART = "(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?"
FRACTION = rf"(?:(?:\ban? |{NUMBER}[ -]){_PART}\b|\bhalf\b|{NUMBER} (?:in|out of)(?: every)? {NUMBER})"


class Number(NamedTuple):
    """A number in a text: where it starts and ends, and its value."""

    start: int
    end: int
    value: float


class Figures(NamedTuple):
    """A text whose numbers are put out of sight: `text` is as long as `source`, with a run of # for each; `values` are theirs by place.

    So a pattern need not know how numbers are written, and finds where they stand.
    """

    source: str
    text: str
    values: Mapping[int, float]

    def value(self, found: re.Match[str], group: str) -> float:
        """The value of the number that a group of a match in `text` holds."""
        return self.values[found.start(group)]

    def written(self, found: re.Match[str], group: str | int = 0) -> str:
        """What a group of a match in `text` holds in the source; "" for a group that took no part."""
        return self.source[found.start(group) : found.end(group)] if found[group] is not None else ""


@lru_cache(maxsize=4096)
def figures(text: str) -> Figures:
    """See Figures. A sentence is asked about by several checks."""
    parts, values, at = [], {}, 0
    for number in numbers(text):
        parts += [text[at : number.start].replace("#", " "), "#" * (number.end - number.start)]
        values[number.start], at = number.value, number.end
    return Figures(text, "".join([*parts, text[at:].replace("#", " ")]), values)


@cache
def _finder() -> re.Pattern[str]:
    return re.compile(_NUMBER, re.IGNORECASE)


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text, in order. Ordinals, hours (5:30), versions and parts of names such as A-20 are none."""
    for found in _finder().finditer(text):
        value = value_of(found[0])
        if value is not None:
            yield Number(found.start(), found.end(), value)


def value_of(text: str) -> float | None:
    """What a number comes to, in digits or words; None for words that are none ("five twenty")."""
    digits = re.match(_DIGITS, text)
    if digits:
        return float(digits[0].replace(",", "")) * _SCALES.get(text[digits.end() :].strip(" -").lower(), 1)
    return _spelled(_SPACES.split(text.lower()))


def _spelled(words: list[str]) -> float | None:
    """The value of a number in words: hundreds multiply what stands before them, greater scales close a group."""
    whole, group, last = 0.0, 0.0, 1000
    for word in words:
        small = _SMALL.get(word)
        if small is not None:
            if last < 20 or (last < 100 and small > 9):
                return None
            group, last = group + small, small
        elif word == "hundred":
            group, last = max(group, 1) * 100, 1000
        elif word in _SCALES:
            whole, group, last = whole + max(group, 1) * _SCALES[word], 0, 1000
        elif word not in ("and", "a", "an"):
            return None
    return whole + group


def ordinal_of(text: str) -> int | None:
    """What an ordinal counts, in digits or in words up to twentieth ("3rd", "third"); None for another word."""
    low = text.lower()
    digits = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)", low)
    return int(digits[1]) if digits else _ORDINALS.get(low)


def share_of(text: str) -> float | None:
    """What a fraction comes to, as a part of one: "a third", "three quarters", "one in five"; None for anything else."""
    low = text.lower()
    part, _, whole = re.sub(r" (?:in|out of)(?: every)? ", "\n", low, count=1).partition("\n")
    if whole:
        above, below = value_of(part), value_of(whole)
        return above / below if above is not None and below and above <= below else None
    words = _SPACES.split(low)
    parts = _PARTS.get(words[-1].removesuffix("s"))
    count = 1 if len(words) == 1 or words[0] in ("a", "an") else _SMALL.get(words[0])
    return count / parts if count and parts else None


def shown(value: float) -> str:
    """A value as a reader would write it: 1,250,000 or 62.5."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
