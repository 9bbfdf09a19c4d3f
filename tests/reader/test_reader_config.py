"""The key `reader:` of a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.cli.setup import describe
from edlint.config.file import load_config
from edlint.errors import ConfigError
from edlint.model.config import Config
from edlint.model.server import ReaderConfig


def load(folder: Path, reader: str) -> Config:
    file = folder / ".edlint.yml"
    file.write_text(f"fail_on: error\nreader: {reader}\n", encoding="utf-8")
    return load_config(file)


def test_its_keys(tmp_path: Path) -> None:
    config = load(
        tmp_path, "{server: 'https://m.example/v1', model: a/b:7, timeout: 9, packs: [Claims, Claims], required: true, questions: -1}"
    )
    assert config.reader == ReaderConfig("https://m.example/v1", "a/b:7", 9.0, ("Claims",), True, questions=None)
    assert config.reader.remote and config.reader.host == "m.example"
    shown = {key: value for key, value, _ in describe(config)}
    assert shown["reader.model"] == "a/b:7" and shown["reader.questions"] == "-1" and shown["reader.required"] == "true"


def test_nothing_under_it_is_no_reader(tmp_path: Path) -> None:
    assert load(tmp_path, "{}").reader is None


@pytest.mark.parametrize(
    ("reader", "message"),
    [
        ("qwen", "must be a mapping"),
        ("{model: a}", "the key 'server' is missing"),
        ("{server: 'http://127.0.0.1'}", "the key 'model' is missing"),
        ("{server: '127.0.0.1:80', model: a}", "must look like http"),
        ("{server: 'http://me:secret@127.0.0.1', model: a}", "must look like http"),
        ("{server: 'http://127.0.0.1', model: 3}", "must be a string"),
        ('{server: "http://127.0.0.1", model: "a\\nb"}', "one line"),
        ("{server: 'http://127.0.0.1', model: a, packs: [Grammar]}", "no such value"),
        ("{server: 'http://127.0.0.1', model: a, timeout: 0}", "more than 0"),
        ("{server: 'http://127.0.0.1', model: a, questions: -2}", "0 or more"),
        ("{server: 'http://127.0.0.1', model: a, key: sk-1}", "unknown key"),
        ("{server: 'http://127.0.0.1', model: a, allow_remote: true}", "unknown key"),
    ],
)
def test_faults_name_the_line_and_no_secret(reader: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load(tmp_path, reader)
    assert caught.value.place and caught.value.place.line == 2
    assert "secret" not in str(caught.value) and "sk-1" not in str(caught.value)
