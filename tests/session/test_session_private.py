"""Caches hold what decides a gate: nobody else's are read, none outlives the code that wrote it, and --no-cache uses none."""

from __future__ import annotations

import hashlib
import marshal
import os
from pathlib import Path
from typing import Any

import pytest

import edlint.cli
from edlint.files import folders
from edlint.files.signing import sign, verify
from edlint.grammar.remark_cache import RemarkCache
from edlint.session.serialize import unpack

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps owners and modes elsewhere")
DRAFT = "What's your Reaction?\n+1\n0\n+1\n0\n\nIt agreed too mend the the bridge.\n"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(folder))
    monkeypatch.delenv("EDLINT_NO_CACHE", raising=False)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / ".edlint.yml").write_text("extends: [Boilerplate]\n", "utf-8")  # few rules: most runs here read them anew
    (tmp_path / "desk" / "a.txt").write_text(DRAFT, "utf-8")
    os.utime(tmp_path / "desk" / "a.txt", (1, 1))
    monkeypatch.chdir(tmp_path / "desk")
    return folder


def check(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = edlint.cli.run(["check", "-f", "concise", *args, "a.txt"])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_cache_is_private(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(capsys)
    assert cache.stat().st_mode & 0o777 == 0o700
    files = list(cache.rglob("*"))
    assert files and all(not file.stat().st_mode & 0o022 for file in files)


def test_no_cache_uses_none_of_the_caches(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = check(capsys, "--no-cache")
    assert status == 1 and out and not cache.exists()
    assert "EDLINT_NO_CACHE" not in os.environ
    assert check(capsys)[:2] == (status, out)
    assert {file.name.partition("-")[0] for file in cache.iterdir()} >= {"results", "rules"}, "the caches there are"
    RemarkCache("harper").put(("1",), {"text": []})
    with folders.without_caches():
        assert RemarkCache("harper").get(("1",), ["text"]) == {}


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o702])
def test_a_folder_that_others_may_write_to_is_not_used(mode: int, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache.mkdir()
    cache.chmod(mode)
    status, out, err = check(capsys)
    assert status == 1 and out and list(cache.iterdir()) == []
    assert err.count("nothing is cached in") == 1
    cache.chmod(0o700)
    assert "nothing is cached" not in check(capsys)[2] and list(cache.iterdir())
    cache.chmod(mode)
    assert check(capsys, "--cache-dir", str(cache))[2].count("nothing is cached in") == 1


def test_a_folder_of_another_user_is_not_used(cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir(mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert "nothing is cached in" in check(capsys)[2] and list(cache.iterdir()) == []


def test_a_poisoned_file_of_another_user_hides_nothing(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = check(capsys)
    file = next(cache.glob("results-*.bin"))
    file.write_bytes(sign(poison(file)) or b"")
    file.chmod(0o666)
    assert check(capsys)[:2] == expected[:2]


def poison(file: Path) -> bytes:
    """What a results cache holds, with no finding left in any draft."""
    key, notices, rules, named, known = marshal.loads(verify(file.read_bytes()) or b"")
    clean = {folder: {name: (entry[0], entry[1], b"") for name, entry in names.items()} for folder, names in known.items()}
    return marshal.dumps((key, notices, rules, named, clean))


def test_a_poisoned_file_without_our_seal_hides_nothing(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = check(capsys)
    file = next(cache.glob("results-*.bin"))
    clean = poison(file)
    for forged in (hashlib.blake2b(clean, digest_size=32).digest(), file.read_bytes()[:32], bytes(32), b""):
        file.write_bytes(forged + clean)
        assert check(capsys)[:2] == expected[:2]
    file.write_bytes(sign(clean) or b"")
    assert check(capsys)[1] == "", "the same, with our seal, would have been believed"


def test_another_users_seal_does_not_fit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sealed = sign(b"data") or b""
    assert verify(sealed) == b"data"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert verify(sealed) is None and verify(sign(b"data") or b"") == b"data"
    assert (tmp_path / "other" / "edlint" / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o620, 0o666])
def test_a_key_that_others_may_write_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "edlint").mkdir()
    (tmp_path / "edlint" / "key").write_bytes(bytes(32))
    (tmp_path / "edlint" / "key").chmod(mode)
    assert sign(b"data") is None


def test_where_no_key_can_be_kept_nothing_is_cached(
    cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    first = check(capsys)
    assert check(capsys)[:2] == first[:2] and not list(cache.glob("results-*"))


def test_a_pipe_in_place_of_a_cache_is_not_waited_for(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = check(capsys)
    for file in [*cache.glob("results-*"), *cache.glob("rules-*")]:
        file.unlink()
        os.mkfifo(file, 0o600)
        assert not folders.is_own(file)
    assert check(capsys)[:2] == expected[:2]


FOREIGN: tuple[Any, ...] = (None, (1, 2, 3, 4, 5), ([], [], "x", (), ()), ([("R", 9)], [], 0, (), ()), ([], [], 0, (1,), ()))


@pytest.mark.parametrize("value", FOREIGN)
def test_what_no_run_wrote_is_no_result(value: Any) -> None:
    with pytest.raises((ValueError, TypeError, EOFError)):
        unpack(marshal.dumps(value), "a.txt")


def test_entries_are_bound_to_the_code(cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from edlint.session import cache as cached

    check(capsys)
    before = {file.name: file.read_bytes() for file in cache.iterdir() if file.is_file()}
    cached._programs.cache_clear()
    for module in (cached, __import__("edlint.ruleset.packs", fromlist=["code"])):
        monkeypatch.setattr(module, "code", lambda: ("edited",))
    check(capsys)
    cached._programs.cache_clear()
    after = {file.name: file.read_bytes() for file in cache.iterdir() if file.is_file()}
    results = next(name for name in before if name.startswith("results-"))
    assert before[results] != after[results]
    assert len([name for name in after if name.startswith("rules-")]) == 2


def test_the_code_is_told_by_its_files(tmp_path: Path) -> None:
    told = folders.code()
    assert any(line.startswith(f"{Path(folders.__file__).resolve()} ") for line in told) and len(told) > 100
    assert all("__pycache__" not in line for line in told)


def test_grammar_answers_of_others_are_not_read(cache: Path) -> None:
    (cache / "harper").mkdir(parents=True, mode=0o700)
    cache.chmod(0o700)
    RemarkCache("harper").put(("1",), {"text": []})
    assert RemarkCache("harper").get(("1",), ["text"]) == {"text": []}
    (cache / "harper" / "remarks.db").chmod(0o666)
    assert RemarkCache("harper").get(("1",), ["text"]) == {}
