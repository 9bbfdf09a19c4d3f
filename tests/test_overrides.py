"""Drafts in some folders may be in another language, or have another grammar engine, than the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import cache_with_rules

from edlint.authoring.schema import config_schema
from edlint.cli import run
from edlint.config.file import load_config
from edlint.errors import ConfigError
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig, Override
from edlint.session.configs import require_consent

RULE = "extends: existence\nmessage: \"'%s'\"\nlanguage: {}\nwhy: w\ntokens: [{}]\n"
GERMAN = "Der Hafen steht allen offen, auch das harbour und der quay, und die Fähre fährt an jedem Tag der Woche.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rules for English and for German, and a configuration that says which drafts are in which."""
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.chdir(tmp_path)
    for language, word in (("en", "harbour"), ("en-GB", "quay"), ("de", "Hafen")):
        file = Path("House", f"W{language.replace('-', '')}.yml")
        file.parent.mkdir(exist_ok=True)
        file.write_text(RULE.format(language, word), "utf-8")
    for folder in ("us", "uk", "de", "de/bis"):
        Path(folder).mkdir()
        text = GERMAN if folder == "de" else "The harbour, quay and Hafen are open to the the public.\n"
        Path(folder, "a.txt").write_text(text, "utf-8")
    Path(".edlint.yml").write_text(
        "extends: [./House, Grammar]\noverrides:\n"
        "- {files: ['uk/**'], grammar: {language: en-GB}}\n"
        "- {files: ['de/**'], grammar: {engine: none, language: de}, rules: {Grammar: off}}\n"
        "- {files: ['de/bis/**'], grammar: {language: en-US}}\n",
        "utf-8",
    )
    return tmp_path


def found(linter: Linter, path: str) -> list[str]:
    result = linter.lint_file(path)
    assert not result.error and not result.faults
    return sorted(finding.match for finding in result.findings if finding.rule.startswith("House"))


def test_the_rules_for_a_draft_are_those_for_its_language(desk: Path) -> None:
    linter = Linter(load_config(Path(".edlint.yml")))
    assert found(linter, "us/a.txt") == ["harbour"]
    assert found(linter, "uk/a.txt") == ["harbour", "quay"]
    assert found(linter, "de/a.txt") == ["Hafen"]
    assert found(linter, "de/bis/a.txt") == ["harbour"]  # the later one wins, and the engine is that of the one before


def test_the_engine_for_a_draft_is_asked(desk: Path) -> None:
    linter = Linter(load_config(Path(".edlint.yml")))
    grammar = {path: [f for f in linter.lint_file(f"{path}/a.txt").findings if f.rule.startswith("Grammar")] for path in ("us", "uk", "de")}
    assert grammar["us"] and grammar["uk"] and not grammar["de"]


def test_results_are_remembered_and_shown_for_each(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outs = []
    for _ in range(2):
        capsys.readouterr()
        assert run([".", "--output-format", "json", "--exit-zero"]) == 0
        outs.append([(f["path"], [x["match"] for x in f["findings"]]) for f in json.loads(capsys.readouterr().out)["files"]])
    assert outs[0] == outs[1]
    assert run(["config", "show", "uk/a.txt"]) == 0
    out = capsys.readouterr().out
    assert "grammar.language    en-GB" in out and ".edlint.yml:3)" in out
    assert run(["config", "show", "us/a.txt"]) == 0
    assert "grammar.language    en-US" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("grammar", "said"),
    [
        ("{language: english}", "overrides.0.grammar.language: no such language: 'english'"),
        ("{engine: harpar}", "overrides.0.grammar.engine: no such value: 'harpar' (did you mean 'harper'?)"),
        ("{server: 'http://example.org'}", "overrides.0.grammar.server: unknown key (known keys: engine, language)"),
        ("en-GB", "overrides.0.grammar: must be a mapping"),
    ],
)
def test_what_an_override_cannot_say_is_refused(tmp_path: Path, grammar: str, said: str) -> None:
    file = tmp_path / ".edlint.yml"
    file.write_text(f"overrides:\n- files: ['a/**']\n  grammar: {grammar}\n", "utf-8")
    with pytest.raises(ConfigError, match=":3: ") as told:
        load_config(file)
    assert said in str(told.value)


def test_an_override_does_not_send_drafts_elsewhere_without_consent() -> None:
    override = Override(("a/**",), {}, {"engine": "languagetool"})
    config = Config(grammar=GrammarConfig(server="https://example.org"), overrides=(override,))
    with pytest.raises(ConfigError, match=r"example\.org is another machine"):
        require_consent([config])
    require_consent([Config(grammar=GrammarConfig(server="https://example.org"))])  # harper, which sends nothing


def test_many_overrides_make_few_grammars() -> None:
    overrides = tuple(Override((f"{n}/**",), {}, {"language": ("de", "fr")[n % 2]}) for n in range(200))
    assert len(Config(overrides=overrides).grammars) == 3


def test_the_schema_knows_them() -> None:
    entry = config_schema()["properties"]["overrides"]["items"]["properties"]["grammar"]
    assert set(entry["properties"]) == {"engine", "language"}
