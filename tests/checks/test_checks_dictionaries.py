"""Dictionaries of rules: those that do not name their encoding, and affixes that add nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import findings

from edlint.ruleset.load import read_rule

WORDS = "6\ncafé/S\nhäuser/A\nplain/SX\nout/P\nwalk/Z\nnaïve\n"
AFFIXES = (
    "SFX S Y 1\nSFX S 0 s .\n\nSFX A Y 1\nSFX A 0 n .\n\nPFX P Y 1\nPFX P 0 re .\n\nSFX Z Y 1\nSFX Z 0 0 .\n\nSFX X Y 1\nSFX X 0 ed .\n"
)
DRAFT = "café cafés häuser häusern plain plains plained out reout walk naïve naïves walks zzz."
RULE = "extends: spelling\nmessage: \"'%s'\"\ncustom: true\ndictionaries: [xx]\n"


def wrong(tmp_path: Path, words: bytes, affixes: bytes) -> list[str]:
    for name, data in (("dictionaries/xx.dic", words), ("dictionaries/xx.aff", affixes)):
        path = tmp_path / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    file = tmp_path / "S" / "Words.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(RULE, "utf-8")
    return [finding.match for finding in findings(DRAFT, read_rule(file))]


@pytest.mark.parametrize("head", ["", "SET UTF-8\n", "\ufeff", "\ufeffSET UTF-8\n", "# About.\nSET UTF-8\n"])
def test_a_dictionary_in_utf8_need_not_say_so(tmp_path: Path, head: str) -> None:
    assert wrong(tmp_path, WORDS.encode(), (head + AFFIXES).encode()) == ["naïves", "walks", "zzz"]


@pytest.mark.parametrize("head", ["", "SET ISO8859-1\n"])
def test_a_dictionary_in_latin_letters_is_read_as_before(tmp_path: Path, head: str) -> None:
    assert wrong(tmp_path, WORDS.encode("latin-1"), (head + AFFIXES).encode("latin-1")) == ["naïves", "walks", "zzz"]
