"""`unmentioned`: a figure of the headline that the text below never gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan
from edlint.model.rule import Rule

_FEWEST = 5  # figures of a body that tells in figures
_FIELDS = ("description", "subtitle", "standfirst")
_LISTED = (
    "ideas|lessons|things|ways|reasons|tips|steps|questions|facts|takeaways|best|examples|rules|signs|tricks|stories|books|photos|pictures"
    "|quotes|myths|mistakes|trends|resources|tools|apps|sites|features|posts|principles|practices|points|minutes|hours|seconds|words|days"
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unmentioned(Check):
    """An amount, a share or a count of ten or more in the title is looked for in the rest of the draft; a rounded one is the same."""

    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "least_words": Key("int", 100, "how many words the text below must have"),
    }
    rule: Rule
    least_words: int

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, options["least_words"])

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        from edlint.text.numbers import figures

        heads, body = [], []
        for number, block in enumerate(scan.document.blocks):
            if block.kind == "title" or block.level == 1 or (block.kind == "front-matter" and block.key in _FIELDS):
                heads.append(number)
            elif block.kind != "front-matter":
                body.append(number)
        above = [(number, found) for number in heads for found in _stated().finditer(figures(scan.plain(number)).text)]
        if not above or sum(len(scan.plain(number).split()) for number in body) < self.least_words:
            return
        blocks = [list(figures(scan.plain(number)).values.values()) for number in body]
        told = [value for values in blocks for value in values]
        for number, found in above if len(told) >= _FEWEST else ():
            figure = figures(scan.plain(number))
            value, written = figure.value(found, "count"), figure.written(found, "count")
            small = value < 10 or re.fullmatch(r"(?:1[5-9]|20)\d\d", written)
            if not (found["sign"] or found["share"] or (found["things"] and not small)) or any(_same(value, other) for other in told):
                continue
            if not any(written in scan.plain(below) for below in body) and not _derived(value, found["share"] is not None, blocks):
                start, end = found.span()
                seen = scan.document.blocks[number].text[start:end]
                yield Match(scan.document.blocks[number].span(start, end), seen, (seen,))


@cache
def _stated() -> re.Pattern[str]:
    """As in "$4 million", "40%", "300 jobs"; not in "10 ways", "the G20", "over 50s", "24-hour"."""
    from edlint.text.numbers import NUMBER, PERCENT

    things = rf"(?: [a-z]+){{0,2}} (?!(?:{_LISTED})\b)(?:[a-z]+(?<!s)s|people|men|women|children|dead)\b"
    return re.compile(rf"(?P<sign>[$£€] ?)?(?P<count>{NUMBER})(?:(?P<share>{PERCENT})|(?P<things>{things}))?")


def _same(above: float, below: float) -> bool:
    """Whether one figure may be the other one, rounded."""
    return abs(above - below) <= 0.06 * above


def _derived(above: float, share: bool, blocks: Iterable[Sequence[float]]) -> bool:
    """Whether a figure is the sum, the difference or, as a share, the change or the part of two that stand in one block."""
    for values in blocks:
        for one, other in combinations(values[:12], 2):
            low, high = sorted((one, other))
            made = (low / high * 100, (high - low) / high * 100, (high / low - 1) * 100) if share and low > 0 else (low + high, high - low)
            if any(abs(above - value) <= 0.02 * above for value in made):
                return True
    return False
