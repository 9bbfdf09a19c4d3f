"""The JSON Schemas hold for every rule and configuration there is, and refuse what the loader refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from components import shared
from jsonschema import Draft7Validator

from edlint.authoring.schema import SCHEMAS, dumped
from edlint.checks import CHECKS
from edlint.cli.setup import TEMPLATE
from edlint.config.file import load_config
from edlint.errors import ConfigError, RuleError
from edlint.files.yamlfile import load_yaml
from edlint.ruleset.load import load_rules, make_rule
from edlint.ruleset.places import rule_files, shipped_folder
from tests.docs import ROOT
from tests.docs.reading import files, ours, pages

RULE, CONFIG = (Draft7Validator(SCHEMAS[name]()) for name in ("rule", "config"))
EXISTENCE = "extends: existence\nmessage: m\ntokens: [a]\n"
SCORE = "extends: score\nmessage: m\n"


def faults(validator: Draft7Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_always_the_same(name: str) -> None:
    schema = json.loads(dumped(name))
    Draft7Validator.check_schema(schema)
    assert dumped(name) == dumped(name)
    assert dumped(name).endswith("}\n")


@pytest.mark.parametrize("folder", [shipped_folder(), ROOT / "examples" / "house" / "rules"], ids=lambda p: p.name)
def test_every_rule_of_ours_is_valid(folder: Path) -> None:
    paths = list(rule_files(folder))
    assert paths
    for path in paths:
        assert faults(RULE, load_yaml(path)[0]) == [], path


def test_every_style_written_for_vale_is_valid() -> None:
    paths = {Path(rule.path) for rule in load_rules(rule_files(shared("vale/styles")), []).values()}
    assert len(paths) > 300
    assert {str(path): found for path in paths if (found := faults(RULE, load_yaml(path)[0]))} == {}


def test_what_the_pages_show_is_valid() -> None:
    shown = [(name, load_yaml(text)[0]) for page in pages() for name, text in files(page) if ours(name)]
    assert len(shown) > 10
    for name, data in shown:
        assert faults(CONFIG if name.endswith(".edlint.yml") else RULE, data) == [], name


def test_every_check_type_has_its_keys() -> None:
    assert set(CHECKS) <= set(SCHEMAS["rule"]()["definitions"])


@pytest.mark.parametrize(
    "yaml",
    [
        "message: m",
        "extends: existance\nmessage: m",
        "extends: existence\ntokens: [a]",
        "extends: existence\nmessage:\ntokens: [a]",
        "- extends: existence",
        EXISTENCE + "token: a",
        EXISTENCE + "swap: {a: b}",
        EXISTENCE + "level: fatal",
        EXISTENCE + "quotes: never",
        EXISTENCE + "ignorecase: sometimes",
        EXISTENCE + "limit: many",
        EXISTENCE + "scope: {text: yes}",
        EXISTENCE + "exceptions: [[a]]",
        EXISTENCE + "examples: {worse: [a]}",
        EXISTENCE + "examples: {bad: a}",
        EXISTENCE + "examples: {bad: [{txt: a}]}",
        EXISTENCE + "examples: {bad: [{text: a, format: docx}]}",
        EXISTENCE + "action: {name: shout}",
        "extends: substitution\nmessage: m\nswap: [a, b]",
        SCORE + "cues: [a]",
        SCORE + "cues: [{anny: a}]",
        SCORE + "cues: [{feature: loudness}]",
        SCORE + "cues: [{any: a, weight: much}]",
        SCORE + "cues: [{any: a, at: nowhere}]",
        SCORE + "cues: [{any: a}]\nrun: {join: 1}",
        "extends: sequence\nmessage: m\ntokens: [{patern: a}]",
    ],
)
def test_what_the_loader_refuses_is_refused(yaml: str) -> None:
    data, lines = load_yaml(yaml)
    with pytest.raises(RuleError):
        make_rule("Test.Rule", data, lines, "Rule.yml")
    assert faults(RULE, data)


def test_the_configurations_there_are_are_valid() -> None:
    assert faults(CONFIG, load_yaml(TEMPLATE)[0]) == []
    for path in (ROOT / "examples").rglob(".edlint.yml"):
        assert faults(CONFIG, load_yaml(path)[0]) == [], path


def test_a_configuration_with_every_kind_of_value() -> None:
    yaml = """\
extends: default
rules:
  Claims: off
  Captions.Repeated: {min_words: 6, level: error}
  Headlines: {level: warning, Clickbait: error, Labels: {threshold: 3}}
grammar: {engine: languagetool, language: auto, server: "http://localhost:8081", allow_remote: false, timeout: 2.5, on_failure: warn}
reader: {server: "http://localhost:8080/v1", model: m, timeout: 9, packs: [Claims], required: true, draft_seconds: 60, questions: -1}
overrides: [{files: "opinion/**", rules: {Claims: suggestion}}]
fail_on: never
vale: {vocab: House, min_level: error, ignores: {files: "*.md", blocks: [a]}, formats: {adoc: md}}
"""
    assert faults(CONFIG, load_yaml(yaml)[0]) == []


@pytest.mark.parametrize(
    "yaml",
    [
        "rule: {}",
        "extends: [[default]]",
        "rules: [Claims]",
        "rules: {Claims: fatal}",
        "rules: {Claims: {level: 3}}",
        "rules: {Claims: {Figure: loud}}",
        "grammar: harper",
        "grammar: {engine: harpoon}",
        "grammar: {languages: en}",
        "grammar: {language: English}",
        "grammar: {timeout: 0}",
        "grammar: {timeout: 3601}",
        "grammar: {allow_remote: maybe}",
        "grammar: {on_failure: ignore}",
        "reader: qwen3",
        "reader: {server: a, model: b, key: c}",
        "reader: {packs: [Grammar]}",
        "reader: {questions: many}",
        "reader: {run_seconds: 0}",
        "vocabulary: {names: a}",
        "exclude: [3]",
        "overrides: {files: a}",
        "overrides: [{rules: {Claims: off}}]",
        "overrides: [{files: a, ruls: {}}]",
        "fail_on: warnings",
        "encoding: 8",
        "vale: {style: a}",
        "vale: {min_level: low}",
        "vale: {ignores: [a]}",
        "vale: {formats: [a]}",
        "- extends",
    ],
)
def test_what_the_configuration_refuses_is_refused(yaml: str, tmp_path: Path) -> None:
    path = tmp_path / ".edlint.yml"
    path.write_text(yaml, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_config(path)
    assert faults(CONFIG, load_yaml(yaml)[0])


def test_a_key_that_no_rule_has_is_refused_in_the_settings_of_a_rule() -> None:
    assert faults(CONFIG, load_yaml("rules: {Captions.Repeated: {min_word: 6}}")[0])
