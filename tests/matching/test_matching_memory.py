"""What is remembered of the last version of a draft."""

from __future__ import annotations

from edlint.matching.memory import MOST, Memory, memory
from edlint.model.source import Source
from edlint.session.live import LiveSession
from edlint.session.options import Options


def test_what_a_version_asks_for_is_there_in_the_next_and_forgotten_when_that_does_not() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    kept = Memory()
    for asked in (("a", "b", "a"), ("a",), ("a", "b")):
        with kept.version(10):
            assert memory() is kept
            assert [kept.recall(key, lambda key=key: make(key)) for key in asked] == [key.upper() for key in asked]  # type: ignore[misc]
    assert made == ["a", "b", "b"]
    assert memory() is None


def test_long_drafts_are_not_remembered() -> None:
    with Memory().version(MOST + 1):
        assert memory() is None


def test_findings_are_those_of_a_plain_run_whatever_was_linted_before() -> None:
    live = LiveSession(Options(isolated=True, ignore=("Grammar",)))
    first = "The Shocking Truth\n\nCritics say 40 per cent of residents left.\n\nThe mayor, Ana Ruiz, could care less.\n"
    versions = [first, first.replace("say", "said"), first.replace("40", "4"), "Put in above.\n\n" + first, first + first, "", first]
    for text in versions:
        plain = live.linter_for("draft.md").lint(Source("draft.md", text))
        assert live.lint("draft.md", text) == plain
    assert live.lint("draft.md", first).findings
