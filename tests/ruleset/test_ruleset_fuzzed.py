"""What random rules and configurations once broke."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import rule

from edlint.config.file import load_config
from edlint.errors import ConfigError, RuleError
from edlint.linter import Linter


@pytest.mark.parametrize("extends", ["[existence]", "{}", "[[]]"])
def test_a_check_type_that_is_no_text_is_refused(extends: str) -> None:
    with pytest.raises(RuleError, match=r"unknown check type|is missing"):
        rule(f"extends: {extends}\nmessage: m\n")


@pytest.mark.parametrize(("kind", "key"), [("existence", "exceptions"), ("spelling", "filters"), ("capitalization", "exceptions")])
def test_patterns_that_are_seldom_tried_are_tried_when_rules_load(kind: str, key: str) -> None:
    more = {"existence": "tokens: [a]\n", "spelling": "", "capitalization": "match: $title\n"}[kind]
    with pytest.raises(RuleError, match=rf"Rule\.yml:\d: {key}.*does not compile|does not compile"):
        rule(f"extends: {kind}\nmessage: m\n{more}{key}:\n  - fine\n  - (open\n")


def test_a_vocabulary_holds_words_not_patterns(tmp_path: Path) -> None:
    (tmp_path / "Pack").mkdir()
    (tmp_path / "Pack" / "Words.yml").write_text(
        "extends: existence\nmessage: m\ntokens: ['\\w*sock\\w*( \\(sic)?']\nwhy: x\ninstead: x\nexamples: {bad: [], good: []}\n",
        encoding="utf-8",
    )
    (tmp_path / "names.txt").write_text("C++ (\na.sock\nsocks (sic\n", encoding="utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [./Pack]\nvocabulary: [names.txt]\n", encoding="utf-8")
    linter = Linter(load_config(tmp_path / ".edlint.yml"))
    assert [f.match for f in linter.lint_text("One aXsock.\n").findings] == ["aXsock"]


def test_paths_that_no_file_can_have_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / ".edlint.yml"
    for text in (f"vocabulary: {'x' * 5000}\n", f"extends: ./{'x' * 5000}\n", "vocabulary: ~nobody-of-that-name/x\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match="there is no"):
            load_config(path)


def test_half_a_character_is_an_error_of_the_draft() -> None:
    result = Linter().lint_text("One \ud800 two.", "a.txt")
    assert result.error == "a.txt: half a character (U+D800) at offset 4"
