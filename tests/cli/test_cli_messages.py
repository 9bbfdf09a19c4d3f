"""Errors lead to the line and the file of the person who made them, and what is odd about the surroundings is no fault of edlint's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from doors import Run

import edlint
from edlint.errors import did_you_mean
from edlint.report import REPORTERS

ROOT = Path(edlint.__file__).parent


@pytest.fixture(autouse=True)
def _draft() -> None:
    Path("draft.txt").write_text("We leverage it.\n", "utf-8")


def configure(text: str) -> None:
    Path(".edlint.yml").write_text(text, "utf-8")


@pytest.mark.parametrize("name", ["Claims", "claims"])
def test_a_packs_name_explains_the_pack(edlint_: Run, name: str) -> None:
    ran = edlint_("explain", name)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert len(lines) >= 3
    assert all(line.startswith("Claims.") for line in lines)
    assert any(line.startswith("Claims.VagueSource  warning") for line in lines)
    assert edlint_("explain", "Clams").err == "edlint: there is no rule 'Clams' (did you mean 'Claims'?)\n"


def test_a_hint_never_names_the_very_word_that_is_wrong() -> None:
    assert did_you_mean("base", ["base"]) == ""
    assert did_you_mean("base", ["base", "bases"]) == "did you mean 'bases'?"
    assert did_you_mean("Base", ["base"]) == "did you mean 'base'?"


CONFIGURATIONS = {
    # an option in an override has a line of its own
    "overrides:\n- files: ['*.txt']\n  rules:\n    Claims.Figure:\n      level: warning\n      thresold: 3\n": (
        6,
        "Claims.Figure has no option 'thresold' (did you mean 'threshold'?)",
    ),
    "overrides:\n- files: ['*.txt']\n  rules:\n    Nope: off\n": (4, "there is no rule or pack 'Nope'"),
    "rules: {Claims: on}\noverrides:\n- files: ['*.md']\n  rules: {}\n- files: ['*.txt']\n  rules:\n    Claims.Figure: {threshold: a}\n": (
        7,
        "Claims.Figure: threshold: a number is wanted",
    ),
    # what is wrong with a rule only as it was configured is said of the configuration
    "rules:\n  Claims.Figure:\n    level: error\n    scope: [nope]\n": (4, "Claims.Figure: unknown scope 'nope'"),
    "rules:\n  Claims.Figure:\n    threshold: 100\n    cues: [{any: [x]}]\n": (3, "Claims.Figure: threshold: the cues add up to"),
    "rules:\n  House.Swap:\n    swap: {}\n": (3, "House.Swap: swap: a substitution rule needs at least one pair"),
}


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_what_is_wrong_in_a_configuration_is_said_at_its_line(edlint_: Run, text: str) -> None:
    Path("House").mkdir()
    Path("House/Swap.yml").write_text("extends: substitution\nmessage: m\nswap: {a: b}\n", "utf-8")
    configure(f"{text}extends: [default, ./House]\n")
    ran = edlint_("draft.txt")
    line, message = CONFIGURATIONS[text]
    assert ran.status == 2
    assert f".edlint.yml:{line}: {message}" in ran.err
    assert "/rules/" not in ran.err


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("message: m\nextends: substitution\n", 2),
        ("message: m\nextends: substitution\nswap: {}\n", 3),
        ("level: error\ntokens: [a]\nextends: existence\n", 3),
        ("level: error\nmessage: ''\nextends: existence\n", 2),
        ("message: m\nextends: existence\n", 2),
    ],
)
def test_what_is_missing_in_a_rule_is_said_with_a_line(edlint_: Run, rule: str, line: int) -> None:
    Path("House").mkdir()
    Path("House/Odd.yml").write_text(rule, "utf-8")
    configure("extends: [./House]\n")
    ran = edlint_("draft.txt")
    assert ran.status == 2
    assert f"Odd.yml:{line}: " in ran.err


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_in_a_pack(edlint_: Run) -> None:
    Path("House").mkdir()
    Path("House/Hype.yml").write_text("extends: existence\nmessage: m\nlevel: error\ntokens: [leverage]\n", "utf-8")
    Path("House/self").symlink_to(".")
    Path("House/Folder.yml").mkdir()
    configure("extends: [./House]\n")
    assert edlint_("draft.txt").status == 1
    for name, target in (("Loop.yml", "Loop.yml"), ("Gone.yml", "nowhere.yml")):
        link = Path("House", name)
        link.symlink_to(target)
        for args in (["draft.txt"], ["draft.txt", "--no-cache"], ["rules"], ["test", "House"], ["config", "check"]):
            ran = edlint_(*args)
            assert ran.status == 2
            assert f"House/{name}: this link leads to no file" in ran.err
        link.unlink()


@pytest.mark.parametrize(
    "name", ["broken.yml", ".edlint.yml", ".edlint.yaml", "notes.txt", ".vale.ini", "vale.ini", "x.toml", "pyproject.toml", "broken"]
)
def test_config_check_of_a_broken_file_of_any_name(edlint_: Run, name: str) -> None:
    Path(name).write_text("[tool.edlint]\nrules: [\n= {\n", "utf-8")
    ran = edlint_("config", "check", name)
    assert ran.status == 2, ran
    assert ran.err.startswith("edlint: ")
    assert name in ran.err


def test_config_check_of_what_a_configuration_uses(edlint_: Run) -> None:
    Path("House").mkdir()
    Path("House/Hype.yml").write_text("extends: existence\nmessage: m\ntokens: [leverage]\n", "utf-8")
    Path("names.txt").write_text("Ana Ruiz\n- [\n", "utf-8")
    configure("extends: [./House]\nvocabulary: [names.txt]\n")
    ran = edlint_("config", "check", "House/Hype.yml", "names.txt", ".edlint.yml")
    assert ran.status == 0
    assert len(ran.out.splitlines()) <= 2  # one configuration, by one or two names
    Path("other.yml").write_text("extends: [./House]\n", "utf-8")
    assert edlint_("config", "check", "other.yml").out.startswith("other.yml: ")


def test_names_that_no_file_can_have(edlint_: Run) -> None:
    long = "x" * 300
    for args in (["FILE"], ["draft.txt", "--config", "FILE"], ["draft.txt", "--baseline", "FILE"], ["draft.txt", "-o", "FILE"],
                 ["explain", "FILE"], ["test", "FILE.yml"], ["config", "check", "FILE"], ["try", "FILE.yml", "draft.txt"],
                 ["baseline", "create", "draft.txt", "--baseline", "FILE"], ["draft.txt", "--diff-base", "FILE"], ["init", "FILE"],
                 ["style", "import", "FILE"]):  # fmt: skip
        ran = edlint_(*(arg.replace("FILE", long) for arg in args))
        assert ran.status == 2, args
        assert ran.err.count("\n") == 1
    for text in ("extends: [./FILE]", "extends: [FILE]", "vocabulary: [FILE]", "baseline: FILE", "vale: {styles: FILE}", "exclude: [FILE]"):
        configure(text.replace("FILE", long) + "\n")
        assert edlint_("draft.txt").status in (0, 2)


def test_an_archive_is_no_place_to_run_from(tmp_path: Path) -> None:
    archive = tmp_path / "edlint.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for module in ROOT.rglob("*"):
            if module.is_file() and "__pycache__" not in module.parts:
                file.write(module, f"edlint/{module.relative_to(ROOT)}")
    code = f"import sys; sys.path.insert(0, {str(archive)!r}); from edlint.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "draft.txt"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith("(install it with pip; it does not run from an archive)\n")


@pytest.mark.parametrize("format", REPORTERS)
def test_a_rule_that_is_left_out_is_named_in_every_output(edlint_: Run, format: str) -> None:
    Path("Style").mkdir()
    Path("Style/Hype.yml").write_text("extends: existence\nmessage: m\ntokens: [leverage]\n", "utf-8")
    Path("Style/Odd.yml").write_text("extends: existence\nmessage: m\ntoken: [a]\n", "utf-8")
    configure("extends: [./Style]\n")
    ran = edlint_("draft.txt", "-f", format)
    said = "".join(f"{ran.out}{ran.err}".split())  # the text report wraps lines
    assert ran.status == 0
    assert len(re.findall(r"ruleleftout:\S*Odd\.yml:3:unknownkey", said)) == 1
