"""People as English prose names them: full names, titles, ages. Ranges are half-open, in 0-based code points of the text given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

HONORIFICS = "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady".split()
_PART = r"[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*"
FULL_NAME = rf"{_PART}(?: (?:[A-Z]\.|{_PART}|van|von|de|der|da|bin|al|di|la|le)){{0,3}}? {_PART}"
_NO_PERSON = frozenset(
    "The This That These A An In On At For From By Of And But Or After Before When While Since Last Next Every Some All New North South"
    " East West Great Saint St University College School Street Road Avenue Park City County Council Court Club Party Company Group Bank"
    " Committee Department Ministry Office Institute Association Foundation Museum Hospital Church House Centre Center Union League Act"
    " January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday"
    " Saturday Sunday Interstate Highway Route Chapter Section Figure Table Page Room Flight World Windows Version Release Apollo".split()
)
OPENERS = _NO_PERSON | frozenset(
    "Then When While Now Here There Today Yesterday Meanwhile Later Earlier Also Even Only Like Unlike As So Yet Still If Because Though"
    " Although Among With Without About Asked Until During Under Over Between Against Former President".split()
)


class Aged(NamedTuple):
    """An age that a text gives: where, whose ("" where only "the 45-year-old" is said), and how many years."""

    start: int
    end: int
    name: str
    age: int


@cache
def _ages() -> re.Pattern[str]:
    age = r"(?P<{0}>\d{{1,3}})"
    return re.compile(
        rf"(?P<n1>\b{FULL_NAME}), (?:aged )?{age.format('a1')}(?=[,.;)]| (?:who|from|of|a|an|and|was|is|said|says)\b)(?!,\d)"
        rf"|(?P<n2>\b{FULL_NAME}) \({age.format('a2')}\)"
        rf"|\b{age.format('a3')}-year-old (?:[a-z-]+ ){{0,3}}(?P<n3>{FULL_NAME})"
        rf"|\b(?P<n4>{FULL_NAME})(?: is|, who is| was|, who was) {age.format('a4')}(?: years old|,(?! \d))"
        rf"|\b[Tt]he {age.format('a5')}-year-old\b(?! (?:[a-z-]+ )?[A-Z])"
    )


def ages(text: str) -> Iterator[Aged]:
    """The ages of people in a text, in order: "Ana Ruiz, 54,", "Ana Ruiz (54)", "54-year-old Ana Ruiz", "the 54-year-old"."""
    for found in _ages().finditer(text):
        which = next(side for side in "12345" if found[f"a{side}"])
        name, age = (trimmed(found[f"n{which}"]) if which != "5" else ""), int(found[f"a{which}"])
        if which != "5" and not is_person(name):
            continue
        if 0 < age < 116:
            yield Aged(found.start(), found.end(), name, age)


def is_person(name: str) -> bool:
    """Whether a run of capitalised words may be a person's name: no word of it is one of a place, a body or a month."""
    return not _NO_PERSON.intersection(name.replace("’s", "").replace("'s", "").split())


def surname(name: str) -> str:
    """The last word of a name, without a possessive ending."""
    return re.sub(r"['’]s?$", "", name.split()[-1])


def trimmed(name: str) -> str:
    """A run of capitalised words without those before a name that only open its sentence: Ana Ruiz of "Then Ana Ruiz"."""
    words = name.split()
    while len(words) > 2 and words[0] in OPENERS:
        del words[0]
    return " ".join(words)
