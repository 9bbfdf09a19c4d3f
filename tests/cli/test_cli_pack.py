"""`edlint pack`: a pack is made, tested, built, put on an index and on a code host, and used from both."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from doors import Run
from packserver import packs_served, repository

from edlint.cli import run

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Path("edlint-pack-acme")
RULE = PROJECT / "edlint_pack_acme" / "Acme" / "LongWord.yml"
DRAFT = "We utilise the bridge.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with a new pack and a draft."""
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    assert run(["pack", "new", "Acme", "--licence", "MIT"]) == 0
    assert capsys.readouterr().out.count("wrote ") == 5
    Path("draft.txt").write_text(DRAFT, "utf-8")
    return desk


def told(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    capsys.readouterr()
    status = run(["pack", *args])
    said = capsys.readouterr()
    return status, said.out + said.err


def checked(site: Path | None) -> str:
    """What edlint says of the draft in a process of its own, with what is installed in a folder."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([*([str(site)] if site else []), str(ROOT)])}
    command = [sys.executable, "-m", "edlint", "draft.txt", "--output-format", "concise", "--exit-zero"]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(find_spec("pip") is None, reason="pip is not installed")
def test_a_pack_is_published_to_an_index_and_to_a_code_host_and_used_from_both(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served = tmp_path / "served"
    index = served / "simple" / "edlint-pack-acme"
    assert told(capsys, "build", str(PROJECT), "-o", str(index))[0] == 0
    shutil.copytree(PROJECT, served / "acme")
    repository(served / "acme", {})
    with packs_served(served, monkeypatch) as server:
        site = tmp_path / "site"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check"]
        where = ["--index-url", f"{server.address}/simple/", "--cert", os.environ["SSL_CERT_FILE"], "--target", str(site)]
        env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_") and not name.endswith("_CA_BUNDLE")}
        env["PIP_CONFIG_FILE"] = os.devnull
        done = subprocess.run([*pip, *where, "edlint-pack-acme"], capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        address = f"git+{server.address}/acme/.git@v1#subdirectory=edlint_pack_acme"
        Path(".edlint.yml").write_text(f"extends: ['{address}']\n", "utf-8")
        assert run(["sync"]) == 0
    fetched = checked(None)
    assert "Acme.LongWord" in fetched
    for name in ("acme", "edlint-pack-acme", "ACME"):
        Path(".edlint.yml").write_text(f"extends: [{name}]\n", "utf-8")
        assert checked(site) == fetched, name
    assert not [path for path in site.rglob("*.py*") if "edlint_pack_acme" in path.parts]  # there is no code in it


def test_a_new_pack_is_a_project_of_rules_words_licence_and_page(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "test", str(PROJECT)) == (0, "1 rule, 4 examples: all pass\n")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["entry-points"]["edlint.packs"] == {"acme": "edlint_pack_acme"}
    assert project["project"]["license"] == "MIT"
    status, said = told(capsys, "new", "Acme")
    assert status == 2 and "already exists" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("acme", "cannot be the name of a pack (use letters and digits, the first a capital, such as Acme"),
        ("../Acme", "cannot be the name of a pack"),
        ("Claims", "ships with edlint"),
        ("CLAIMS", "ships with edlint"),
        ("A" * 60, "cannot be the name of a pack"),
    ],
)
def test_a_name_that_no_pack_can_have_is_refused(
    edlint_: Run, name: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = edlint_("pack", "new", name)
    assert ran.status == 2 and said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_with_a_pack_is_told_and_it_is_not_built(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = RULE.read_text("utf-8")
    RULE.write_text(good.replace("We use the old bridge.", "We utilise an old bridge.").replace("why: A", "link: A"), "utf-8")
    (PROJECT / "LICENSE").unlink()
    status, said = told(capsys, "test", str(PROJECT))
    assert status == 1 and said.endswith("1 rule, 4 examples: 3 faults\n")
    assert "LongWord.yml:18: Acme.LongWord flags a good example: 'We utilise an old bridge.'" in said
    assert "Acme.LongWord gives no reason: `why:` is empty" in said and "LICENSE: is missing" in said
    status, said = told(capsys, "build", str(PROJECT))
    assert status == 2 and "3 faults in edlint-pack-acme (`edlint pack test edlint-pack-acme` names them)" in said
    assert not (PROJECT / "dist").exists()
    RULE.parent.rename(RULE.parent.with_name("Paste"))
    assert "a pack named Paste ships with edlint: rename the folder" in told(capsys, "test", str(PROJECT))[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "pyproject.toml: is missing, so this folder is not a pack (`edlint pack new Acme` makes one)"),
        ("[", "pyproject.toml: not valid TOML"),
        ("[project]\nname = 'a'\n", "pyproject.toml: does not declare a pack"),
        ("project = 3\n", "pyproject.toml: does not declare a pack"),
        ("[project.entry-points.'edlint.packs']\na = 'x'\nb = 'y'\n", "declares 2 packs"),
        ("[project.entry-points.'edlint.packs']\na = 'gone'\n", "there is no folder"),
        ("[project.entry-points.'edlint.packs']\na = 'edlint_pack_acme:../..'\n", "there is no folder"),
        ("[project.entry-points.'edlint.packs']\na = 'edlint_pack_acme:/'\n", "there is no folder"),
    ],
)
def test_a_project_that_is_none_is_refused(desk: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str) -> None:
    project = PROJECT / "pyproject.toml"
    project.unlink()
    if text is not None:
        project.write_text(text, "utf-8")
    status, told_ = told(capsys, "test", str(PROJECT))
    assert status == 2 and said in told_


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", '[tool.hatch.build.hooks.custom]\npath = "evil.py"\n'),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel.hooks.custom]\npath = "evil.py"\n'),
        ("pyproject.toml", '[tool.hatch.metadata.hooks.custom]\npath = "evil.py"\n'),
        ("pyproject.toml", '[tool.hatch.version]\nsource = "code"\npath = "evil.py"\n'),
        ("hatch.toml", '[build.hooks.custom]\npath = "evil.py"\n'),
    ],
)
def test_building_a_pack_runs_no_code_of_its_own(desk: Path, capsys: pytest.CaptureFixture[str], file: str, text: str) -> None:
    (PROJECT / "evil.py").write_text("open('ran', 'w')\nraise SystemExit(9)\n", "utf-8")
    with (PROJECT / file).open("a", encoding="utf-8") as project:
        project.write(text)
    status, said = told(capsys, "build", str(PROJECT))
    assert status == 2 and "building it would run code" in said
    assert not (PROJECT / "ran").exists() and not (PROJECT / "dist").exists()


def test_drafts_tell_how_often_the_rules_of_a_pack_are_right(desk: Path, edlint_: Run) -> None:
    assert edlint_("try", str(RULE), "draft.txt", "--judge", stdin=b"y\n").status == 0
    Path("more.txt").write_text("They utilise it.\n\nNobody does.\n", "utf-8")
    ran = edlint_("pack", "test", str(PROJECT), "draft.txt", "more.txt")
    assert ran.status == 0
    assert ran.out.splitlines()[2:] == [
        "2 drafts with 9 words",
        "Acme.LongWord  2 findings, 1,000 per 1,000 drafts; right in 1 of 1 judged finding, 95 % confidence interval 21 to 100 %",
    ]
    assert edlint_("pack", "test", str(PROJECT), "gone.txt").status == 2


def test_the_page_shows_the_rules_as_they_are(desk: Path, edlint_: Run) -> None:
    assert edlint_("pack", "build", str(PROJECT)).status == 0
    page = (PROJECT / "README.md").read_text("utf-8")
    assert "### Acme.LongWord" in page and "- flagged: We utilise the old bridge." in page
    assert "wrote the rules" not in edlint_("pack", "build", str(PROJECT)).out  # they are there
    RULE.write_text(RULE.read_text("utf-8").replace("read faster", "read at once"), "utf-8")
    assert edlint_("try", str(RULE), "draft.txt", "--judge", stdin=b"n\n").status == 0
    assert edlint_("pack", "build", str(PROJECT)).status == 0
    renewed = (PROJECT / "README.md").read_text("utf-8")
    assert "read at once" in renewed and "read faster" not in renewed and "Measured: right in 0 of 1 judged finding" in renewed
    assert renewed.startswith("# Acme\n") and renewed.endswith("<!-- end of rules -->\n")
    [wheel] = (PROJECT / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert "edlint_pack_acme/Acme/LongWord.judged.json" in packed.namelist()
    (PROJECT / "README.md").write_text("# Acme\n", "utf-8")
    ran = edlint_("pack", "build", str(PROJECT))
    assert ran.status == 2 and "README.md: the marks for the rules are missing" in ran.err


def test_a_pack_is_found_though_its_package_lies_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edlint_: Run) -> None:
    told_by = tmp_path / "ran"
    site = tmp_path / "site"
    pack = site / "outer" / "inner" / "rules" / "House"
    pack.mkdir(parents=True)
    for folder in (site / "outer", site / "outer" / "inner"):
        (folder / "__init__.py").write_text(f"open({str(told_by)!r}, 'w').close()\n", "utf-8")
    (pack / "A.yml").write_text("extends: existence\nmessage: m\nwhy: w\ntokens: [utilise]\n", "utf-8")
    made = site / "outer-1.dist-info"
    made.mkdir()
    (made / "entry_points.txt").write_text("[edlint.packs]\nnested = outer.inner:rules\n", "utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(tmp_path)
    Path("draft.txt").write_text(DRAFT, "utf-8")
    Path(".edlint.yml").write_text("extends: [nested]\n", "utf-8")
    assert "House.A" in edlint_("draft.txt", "-f", "concise").out
    assert not told_by.exists()  # nothing of the package ran
