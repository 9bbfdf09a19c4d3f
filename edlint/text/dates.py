"""Dates as English prose writes them, and the day a draft says it is of. Ranges are half-open, in 0-based code points."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from edlint.text.lazy import lazy

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Sept|{'|'.join(_SHORT)})\b\.?)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:1[5-9]|20)\d\d)"
_HEAD = lazy(r"\A(?:---|\+\+\+)\r?\n(?P<fields>.{0,4000}?)\r?\n(?:---|\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = lazy(
    r"""^(?:date|pub_?date|published(?:_at|_on)?|publishdate|issued)["']?[ \t]*[:=][ \t]*["']?(?P<date>\d{4}-\d\d-\d\d)""", re.I | re.M
)
_NAMED = lazy(r"(?:^|[/\\])(\d{4}-\d\d-\d\d)-[^/\\]*$")


class Day(NamedTuple):
    """A day named in a text: where, its month and day of the month as written, its year (0 without one), its weekday ("" without one)."""

    start: int
    end: int
    day: int
    month: int
    year: int
    weekday: str

    @property
    def exists(self) -> bool:
        """Whether there is such a day in its year, or without one in any."""
        return 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]


@cache
def _finder() -> re.Pattern[str]:
    weekday = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? (?:the )?)?"
    first = rf"\b{_DAY.format('d1')} (?:of )?(?P<m1>{_MONTH})(?:,? {_YEAR.format('y1')}\b)?"
    second = rf"\b(?P<m2>{_MONTH}) (?:the )?{_DAY.format('d2')}\b(?![.:]?\d)(?:,? {_YEAR.format('y2')}\b)?"
    return re.compile(rf"(?<![\w.,:/-]){weekday}(?:{first}|{second})(?![\w%])")


def days(text: str) -> Iterator[Day]:
    """The days a text names by day and month, in order: "Monday, 3 March 2014", "March 3rd"."""
    for found in _finder().finditer(text):
        side = "1" if found["d1"] else "2"
        month = _SHORT[found[f"m{side}"][:3]]
        yield Day(found.start(), found.end(), int(found[f"d{side}"]), month, int(found[f"y{side}"] or 0), found["weekday"] or "")


def dated(text: str, path: str = "") -> date | None:
    """The day a draft is of: in a field of its front matter (date, published), or at the start of its file's name; None without either."""
    head = _HEAD.match(text)
    found = (head and _FIELD.search(head["fields"])) or _NAMED.search(path)
    try:
        return date.fromisoformat(found["date"] if "date" in found.re.groupindex else found[1]) if found else None
    except ValueError:
        return None


def nearest(day: Day, to: date) -> date | None:
    """The day without a year that lies nearest to another day; None where two are about as near, or for no day at all."""
    near = []
    for year in (to.year - 1, to.year, to.year + 1):
        if 1 <= day.day <= monthrange(year, day.month)[1]:
            near.append(date(year, day.month, day.day))
    near.sort(key=lambda candidate: abs((candidate - to).days))
    return near[0] if near and abs((near[0] - to).days) <= 120 else None
