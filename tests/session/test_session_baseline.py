"""What was accepted is known again, and nothing else is."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from doors import RULE
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult
from edlint.session.baseline import Entry, Outcome, apply, entries_of, split
from edlint.text.span import Span


@cache
def linter() -> Linter:
    """Finds leverage, arguably and very."""
    folder = Path(mkdtemp()) / "House"
    folder.mkdir()
    for name, token in (("Hype", "leverage"), ("Vague", "arguably"), ("Soft", "very")):
        (folder / f"{name}.yml").write_text(RULE.format(name=name.lower(), level="warning", token=token), "utf-8")
    return Linter(Config(extends=(folder,)))


def lint(text: str, path: str = "a.md") -> FileResult:
    return linter().lint_text(text, path)


def reported(before: str, after: str) -> list[str]:
    """The words and neighbours of what is reported in `after` once everything in `before` is accepted."""
    found = split(lint(after).findings, entries_of("a.md", lint(before).findings))
    return [f"{f.match} | {f.near}" for f in found.new]


def finding(rule: str = "A.b", match: str = "x", near: str = "") -> Finding:
    return Finding(rule, Level.WARNING, "m", Span(0, 1), match, near=near)


A = "The council will leverage the harbour fund to pay for new lights on the quay."
B = "The bridge is arguably the oldest one in the whole of the north."
C = "Nobody knows who built it, and the records of the town burned in a very hot summer."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"{A}\n\n{B}\n", f"{B}\n\n{A}\n", id="moved"),
        pytest.param(f"{A}\n{B}\n{C}\n", f"{A} {B}\n{C}\n", id="joined"),
        pytest.param(f"{A} {B} {C}\n", textwrap.fill(f"{A} {B} {C}", 30) + "\n", id="reflowed"),
        pytest.param(f"{A} {B}\n", f"Rain fell. {A} It rained again.\n", id="neighbours in the paragraph"),
        pytest.param(f"It rained.\n\n{A}\n\nIt stopped.\n", f"Snow fell.\n\n{A}\n\nMore came.\n", id="neighbours around"),
        pytest.param(f"{A}\n", f"> {A}\n", id="into a block quote"),
        pytest.param(f"{A}\n", f"- One\n- {A}\n", id="into a list"),
        pytest.param(f"{A}\n", f"{A.replace('harbour fund', '**harbour** fund')}\n", id="emphasis"),
        pytest.param(f"{A}\n", f"{A.replace('new lights', 'old lamps')}\n", id="the sentence edited"),
        pytest.param(f"{A}\n", f"{A.upper()}\n", id="in capitals"),
        pytest.param(f"{A}\n\nIt rained.\n\n{A}\n", f"It rained.\n\n{A}\n\nSnow fell.\n\n{A}\n", id="a copy, moved"),
        pytest.param(f"{A}\n\n{B}\n", f"{B}\n", id="one mended"),
    ],
)
def test_what_was_accepted_stays_so(before: str, after: str) -> None:
    assert reported(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        pytest.param("We leverage it.\n", "We use it.\n\nThey leverage them.\n", ["leverage | they … them"], id="mended here, new there"),
        pytest.param("We leverage it.\n", "We use it.\n\nWe leverage them.\n", ["leverage | we … them"], id="half the words"),
        pytest.param("We leverage it.\n", "We leverage it.\n\nThey leverage it.\n", ["leverage | they … it"], id="the same word again"),
        pytest.param("We leverage it.\n", "They leverage it.\n\nWe leverage it.\n", ["leverage | they … it"], id="the same word before"),
        pytest.param(f"{A}\n", f"{A}\n\nIt rained.\n\nSee here: {A}\n", None, id="the same sentence again"),
        pytest.param("We leverage it.\n", "We leverage it. We leverage it.\n", ["leverage | we … it"], id="twice"),
        pytest.param("It is very good.\n", "It is arguably good.\n", ["arguably | it is … good"], id="another rule"),
        pytest.param(f"{A}\n", "Rain will leverage the price of the bread for a week.\n", None, id="another sentence"),
        pytest.param("", "We leverage it.\n", ["leverage | we … it"], id="nothing accepted"),
    ],
)
def test_what_is_new_is_reported(before: str, after: str, new: list[str] | None) -> None:
    found = reported(before, after)
    assert found == new if new is not None else found


def test_equal_findings_are_counted() -> None:
    same = [finding(near="in one … sentence")] * 3
    assert [e.nth for e in entries_of("a", same)] == [1, 2, 3]
    parts = split(same, entries_of("a", same[:2]))
    assert (len(parts.accepted), len(parts.new), parts.left) == (2, 1, ())
    assert split(same[:1], entries_of("a", same)).left == tuple(Entry("a", "A.b", "x", "in one … sentence", n) for n in (2, 3))


def test_the_likest_sentence_takes_the_entry() -> None:
    entries = entries_of("a", [finding(near="one two three four … five six")])
    found = [finding(near="one two three … five seven"), finding(near="one two three four … five seven")]
    assert split(found, entries).new == (found[0],)


def test_many_words_tell_a_finding_alone() -> None:
    long = "a passage of no fewer than six words"
    assert split([finding(match=long, near="here …")], entries_of("a", [finding(match=long, near="there …")])).new == ()
    assert split([finding(match="short", near="here …")], entries_of("a", [finding(match="short", near="there …")])).new != ()


def test_very_long_words_are_compared_whole() -> None:
    one, other = finding(match="word " * 500), finding(match="word " * 499 + "end")
    entries = entries_of("a", [one])
    assert len(entries[0].text) < 230
    assert split([one], entries).new == ()
    assert split([other], entries).new == (other,)


def result(path: str, *found: Finding, **more: object) -> FileResult:
    return FileResult(path, findings=found)._replace(**more)  # type: ignore[arg-type]


def run(entries: Sequence[Entry], *files: FileResult, gone: dict[str, bool] | None = None, off: Sequence[str] = ()) -> Outcome:
    return apply([(file.path, file) for file in files], entries, lambda file, rule: rule not in off, gone or {})


def test_entries_of_other_files_and_of_rules_that_did_not_run_are_not_stale() -> None:
    a, b, c = Entry("a", "A.b", "x"), Entry("b", "A.b", "x"), Entry("a", "C.d", "x")
    outcome = run([a, b, c], result("a"), off=["C.d"])
    assert outcome.stale == (a,)
    assert set(outcome.unjudged) == {b, c}
    assert run([a], result("a", error="a: cannot be read")).unjudged == (a,)


def test_a_renamed_file_keeps_its_entries() -> None:
    found = [finding(match="x", near=f"in {n} …") for n in range(4)]
    entries = [*entries_of("old", found), *entries_of("other", found)]
    gone = {"old": True}
    outcome = run(entries, result("new", *found[:2], finding(near="new …")), result("other", *found), gone=gone)
    assert [len(file.findings) for file in outcome.files] == [1, 0]
    assert [(e.path, e.near) for e in outcome.stale] == [("new", "in 2 …"), ("new", "in 3 …")]
    assert [e.path for e in outcome.kept] == ["new"] * 2 + ["other"] * 4
    assert outcome.compared["new"] == tuple(entries[:4])


def test_less_than_half_of_a_file_is_no_renamed_file() -> None:
    found = [finding(match="x", near=f"in {n} …") for n in range(4)]
    for gone, stale in ((True, 4), (False, 0)):
        outcome = run(entries_of("old", found), result("new", found[0]), gone={"old": gone})
        assert (len(outcome.files[0].findings), len(outcome.stale), len(outcome.unjudged)) == (1, stale, 4 - stale)


def test_a_copied_file_is_new() -> None:
    found = finding(near="here …")
    assert len(run(entries_of("old", [found]), result("old", found), result("copy", found)).files[1].findings) == 1


def test_many_entries_take_little_time() -> None:
    entries = entries_of("a", [finding(near=f"the {n} … of the {n + 1} in all") for n in range(20_000)])
    found = [finding(near=f"the {n} … of the {n + 2} in all") for n in range(20_000)]
    began = time.process_time()
    split(found, entries)
    assert time.process_time() - began < 4


def test_many_renamed_files_take_little_time() -> None:
    """A folder that was moved, each of whose files has the same finding."""
    files = [result(f"new/{n:04}", finding(near="here …")) for n in range(1_000)]
    entries = [entry for n in range(1_000) for entry in entries_of(f"old/{n:04}", [finding(near="here …")])]
    began = time.process_time()
    outcome = run(entries, *files, gone={entry.path: True for entry in entries})
    assert time.process_time() - began < 1
    assert not outcome.stale and not any(file.findings for file in outcome.files)


WORDS = ["harbour", "lamp", "quay", "road", "ferry", "winter", "bridge", "mayor", "school", "ward", "river", "tower", "clerk", "market"]
PLAIN = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9, unique=True).map(lambda words: f"The {' '.join(words)}.")
FAULTY = st.tuples(st.sampled_from(["leverage", "arguably", "very"]), st.permutations(WORDS), st.integers(2, 6)).map(
    lambda t: f"The {' '.join(t[1][: t[2]])} {t[0]} {' '.join(t[1][t[2] : 9])}."
)
PARAGRAPHS = st.lists(st.tuples(st.lists(PLAIN, max_size=2), FAULTY, st.lists(PLAIN, max_size=2)), min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(PARAGRAPHS, st.data())
def test_moving_reflowing_and_editing_neighbours_reports_nothing_and_hides_nothing(
    paragraphs: list[tuple[list[str], str, list[str]]], data: st.DataObject
) -> None:
    before = "\n\n".join(" ".join([*head, faulty, *tail]) for head, faulty, tail in paragraphs)
    kept = data.draw(st.permutations(paragraphs))
    edited = [(data.draw(st.lists(PLAIN, max_size=2)), faulty, data.draw(st.lists(PLAIN, max_size=2))) for _, faulty, _ in kept]
    width = data.draw(st.integers(20, 90))
    parts = [textwrap.fill(" ".join([*head, faulty, *tail]), width) for head, faulty, tail in edited]
    assert reported(before, "\n\n".join(parts)) == []
    gone = data.draw(st.integers(0, len(parts) - 1))
    word = next(w for w in ("leverage", "arguably", "very") if w in kept[gone][1])
    parts[gone] = f"Nobody {word} wanted to hear that again."
    assert reported(before, "\n\n".join(parts)) == [f"{word} | nobody … wanted to hear that again"]
