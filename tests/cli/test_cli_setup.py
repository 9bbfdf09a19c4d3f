"""`edlint init` and `edlint config show`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from doors import Run

from edlint.config.file import load_config
from edlint.model.config import Config


def test_init_writes_what_holds_anyway(edlint_: Run) -> None:
    assert edlint_("init") == (0, "wrote .edlint.yml\n", "")
    made, default = load_config(Path(".edlint.yml")), Config()
    for key in ("extends", "rules", "grammar", "vocabulary", "exclude", "overrides", "fail_on", "encoding"):
        assert getattr(made, key) == getattr(default, key), key
    Path("sub").mkdir()
    assert edlint_("init", "sub").out == "wrote sub/.edlint.yml\n"


def test_init_never_overwrites(edlint_: Run) -> None:
    Path(".edlint.yml").write_text("mine", "utf-8")
    ran = edlint_("init")
    assert (ran.status, ran.err) == (2, "edlint: .edlint.yml already exists (edit it, or delete it first)\n")
    assert Path(".edlint.yml").read_text("utf-8") == "mine"
    missing = edlint_("init", "none")
    assert missing.status == 2
    assert "'none' does not exist" in missing.err


def test_init_that_cannot_write(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert edlint_("init") == (2, "", "edlint: .edlint.yml cannot be written: Permission denied\n")


@pytest.mark.usefixtures("house")
def test_config_show_names_each_value_and_its_origin(edlint_: Run) -> None:
    path = Path(".edlint.yml").resolve()
    path.write_text(
        "extends: [./House]\nfail_on: warning\nrules: {House.Hype: warning}\n"
        "overrides:\n  - files: [opinion/**]\n    rules: {House.Hype: off}\n",
        "utf-8",
    )
    shown = edlint_("config", "show", "opinion/new.md").out.splitlines()
    assert shown[0].split() == ["file", str(path)]
    values = {line.split()[0]: " ".join(line.split()[1:]) for line in shown}
    assert values["fail_on"] == f"warning ({path}:2)"
    assert values["rules.House.Hype"] == f"off ({path}:6)"
    assert values["encoding"] == "utf-8 (default)"
    assert values["vocabulary"] == "- (default)"
    assert f"warning ({path}:3)" in " ".join(edlint_("config", "show", "news.md").out.split())


@pytest.mark.usefixtures("house")
def test_config_show_obeys_the_same_options_as_check(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("other.yml").write_text("extends: [./House]\nencoding: cp1252\n", "utf-8")
    assert "cp1252" in edlint_("config", "show", "a.md", "--config", "other.yml").out
    assert "none" in edlint_("config", "show", "a.md", "--isolated").out.splitlines()[0]
    monkeypatch.setenv("EDLINT_CONFIG", "other.yml")
    assert "cp1252" in edlint_("config", "show", "a.md").out


@pytest.mark.usefixtures("house")
def test_config_show_says_what_is_wrong(edlint_: Run) -> None:
    Path(".edlint.yml").write_text("extends: [./House]\nrules: {House.Hipe: off}\n", "utf-8")
    ran = edlint_("config", "show", "a.md")
    assert ran.status == 2
    assert ".edlint.yml:2: there is no rule or pack 'House.Hipe' (did you mean 'House.Hype'?)" in ran.err
    assert edlint_("config", "show").err == "edlint: Missing argument 'FILE'. (see edlint config show --help)\n"


def test_configurations_can_be_tried(edlint_: Run, tmp_path: Path) -> None:
    assert "the defaults" in edlint_("config", "check").out
    good, bad = tmp_path / "good", tmp_path / "bad"
    for folder, text in ((good, "rules: {Captions: error}\n"), (bad, "rules: {Captoins: error}\n")):
        folder.mkdir()
        (folder / ".edlint.yml").write_text(text, encoding="utf-8")
    told = edlint_("config", "check", "good/.edlint.yml", "bad/.edlint.yml")
    assert told.status == 2
    assert "good/.edlint.yml: " in told.out and " rules are on" in told.out
    assert "bad/.edlint.yml:1" in told.err and "Captions" in told.err


def test_a_file_that_is_no_configuration_stands_for_the_one_that_holds_there(edlint_: Run, tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").write_text("extends: [./house]\n", encoding="utf-8")
    rule = tmp_path / "house" / "House" / "Broken.yml"
    rule.parent.mkdir(parents=True)
    rule.write_text("extends: existence\nmessage: x\ntokenz: [a]\n", encoding="utf-8")
    told = edlint_("config", "check", "house/House/Broken.yml")
    assert told.status == 2 and "Broken.yml:3" in told.err and "tokens" in told.err
