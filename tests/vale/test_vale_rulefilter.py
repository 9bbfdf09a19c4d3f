"""Rule filters: what they keep, and that none of them hangs, crashes or passes for another."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from edlint.cli import run
from edlint.errors import UsageError
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.vale.rulefilter import DEEPEST, compile_filter

RULE = Rule(name="House.Hype", extends="existence", message="Say less.", level=Level.ERROR, scope=("title", "heading"))


@pytest.mark.parametrize(
    ("expression", "kept"),
    [
        ('.Name == "House.Hype"', True),
        ('.Level in ["error", "warning"] and .Extends != "existence"', False),
        ('not (.Level == "error") or .Scope contains "title"', True),
        ('.Name matches "^House"', True),
        ('.Name not matches "^House"', False),
        ("!!true", True),
        ('.Message contains "less" && !(.Link == "x")', True),
    ],
)
def test_what_is_kept(expression: str, kept: bool) -> None:
    assert compile_filter(expression)(RULE) is kept


@pytest.mark.parametrize("opening", ["(", "not ", "!", "["])
def test_depth_has_a_limit(opening: str) -> None:
    closing = {"(": ")", "[": "]"}.get(opening, "")
    assert compile_filter(opening * 20 + "true" + closing * 20)(RULE) in (True, False)
    with pytest.raises(UsageError, match="not a rule filter"):
        compile_filter(opening * 100_000 + "true" + closing * 100_000)
    assert DEEPEST < 100


def test_many_parts_side_by_side_are_no_depth() -> None:
    assert compile_filter(" and ".join([".Name == 'House.Hype'"] * 5_000))(RULE)


def test_a_pattern_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    slow = RULE._replace(name="a" * 60)
    began = time.process_time()
    with pytest.raises(UsageError, match="cannot be worked out"):
        compile_filter(f'.Name matches "{"(?:a|a)" * 40}(?!a)b"')(slow)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "expression",
    [
        ".Name in true",
        ".Level contains [1",
        ".Name == ",
        "",
        "()",
        '.Nothing == "x"',
        ".Name matches [true]",
        '.Name matches "("',
        ".Name in .Extends and",
        "~",
    ],
)
def test_wrong_types_and_syntax_are_said(expression: str) -> None:
    with pytest.raises(UsageError):
        compile_filter(expression)(RULE)


def test_the_command_line_has_a_door_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    pack = tmp_path / "House"
    pack.mkdir()
    for name, word in (("Very", "very"), ("Quite", "quite")):
        (pack / f"{name}.yml").write_text(f"extends: existence\nmessage: m\nlevel: error\ntokens: [{word}]\n", "utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [./House]\nvale: {styles: .}\n", "utf-8")
    (tmp_path / "config" / "filters").mkdir(parents=True)
    (tmp_path / "config" / "filters" / "very.expr").write_text('.Name == "House.Very"', "utf-8")
    (tmp_path / "a.txt").write_text("It was very late and quite dark.\n<!-- -->\n", "utf-8")
    check = ["a.txt", "--no-cache", "--output-format", "concise"]
    for given, names in (
        ([], ["House.Very", "House.Quite"]),
        (["--filter", '.Name != "House.Very"'], ["House.Quite"]),
        (["--filter", "very.expr"], ["House.Very"]),
        (["--filter", '.Level == "warning"'], []),
    ):
        assert run([*check, *given]) == (1 if names else 0)
        shown = capsys.readouterr().out
        assert [name for name in ("House.Very", "House.Quite") if name in shown] == names
    assert run([*check, "--filter", ".Level ==="]) == 2
    assert "not a rule filter" in capsys.readouterr().err
