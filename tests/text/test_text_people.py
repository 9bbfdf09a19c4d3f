"""People: ages, names, and what is no person."""

from __future__ import annotations

import pytest

from edlint.text.people import ages, is_person, surname, trimmed


@pytest.mark.parametrize(
    ("text", "name", "age"),
    [
        ("Ana Ruiz, 54, runs the mill.", "Ana Ruiz", 54),
        ("Then Ana Ruiz (54) left.", "Ana Ruiz", 54),
        ("a letter by 54-year-old Ana Ruiz", "Ana Ruiz", 54),
        ("The 54-year-old has never sailed.", "", 54),
        ("Ana Ruiz is 54 years old.", "Ana Ruiz", 54),
    ],
)
def test_an_age_belongs_to_a_name(text: str, name: str, age: int) -> None:
    (found,) = ages(text)
    assert (found.name, found.age) == (name, age)


@pytest.mark.parametrize("text", ["South Street, 54, is empty.", "Ana Ruiz, 1,200 votes ahead", "a 54-year-old bridge", "Ana Ruiz, 300."])
def test_what_is_no_age_is_none(text: str) -> None:
    assert list(ages(text)) == []


def test_names() -> None:
    assert is_person("Ana Ruiz") and not is_person("Ruiz Street")
    assert surname("Ana Ruiz's") == "Ruiz"
    assert trimmed("Later Ana Ruiz") == "Ana Ruiz" and trimmed("Later Ruiz") == "Later Ruiz"
