"""Dates: which days a text names, and the day a draft is of."""

from __future__ import annotations

from datetime import date

import pytest

from edlint.text.dates import dated, days, nearest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Monday, 3 March 2014.", (3, 3, 2014, "Monday")),
        ("on Friday May 2, 2014, we", (2, 5, 2014, "Friday")),
        ("Tuesday the 5th of May", (5, 5, 0, "Tuesday")),
        ("until Sept. 3 and", (3, 9, 0, "")),
        ("March 4th", (4, 3, 0, "")),
    ],
)
def test_a_day_is_read_as_written(text: str, day: tuple[int, int, int, str]) -> None:
    (found,) = days(text)
    assert (found.day, found.month, found.year, found.weekday) == day


@pytest.mark.parametrize("text", ["in March 2014", "May 1.5", "he may 3", "12 Mays", "march 3"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert list(days(text)) == []


def test_a_day_may_not_exist() -> None:
    assert [day.exists for day in days("31 June, 30 June, 29 February 2023, 29 February 2024, 0 May")] == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("text", "path", "day"),
    [
        ("---\ntitle: x\ndate: 2014-02-20 10:00\n---\n", "a.md", date(2014, 2, 20)),
        ('+++\ndate = "2014-02-20"\n+++\n', "a.md", date(2014, 2, 20)),
        ("Text.\n", "posts/2014-02-20-fire.md", date(2014, 2, 20)),
        ("---\ndate: 2014-13-20\n---\n", "a.md", None),
        ("date: 2014-02-20\n", "a.md", None),
    ],
)
def test_the_day_of_a_draft(text: str, path: str, day: date | None) -> None:
    assert dated(text, path) == day


def test_a_day_without_a_year_is_the_nearest_one_within_four_months() -> None:
    (day,) = days("January 10")
    assert nearest(day, date(2014, 12, 1)) == date(2015, 1, 10)
    assert nearest(day, date(2014, 7, 1)) is None
