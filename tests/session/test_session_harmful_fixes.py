"""Fixes that would do harm are not applied: after a fix nothing is hidden that was shown, and no fault stands where another did."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.filters import Filter
from edlint.linter import Lint, Linter
from edlint.model.finding import Edit, Finding, Fix, Level, Suppressed
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.session.baseline import Entry, split
from edlint.session.fix import apply_fixes
from edlint.text.span import Span

CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."
CLAIM = "Critics say the plan for the harbour failed a long time ago."
NEXT = "<!-- edlint-disable-next-line {}: own -->"


@cache
def linter(*select: str) -> Linter:
    return Linter(select=select or ("Captions", "Boilerplate", "Paste", "Claims"))


def fixed(text: str, path: str = "a.md", *, unsafe: bool = False, by: Linter | None = None) -> FileResult:
    by = by or linter()
    return apply_fixes(by.lint_text(text, path), by.lint, unsafe=unsafe)


def text_of(result: FileResult) -> str:
    assert result.source is not None
    return result.source.text


def shown(result: FileResult) -> list[str]:
    return [finding.rule for finding in result.findings]


@pytest.mark.parametrize("path", ["a.md", "a.txt", "a.html"])
@pytest.mark.parametrize("directives", [1, 2])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_directive_goes_with_the_lines_it_spoke_of(path: str, directives: int, gap: str) -> None:
    comment = "# edlint-disable-next-line Claims: own" if path == "a.txt" else NEXT.format("Claims")
    one, two = (f"<p>{part}</p>" if path == "a.html" else part for part in (CAPTION, CLAIM))
    text = f"{one}\n\nIt rained.\n\n{f'{comment}{gap}' * directives}{one}\n\n{two}\n"
    result = fixed(text, path, unsafe=True)
    assert "Claims.VagueSource" in shown(result)
    if path != "a.html":  # there a paragraph's tags stay, and no line can go
        assert text_of(result) == f"{one}\n\nIt rained.\n\n{two}\n"
        assert [finding.rule for finding in result.fixed] == ["Captions.Repeated"]


def test_a_directive_stays_with_what_is_left_of_its_lines() -> None:
    text = f"{CAPTION}\n\n{NEXT.format('Claims')}\n{CLAIM}\n\n{CAPTION}\n"
    assert text_of(fixed(text)) == text.removesuffix(f"\n{CAPTION}\n")


@pytest.mark.parametrize("stands_with", ["It rained. ", "- "])
def test_lines_stay_whose_directive_cannot_go(stands_with: str) -> None:
    text = f"{CAPTION}\n\n{stands_with}{NEXT.format('Claims')}\n\n{CAPTION}\n\n{CLAIM}\n"
    result = fixed(text, unsafe=True)
    assert text_of(result) == text and "Claims.VagueSource" in shown(result)
    assert all(finding.fix(unsafe=True) is None for finding in result.findings)


def test_an_end_of_silence_is_not_deleted() -> None:
    """Neither with a widget around it nor in any other way."""
    widget = "Share this article\n\n<!-- edlint-enable Claims -->\n\nFacebook\n\nTwitter\n\nWhatsApp\n\nCopy link"
    text = f"{CLAIM}\n\n<!-- edlint-disable Claims -->\n\n{widget}\n\nMany believe that the harbour will close.\n"
    before = linter().lint_text(text, "a.md")
    after = fixed(text, unsafe=True)
    assert {f.match for f in before.findings if f.rule == "Claims.VagueSource"} <= {f.match for f in after.findings}


PROSE = [
    CAPTION,
    CAPTION,
    CLAIM,
    CLAIM,
    "Many believe that the harbour will close.",
    "The may\u200bor spoke.",
    "It rained.",
    "## The harbour",
]
WIDGET = ["1 Like", "Share", "Like", "Facebook", "Twitter", "WhatsApp", "Was this article helpful?"]
PIECES = st.sampled_from(PROSE + WIDGET)
DIRECTIVES = st.sampled_from(
    [NEXT.format(name) for name in ("Claims", "Captions", "Claims.VagueSource, Paste", "")]
    + [f"<!-- edlint-{verb} Claims -->" for verb in ("disable", "enable", "disable-line")]
    + ["<!-- vale off -->", "<!-- vale on -->"]
)


@st.composite
def drafts(draw: st.DrawFn) -> str:
    """Prose and widgets among directives; a directive often stands before something that a fix deletes."""
    silenced = st.builds("{}\n{}".format, DIRECTIVES, st.sampled_from([CAPTION, CAPTION, "\n".join(WIDGET)]))
    parts = draw(st.lists(st.one_of(silenced, PIECES, DIRECTIVES), min_size=2, max_size=10))
    gaps = st.sampled_from(["\n\n", "\n\n", "\n", " "])
    return f"{CAPTION}\n\n" + "".join(part + draw(gaps) for part in parts) + CLAIM


@settings(max_examples=150, deadline=None)
@given(drafts(), st.booleans())
def test_nothing_that_was_shown_is_hidden_after_a_fix(text: str, unsafe: bool) -> None:
    """Whatever stands in the draft: what was shown is shown still, or was fixed, or its words are gone."""
    before = linter().lint_text(text, "a.md")
    after = fixed(text, unsafe=unsafe)
    for finding in before.findings:
        if not finding.rule.startswith("Claims."):
            continue
        left = [f for f in after.findings if (f.rule, f.match) == (finding.rule, finding.match)]
        wanted = sum(1 for f in before.findings if (f.rule, f.match) == (finding.rule, finding.match))
        removed = text.count(finding.match) - text_of(after).count(finding.match)
        # Passages that stand side by side now may be copies, which have one finding, silenced or not, for all their words.
        told = (*after.findings, *(silenced.finding for silenced in after.suppressed))
        copies = [f for f in told if f.rule.startswith("Captions.") and finding.match in f.match]
        assert len(left) + len(copies) >= wanted - removed, finding


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It is a an error.", "It is a an error."),
        ("It is an a error.", "It is an a error."),
        ("This is a a idea.", "This is a a idea."),
        ("It has a an unique style.", "It has a an unique style."),
        ("He has a an a apple.", "He has a an a apple."),
        ("It took a hour in an car.", "It took an hour in a car."),
        ("They saw the the cat.", "They saw the cat."),
    ],
)
def test_words_are_not_made_worse(text: str, wanted: str) -> None:
    grammar = linter("Grammar")
    offered = any(finding.fix(unsafe=True) for finding in grammar.lint_text(f"{text}\n", "a.md").findings)
    result = fixed(f"{text}\n", by=grammar, unsafe=True)
    assert text_of(result) == f"{wanted}\n"
    assert all(finding.fix(unsafe=True) is None for finding in result.findings)
    left_out = "some fixes were not applied: they would hide a finding, or replace one fault with another" in result.notices
    assert left_out == (offered and not result.fixed)


def at(text: str, words: str, new: str | None = None, rule: str = "A.b") -> Finding:
    span = Span(text.index(words), text.index(words) + len(words))
    fixes = () if new is None else (Fix("t", (Edit(span, new),), "safe"),)
    return Finding(rule, Level.WARNING, "m", span, words, fixes=fixes, fingerprint=f"{rule}{words}")


def saying(*rules: tuple[str, str | None]) -> Lint:
    """A linter that flags each of these words where they stand, and offers a replacement where there is one."""

    def lint(source: Source, *, also: Sequence[Filter] = ()) -> FileResult:
        found = [at(source.text, words, new, f"A.{words}") for words, new in rules if words in source.text]
        return FileResult(source.path, source, tuple(found))

    return lint


@pytest.mark.parametrize(
    ("text", "rules", "wanted"),
    [
        ("one two three", [("one", "1"), ("two", "2")], "1 2 three"),  # one after the other
        ("one two three", [("one", "1"), ("two", "2"), ("1 2", None)], "1 two three"),  # the second would make a new fault
        ("one two three", [("one", "1"), ("1 two", None)], "one two three"),
        ("one, two three", [("one", "1"), ("three", "3"), ("1, two", None)], "one, two 3"),
        ("one two three", [("one", "1"), ("two three", None)], "1 two three"),  # is no new fault
        ("one two three", [("one", "1"), ("1 two three", None)], "1 two three"),  # says something of more than the neighbours
        ("one  two", [("one", ""), ("  ", None)], "  two"),  # blanks are no words
    ],
)
def test_which_fixes_of_words_are_applied(text: str, rules: Sequence[tuple[str, str | None]], wanted: str) -> None:
    lint = saying(*rules)
    assert text_of(apply_fixes(lint(Source("a.txt", text)), lint)) == wanted


def test_an_accepted_finding_that_is_deleted_does_not_let_another_pass() -> None:
    """The baseline accepts one of two equal findings: a fix that deletes its line must not use that up for the other."""
    line = f"{CAPTION} {CLAIM}"
    text = f"{line}\n\n{line}\n"
    found = linter().lint_text(text, "a.md")
    claim = next(f for f in found.findings if f.rule == "Claims.VagueSource")
    entry = Entry("a.md", claim.rule, claim.match, claim.near)

    def lint(source: Source, *, also: Sequence[Filter] = ()) -> FileResult:
        result = linter().lint(source, also=also)
        parts = split(result.findings, (entry,))
        return result._replace(findings=parts.new, accepted=parts.accepted)

    before = lint(Source("a.md", text))
    assert shown(before).count("Claims.VagueSource") == 1
    after = apply_fixes(before, lint, unsafe=True)
    assert shown(after).count("Claims.VagueSource") + text.count(CLAIM) - text_of(after).count(CLAIM) >= 1


def test_the_fix_nearest_before_what_it_hides_is_left_out() -> None:
    text = "alpha\nbeta\ngamma\ndelta\n"

    def lint(source: Source, *, also: Sequence[Filter] = ()) -> FileResult:
        found = [at(source.text, word, "", f"A.{word}") for word in ("alpha\n", "beta\n") if word in source.text]
        delta = at(source.text, "delta")
        if "beta" in source.text:
            return FileResult(source.path, source, (*found, delta))
        return FileResult(source.path, source, tuple(found), (Suppressed(delta, ""),))

    after = apply_fixes(lint(Source("a.txt", text)), lint)
    assert text_of(after) == "beta\ngamma\ndelta\n"
    assert [f.rule for f in after.findings] == ["A.beta\n", "A.b"]
