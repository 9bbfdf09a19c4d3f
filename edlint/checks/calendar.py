"""`calendar`: days that do not exist, weekdays that are not those of their date, years that "last year" cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import Sentence, sentences_with, words
from edlint.model.rule import Rule

if TYPE_CHECKING:
    from datetime import date

Found = tuple[tuple[int, int], tuple[str, ...]]
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STARTS: Mapping[str, tuple[Term, ...]] = {
    "weekday": words(_WEEKDAYS),
    "date": (
        Term(r"\b(?:3[01]|29)(?:st|th)? (?:of )?(?:Feb|Apr|Jun|Sep|Nov)", literal=False),
        Term(r"\b(?:Feb|Apr|Jun|Sep|Nov)\w*\.? (?:3[01]|29)", literal=False),
    ),
    "year": words(("last year", "this year", "next year", "years ago", "years later", "anniversary", "centenary", "bicentenary")),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Calendar(Check):
    """A day is looked up in the calendar. The year of the draft is that of its front matter, of its file's name, or of `date`."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key("text", "date", "what is looked up", ("weekday", "date", "year")),
        "date": Key("text", "", "the day drafts are of that do not say it, as 2026-11-29"),
    }
    rule: Rule
    kind: str
    day: str

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a date that is none."""
        given = options["date"]
        if given:
            from datetime import date

            try:
                date.fromisoformat(given)
            except ValueError:
                raise options.error("date", f"{given!r} is not a date; write it as 2026-11-29") from None
        return cls(rule, options["kind"], given)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return _STARTS[self.kind]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        find = {"weekday": _weekdays, "date": _dates, "year": _years}[self.kind]
        today = self._today(scan)
        for sentence in sentences_with(scan, self.rule.scope, self.terms):
            for place, values in find(sentence, today):
                yield sentence.match(scan, place, values)

    def _today(self, scan: Scan) -> date | None:
        """The day the draft is of; None where nothing says it."""
        from datetime import date

        from edlint.text.dates import dated

        source = scan.document.source
        return dated(source.text, source.path) or (date.fromisoformat(self.day) if self.day else None)


def _weekdays(sentence: Sentence, today: date | None) -> Iterator[Found]:
    """As in "Monday, 3 March 2014", or without a year the day nearest to the draft's."""
    from datetime import date

    from edlint.text.dates import WEEKDAYS, days, nearest

    for day in days(sentence.text):
        if not day.weekday or not day.exists:
            continue
        real = date(day.year, day.month, day.day) if day.year else nearest(day, today) if today else None
        if real and WEEKDAYS[real.weekday()] != day.weekday:
            told = f"{real.day} {real:%B %Y}"
            yield (day.start, day.end), (told, WEEKDAYS[real.weekday()])


def _dates(sentence: Sentence, today: date | None) -> Iterator[Found]:
    """As in "31 June". In "By June 31 ships had left" the number counts the ships."""
    from calendar import monthrange

    from edlint.text.dates import MONTHS, days

    for day in days(sentence.text):
        counts = (
            sentence.text[day.end - 1].isdigit()
            and not day.year
            and re.match(r" (?!and|at|to|or|in|for|when|is|was|until|as|after|by|the)[a-z]", sentence.text[day.end :])
        )
        if not day.exists and day.day <= 31 and not counts:
            last = monthrange(day.year or 2000, day.month)[1]
            yield (day.start, day.end), (MONTHS[day.month - 1] + (f" {day.year}" if day.year else ""), str(last))


@cache
def _told() -> tuple[tuple[str, re.Pattern[str]], ...]:
    from edlint.text.numbers import NUMBER

    year = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
    put = r"(?:,? \(|, (?:that is )?(?:in )?| in )"
    nth = r"(?P<nth>\d{1,3}(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third)|cent|bicent)"
    begun = "(?:founded|opened|established|built|formed|created|launched|set up|born)"
    return (
        ("relative", re.compile(rf"\b(?P<word>last|this|next) year{put}{year}(?! ?[-–/])", re.I)),
        ("relative", re.compile(rf"\b(?:in )?{year},? (?:that is,? )?(?P<word>last|this|next) year\b(?!')", re.I)),
        ("ago", re.compile(rf"(?P<count>{NUMBER}) years ago,? (?:\(|in |back in )(?P<year>####)(?!#)", re.I)),
        ("ago", re.compile(rf"\bin (?P<year>####),? (?P<count>{NUMBER}) years ago\b", re.I)),
        ("later", re.compile(rf"\bin (?P<year>####)(?!#)[^.\d#]{{1,120}}?(?P<count>{NUMBER}) years later,? in (?P<then>####)(?!#)", re.I)),
        ("nth", re.compile(rf"\b{nth}[ -]?(?:anniversary|enary) of [^.;]{{1,80}}?\b(?:in|of|from) (?:\w+ )?{year}", re.I)),
        ("nth", re.compile(rf"\b{begun} in {year}[^.;]{{1,80}}?(?:this year|marks|celebr)[^.;]{{0,40}}?\b{nth} (?:annive|birth)", re.I)),
    )  # fmt: skip


def _years(sentence: Sentence, today: date | None) -> Iterator[Found]:
    """As in "last year, in 2012", "ten years ago, in 1990", "in 1990 ... ten years later, in 2005", "the 50th anniversary" of it."""
    from edlint.text.numbers import figures, ordinal_of

    told = figures(sentence.text)
    for kind, pattern in _told():
        for found in pattern.finditer(told.text if kind in ("ago", "later") else told.source):
            written, count = told.written(found, "year"), told.value(found, "count") if kind in ("ago", "later") else 0
            if not written.isdecimal():
                continue
            year = int(written)
            then = told.written(found, "then") if kind == "later" else ""
            if then.isdecimal() and abs(year + count - int(then)) > 1:
                yield found.span(), (then, str(int(year + count)))
            if today is None:
                continue
            if kind == "relative":
                real = today.year + {"last": -1, "this": 0, "next": 1}[found["word"].lower()]
                if year != real:
                    yield found.span(), (str(year), str(real))
            elif kind == "ago" and 1500 < year < 2100 and abs(today.year - count - year) > 1:
                yield found.span(), (str(year), str(int(today.year - count)))
            elif kind == "nth":
                nth = {"cent": 100, "bicent": 200}.get(found["nth"].lower(), ordinal_of(found["nth"]))
                if nth and nth > 1 and year < today.year and abs(today.year - nth - year) > 1:
                    yield found.span(), (str(year), str(today.year - nth))
