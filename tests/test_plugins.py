"""What plug-ins add, and what it takes to add a part to edlint itself: one module and one line in a dict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from importlib import import_module
from pathlib import Path

import pytest
from support import cache_with_rules

import edlint.checks
import edlint.formats
import edlint.grammar
import edlint.report
from edlint import plugins
from edlint.cli import run
from edlint.config.file import load_config
from edlint.errors import UsageError
from edlint.linter import Linter
from edlint.plugins import installed, load, versions

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "examples" / "plugin"
DRAFT = "SLG: bridge TK TK\nHED: The bridge opens\nThe mayor opened the a bridge and cried KEEP OFF THE GRASS at noon.\n"
FOUND = ["Example.Shouting", "Example.TwoArticles"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the example is installed, as pip would: from the wheel that its build backend makes."""
    made = tmp_path_factory.mktemp("wheel")
    with chdir(PLUGIN):
        wheel = made / import_module("hatchling.build").build_wheel(str(made))
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of drafts, and caches of its own; what is imported from a plug-in is forgotten again."""
    before = set(sys.modules)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    (drafts / "bridge.wire").write_text(DRAFT, "utf-8")
    (drafts / "notes.py").write_text("x = 1\n", "utf-8")
    forget()
    yield drafts
    for name in set(sys.modules) - before:
        if name.startswith(("edlint_example", "dummy")):
            del sys.modules[name]
    forget()


def forget() -> None:
    edlint.formats.format_of.cache_clear()
    edlint.checks.check_class.cache_clear()
    plugins._installed.cache_clear()


def checked(capsys: pytest.CaptureFixture[str], *args: str) -> list[str]:
    """The names of the rules that find something in the drafts."""
    capsys.readouterr()
    assert run(["drafts", "--output-format", "json", "--exit-zero", *args]) == 0
    return sorted(finding["rule"] for file in json.loads(capsys.readouterr().out)["files"] for finding in file["findings"])


def test_a_plug_in_adds_a_part_of_every_kind(
    desk: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(site))
    Path(".edlint.yml").write_text("extends: [Paste, example]\ngrammar: {engine: articles}\n", "utf-8")
    assert checked(capsys) == FOUND
    assert checked(capsys) == FOUND  # now from what was remembered
    assert run(["drafts", "--output-format", "tally", "--exit-zero"]) == 0
    assert capsys.readouterr().out == "drafts/bridge.wire: 2 warning\n"
    Path(".edlint.yml").write_text("extends: [Example]\ngrammar: {engine: articles}\n", "utf-8")
    assert run(["test"]) == 0  # the pack's own examples, one of them in the added format
    assert "example" in capsys.readouterr().out.lower()


def test_rules_written_for_vale_read_an_added_format(
    desk: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(site))
    house = tmp_path / "House"
    house.mkdir()
    (house / "Head.yml").write_text("extends: existence\nmessage: m\nscope: heading\ntokens: [opens, cried]\n", "utf-8")
    (house / "Noon.yml").write_text("extends: existence\nmessage: m\nscope: sentence\ntokens: [noon, TK]\n", "utf-8")
    (house / "Long.yml").write_text("extends: metric\nmessage: m\nformula: words\ncondition: '> 5'\n", "utf-8")
    Path(".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    result = Linter(load_config(Path(".edlint.yml"))).lint_file(desk / "bridge.wire")
    found = {f.rule: DRAFT[f.span.start : f.span.end] for f in result.findings}
    assert found == {"House.Head": "opens", "House.Noon": "noon", "House.Long": ""}  # a count points at no word


def test_a_plug_in_works_in_a_process_of_its_own(desk: Path, site: Path) -> None:
    Path(".edlint.yml").write_text("extends: [example]\ngrammar: {engine: articles}\n", "utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}
    command = [sys.executable, "-m", "edlint", "drafts", "-f", "tally", "--exit-zero"]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert (done.stdout, done.returncode) == ("drafts/bridge.wire: 2 warning\n", 0), done.stderr


def test_without_it_its_names_are_unknown(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = {"extends: [example]": "no pack or folder 'example'", "grammar: {engine: articles}": "no such value: 'articles'"}
    for config, said in unknown.items():
        Path(".edlint.yml").write_text(config + "\n", "utf-8")
        assert run(["drafts/bridge.wire"]) == 2
        assert said in capsys.readouterr().err
    Path(".edlint.yml").unlink()
    assert run(["drafts", "-f", "tally"]) == 2
    assert "'tally' is not one of 'text', 'concise'" in capsys.readouterr().err
    assert run(["drafts"]) == 2
    said = capsys.readouterr().err
    assert "edlint reads .txt, .md" in said and ".wire" not in said


def test_nothing_is_looked_for_where_all_names_are_edlints_own(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(folders: tuple[str, ...]) -> None:
        raise AssertionError("looked for plug-ins")

    monkeypatch.setattr(plugins, "_scan", refused)
    Path(".edlint.yml").write_text("extends: [Paste]\n", "utf-8")
    Path("a.txt").write_text("The council met on Monday.\n", "utf-8")
    assert run(["a.txt", "--no-cache", "--output-format", "concise"]) == 0


def test_what_was_found_is_remembered_until_something_is_installed(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[tuple[str, ...]] = []
    scan = plugins._scan

    def counted(folders: tuple[str, ...]) -> Iterator[plugins.EntryPoint]:
        looked.append(folders)
        return scan(folders)

    monkeypatch.setattr(plugins, "_scan", counted)
    folder = tmp_path / "more"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = installed()
    plugins._installed.cache_clear()
    assert installed() == before and len(looked) == 1
    made = folder / "late-1.dist-info"
    made.mkdir()
    (made / "entry_points.txt").write_text("[console_scripts]\na = b:c\n\n[edlint.checks]\nlate = late:Late\n", "utf-8")
    os.utime(folder, ns=(1, 1))  # on a coarse clock it would seem unchanged
    plugins._installed.cache_clear()
    assert [point for point in installed() if point not in before] == [("checks", "late", "late:Late", "late-1.dist-info")]
    assert len(looked) == 2
    assert any("late-1.dist-info" in version for version in versions())


def test_a_plug_in_that_cannot_be_loaded_is_an_error_that_names_it(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "broken-1.dist-info"
    made.mkdir()
    checks = "[edlint.checks]\nbroken = no_such_module:Broken\nexistence = no_such_module:Existence\n"
    (made / "entry_points.txt").write_text(f"{checks}[edlint.packs]\ngone = no_such_module:x\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UsageError, match="the plug-in no_such_module:Broken cannot be loaded: ModuleNotFoundError"):
        edlint.checks.check_class("broken")
    assert edlint.checks.check_class("existence").__module__ == "edlint.checks.existence"
    Path(".edlint.yml").write_text("extends: [gone]\n", "utf-8")
    with pytest.raises(UsageError, match="no_such_module:x has no such folder"):
        Linter(load_config(Path(".edlint.yml")))
    with pytest.raises(ImportError):
        load("edlint.no_such_module")


DUMMY = """
from edlint.checks.base import Check, Match, Term
from edlint.model.document import Block, Document
from edlint.grammar.base import Remark
from edlint.text.sourcemap import SourceMap

class Dummy(Check):
    term = Term("bridge", literal=True)
    terms = (term,)

    def __init__(self, rule):
        self.rule = rule

    @classmethod
    def build(cls, rule, options):
        return cls(rule)

    def find(self, scan):
        units = scan.units(self.rule.scope, "block")
        for hit in scan.hits(self.term, units):
            yield Match(scan.document.blocks[units[hit.unit].block].span(hit.start, hit.end), "bridge")

def read(source):
    return Document(source, "dummy", (Block("paragraph", source.text, SourceMap.verbatim(0)),))

def write(report, out, options):
    out.write(f"{sum(len(file.findings) for file in report.files)} in all\\n")

class Engine:
    name = "dummy"

    def check(self, text, slices):
        return [Remark(0, 3, "Dummy", "Dummy.")]

def make(config, say):
    return Engine()
"""


def test_a_part_of_edlints_own_is_one_module_and_one_line(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dummy.py").write_text(DUMMY, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(edlint.checks.OWN, "dummy", "dummy:Dummy")
    monkeypatch.setitem(edlint.formats.OWN, "dummy", edlint.formats.Format("dummy", (".dummy",)))
    monkeypatch.setitem(edlint.report.OWN, "dummy", "dummy")
    monkeypatch.setitem(edlint.grammar.OWN, "dummy", edlint.grammar.EngineHome("dummy"))
    house = tmp_path / "House"
    house.mkdir()
    (house / "Bridge.yml").write_text(
        "extends: dummy\nmessage: m\nexamples: {bad: [{text: a bridge, format: dummy}, bridge], good: [a, b]}\n", "utf-8"
    )
    (house / "Remark.yml").write_text("extends: grammar\nengine: dummy\nmessage: m\nrules: [Dummy]\n", "utf-8")
    Path(".edlint.yml").write_text("extends: [./House]\ngrammar: {engine: dummy}\n", "utf-8")
    (desk / "b.dummy").write_text("The bridge is open.\n", "utf-8")
    assert checked(capsys) == ["House.Bridge", "House.Dummy"]
    assert run(["drafts", "-f", "dummy", "--exit-zero"]) == 0
    assert capsys.readouterr().out == "2 in all\n"
    assert run(["test", "House/Bridge.yml"]) == 0
