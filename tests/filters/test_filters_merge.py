from hypothesis import given
from hypothesis import strategies as st

from edlint.filters.merge import merge_runs
from edlint.findings import make_findings
from edlint.formats import read
from edlint.model.document import Document
from edlint.model.finding import Level
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.span import Span

RULES = {
    "P.Share": Rule("P.Share", "score", "P.Share found.", Level.ERROR, merge=True),
    "P.Related": Rule("P.Related", "score", "P.Related found.", Level.ERROR, merge=True),
    "P.Other": Rule("P.Other", "score", "P.Other found.", Level.ERROR),
    "Q.Share": Rule("Q.Share", "score", "Q.Share found.", Level.ERROR, merge=True),
}


def document(text: str, kind: str = "plain") -> Document:
    return read(Source("a", text), kind)


def match(text: str, words: str, rule: str = "P.Share", level: Level = Level.ERROR) -> Match:
    start = text.index(words)
    return Match(Span(start, start + len(words)), words, cues=(f"+1 {words}",), level=level).of(RULES[rule])


def test_neighbours_become_one_finding_from_the_first_to_the_last() -> None:
    text = "Share\n\n12\n\nRelated\n\nThe mayor spoke."
    found = merge_runs(document(text), [match(text, "Share"), match(text, "Related", "P.Related")])
    assert [(m.name, text[slice(*m.span)]) for m in found] == [("P.Share", "Share\n\n12\n\nRelated")]
    assert [part.text for part in found[0].parts] == ["Share", "Related"]
    assert make_findings(document(text), found)[0][0].message == "P.Share found. Also here: Related."
    assert found[0].text == "Share\nRelated"
    assert found[0].cues == ("+1 Share", "+1 Related")


def test_a_line_with_a_letter_parts_two_runs() -> None:
    text = "Share\n\nThe mayor spoke.\n\nRelated"
    both = [match(text, "Share"), match(text, "Related", "P.Related")]
    assert merge_runs(document(text), both) == both


def test_the_most_severe_gives_rule_and_level() -> None:
    text = "Share\n\nRelated"
    low = match(text, "Share", level=Level.WARNING)
    joined = merge_runs(document(text), [low, match(text, "Related", "P.Related")])
    assert [(m.name, m.severity, m.span) for m in joined] == [("P.Related", Level.ERROR, Span(0, len(text)))]


def test_two_findings_on_one_line_are_one() -> None:
    text = "Share and related"
    inside = match(text, "Share")._replace(span=Span(0, 17))
    assert len(merge_runs(document(text), [inside, match(text, "related", "P.Related")])) == 1


def test_rules_that_do_not_merge_and_other_packs_stay_apart() -> None:
    text = "Share\n\nRelated"
    for rule in ("P.Other", "Q.Share"):
        both = [match(text, "Share"), match(text, "Related", rule)]
        assert sorted(merge_runs(document(text), both), key=lambda f: f.span) == both


def test_markup_between_two_findings_does_not_part_them() -> None:
    text = "<ul><li>Share</li><li>12</li></ul><p>Related</p>"
    found = merge_runs(document(text, "html"), [match(text, "Share"), match(text, "Related", "P.Related")])
    assert [f.span for f in found] == [Span(text.index("Share"), text.index("</p>"))]


@given(st.lists(st.sampled_from(["Share", "12", "The mayor spoke.", "★"]), max_size=12))
def test_every_flagged_line_stays_covered_and_no_other_line_with_letters_is(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    found, at, flagged, free = [], 0, [], []
    for line in lines:
        span = Span(at, at + len(line))
        if line == "Share":
            found.append(Match(span, line).of(RULES["P.Share"]))
            flagged.append(span)
        elif line == "The mayor spoke.":
            free.append(span)
        at += len(line) + 2
    merged = merge_runs(document(text), found)
    assert all(any(f.span.covers(span) for f in merged) for span in flagged)
    assert not any(f.span.covers(span) for f in merged for span in free)
