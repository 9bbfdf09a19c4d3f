"""From blocks to texts for the engine and back: drafts of any length are read whole, and every remark keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support import blocks

from edlint.cli import run
from edlint.errors import EngineError
from edlint.grammar import Engines, query
from edlint.grammar.base import Engine, Notify, Question, Remark, Slice
from edlint.linter import Linter
from edlint.model.config import GrammarConfig

WORD = "gooder"


class Finder(Engine):
    """Remarks on every `gooder`, and remembers what it read."""

    name = "finder"

    def __init__(self) -> None:
        self.read: list[str] = []

    def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
        self.read.append(text)
        return [Remark(at, at + len(WORD), "R", "m") for at in range(len(text)) if text.startswith(WORD, at)]


class One(Engines):
    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    def get(self, config: GrammarConfig, say: Notify) -> Engine:
        return self.engine


@pytest.mark.parametrize("limit", [20, 33, 57, 100, 100_000])
def test_a_draft_of_any_length_is_read_in_parts(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(query, "GRAMMAR_LIMIT", limit)
    long = "One sentence 😀 is gooder. Another is not. A third is gooder yet. And so on it goes."
    texts = ["A gooder plan.", long, "x" * 130, "gooder", ""]
    document = blocks(*texts, ("code", "gooder"), *texts)
    finder, messages = Finder(), query.EngineMessages([], [])
    found = query.remarks(document, Question(range(11), [Slice()]), GrammarConfig(), One(finder), messages)
    read = [(n, block.text) for n, block in enumerate(document.blocks) if block.kind != "code"]
    expected = [(n, at) for n, text in read for at in range(len(text)) if text.startswith(WORD, at)]
    assert [(number, remark.start) for number, remark in found] == expected
    assert all(len(text) <= limit for text in finder.read)
    assert messages == ([], [])
    assert len(finder.read) == 1 or limit < 1_000


def test_what_harper_says_does_not_depend_on_the_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "She bought an bicycle for her son.\n\nHe could of gone home, and nobody would of known.\n\n" * 20
    whole = Linter(select=["Grammar.Harper"]).lint_text(text).findings
    monkeypatch.setattr(query, "GRAMMAR_LIMIT", 300)
    assert Linter(select=["Grammar.Harper"]).lint_text(text).findings == whole
    assert len(whole) >= 20


def test_no_draft_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    finder, messages = Finder(), query.EngineMessages([], [])
    document = blocks("word " * 300_000 + "gooder.", "gooder")
    found = query.remarks(document, Question(range(2), [Slice()]), GrammarConfig(), One(finder), messages)
    assert [(number, remark.start) for number, remark in found] == [(0, 1_500_000), (1, 0)]
    assert messages == ([], [])


def test_a_remark_that_reaches_beyond_its_block_is_dropped() -> None:
    class Wide(Finder):
        def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
            return [Remark(0, len(text), "R", "m")]

    document = blocks("One.", "Two.")
    assert query.remarks(document, Question(range(2), [Slice()]), GrammarConfig(), One(Wide()), query.EngineMessages([], [])) == []


def test_an_engine_that_fails_in_the_middle_is_one_fault_and_no_half_result(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(Finder):
        def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
            if self.read:
                raise EngineError("it broke")
            return super().check(text, slices)

    monkeypatch.setattr(query, "GRAMMAR_LIMIT", 10)
    document = blocks("A gooder.", "A gooder.")
    messages = query.EngineMessages([], [])
    assert query.remarks(document, Question(range(2), [Slice()]), GrammarConfig(), One(Failing()), messages) == []
    assert messages == ([], ["GRAMMAR WAS NOT CHECKED: it broke"])
    messages = query.EngineMessages([], [])
    query.remarks(document, Question(range(2), [Slice()]), GrammarConfig(on_failure="warn"), One(Failing()), messages)
    assert messages == (["GRAMMAR WAS NOT CHECKED: it broke"], [])


@pytest.mark.parametrize("format", ["json", "text", "sarif", "html", "github", "junit"])
def test_an_unreachable_engine_leaves_the_other_findings_and_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text("extends: existence\nmessage: \"No '%s'\"\nlevel: error\ntokens: [leverage]\n", "utf-8")
    grammar = "grammar: {engine: languagetool, server: 'http://127.0.0.1:9', timeout: 1}"
    (tmp_path / ".edlint.yml").write_text(f"extends: [./House, Grammar]\n{grammar}\n", "utf-8")
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("We leverage it.\n", "utf-8")
    assert run([".", "-f", format, "-o", "report.out"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("edlint: a.txt and 2 more: GRAMMAR WAS NOT CHECKED: LanguageTool at http://127.0.0.1:9 cannot be reached")
    report = (tmp_path / "report.out").read_text("utf-8")
    assert report.count("leverage") >= 3
