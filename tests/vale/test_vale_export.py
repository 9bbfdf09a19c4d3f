"""A pack becomes a style that Vale can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.checks import kind_of
from edlint.files.yamlfile import load_yaml
from edlint.ruleset.load import read_rule, rule_keys
from edlint.ruleset.places import rule_files, shipped_packs
from edlint.vale.convert import exported


@pytest.mark.parametrize("pack", shipped_packs())
def test_a_pack_for_vale_has_only_what_vale_knows(pack: str, tmp_path: Path) -> None:
    files = rule_files(shipped_packs()[pack])
    written, left = exported(files)
    assert len(written) + len(left) == len(files)
    for path, text in written.items():
        target = tmp_path / pack / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
        rule, source = read_rule(target), read_rule(path)
        assert rule.compat
        assert kind_of(rule).shared
        assert not any(rule_keys(rule.extends)[key].own for key in load_yaml(text)[0])
        assert (rule.name, rule.level) == (source.name, source.level)


def test_a_rule_for_vale(tmp_path: Path) -> None:
    path = tmp_path / "House" / "Commas.yml"
    path.parent.mkdir()
    path.write_text(
        "extends: occurrence\nmessage: '%s commas'\nscope: [title, heading, quote & ~front-matter]\ntoken: ','\nmax: 4\n"
        "quotes: check\nwhy: |\n  Half of them\n  (50%) go.\ninstead: Cut.\nexamples: {bad: [a], good: [b]}\n",
        encoding="utf-8",
    )
    other = path.with_name("Sum.yml")
    other.write_text("extends: score\nmessage: m\ncues: [{any: a}]\n", encoding="utf-8")
    written, left = exported([path, other])
    assert load_yaml(written[path])[0] == {
        "extends": "occurrence",
        "message": "%v commas",
        "scope": ["heading", "blockquote & ~frontmatter"],
        "token": ",",
        "max": 4,
        "description": "Half of them (50%%) go.",
    }
    assert left == ["House.Sum (score)"]
