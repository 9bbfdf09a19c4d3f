"""A draft that is too large is an error of its own, wherever it comes from; the others are checked."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from edlint.config.file import load_config
from edlint.errors import ConfigError
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.session.options import Options
from edlint.session.session import Session
from edlint.session.work import silent

RULE = "extends: existence\nmessage: m\nlevel: error\ntokens: [arguably]\nwhy: w\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text(RULE, "utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [./House]\nmax_size: .001\n", "utf-8")
    (tmp_path / "large.md").write_text("It is so, arguably.\n" * 60, "utf-8")
    (tmp_path / "small.md").write_text("It is so, arguably.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_large_draft_fails_alone(desk: Path) -> None:
    report = Session().run(["large.md", "small.md"], silent).report
    large, small = report.files
    assert large.error == "large.md: larger than 0.001 MB (split it, or set `max_size` in the configuration)"
    assert [finding.match for finding in small.findings] == ["arguably"]
    assert report.exit_code == 2


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "all of an endless stream was asked for"
        self.taken += size
        return b"a" * size


@pytest.mark.parametrize("name", ["", "draft.md"])
def test_standard_input_is_read_to_the_limit_and_no_further(desk: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))
    report = Session(Options(stdin_filename=name)).run(["-"], silent).report
    shown = name or "<stdin>"
    assert [file.error for file in report.files] == [f"{shown}: larger than 0.001 MB (split it, or set `max_size` in the configuration)"]
    assert endless.taken == 1_001 and report.exit_code == 2


def test_standard_input_of_just_the_limit_is_checked(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"It is so, arguably. ".ljust(1_000, b"\n")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    (file,) = Session().run(["-"], silent).report.files
    assert [finding.match for finding in file.findings] == ["arguably"]


def test_by_every_way_in(desk: Path) -> None:
    linter = Linter(load_config(desk / ".edlint.yml"))
    text = (desk / "large.md").read_text("utf-8")
    for result in (linter.lint_file("large.md"), linter.lint_bytes(text.encode(), "x.md")):
        assert "larger than 0.001 MB" in result.error
    assert not Linter(replace(linter.config, max_size=1)).lint_file("large.md").error


def test_the_default_is_25_megabytes() -> None:
    assert Config().max_size == 25


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "true"])
def test_what_is_no_size(value: str, desk: Path) -> None:
    (desk / ".edlint.yml").write_text(f"max_size: {value}\n", "utf-8")
    with pytest.raises(ConfigError, match="max_size: must be"):
        load_config(desk / ".edlint.yml")
