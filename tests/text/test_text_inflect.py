from __future__ import annotations

import pytest

from edlint.text.inflect import plural, verb_forms


@pytest.mark.parametrize(
    "forms",
    [
        "say says said saying", "argue argues argued arguing", "plan plans planned planning", "worry worries worried worrying",
        "enjoy enjoys enjoyed enjoying", "admit admits admitted admitting", "visit visits visited visiting", "tie ties tied tying",
        "see sees saw seen seeing", "agree agrees agreed agreeing", "watch watches watched watching", "write writes wrote written writing",
        "put puts putting", "travel travels traveled traveling travelled travelling", "feel feels felt feeling", "fix fixes fixed fixing",
        "compel compels compelled compelling", "quit quits quitting", "be is was been being", "have has had having",
        "fear fears feared fearing",
    ],
)  # fmt: skip
def test_the_forms_of_a_verb(forms: str) -> None:
    assert verb_forms(forms.split()[0]) == tuple(forms.split())


def test_words_after_the_verb_stay() -> None:
    assert verb_forms("point out") == ("point out", "points out", "pointed out", "pointing out")


@pytest.mark.parametrize(
    ("noun", "more"),
    [
        ("critic", "critics"), ("analysis", "analyses"), ("spokeswoman", "spokeswomen"), ("wife", "wives"), ("church", "churches"),
        ("body", "bodies"), ("day", "days"), ("German", "Germans"), ("grandchild", "grandchildren"), ("person", "people"),
        ("press officer", "press officers"), ("quiz", "quizzes"), ("hero", "heroes"), ("tax", "taxes"),
    ],
)  # fmt: skip
def test_the_plural_of_a_noun(noun: str, more: str) -> None:
    assert plural(noun) == more
