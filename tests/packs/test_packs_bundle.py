"""What comes from elsewhere is looked at before it is written: archives that are meant to do harm are refused, each for its reason."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from edlint.errors import PackError
from edlint.packs import bundle as bundles
from edlint.packs.bundle import Bundle, digest, stored_files
from edlint.packs.download import unpacked


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries:
            target.writestr(name, data)
    return out.getvalue()


def linked(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def test_rules_words_licences_and_pages_are_taken_and_nothing_else(tmp_path: Path) -> None:
    kept = {"S/A.yml": b"a", "S/words.txt": b"b", "S/LICENSE": b"c", "S/README.md": b"d", "S/config/dictionaries/x.dic": b"e"}
    others = {"S/run.sh": b"", "S/tool.py": b"", "S/.git/config.yml": b"", "S/.hidden.yml": b"", "S/a.so": b"", "S/logo.png": b""}
    bundle = unpacked(archive(*kept.items(), *others.items(), ("S/", b"")), "s.zip")
    assert bundle.files == kept
    bundle.write(tmp_path / "s")
    assert dict(stored_files(tmp_path / "s")) == kept
    assert not any(path.stat().st_mode & 0o111 for path in (tmp_path / "s").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../evil.yml", "leads out of the pack"),
        ("S/../../evil.yml", "leads out of the pack"),
        ("/etc/evil.yml", "leads out of the pack"),
        ("C:/evil.yml", "leads out of the pack"),
        ("S\\..\\..\\evil.yml", "leads out of the pack"),
        ("S/con.yml", "not a name that every operating system allows"),
        ("S/LPT1.yml", "not a name that every operating system allows"),
        ("S/a\x07.yml", "not a name that every operating system allows"),
        ("S/a?.yml", "not a name that every operating system allows"),
        ("S /a.yml", "not a name that every operating system allows"),
        ("S//a.yml", "not a name that every operating system allows"),
        ("S/" + "a" * 250 + ".yml", "too long or too deep"),
        ("/".join("abcdefghijklmnop") + "/a.yml", "too long or too deep"),
    ],
)
def test_a_path_that_does_harm_is_refused(name: str, said: str) -> None:
    with pytest.raises(PackError, match=said):
        Bundle("s.zip").wants(name)


def test_names_are_compared_as_systems_do_that_ignore_case() -> None:
    with pytest.raises(PackError, match=r"'s/A.YML' is there twice .*'S/a.yml'"):
        unpacked(archive(("S/a.yml", b"1"), ("s/A.YML", b"2")), "s.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(PackError, match="is there twice"):
        unpacked(archive(("S/a.yml", b"1"), ("S/a.yml", b"2")), "s.zip")


def test_a_link_is_refused() -> None:
    with pytest.raises(PackError, match=r"s.zip: 'S/a.yml' is a link \(a pack holds files and folders only\)"):
        unpacked(archive((linked("S/a.yml"), b"/etc/passwd")), "s.zip")


def test_bombs_are_refused_before_they_unfold(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PackError, match=r"'S/a.yml' is larger than 16 MB"):
        unpacked(archive(("S/a.yml", bytes(bundles.LARGEST + 1))), "s.zip")
    monkeypatch.setattr(bundles, "MOST_BYTES", 1_000)
    with pytest.raises(PackError, match="its files are larger than"):
        unpacked(archive(*((f"S/{n}.yml", bytes(600)) for n in range(2))), "s.zip")
    monkeypatch.setattr(bundles, "MOST_FILES", 3)
    with pytest.raises(PackError, match="more than 3 files"):
        unpacked(archive(*((f"S/{n}.yml", b"") for n in range(4))), "s.zip")


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = archive(("S/a.yml", bytes(5_000)))
    lying = data.replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(PackError, match=r"s.zip: ('S/a.yml' is larger than the archive says|a damaged archive: )"):
        unpacked(lying, "s.zip")


@pytest.mark.parametrize("data", [b"", b"no archive", archive(("S/a.yml", b"x" * 500))[:-40]])
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    with pytest.raises(PackError, match=r"s.zip: a damaged archive"):
        unpacked(data, "s.zip")


def test_an_archive_without_rules_is_refused() -> None:
    with pytest.raises(PackError, match="holds no rules"):
        unpacked(archive(("S/run.sh", b"id")), "s.zip")


def test_the_digest_tells_names_and_contents_apart() -> None:
    files = [{"a.yml": b"x", "b.yml": b""}, {"a.yml": b"", "b.yml": b"x"}, {"a.yml": b"x"}, {"c.yml": b"x"}]
    assert len({digest(each) for each in files}) == len(files)
    assert digest({"a": b"1", "b": b"2"}) == digest({"b": b"2", "a": b"1"})


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_among_stored_files_is_no_part_of_a_pack(tmp_path: Path) -> None:
    (tmp_path / "a.yml").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="is a link"):
        dict(stored_files(tmp_path))


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_archive_that_is_compressed_in_an_unusual_way_is_refused(kind: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as target:
        target.writestr("S/A.yml", b"a" * 1000)
    start = out.getvalue().index(b"A.yml") + 12
    damaged = out.getvalue()[:start] + b"\xff" * 8 + out.getvalue()[start + 8 :]
    for data in (out.getvalue(), damaged):
        with pytest.raises(PackError, match="unusual way"):
            unpacked(data, "s.zip")
