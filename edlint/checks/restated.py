"""`restated`: one figure told twice: a headline and its body, a million and a billion, pounds and dollars, miles and kilometres."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.finding import Related
from edlint.model.rule import Rule

_HEADS = frozenset(("title", "caption", "alt"))
_MEASURES = "kilometres?|kilometers?|km|miles?|kilos?|kg|pounds|acres?|hectares?|feet|metres?|meters?"
_KINDS = ("scale", "currency", "unit")
_STARTS: Mapping[str, tuple[Term, ...]] = {
    "head": (),
    "scale": tuple(Term(rf"\d ?{scale}\b", literal=False) for scale in ("million", "billion", "trillion", "bn", "m")),
    "currency": tuple(Term(rf"{sign} ?\d", literal=False, ignorecase=False) for sign in (r"\$", "£", "€")),
    "unit": tuple(Term(rf"\d[ -]{unit}\b", literal=False) for unit in _MEASURES.split("|")),
}  # fmt: skip
_SCALES = {"million": "million", "m": "million", "billion": "billion", "bn": "billion", "trillion": "trillion"}
_UNITS = {
    **dict.fromkeys(("km", "kilometre", "kilometer"), ("length", "km")), "mile": ("length", "miles"),
    **dict.fromkeys(("kg", "kilo"), ("weight", "kg")), "pound": ("weight", "pounds"),
    "acre": ("area", "acres"), "hectare": ("area", "hectares"),
    **dict.fromkeys(("feet", "foot"), ("height", "feet")), **dict.fromkeys(("metre", "meter"), ("height", "metres")),
}  # fmt: skip


class Amount(NamedTuple):
    """A figure of a block: its digits, what they are compared under (a currency, a unit, the thing counted), its scale, and its range."""

    block: int
    start: int
    end: int
    digits: str
    thing: str
    other: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Restated(Check):
    """A figure is compared with the same one elsewhere in the draft."""

    one_language = True
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key("text", "head", "what is compared: headings and captions with the body, scales, currencies, units", ("head", *_KINDS)),
        "same": Key("list", (), "lists of words that count one thing, such as dead, killed, died"),
    }  # fmt: skip
    rule: Rule
    kind: str
    same: tuple[tuple[str, ...], ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for an entry of `same` that is no list."""
        for number, listed in enumerate(options["same"]):
            if not isinstance(listed, list | tuple):
                raise options.error(f"same.{number}", "a list of words is wanted")
        return cls(rule, options["kind"], tuple(tuple(map(str, listed)) for listed in options["same"]))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return _STARTS[self.kind]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        if self.kind == "head":
            yield from self._heads(scan)
            return
        units = scan.units(self.rule.scope, "block")
        blocks = sorted({units[hit.unit].block for term in self.terms for hit in scan.hits(term, units)})
        amounts = [amount for number in blocks for amount in _AMOUNTS[self.kind](scan.plain(number), number)]
        first: dict[tuple[str, str], Amount] = {}
        usual: dict[tuple[str, str], set[str]] = {}
        for amount in amounts:
            usual.setdefault((amount.digits, amount.thing), set()).add(amount.other)
        for amount in amounts:
            key = (amount.digits, amount.thing)
            before = first.setdefault(key, amount)
            if before.other != amount.other and len(usual[key]) == 2 and not _converted(scan, before, amount):
                yield _match(scan, amount, before)

    def _heads(self, scan: Scan) -> Iterator[Match]:
        """A figure above that the body tells otherwise."""
        from edlint.text.numbers import figures

        told: dict[tuple[str, ...], _Told] = {}
        for number, block in enumerate(scan.document.blocks):
            if (
                block.kind not in _HEADS
                and block.level != 1
                and not (block.kind == "front-matter" and block.key in ("description", "subtitle", "standfirst"))
            ):
                continue
            for listed in self.same if figures(scan.plain(number)).values else ():
                above = _figures(scan, number, listed)
                if len(above) != 1 or above[0].about:
                    continue
                if listed not in told:
                    told[listed] = _told(scan, self.rule.scope, listed)
                below = told[listed].otherwise(above[0])
                if below is not None:
                    yield _unlike(scan, above[0], below)


class Figure(NamedTuple):
    """A count of something: its block, its range there, its value, and whether it is said to be about that."""

    block: int
    start: int
    end: int
    value: float
    about: bool


def _figures(scan: Scan, block: int, listed: tuple[str, ...]) -> list[Figure]:
    """The counts in a block of what the words of a list stand for."""
    from edlint.text.numbers import figures

    text = scan.plain(block)
    low = text.lower()
    if not any(word in low for word in listed):
        return []
    told = figures(text)
    return [
        Figure(block, *found.span(), told.value(found, "count" if found["count"] else "first"), bool(found["about"] or found["also"]))
        for found in _counts(listed).finditer(told.text)
    ]


class _Told(NamedTuple):
    """What the body tells of one thing: the first figure in each of the first two blocks that have one, the blocks that give each value,
    and whether it is ever said to be about that."""

    first: Sequence[Figure]
    values: Mapping[float, set[int]]
    about: bool

    def otherwise(self, above: Figure) -> Figure | None:
        """The first figure of the body, where all of the body agrees on another one than a head has, which may stand in it itself."""
        others = [figure for figure in self.first if figure.block != above.block]
        if self.about or not others:
            return None
        alone = self.values.get(above.value) == {above.block}
        return others[0] if len(self.values) - alone == 1 and not _agree(above.value, others[0].value) else None


def _told(scan: Scan, scope: tuple[str, ...], listed: tuple[str, ...]) -> _Told:
    """See _Told. The body is read once for all heads."""
    figures = [figure for unit in scan.units(scope, "block") for figure in _figures(scan, unit.block, listed)]
    second = [figure for figure in figures if figure.block != figures[0].block]
    values: dict[float, set[int]] = {}
    for figure in figures:
        values.setdefault(figure.value, set()).add(figure.block)
    return _Told((*figures[:1], *second[:1]), values, any(figure.about for figure in figures))


def _agree(above: float, below: float) -> bool:
    """Whether one figure may be the other one, rounded."""
    greatest = max(above, below)
    return above == below or (greatest > 50 and abs(above - below) <= 0.06 * greatest)


def _unlike(scan: Scan, above: Figure, below: Figure) -> Match:
    block, other = scan.document.blocks[above.block], scan.document.blocks[below.block]
    seen, told = block.text[above.start : above.end], other.text[below.start : below.end]
    related = Related(other.span(below.start, below.end), "the figure below")
    return Match(block.span(above.start, above.end), seen, (seen, told), (related,))


_ABOUT = "more than|over|at least|about|around|up to|nearly|almost|some|another|other|further|first|under|fewer than|between"
_BETWEEN = (
    "other|more|further|another|young|local|people|men|women|children|persons|passengers|workers|were|are|have|had|has|was|been|feared|left"
    "|reported|confirmed|now|critically|seriously|badly|slightly"
)


@lru_cache(maxsize=64)
def _counts(listed: tuple[str, ...]) -> re.Pattern[str]:
    from edlint.text.numbers import NUMBER

    about = rf"(?P<about>(?:{_ABOUT}) )?"
    words = "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))
    between = rf"(?: (?:{_BETWEEN}))*"
    before = rf"(?:{words}) {about.replace('about>', 'also>')}(?P<first>{NUMBER})(?= (?:people|in|on|at|after|as|near|of them)\b|[.,]?$)"
    return re.compile(rf"{about}(?<![$£€])(?P<count>{NUMBER}){between} (?:{words})\b|\b{before}", re.I)


def _money(text: str, number: int) -> Iterator[Amount]:
    for found in re.finditer(
        r"(?P<sign>[$£€]) ?(?P<digits>\d[\d,]*(?:\.\d+)?)(?: ?(?P<scale>million|billion|trillion|bn|m)\b)?", text, re.I
    ):
        digits = found["digits"].rstrip(",")
        if len(digits.replace(",", "").replace(".", "").strip("0")) > 1:
            yield Amount(number, *found.span(), digits, _SCALES.get((found["scale"] or "").lower(), ""), found["sign"])


def _scales(text: str, number: int) -> Iterator[Amount]:
    for found in re.finditer(
        r"(?:(?P<sign>[$£€]) ?)?(?<![\d.,])(?P<digits>\d[\d,]*(?:\.\d+)?) ?(?P<scale>million|billion|trillion|bn|(?<=\d)m)\b", text, re.I
    ):
        digits, scale = found["digits"], found["scale"].lower()
        if len(digits.replace(",", "").replace(".", "").strip("0")) > 1 and (scale != "m" or found["sign"]):
            yield Amount(number, *found.span(), digits, found["sign"] or "", _SCALES[scale])


def _measures(text: str, number: int) -> Iterator[Amount]:
    for found in re.finditer(rf"(?<![\d.,$£€])(?P<digits>\d[\d,]*(?:\.\d+)?)[ -](?P<unit>{_MEASURES})\b", text, re.I):
        digits = found["digits"]
        if len(digits.replace(",", "").replace(".", "").strip("0")) > 1:
            thing, unit = _UNITS[found["unit"].lower().rstrip("s")]
            yield Amount(number, *found.span(), digits, thing, unit)


_AMOUNTS = {"scale": _scales, "currency": _money, "unit": _measures}


def _converted(scan: Scan, before: Amount, after: Amount) -> bool:
    """Whether two figures stand side by side, where one may be the other in another currency, or a comparison is made."""
    if before.block != after.block or after.start - before.end >= 60:
        return False
    return not re.search(r"[.!?][\")]? [A-Z]", scan.plain(before.block)[before.end : after.start])


def _match(scan: Scan, amount: Amount, before: Amount) -> Match:
    block, other = scan.document.blocks[amount.block], scan.document.blocks[before.block]
    seen, was = block.text[amount.start : amount.end], other.text[before.start : before.end]
    return Match(
        block.span(amount.start, amount.end),
        seen,
        (seen.strip(), was.strip()),
        (Related(other.span(before.start, before.end), "first told so"),),
    )
