"""`Packages` of a `.vale.ini`, fetched into StylesPath by `edlint sync`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from packserver import Served, outcome, packs_served
from support import cache_with_rules

from edlint.cli import run

STYLE = "extends: existence\nmessage: \"Avoid '%s'.\"\nlevel: warning\ntokens: [whilst]\n"
Sync = Callable[..., tuple[int, str]]


def archive(path: Path, files: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in files.items():
            target.writestr(name, text)
    path.write_bytes(out.getvalue())


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server with two packages, and the list that knows one of them by its name."""
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    folder = tmp_path / "served"
    archive(folder / "Acme.zip", {"Acme/Whilst.yml": STYLE, "Acme/meta.json": "{}", "Acme/tool.py": "raise SystemExit(9)"})
    whole = {
        "Whole/.vale.ini": "[*]\nBasedOnStyles = Inner\n",
        "Whole/styles/Inner/Whilst.yml": STYLE,
        "Whole/styles/config/vocabularies/Desk/accept.txt": "Fobletar\n",
    }
    archive(folder / "Whole.zip", whole)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    Path("draft.md").write_text("We waited whilst it rained.\n", "utf-8")
    with packs_served(folder, monkeypatch) as server:
        (folder / "library.json").write_text(json.dumps([{"name": "Acme", "url": f"{server.address}/moved//Acme.zip"}]), "utf-8")
        monkeypatch.setenv("EDLINT_VALE_LIBRARY", f"{server.address}/library.json")
        yield server


@pytest.fixture
def sync(capsys: pytest.CaptureFixture[str]) -> Sync:
    """Runs `edlint sync` on a Vale configuration with these packages and styles: exit status, and all that was said."""

    def ran(packages: str, styles: str, *options: str) -> tuple[int, str]:
        Path(".vale.ini").write_text(f"StylesPath = styles\nPackages = {packages}\n\n[*]\nBasedOnStyles = {styles}\n", "utf-8")
        return outcome(capsys, "sync", *options)

    return ran


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    return outcome(capsys, "draft.md", "--output-format", "concise", "--no-cache")


def test_packages_are_fetched_once_and_used_without_a_server(served: Served, sync: Sync, capsys: pytest.CaptureFixture[str]) -> None:
    whole = f"{served.address}/Whole.zip"
    status, said = sync(f"Acme, {whole}", "Acme, Inner")
    assert status == 0 and said.endswith("2 packs fetched, 0 already there\n"), said
    assert sorted(path.relative_to("styles").as_posix() for path in Path("styles").rglob("*") if path.is_file()) == [
        "Acme/Whilst.yml",
        "Acme/meta.json",
        "Inner/Whilst.yml",
        "config/vocabularies/Desk/accept.txt",
    ]
    served.asked.clear()
    assert sync(f"Acme, {whole}", "Acme, Inner") == (0, "0 packs fetched, 2 already there\n")
    status, said = checked(capsys)
    assert status == 0 and "Acme.Whilst" in said and "Inner.Whilst" in said and "Packages" not in said
    assert served.asked == []


def test_a_check_says_that_a_package_is_missing(served: Served, sync: Sync, capsys: pytest.CaptureFixture[str]) -> None:
    Path("styles/House").mkdir(parents=True)
    Path("styles/House/Whilst.yml").write_text(STYLE, "utf-8")
    Path(".vale.ini").write_text("StylesPath = styles\nPackages = Acme\n[*]\nBasedOnStyles = House\n", "utf-8")
    assert "Packages: not in StylesPath: Acme (run `edlint sync`)" in checked(capsys)[1]
    assert served.asked == []


def test_a_package_that_has_changed_is_taken_only_when_that_is_asked_for(served: Served, sync: Sync, tmp_path: Path) -> None:
    assert sync("Acme", "Acme")[0] == 0
    archive(tmp_path / "served" / "Acme.zip", {"Acme/Whilst.yml": STYLE.replace("whilst", "amongst")})
    import shutil

    shutil.rmtree("styles/Acme")
    status, said = sync("Acme", "Acme")
    assert status == 2 and "does not match .edlint.lock (`edlint sync --upgrade`" in said and ".vale.ini:2: " in said
    assert sync("Acme", "Acme", "--upgrade")[0] == 0
    assert "amongst" in Path("styles/Acme/Whilst.yml").read_text("utf-8")


def test_a_style_of_ones_own_is_not_lost(served: Served, sync: Sync) -> None:
    own = Path("styles/Acme/Own.yml")
    own.parent.mkdir(parents=True)
    own.write_text(STYLE, "utf-8")
    status, said = sync("Acme", "Acme")
    assert status == 2 and "already exists with different content (delete it, or `edlint sync --upgrade`)" in said
    assert own.exists() and not Path(".edlint.lock").exists()
    assert not list(Path("styles").glob(".edlint-*"))


def test_an_archive_beside_the_configuration_will_do(served: Served, sync: Sync, tmp_path: Path) -> None:
    (tmp_path / "served" / "Acme.zip").rename(Path("Acme.zip"))
    assert sync("Acme.zip", "Acme")[0] == 0
    assert Path("styles/Acme/Whilst.yml").exists()


@pytest.mark.parametrize(
    ("packages", "said"),
    [
        ("Acne", "Packages: there is no package 'Acne' (did you mean 'Acme'?)"),
        ("http://localhost/Acme.zip", "only https:// is fetched"),
        ("file:///etc/passwd.zip", "only https:// is fetched"),
        ("https://me:secret@localhost/Acme.zip", "an address may not contain a name or password"),
        ("{served}/none.zip", "cannot be fetched: "),
        ("{served}/moved/http://localhost/Acme.zip", "only https:// is fetched"),
        ("{served}/moved/file:///etc/Acme.zip", "cannot be fetched: "),
        ("{served}/Slip.zip", "'Slip/../../evil.yml' leads out of the pack"),
        ("{served}/Other.zip", "has no folder 'Other' (the archive and the folder in it must have the same name)"),
        ("{served}/library.zip", "a damaged archive"),
    ],
)
def test_what_cannot_be_had_is_refused_at_its_line(served: Served, sync: Sync, tmp_path: Path, packages: str, said: str) -> None:
    archive(tmp_path / "served" / "Slip.zip", {"Slip/../../evil.yml": STYLE})
    archive(tmp_path / "served" / "Other.zip", {"Another/Whilst.yml": STYLE})
    (tmp_path / "served" / "library.zip").write_text("no archive", "utf-8")
    status, told = sync(packages.replace("{served}", served.address), "Acme")
    assert status == 2 and said in told and ".vale.ini:2: Packages: " in told
    assert not list(tmp_path.rglob("evil.yml")) and not Path("styles").exists()


def test_a_list_of_packages_that_is_none_is_refused(served: Served, sync: Sync, tmp_path: Path) -> None:
    for text in ("[", "3", '[{"name": "Acme"}]', "[" * 100_000):
        (tmp_path / "served" / "library.json").write_text(text, "utf-8")
        status, said = sync("Acme", "Acme")
        assert status == 2 and "/library.json is not a list of packages" in said


def test_where_they_go_must_be_said(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    Path(".vale.ini").write_text("Packages = Acme\n[*]\nBasedOnStyles = Vale\n", "utf-8")
    assert run(["sync"]) == 2
    assert ".vale.ini:1: Packages: set StylesPath" in capsys.readouterr().err


@pytest.mark.parametrize("linked", [False, True])
def test_nothing_is_replaced_outside_of_the_folder(
    served: Served, capsys: pytest.CaptureFixture[str], tmp_path: Path, linked: bool
) -> None:
    own = tmp_path / "elsewhere" / "Acme" / "letters.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    if linked:
        Path("styles").symlink_to(own.parents[1])
    styles = "styles" if linked else "../elsewhere"
    Path(".vale.ini").write_text(f"StylesPath = {styles}\nPackages = Acme\n[*]\nBasedOnStyles = Acme\n", "utf-8")
    assert run(["sync", "--upgrade"]) == 2
    assert ".vale.ini:1: StylesPath: " in (said := capsys.readouterr().err) and "lies outside of the configuration's folder" in said
    assert [path.name for path in own.parents[1].rglob("*")] == ["Acme", "letters.txt"] and served.asked == []


def test_a_vocabulary_of_ones_own_is_not_lost(served: Served, sync: Sync) -> None:
    own = Path("styles/config/vocabularies/Desk/accept.txt")
    own.parent.mkdir(parents=True)
    own.write_text("Mine\n", "utf-8")
    whole = f"{served.address}/Whole.zip"
    status, said = sync(whole, "Inner")
    assert status == 2 and "accept.txt already exists with different content" in said
    assert own.read_text("utf-8") == "Mine\n" and not Path("styles/Inner").exists()
    assert sync(whole, "Inner", "--upgrade")[0] == 0
    assert own.read_text("utf-8") == "Fobletar\n"


def test_a_lock_that_names_no_style_is_not_believed(served: Served, sync: Sync) -> None:
    assert sync("Acme", "Acme")[0] == 0
    lock = Path(".edlint.lock")
    lock.write_text(lock.read_text("utf-8").partition("    styles:")[0], "utf-8")
    Path("styles/Acme/Whilst.yml").unlink()
    assert "0 packs fetched" not in sync("Acme", "Acme")[1]


def test_a_lock_is_not_written_through_a_link(served: Served, sync: Sync, tmp_path: Path) -> None:
    Path(".edlint.lock").symlink_to(tmp_path / "elsewhere.yml")
    status, said = sync("Acme", "Acme")
    assert status == 2 and ".edlint.lock cannot be written: it is a link" in said
    assert not (tmp_path / "elsewhere.yml").exists()


def test_a_name_that_no_folder_can_have_is_a_missing_package(served: Served, sync: Sync, capsys: pytest.CaptureFixture[str]) -> None:
    Path("styles").mkdir()
    name = "a" * 300
    Path(".edlint.lock").write_text(f"version: 1\npacks:\n  {name}: {{sha256: {'0' * 64}, styles: [{name}]}}\n", "utf-8")
    status, said = sync(name, "Vale")
    assert status == 2 and ".vale.ini:2: Packages: there is no package" in said
    assert checked(capsys)[0] == 0
