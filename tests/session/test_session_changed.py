"""What a change brought in: findings of a new version that the old one does not have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edlint.linter import Linter
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.session.changed import keep_new
from edlint.text.span import Span

LINTER = Linter(select=["Names", "Captions", "Claims.VagueSource", "Paste.NoBreakSpace"])


def reported(old: str, new: str) -> list[tuple[int, str, str]]:
    """Line, rule and words of what a change is told."""
    result = keep_new(LINTER.lint_text(new, "a.md"), Source("a.md", old), LINTER.lint)
    assert result.source is not None
    return [(result.source.lines.position(f.span.start).line, f.rule, f.match) for f in result.findings]


def text(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


US = ("The US won.", "The US paid.", "The US left.")


def test_an_edit_elsewhere_reports_nothing() -> None:
    old = text(*US, "It rained.", "The USA lost.")
    assert reported(old, old.replace("The US paid.", "On Monday the US paid twice.")) == []
    assert reported(old, old.replace("It rained.", "It rained a lot.")) == []
    assert reported(old, old.replace("The US won.", "The US won.\n\nIt snowed.")) == []


def test_the_first_use_of_another_spelling_is_reported() -> None:
    assert reported(text(*US), text(*US, "The USA lost.")) == [(7, "Names.Marks", "USA")]


def test_it_is_reported_even_where_the_old_spelling_is_now_the_rarer_one() -> None:
    found = reported(text("The US won."), text("The US won.", "The USA paid.", "The USA left."))
    assert found == [(1, "Names.Marks", "US")]


def test_one_more_place_of_an_old_inconsistency_is_reported_where_it_is() -> None:
    old = text(*US, "The USA lost.")
    new = old + text("", "The USA slept.", "", "The USA woke.")
    assert reported(old, new) == [(10, "Names.Marks", "USA")]
    result = keep_new(LINTER.lint_text(new, "a.md"), Source("a.md", old), LINTER.lint)
    (finding,) = result.findings
    assert [related.same for related in finding.related] == [False, True]
    assert len(finding.fixes[0].edits) == 2
    assert result.elsewhere == 0


def test_a_no_break_space_more_is_reported_on_its_line_alone() -> None:
    old = text("The mayor\u00a0spoke.", "It rained.")
    assert reported(old, old.replace("rained", "rained\u00a0hard")) == [(3, "Paste.NoBreakSpace", "\u00a0")]
    assert reported(old, old.replace("rained", "snowed")) == []


CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."


def test_the_second_copy_is_reported_wherever_it_was_added() -> None:
    assert [line for line, _, _ in reported(text(CAPTION, "It rained."), text(CAPTION, CAPTION, "It rained."))] == [3]
    old = text("It rained.", "It snowed.", CAPTION)
    assert [line for line, _, _ in reported(old, text(CAPTION, CAPTION, "It rained.", "It snowed."))] == [3]
    twice = text(CAPTION, CAPTION, "It rained.")
    assert reported(twice, twice.replace("It rained.", "It rained all day.")) == []
    assert reported(twice, "It snowed.\n\n" + twice) == []


def test_an_edit_of_its_own_line_leaves_an_old_finding_alone() -> None:
    old = text("Critics say the old plan for the harbour failed.", "It rained.")
    assert reported(old, old.replace("old plan", "new plan")) == []
    assert reported(old, old.replace("It rained.", "It snowed.")) == []


def test_a_line_that_is_written_anew_is_new() -> None:
    old = text("Critics say the old plan for the harbour failed.", "It rained.")
    new = text("Critics say that nobody has asked any fisherman.", "It rained.")
    assert [line for line, _, _ in reported(old, new)] == [1]


def test_a_second_one_on_an_edited_line_is_new() -> None:
    old = text("Critics say the old plan for the harbour failed.")
    new = text("Critics say the old plan for the harbour failed. Experts say the same of the new plan for the bridge.")
    assert len(reported(old, new)) == 1


def test_a_finding_that_has_become_worse_is_new() -> None:
    span = Span(0, 4)

    def told(before: Level, after: Level) -> int:
        source = Source("a", "Word here.")
        old, new = (FileResult("a", source, (Finding("P.R", level, "m", span, "Word"),)) for level in (before, after))
        return len(keep_new(new, source, lambda _, also=(): old).findings)

    assert told(Level.WARNING, Level.ERROR) == 1
    assert told(Level.ERROR, Level.WARNING) == told(Level.ERROR, Level.ERROR) == 0


def test_another_anchor_on_an_unchanged_line_is_not_new() -> None:
    first, second = Span(0, 1), Span(3, 4)
    old = FileResult("a", Source("a", "x\n\ny"), (Finding("P.R", Level.WARNING, "m", first, "x"),))
    new = FileResult("a", Source("a", "z\n\ny"), (Finding("P.R", Level.WARNING, "m", second, "y"),))
    assert old.source is not None
    assert keep_new(new, old.source, lambda _, also=(): old).findings == ()


def test_a_new_draft_and_a_clean_one() -> None:
    new = LINTER.lint_text(text(*US, "The USA lost."), "a.md")
    assert keep_new(new, None, LINTER.lint) is new
    clean = LINTER.lint_text(text(*US), "a.md")
    assert keep_new(clean, Source("a.md", text("Critics say no.")), LINTER.lint) is clean


WORDS = ("apple", "bread", "chair", "door", "east", "fence", "grass", "house", "island", "jar", "kite", "lamp")


def word(number: int) -> str:
    return f"{WORDS[number % 12]}{WORDS[number // 12]}"


def line(number: int, bad: bool) -> str:
    """A line whose words no other line has; half of them hold a finding."""
    own = [word((number * 5 + n) % 144) for n in range(4)]
    return f"{own[0]} {own[1]} {'bad' if bad else 'good'} {own[2]} {own[3]}."


def flags(source: Source, also: object = ()) -> FileResult:
    """A finding for each `bad`, known by the words of its line."""
    found, at = [], source.text.find("bad")
    while at >= 0:
        span = source.lines.line_span(source.lines.position(at).line)
        near = source.text[slice(*span)].replace("bad", "…")
        found.append(Finding("P.Bad", Level.WARNING, "m", Span(at, at + 3), "bad", near=near))
        at = source.text.find("bad", at + 1)
    return FileResult("a", source, tuple(found))


LINES = st.lists(st.integers(0, 27), unique=True, max_size=12)


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Two versions of a draft as lists of lines: the second is the first after some deletions, insertions and moves."""
    old = draw(LINES)
    new = list(old)
    for _ in range(draw(st.integers(0, 5))):
        what, at = draw(st.sampled_from(["delete", "insert", "move"])), draw(st.integers(0, max(0, len(new) - 1)))
        if what == "insert":
            new.insert(at, draw(st.integers(0, 27).filter(lambda n: n not in new)))
        elif new:
            taken = new.pop(at)
            if what == "move":
                new.insert(draw(st.integers(0, len(new))), taken)
    return old, new


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(versions(), st.sets(st.integers(0, 27)))
def test_what_both_versions_have_is_never_reported_and_what_is_new_always_is(pair: tuple[list[int], list[int]], bad: set[int]) -> None:
    old, new = pair
    made = [Source("a", "\n".join(line(n, n in bad) for n in numbers)) for numbers in (old, new)]
    result = keep_new(flags(made[1]), made[0], flags)
    told = [made[1].lines.position(f.span.start).line - 1 for f in result.findings]
    assert told == [at for at, number in enumerate(new) if number in bad and number not in old]
    assert result.elsewhere == sum(1 for number in new if number in bad and number in old)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(versions())
def test_places_of_one_inconsistency(pair: tuple[Sequence[int], Sequence[int]]) -> None:
    made = []
    for numbers in pair:
        own = [[word((n * 5 + k) % 144) for k in range(5)] for n in numbers]
        forms = ["USA" if n % 4 == 0 else "US" for n in numbers]
        lines = [f"A {w[0]} {w[1]} {w[2]} left the {form} {w[3]} {w[4]}." for w, form in zip(own, forms, strict=True)]
        made.append("\n\n".join(["The US won.", "The US paid."] * 7 + ["The USA lost.", *lines]))
    result = keep_new(LINTER.lint_text(made[1], "a.md"), Source("a.md", made[0]), LINTER.lint)
    assert result.source is not None
    spans = [span for f in result.findings for span in (f.span, *(r.span for r in f.related if r.same))]
    told = [result.source.lines.position(span.start).line for span in spans if result.source.text[slice(*span)] == "USA"]
    assert told == [2 * at + 31 for at, number in enumerate(pair[1]) if number % 4 == 0 and number not in pair[0]]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_are_no_change(end: str) -> None:
    old = text(*US, "The USA lost.", "Critics say no.")
    assert reported(old, old.replace("\n", end)) == []
