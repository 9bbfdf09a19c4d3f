"""Harper reads what it has not read before, and only where its rules may find something: the findings are those of whole documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edlint.checks.grammar import slice_of
from edlint.errors import EngineError
from edlint.grammar import harper
from edlint.grammar import harper as module
from edlint.grammar.base import Remark, Slice
from edlint.grammar.harper import Harper
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig

SHIPPED = slice_of(Linter().all_rules["Grammar.Harper"])
AN = Slice(frozenset({"AnA", "ThenThan", "RepeatedWords"}))
PARAGRAPHS = [
    "She bought an bicycle, and it was better then the old one.",
    "He did went to the the town. \u201cI has seen it,\u201d he said",
    "i was there yesterday 😀; they is not.",
    "The council met on Tuesday to hear what residents had to say.",
    "Between 5 PM in the evening and midnight, nobody could of known it",
    "(a) It is to good to be true: there was problems.\nMe and John work at an university.",
    "“The quote goes on",
    " and ends here.” A a an an. ",
    "- They allows to see it, alot",
    "The quick\tbrown fox — it`s here … then. THE END",
]


def engine() -> Harper:
    return Harper("AMERICAN", "")


SHARED = engine()


def seen(text: str, slices: list[Slice], harper: Harper | None = None) -> list[tuple[str, int, str]]:
    return [(r.rule, r.start, text[r.start : r.end]) for r in (harper or SHARED).check(text, slices)]


def test_spans_are_code_points() -> None:
    assert seen("😀 It is an bicycle.", [AN]) == [("AnA", 8, "an")]


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(EngineError, match="no rule 'AnB'"):
        SHARED.check("A text.", [Slice(frozenset({"AnB"}))])


def test_rules_that_are_left_out_say_nothing() -> None:
    assert seen("An bicycle.", [AN._replace(without=frozenset({"AnA"}))]) == []


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=8), st.sampled_from(["\n\n", "\n\n\n"]))
def test_paragraphs_one_by_one_are_the_whole_document(paragraphs: list[str], gap: str) -> None:
    """What was said of a paragraph before may stand for what would be said of it now, whatever is around it."""
    text = gap.join(paragraphs)
    whole = sorted(SHARED._remarks(text, SHIPPED.rules))
    assert list(SHARED.check(text, [SHIPPED])) == whole
    at, parts = 0, list[Remark]()
    for paragraph in paragraphs:
        parts += [r._replace(start=r.start + at, end=r.end + at) for r in SHARED.check(paragraph, [SHIPPED])]
        at += len(paragraph) + len(gap)
    assert sorted(parts) == whole


def test_rules_that_look_further_are_asked_about_whole_documents() -> None:
    wide = Slice(frozenset({"SentenceCapitalization"}))
    text = "the first.\n\nthe second."
    assert list(SHARED.check(text, [wide])) == sorted(SHARED._remarks(text, wide.rules))


def test_what_was_read_before_does_not_start_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    first, text = Harper("AMERICAN", "harper_py-9"), "An bicycle.\n\nBetter then that.\n\nAn bicycle."
    found = seen(text, [AN], first)
    assert [rule for rule, _, _ in found] == ["AnA", "AnA"]

    def refused(dialect: str, rules: tuple[str, ...], text: str, timeout: float) -> list[Remark]:
        raise EngineError("not wanted")

    monkeypatch.setattr(harper, "read", refused)
    assert seen(text, [AN], Harper("AMERICAN", "harper_py-9")) == found
    assert seen("Better then that.\n\nAn bicycle.", [AN], Harper("AMERICAN", "harper_py-9"))
    others = [("BRITISH", "harper_py-9", AN), ("AMERICAN", "harper_py-10", AN), ("AMERICAN", "harper_py-9", SHIPPED)]
    for dialect, version, slice in others:
        with pytest.raises(EngineError, match="not wanted"):
            Harper(dialect, version).check(text, [slice])


def test_the_version_is_told_by_the_package() -> None:
    import harper

    assert module._version(Path(harper.__file__)).startswith("harper_py-")
    assert module._version(Path("/nowhere/harper/__init__.py")) == ""


def test_only_paragraphs_with_a_rules_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    remarks = Harper._remarks

    def spy(self: Harper, text: str, rules: frozenset[str]) -> list[Remark]:
        read.append(text)
        return remarks(self, text, rules)

    monkeypatch.setattr(Harper, "_remarks", spy)
    linter = Linter(select=["Grammar.Harper"])
    text = "The council met on Tuesday.\n\nShe bought an bicycle in May.\n\nTexas A&M won a game at an hour's notice.\n"
    assert [f.rule for f in linter.lint_text(text).findings] == ["Grammar.AnA"]
    assert read == ["She bought an bicycle in May."]
    assert linter.lint_text("The council met on Tuesday, as it does in every week of the year.").findings == ()
    assert len(read) == 1


def test_every_english_is_known() -> None:
    import harper

    assert set(module.DIALECTS) == {"en", "en-US", "en-GB", "en-AU", "en-CA", "en-IN"}
    assert all(hasattr(harper.Dialect, name) for name in module.DIALECTS.values())


@pytest.mark.parametrize("language", ["en-GB", "en-IN"])
def test_every_english_is_read(language: str) -> None:
    linter = Linter(Config(grammar=GrammarConfig(language=language)), select=["Grammar.Harper"])
    assert [f.rule for f in linter.lint_text("She bought an bicycle for her son last week.").findings] == ["Grammar.AnA"]


def test_other_languages_are_not() -> None:
    with pytest.raises(EngineError, match="only knows English"):
        module.make(GrammarConfig(language="de"), lambda _: None)


def test_an_engine_that_is_not_there_is_a_fault_even_where_it_need_not_read() -> None:
    linter = Linter(Config(grammar=GrammarConfig(language="en-ZZ")), select=["Grammar.Harper"])
    (fault,) = linter.lint_text("The council met on Tuesday.").faults
    assert "GRAMMAR WAS NOT CHECKED" in fault and "en-ZZ" in fault
    assert linter.lint_text("").findings == ()
