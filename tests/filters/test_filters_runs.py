from hypothesis import given
from hypothesis import strategies as st

from edlint.document import Document, Source
from edlint.filters import runs
from edlint.finding import Finding, Level
from edlint.formats import read
from edlint.rule import Rule
from edlint.text.span import Span

RULES = {
    "P.Share": Rule("P.Share", "score", merge=True),
    "P.Related": Rule("P.Related", "score", merge=True),
    "P.Other": Rule("P.Other", "score"),
    "Q.Share": Rule("Q.Share", "score", merge=True),
}


def document(text: str, kind: str = "plain") -> Document:
    return read(Source("a", text), kind)


def finding(text: str, words: str, rule: str = "P.Share", level: Level = Level.ERROR) -> Finding:
    start = text.index(words)
    return Finding(rule, level, f"{rule} found.", Span(start, start + len(words)), words, cues=(f"+1 {words}",))


def test_neighbours_become_one_finding_from_the_first_to_the_last() -> None:
    text = "Share\n\n12\n\nRelated\n\nThe mayor spoke."
    found = runs.apply(document(text), [finding(text, "Share"), finding(text, "Related", "P.Related")], RULES)
    assert [(f.rule, text[slice(*f.span)]) for f in found] == [("P.Share", "Share\n\n12\n\nRelated")]
    assert found[0].message == "P.Share found. Also here: Related."
    assert found[0].match == "Share\nRelated"
    assert found[0].cues == ("+1 Share", "+1 Related")


def test_a_line_with_a_letter_parts_two_runs() -> None:
    text = "Share\n\nThe mayor spoke.\n\nRelated"
    both = [finding(text, "Share"), finding(text, "Related", "P.Related")]
    assert runs.apply(document(text), both, RULES) == both


def test_the_most_severe_gives_rule_and_level() -> None:
    text = "Share\n\nRelated"
    low = finding(text, "Share", level=Level.WARNING)
    joined = runs.apply(document(text), [low, finding(text, "Related", "P.Related")], RULES)
    assert [(f.rule, f.level, f.span) for f in joined] == [("P.Related", Level.ERROR, Span(0, len(text)))]


def test_two_findings_on_one_line_are_one() -> None:
    text = "Share and related"
    inside = finding(text, "Share")._replace(span=Span(0, 17))
    assert len(runs.apply(document(text), [inside, finding(text, "related", "P.Related")], RULES)) == 1


def test_rules_that_do_not_merge_and_other_packs_stay_apart() -> None:
    text = "Share\n\nRelated"
    for rule in ("P.Other", "Q.Share", "R.Unknown"):
        both = [finding(text, "Share"), finding(text, "Related", rule)]
        assert sorted(runs.apply(document(text), both, RULES), key=lambda f: f.span) == both


def test_markup_between_two_findings_does_not_part_them() -> None:
    text = "<ul><li>Share</li><li>12</li></ul><p>Related</p>"
    found = runs.apply(document(text, "html"), [finding(text, "Share"), finding(text, "Related", "P.Related")], RULES)
    assert [f.span for f in found] == [Span(text.index("Share"), text.index("</p>"))]


@given(st.lists(st.sampled_from(["Share", "12", "The mayor spoke.", "★"]), max_size=12))
def test_every_flagged_line_stays_covered_and_no_other_line_with_letters_is(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    found, at, flagged, free = [], 0, [], []
    for line in lines:
        span = Span(at, at + len(line))
        if line == "Share":
            found.append(Finding("P.Share", Level.ERROR, "m", span, line))
            flagged.append(span)
        elif line == "The mayor spoke.":
            free.append(span)
        at += len(line) + 2
    merged = runs.apply(document(text), found, RULES)
    assert all(any(f.span.covers(span) for f in merged) for span in flagged)
    assert not any(f.span.covers(span) for f in merged for span in free)
