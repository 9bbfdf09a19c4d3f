"""The rules that a wheel holds compiled: the same as in the files, read without YAML, and passed over where they do not fit the files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import edlint
from edlint.linter import Linter
from edlint.matching import prefilter as prefilters
from edlint.ruleset import packed
from edlint.ruleset.packed import COMPILED, compile_shipped
from edlint.ruleset.packs import load_library
from edlint.ruleset.places import shipped_folder, shipped_packs

ROOT = Path(edlint.__file__).parent.parent
DRAFT = "The plan\n\nCritics say that the plan was a failure, and many believe it cost 40 million dollars.\n"
SEEN = """
import sys
from edlint.linter import Linter
linter = Linter(ignore=["Grammar"])
print([(f.rule, f.span, f.level, f.message) for f in linter.lint_text(sys.argv[1]).findings])
print("yaml" in sys.modules)
"""


@pytest.fixture(scope="module")
def compiled() -> bytes:
    return compile_shipped()


@pytest.fixture
def home(tmp_path: Path, compiled: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped packs with their compiled form beside them."""
    home = tmp_path / "rules"
    shutil.copytree(shipped_folder(), home)
    (home / COMPILED).write_bytes(compiled)
    monkeypatch.setattr(packed, "shipped_folder", lambda: home)
    packed.shipped_rules.cache_clear()
    yield home
    packed.shipped_rules.cache_clear()


def test_the_rules_are_those_of_the_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [home / name for name in shipped_packs()]
    monkeypatch.setattr("edlint.ruleset.load.load_rules", None)  # nothing is read
    ready = load_library(folders, None)
    monkeypatch.undo()
    read = load_library([shipped_folder() / name for name in shipped_packs()], None)
    assert list(ready.rules) == list(read.rules)
    for name, rule in ready.rules.items():
        assert rule == read.rules[name]._replace(bad=(), good=(), lines={}, path=rule.path)
        assert Path(rule.path).is_file()
    assert prefilters._known


def test_a_house_pack_beside_them_is_read_and_remembered(home: Path, tmp_path: Path) -> None:
    house = tmp_path / "House"
    house.mkdir()
    (house / "Hype.yml").write_text("extends: existence\nmessage: m\ntokens: [leverage]\n", "utf-8")
    library = load_library([home / "Claims", house], tmp_path / "cache")
    assert {"House.Hype", "Claims.VagueSource"} <= library.rules.keys()
    assert len(list((tmp_path / "cache").glob("rules-*"))) == 1


def test_nothing_is_remembered_of_packs_that_come_compiled(home: Path, tmp_path: Path) -> None:
    assert load_library([home / "Claims"], tmp_path / "cache").rules
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("damage", ["cut", "empty", "other version", "a rule changed", "a rule gone", "not a table"])
def test_what_does_not_fit_the_files_is_passed_over(home: Path, compiled: bytes, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file, rule = home / COMPILED, home / "Claims" / "VagueSource.yml"
    if damage == "cut":
        file.write_bytes(compiled[: len(compiled) // 2])
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "not a table":
        file.write_bytes(b"N")
    elif damage == "other version":
        monkeypatch.setattr(packed, "__version__", "9.9")
    elif damage == "a rule gone":
        (home / "Captions" / "Again.yml").unlink()
    text = rule.read_text("utf-8")
    rule.write_text(text.replace("\nwhy:", "\nlink: https://example.org/\nwhy:", 1) if damage == "a rule changed" else text, "utf-8")
    library = load_library([home / "Claims"], None)
    assert library.rules["Claims.VagueSource"].bad  # only a file that was read has its examples
    assert bool(library.rules["Claims.VagueSource"].link) is (damage == "a rule changed")


def build(kind: str, tree: Path, out: Path) -> Path:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)], cwd=tree, check=True, capture_output=True)
    (built,) = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A read-only folder with what a wheel holds that was built from the source archive."""
    place = tmp_path_factory.mktemp("build")
    with tarfile.open(build("sdist", ROOT, place / "sdist")) as archive:
        archive.extractall(place / "tree", filter="data")
    (tree,) = (place / "tree").iterdir()
    with zipfile.ZipFile(build("wheel", tree, place / "wheel")) as wheel:
        wheel.extractall(place / "site")
    assert not list(tree.rglob(COMPILED))
    for path in (*place.joinpath("site").rglob("*"), place / "site"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return place / "site"


def test_an_installed_edlint_reads_no_rule_files_and_writes_nothing(installed: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", "utf-8")  # no folder can be made below a file
    env = {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.environ["PATH"]}
    env |= {"XDG_CACHE_HOME": str(blocked), "XDG_STATE_HOME": str(blocked), "HOME": str(blocked)}
    before = sorted(installed.rglob("*"))
    ran = subprocess.run([sys.executable, "-c", SEEN, DRAFT], cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    found, yaml = ran.stdout.splitlines()
    assert yaml == "False"
    assert sorted(installed.rglob("*")) == before
    here = Linter(ignore=["Grammar"]).lint_text(DRAFT).findings
    assert found == str([(f.rule, f.span, f.level, f.message) for f in here])
    assert "Claims.VagueSource" in found
