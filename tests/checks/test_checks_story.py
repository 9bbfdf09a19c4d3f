"""The checks that compare a draft with itself: near misses and odd input. The rules' own examples are tested elsewhere."""

from __future__ import annotations

import pytest
from support import rule

from edlint.errors import RuleError
from edlint.linter import Linter
from edlint.model.config import Config, RuleSetting
from edlint.ruleset.compile import compile_rules

LINTER = Linter(select=["Story"])


def story(text: str, path: str = "draft.md") -> list[str]:
    return [f"{f.rule.partition('.')[2]}: {text[f.span.start : f.span.end]}" for f in LINTER.lint_text(text, path).findings]


@pytest.mark.parametrize(
    "text",
    [
        "The price rose and the number fell from 40 to 77.",  # two changes, one range
        "Trains did not rise from 77 to 21, the minister said.",
        "The club rose from 9th place to 3rd.",
        "It rose from number 40 in the chart to number 3.",
        "Attendance nearly doubled from 40 to 75.",
        "Numbers more than doubled, from 40 to 95.",
        "The fleet was halved from 31 to 16.",
        "He walked from 77 Hill Street to 21 Mill Lane as prices rose.",
        "Rents rose 4 per cent to 52 from 50.",
    ],
)
def test_changes_that_are_right_or_are_none(text: str) -> None:
    assert story(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rents rose 40 per cent to 52 from 50.", "Reversed: rose 40 per cent to 52 from 50"),
        ("Sales dropped to 2.4 million from 1.9 million.", "Reversed: dropped to 2.4 million from 1.9 million"),
        ("Seventy-seven came; numbers grew from seventy-seven to twenty-one.", "Reversed: grew from seventy-seven to twenty-one"),
        ("In all 5 of the 10 boats (80 per cent) sank.", "Share: 5 of the 10 boats (80 per cent"),
        ("There were 40 people on board: 25 men, 10 women and 8 children.", "Sum: 40 people on board: 25 men, 10 women and 8 children"),
        ("By 10 votes to 8, a majority of 3, it passed.", "Sum: By 10 votes to 8, a majority of 3"),
        ("The fair lasts from May 20 to May 12.", "Days: from May 20 to May 12"),
        ("Doors open at 9pm and close at 8pm.", "Hours: open at 9pm and close at 8pm"),
    ],
)
def test_what_is_said(text: str, said: str) -> None:
    assert story(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 40 people 25 are men and some are children.",
        "In all 10 died and 20 were injured in 3 fires.",
        "Between 9 and 5 the desk is open.",
        "It is open from 9pm to 2am.",
        "A quarter of the men and 30 per cent of the women agreed.",
        "Half of them, or some 45 per cent, agreed.",
        "They paid £40 for it, then $40.",
        "It costs $3.5 million, or $3.5 billion in old money.",
        "See table 3 of the report.",
        "Version 2 (see https://example.org/a(b)) is out :(",
    ],
)
def test_near_misses(text: str) -> None:
    assert story(text) == []


def test_a_date_is_checked_by_the_day_that_a_rule_gives() -> None:
    text = "The vote is on Friday, March 14."
    assert story(text) == []
    config = Config(rules={"Story.Weekday": RuleSetting(None, {"date": "2026-03-01"})})
    found = Linter(config, select=["Story"]).lint_text(text).findings
    assert [f.message for f in found] == ["'Friday, March 14': 14 March 2026 is a Saturday."]


BODY = (
    "The harbour of Ellis had 412 boats in 1990, and last year it had 262, the office says. Of these, 120 belong to the town, which lets"
    " them to fishermen for a year or two, and the others to 90 families that have lived by the quay since it was built. Most of them sail"
    " in May and come home in October, when the storms begin. The mayor says that it cannot go on like this, and that the council will"
    " meet on Friday to talk about what is to be done. Nobody knows who will come. In 2003 a plan to mend the pier was given up after"
    " two of its three builders had left the town.\n"
)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Ferry line loses 300 jobs", ["Unmentioned: 300 jobs"]),
        ("Bridge to cost $40 million", ["Unmentioned: $40 million"]),
        ("Fees rise by 31 per cent", ["Unmentioned: 31 per cent"]),
        ("Harbour loses 150 boats", []),  # 412 less 262
        ("Boats down by 36%", []),
        ("Some 400 boats, and then 262", []),
        ("30 ways to save a harbour", []),
        ("The harbour in 2030 boats", []),
        ("3 dead in fire", []),
        ("The G20 and the A40 of 50 towns", ["Unmentioned: 50 towns"]),
    ],
)
def test_figures_that_only_a_headline_has(head: str, said: list[str]) -> None:
    assert story(f"# {head}\n\n{BODY}") == said
    assert story(f"# {head}\n\nThe harbour of Ellis had 412 boats in 1990.\n") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*The quay in May. Photo: Bo Li*", ["MissingPicture: Photo: Bo Li"]),
        ("The quay was full.\n\nPhoto: Bo Li/Post", ["MissingPicture: Photo: Bo Li/Post"]),
        ("![Quay](a.jpg)\n\n*The quay in May. Photo: Bo Li*", []),
        ("In every photo by the sea she laughs. He took a picture: it was dark.", []),
    ],
)
def test_credits_of_pictures_that_are_gone(text: str, said: list[str]) -> None:
    assert [one for one in story(text) if "Picture" in one] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Work starts on June 12 and has to be finished by June 2.", ["Days: June 12 and has to be finished by June 2"]),
        ("It opens on 12 May 2026 and must close before 3 May 2026.", ["Days: 12 May 2026 and must close before 3 May 2026"]),
        ("It opens on 12 November and must close before 3 March.", []),
        ("Entries must be in by 12 May, and the deadline of 3 May was moved.", ["Days: 12 May, and the deadline of 3 May"]),
        ("It opened on 12 May. The old one was finished by 3 May.", []),
        ("Ships left by 12 May and came back on 3 May.", []),
    ],
)
def test_days_after_their_by(text: str, said: list[str]) -> None:
    assert story(text) == said


def test_the_first_place_is_told_with_the_second() -> None:
    text = "# Fire: 12 dead\n\nIn the fire 14 people died on Friday.\n"
    (finding,) = LINTER.lint_text(text, "a.md").findings
    assert [text[slice(*related.span)] for related in finding.related] == ["14 people died"]


@pytest.mark.parametrize(
    ("yaml", "key"),
    [
        ("extends: change\nmessage: m\nfactors: {doubled: two}\n", "factors.doubled"),
        ("extends: total\nmessage: m\nparts: [men]\n", "parts.0"),
        ("extends: share\nmessage: m\nanswers: [yes]\n", "answers.0"),
        ("extends: persons\nmessage: m\ntitles: [Mr]\n", "titles.0"),
        ("extends: persons\nmessage: m\nkind: title\n", "titles"),
        ("extends: persons\nmessage: m\nkind: twice\ntitles: [[Mr]]\n", "titles"),
        ("extends: restated\nmessage: m\nsame: [dead]\n", "same.0"),
        ("extends: calendar\nmessage: m\ndate: tomorrow\n", "date"),
    ],
)
def test_a_rule_that_cannot_work_says_where(yaml: str, key: str) -> None:
    with pytest.raises(RuleError) as raised:
        compile_rules({"A.B": rule(yaml, "A.B")})
    assert key in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "", "(" * 5000, "#" * 5000 + " 77 to 21", "rose from " * 2000, "1 of the 2, " * 2000, "Ana Ruiz, 54, " * 800,
        "between 9 and " * 2000,
        "one hundred and " * 3000, "[^1]" * 2000, 'Ana said, "' * 900,
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_time(text: str) -> None:
    result = LINTER.lint_text(text, "draft.md")
    assert result.faults == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mr Ruiz left. Ms Ruiz met Ana Ruiz Ruiz.", ["Honorific: Ms Ruiz"]),  # the second Ruiz is no first name's
        ("Mr Lee left. Ms Lee stayed. Ana Lee-Ruiz met Bo J. Lee's son.", []),
        ("Mr Lee-Ruiz left. Mr Lee-Ruiz, it is said, knew Ana Lee.", ["Unintroduced: Mr Lee-Ruiz"]),
        ("Mr Lee-Ruiz left. Mr Lee-Ruiz, it is said, knew Ana B. Lee-Ruiz.", []),
        ("Li said he ran. Li said she ran. Ruiz said she ran. Ruiz said he ran. Ana Li met Bo Li.", ["Pronoun: Ruiz said he"]),
        (4 * "Ask the WRKA (HPB). Ask the HPB. ", []),
        (4 * "Ask the WRKA (of 1990). Ask the HPB. ", ["Initials: WRKA", "Initials: HPB"]),
        ("The Harbour Pilots Board met in May.\n\n" + 4 * "Ask the HPB. Few knew the WRKA. ", ["Initials: WRKA"]),
    ],
)
def test_names_and_initials_are_looked_up_in_the_whole_draft(text: str, said: list[str]) -> None:
    assert story(text) == said


def test_a_head_is_compared_with_all_of_the_body() -> None:
    figures = "# Fire kills 3\n\nIn Ellis 4 were killed.\n\n"
    assert story(figures + "Photo: 4 were killed") == ["Figure: kills 3"]
    assert story(figures + "In Ellis 5 were killed.") == []


def test_a_long_list_is_not_counted() -> None:
    told = "There are three reasons:\n\n"
    assert story(told + "- The mill.\n" * 4) == ["Count: three reasons"]
    assert story(told + "- The mill.\n" * 400) == []


def test_whom_an_age_means_is_not_clear_far_away() -> None:
    near, far = ("Ana Ruiz, 54, runs the mill. " + n * "The mill is old. " + "The 45-year-old sings." for n in (20, 400))
    assert story(near) == ["Age: The 45-year-old"]
    assert story(far) == []
