"""The title of a rule: short, and there for rules that give none."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.errors import RuleError
from edlint.linter import Linter
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.ruleset.load import read_rule

TOKENS = 'extends: existence\nmessage: "m"\ntokens: [x]\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "House" / "OxfordComma.yml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    return file


def test_a_title_is_read(tmp_path: Path) -> None:
    assert read_rule(write(tmp_path, f"{TOKENS}title: Comma before and\n")).plain_title == "Comma before and"


def test_a_title_that_is_too_long_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="more than 28 letters") as caught:
        read_rule(write(tmp_path, f"{TOKENS}title: {'long ' * 6}\n"))
    assert caught.value.place and caught.value.place.line == 4


@pytest.mark.parametrize(("name", "shown"), [("House.OxfordComma", "Oxford comma"), ("House.We", "We"), ("a.snake_case", "Snake case")])
def test_a_rule_without_a_title_is_called_by_its_name(name: str, shown: str) -> None:
    assert Rule(name, "existence").plain_title == shown


def test_what_stands_in_direct_speech_is_known_and_not_shown() -> None:
    text = "A walk\n\n“We looked at the the walls,” said Ana Ruiz. They will stand.\n"
    result = Linter(select=["Grammar.Doubled"]).lint_text(text)
    assert result.findings == () and result.held_back == 1
    assert [(text[f.span.start : f.span.end], f.rule) for f in result.quoted] == [("the the", "Grammar.Doubled")]


def test_a_digest_is_that_of_the_bytes() -> None:
    import hashlib

    for text, encoding, bom in (("é\r\n", "utf-8", True), ("é", "cp1252", False), ("é", "utf-16-le", True)):
        data = (b"\xef\xbb\xbf" if encoding == "utf-8" else b"\xff\xfe" if bom else b"") + text.encode(encoding)
        assert Source("a.txt", text, encoding, bom).digest == hashlib.sha256(data).hexdigest()
    assert Source("a.txt", "\u0141", "cp1252").digest == ""
