"""What earlier runs found: used when nothing changed, never when anything did, and no run ever fails for it."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import edlint.session.cache
from edlint.errors import EngineError, SourceError
from edlint.files.folders import write_private
from edlint.files.signing import sign, verify
from edlint.model.finding import Edit, Finding, Fix, Level, Related, Suppressed
from edlint.model.report import FileResult, Report
from edlint.reading import Stamp, StoredSource, read_draft, settled
from edlint.report import REPORTERS, render
from edlint.session.cache import ResultCache
from edlint.session.cachedlinter import CachedLinter
from edlint.session.options import Options
from edlint.session.serialize import pack, unpack
from edlint.session.session import Session
from edlint.text.span import Span

KILLS = int(os.environ.get("EDLINT_TEST_KILLS", "40"))
RULE = "extends: existence\nmessage: \"No '%s'\"\nlevel: {level}\ntokens: [{token}]\n"
CONFIG = "extends: [./House]\nvocabulary: [names.lst]\noverrides: [{files: ['lax/**'], rules: {House.Soft: off}}]\n"
FILES = {
    "House/Hype.yml": RULE.format(level="error", token="leverage"),
    "House/Soft.yml": RULE.format(level="suggestion", token="'very|a hair|Acme'"),
    "names.lst": "Acme\n",
    ".edlint.yml": CONFIG,
    "a.txt": "We leverage it.\n",
    "b.md": "It is very good.\n\n<!-- edlint-disable-next-line House.Hype: as agreed -->\nThey leverage it.\n",
    "clean.md": "Nobody objects to umbrellas.\n",
    "lax/c.txt": "It is very good, “we leverage it,” she said.\n",
}


class Desk:
    """A folder of drafts, and runs over it that tell which drafts were linted."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.cache, self.linted = root, root / "cache", list[str]()
        read = CachedLinter.lint

        def noted(linter: CachedLinter, path: str) -> FileResult:
            self.linted.append(path)
            return read(linter, path)

        monkeypatch.setattr(CachedLinter, "lint", noted)

    def run(self, *paths: str, **options: Any) -> Report:
        """A run over some paths, or over all."""
        self.linted.clear()
        return Session(Options(**{"cache": self.cache, **options})).check(paths or ["."])

    def put(self, path: str, text: str) -> None:
        """Write a file long before the next run, as far as clocks tell."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")
        time.sleep(0.06)

    @property
    def index(self) -> Path:
        (found,) = self.cache.glob("results-*")
        return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(tmp_path / "rules"))
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, monkeypatch)
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    time.sleep(0.06)
    return desk


def shown(report: Report) -> list[tuple[str, list[str]]]:
    return [(file.path, [f.match for f in file.findings]) for file in report.files]


ALL = [("a.txt", ["leverage"]), ("b.md", ["very"]), ("clean.md", []), ("lax/c.txt", ["leverage"])]


def test_a_second_run_lints_nothing_and_reports_the_same(desk: Desk) -> None:
    first = desk.run()
    assert shown(first) == ALL
    assert len(desk.linted) == 4
    again = desk.run()
    assert desk.linted == []
    assert again._replace(seconds=0, rules={}) == first._replace(seconds=0, rules={})
    assert {n: r._replace(options={}, lines={}) for n, r in first.rules.items()} == dict(again.rules)
    assert [s.reason for f in again.files for s in f.suppressed] == ["as agreed"]
    for name in REPORTERS:
        assert render(again._replace(seconds=0), name) == render(first._replace(seconds=0), name), name


def test_some_of_the_drafts_suffice(desk: Desk) -> None:
    desk.run("a.txt")
    desk.run("lax", "clean.md")
    assert desk.linted == ["lax/c.txt", "clean.md"]
    desk.run()
    assert desk.linted == ["b.md"]
    os.chdir("lax")
    assert shown(desk.run("c.txt")) == [("c.txt", ["leverage"])]
    assert desk.linted == []


CHANGES: dict[str, tuple[Callable[[Desk], object], dict[str, object], int]] = {
    "draft": (lambda d: d.put("a.txt", "We use it.\n"), {}, 1),
    "new draft": (lambda d: d.put("new.md", "We leverage it.\n"), {}, 1),
    "rule": (lambda d: d.put("House/Hype.yml", RULE.format(level="error", token="objects")), {}, 4),
    "new rule": (lambda d: d.put("House/New.yml", RULE.format(level="error", token="objects")), {}, 4),
    "rule gone": (lambda d: (d.root / "House/Hype.yml").unlink(), {}, 4),
    "configuration": (lambda d: d.put(".edlint.yml", f"{CONFIG}rules: {{House.Hype: warning}}\n"), {}, 4),
    "overrides": (lambda d: d.put(".edlint.yml", CONFIG.replace("lax/**", "*.md")), {}, 4),
    "words": (lambda d: d.put("names.lst", "Acme\nvery\n"), {}, 4),
    "nearer configuration": (lambda d: d.put("lax/.edlint.yml", "extends: [../House]\n"), {}, 1),
    "--select": (lambda d: None, {"select": ("House.Hype",)}, 4),
    "--ignore": (lambda d: None, {"ignore": ("House.Hype",)}, 4),
    "--encoding": (lambda d: None, {"encoding": "cp1252"}, 4),
    "--no-cache": (lambda d: None, {"cache": None}, 4),
    "--isolated": (lambda d: None, {"isolated": True, "select": ("Paste",)}, 4),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_is_noticed(desk: Desk, name: str) -> None:
    change, options, count = CHANGES[name]
    desk.run()
    change(desk)
    found = desk.run(**options)
    assert len(desk.linted) == count
    assert shown(found) == shown(desk.run(**{**options, "cache": None}))


def test_another_version_of_what_reads_drafts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.run()
    monkeypatch.setattr(edlint.session.cache, "_programs", lambda: ("another",))
    desk.run()
    assert len(desk.linted) == 4


def test_the_versions_of_edlint_and_of_the_engine_count() -> None:
    told = " ".join(edlint.session.cache._programs())
    assert edlint.__version__ in told
    assert "harper_py-" in told
    assert "regex-" in told


def test_an_edit_that_leaves_size_and_time(desk: Desk) -> None:
    desk.run()
    before = (desk.root / "a.txt").stat()
    (desk.root / "a.txt").write_text("We deverage it.\n", "utf-8")
    os.utime(desk.root / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert shown(desk.run())[0] == ("a.txt", [])
    assert desk.linted == ["a.txt"]


def test_a_draft_just_written_is_read_again(desk: Desk) -> None:
    (desk.root / "a.txt").write_text("We leverage it!\n", "utf-8")
    desk.run()
    *_, folders = marshal.loads(verify(desk.index.read_bytes()) or b"")
    known = {name: entry[0] for name, entry in folders[str(desk.root)].items()}
    assert known["a.txt"] is None
    assert known["b.md"] is not None
    time.sleep(0.06)
    desk.run()
    assert desk.linted == []
    *_, folders = marshal.loads(verify(desk.index.read_bytes()) or b"")
    assert folders[str(desk.root)]["a.txt"][0] is not None


@pytest.mark.parametrize(
    ("modified", "changed", "began", "sure"),
    [
        (1_000_000_001, 1_000_000_001, 1_100_000_000, True),
        (1_000_000_001, 1_000_000_001, 1_010_000_000, False),
        (1_000_000_001, 1_090_000_000, 1_100_000_000, False),
        (1_000_000_001, 5, 900_000_000, False),
        (2_000_000_000, 5, 3_900_000_000, False),
        (2_000_000_000, 5, 4_100_000_000, True),
    ],
)
def test_when_a_stamp_can_be_trusted(modified: int, changed: int, began: int, sure: bool) -> None:
    assert settled(Stamp(1, modified, changed, 1), began) is sure


def test_a_touched_draft_is_not_linted(desk: Desk) -> None:
    desk.run()
    for path in ("a.txt", "clean.md"):
        os.utime(desk.root / path)
    assert shown(desk.run()) == ALL
    assert desk.linted == []


def test_the_gate_is_no_part_of_a_result(desk: Desk) -> None:
    assert desk.run().exit_code == 1
    assert desk.run(fail_on="never").exit_code == 0
    assert desk.run(fail_on=Level.SUGGESTION).files[1].fails
    assert desk.linted == []
    desk.put(".edlint.yml", f"{CONFIG}fail_on: never\nexclude: [a.txt]\n")
    assert desk.run().exit_code == 0
    assert desk.linted == []


def test_what_was_not_finished_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    desk.put("House/Slow.yml", "extends: existence\nmessage: m\nraw: ['(a|aa)+$']\n")
    desk.put("slow.txt", f"It is {'a' * 60}!\n")
    desk.put("bad.txt", "")
    (desk.root / "bad.txt").write_bytes(b"caf\xe9")
    for _ in range(2):
        report = desk.run("slow.txt", "bad.txt", "clean.md", "a.txt")
        assert [bool(f.faults) for f in report.files] == [True, False, False, False]
        assert [bool(f.error) for f in report.files] == [False, True, False, False]
        assert report.exit_code == 2
    assert desk.linted == ["slow.txt", "bad.txt"]


def test_notices_about_rules_are_said_in_every_run_and_once(desk: Desk) -> None:
    desk.put("House/Hype.yml", "language: de\n" + FILES["House/Hype.yml"])
    first = [f.notices for f in desk.run().files]
    assert [len(notices) for notices in first] == [1, 0, 0, 0]
    assert "House" in first[0][0]
    assert [f.notices for f in desk.run().files] == first
    assert desk.linted == []
    assert [len(f.notices) for f in desk.run("lax", "b.md").files] == [1, 0]


def test_an_engine_that_was_not_there_is_asked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put(".edlint.yml", "extends: [Grammar]\ngrammar: {language: en-GB, on_failure: warn}\n")
    desk.put("a.txt", "She bought an bicycle for her son last week.\n")

    def missing(*args: object) -> object:
        raise EngineError("it is not there")

    monkeypatch.setattr("edlint.grammar._start", missing)
    for _ in range(2):
        notes = [" ".join(f.notices) for f in desk.run("a.txt").files]
        assert all("GRAMMAR WAS NOT CHECKED" in note for note in notes)
        assert desk.linted == ["a.txt"]


def test_a_server_that_may_be_renewed_at_any_time(desk: Desk) -> None:
    desk.put(".edlint.yml", f"{CONFIG}grammar: {{engine: languagetool, server: 'http://127.0.0.1:9'}}\n")
    desk.run()
    desk.run()
    assert len(desk.linted) == 4


SPELL = "extends: spelling\nmessage: \"'%s'?\"\nignore: words.lst\n"


def test_word_lists_that_only_a_rule_knows_of(desk: Desk) -> None:
    desk.put("House/Spell.yml", SPELL)
    desk.put("House/words.lst", "umbrellas\nobjects\nNobody\nto\n")
    before = shown(desk.run())
    assert shown(desk.run()) == before
    assert desk.linted == []
    desk.put("House/words.lst", "umbrellas\nobjects\nNobody\nto\nAcme\n")
    desk.run()
    assert len(desk.linted) == 4
    desk.put("House/config/ignore/words.lst", "umbrellas\n")  # is nearer than the other
    desk.run()
    assert len(desk.linted) == 4
    desk.run()
    assert desk.linted == []
    (desk.root / "House/config/ignore/words.lst").unlink()
    desk.run()
    assert len(desk.linted) == 4


def test_word_lists_that_the_configuration_gives_a_rule(desk: Desk) -> None:
    desk.put("House/Spell.yml", SPELL.replace("ignore: words.lst\n", ""))
    desk.put("names.lst", "leverage\n")
    desk.put(".edlint.yml", f"{CONFIG}rules: {{House.Spell: {{ignore: [names.lst]}}}}\n")
    desk.run()
    desk.run()
    assert desk.linted == []
    desk.put("names.lst", "leverage\nbloggers\n")
    desk.run()
    assert len(desk.linted) == 4


def test_a_word_list_that_is_written_while_drafts_are_linted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("House/Spell.yml", SPELL)
    desk.put("House/words.lst", "umbrellas\n")
    read = CachedLinter.lint

    def edited(linter: CachedLinter, path: str) -> FileResult:
        found = read(linter, path)
        (desk.root / "House/words.lst").write_text("umbrellas\nAcme\n", "utf-8")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(CachedLinter, "lint", edited)
        desk.run()
    desk.run()
    assert len(desk.linted) == 4


def damaged(data: bytes) -> Iterator[bytes]:
    yield from (b"", data[:3], data[: len(data) // 2], data + b"x", os.urandom(400), data[:4] + marshal.dumps(7))
    yield from (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(0, len(data), max(1, len(data) // 20)))


def test_a_damaged_file_is_written_anew(desk: Desk) -> None:
    desk.run()
    whole = desk.index.read_bytes()
    for data in damaged(whole):
        desk.index.write_bytes(data)
        assert shown(desk.run()) == ALL
        assert len(desk.linted) == 4
        desk.run()
        assert desk.linted == []


def test_a_well_formed_file_with_something_else_in_it(desk: Desk) -> None:
    desk.run()
    key, notices, rules, named, folders = marshal.loads(verify(desk.index.read_bytes()) or b"")
    broken = {folder: {name: (entry[0], entry[1], b"no marshal") for name, entry in names.items()} for folder, names in folders.items()}
    wrong: list[Any] = [7, (key, notices, rules), (key, notices, rules, named, broken)]
    for data in (*wrong, (key, notices, 5, named, folders), (key, notices, rules, 5, folders)):
        desk.index.write_bytes(sign(marshal.dumps(data)) or b"")
        assert shown(desk.run()) == ALL


def test_a_cache_that_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.cache = desk.root / "a.txt" / "cache"
    assert shown(desk.run()) == ALL
    desk.cache = desk.root / "cache"
    desk.cache.mkdir()
    opened = os.open

    def shut(path: Any, flags: int, *mode: int) -> int:
        if str(path).startswith(str(desk.cache)) and flags & os.O_CREAT:
            raise OSError(30, "Read-only file system")
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", shut)
    assert shown(desk.run()) == ALL
    assert list(desk.cache.iterdir()) == []


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_private(tmp_path / "x", b"old")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_private(tmp_path / "x", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_bytes() == b"old"


def test_drafts_that_are_gone_are_forgotten(desk: Desk) -> None:
    desk.run()
    (desk.root / "clean.md").unlink()
    (desk.root / "lax" / "c.txt").unlink()
    (desk.root / "lax").rmdir()
    desk.put("a.txt", "We use it.\n")
    desk.run("a.txt")
    *_, folders = marshal.loads(verify(desk.index.read_bytes()) or b"")
    assert {folder: sorted(names) for folder, names in folders.items()} == {str(desk.root): ["a.txt", "b.md"]}


def test_what_is_stored(desk: Desk) -> None:
    desk.run()
    assert (desk.cache / ".gitignore").read_text("utf-8").splitlines()[-1] == "*"
    data = desk.index.read_bytes()
    assert b"leverage" in data
    assert b"umbrellas" not in data
    if os.name != "nt":
        assert desk.index.stat().st_mode & 0o777 == 0o600
    old = desk.cache / "results-00.bin"
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    desk.run(select=("House.Soft",))
    assert not old.exists()


def test_rules_that_change_during_a_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = CachedLinter.lint

    def edited(linter: CachedLinter, path: str) -> FileResult:
        result = read(linter, path)
        (desk.root / "House/Hype.yml").write_text(RULE.format(level="error", token="objects"), "utf-8")
        return result

    monkeypatch.setattr(CachedLinter, "lint", edited)
    desk.run()
    assert list(desk.cache.glob("results-*")) == []


def test_a_draft_that_changes_while_it_is_linted_is_linted_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = CachedLinter.lint
    texts = iter(["We leverage, leverage.\n"])

    def edited(linter: CachedLinter, path: str) -> FileResult:
        result = read(linter, path)
        if path == "a.txt" and (text := next(texts, "")):
            (desk.root / path).write_text(text, "utf-8")
        return result

    monkeypatch.setattr(CachedLinter, "lint", edited)
    report = desk.run("a.txt")
    assert shown(report) == [("a.txt", ["leverage", "leverage"])]
    assert render(report, "concise").count("\n") == 2


def test_a_stored_source_is_the_text_that_was_linted_or_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffcafé\r\n".encode())
    data, stamp = read_draft(str(path))
    from edlint.files.digest import digest

    source = StoredSource(str(path), "utf-8", digest(data), stamp)
    assert (source.text, source.encoding, source.bom, len(source.lines)) == ("café\r\n", "utf-8", True, 2)
    other = StoredSource(str(path), "utf-8", digest(data), stamp)
    assert source == other
    assert hash(source) == hash(other)
    path.write_bytes(b"caf")
    with pytest.raises(SourceError, match="changed while it was checked"):
        _ = source.text


@pytest.mark.skipif(os.name == "nt", reason="such files need a POSIX system")
def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    import socket

    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.md"))
        for name, kind in (("pipe.md", "a pipe"), ("socket.md", "a socket"), ("", "a folder")):
            with pytest.raises(SourceError, match=f"cannot be read: {kind}"):
                read_draft(str(tmp_path / name))
    with pytest.raises(SourceError, match="a device"):
        read_draft("/dev/zero")


# several programs at once, and ended ones

PROGRAM = [sys.executable, "-c", "from edlint.cli import main; main()", "-f", "concise", "--fail-on", "never", "--cache-dir", "cache"]


@pytest.fixture
def many(desk: Desk) -> Desk:
    for number in range(60):
        text = "We leverage it.\n" if number % 3 == 0 else "It is fine.\n"
        (desk.root / f"lax/{number:02}.txt").write_text(text * (1 + number % 5), "utf-8")
    os.environ["PYTHONPATH"] = str(Path(edlint.__file__).parents[1])
    return desk


def expected(desk: Desk) -> str:
    return render(desk.run(cache=None), "concise")


def test_programs_that_run_at_the_same_time(many: Desk) -> None:
    wanted = expected(many)
    paths = [["."], ["lax"], ["."], ["a.txt", "b.md", "clean.md"]]
    runs = [subprocess.Popen([*PROGRAM, *some], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for some in paths]
    outs = [run.communicate(timeout=60) for run in runs]
    assert [err for _, err in outs] == [""] * 4
    assert outs[0][0] == outs[2][0] == wanted
    assert render(many.run(), "concise") == wanted
    many.run()
    assert many.linted == []


def test_a_run_takes_in_what_another_wrote_meanwhile(desk: Desk) -> None:
    desk.run("clean.md")
    key = marshal.loads(verify(desk.index.read_bytes()) or b"")[0]
    early = ResultCache.load(desk.index, key, 0)
    desk.run("a.txt")
    early.folders[str(desk.root)]["b.md"] = (None, b"", b"")
    early.save((), {})
    late = ResultCache.load(desk.index, key, 0)
    assert sorted(late.folders[str(desk.root)]) == ["a.txt", "b.md", "clean.md"]
    assert sorted(late.rules) == ["House.Hype"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_programs_that_are_killed(many: Desk) -> None:
    wanted = expected(many)
    for number in range(8):
        many.put("lax/00.txt", f"We leverage it, {number}.\n")
        with subprocess.Popen([*PROGRAM, "."], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            time.sleep(0.12 + number * 0.03)
            run.kill()
        many.put("lax/00.txt", "We leverage it.\n")
        assert render(many.run(), "concise") == wanted


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_programs_killed_while_they_write(desk: Desk) -> None:
    desk.run()
    whole = ResultCache.load(desk.index, marshal.loads(verify(desk.index.read_bytes()) or b"")[0], 0)
    for number in range(KILLS):
        pid = os.fork()
        if not pid:
            while True:
                whole.save((str(number),), {})
        time.sleep(number % 23 / 10_000)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        found = ResultCache.load(desk.index, whole.key, 0)
        assert found.folders == whole.folders
        assert found.rules == whole.rules
    assert shown(desk.run()) == ALL
    assert desk.linted == []


def test_a_configuration_that_changes_during_a_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = CachedLinter.lint

    def edited(linter: CachedLinter, path: str) -> FileResult:
        (desk.root / ".edlint.yml").write_text(f"{CONFIG}rules: {{House.Hype: off}}\n", "utf-8")
        return read(linter, path)

    monkeypatch.setattr(CachedLinter, "lint", edited)
    desk.run()
    assert list(desk.cache.glob("results-*")) == []


# what passes through bytes

texts = st.text(max_size=8)
spans = st.builds(Span, st.integers(0, 9), st.integers(9, 99))
edits = st.lists(st.builds(Edit, spans, texts), max_size=2).map(tuple)
fixes = st.builds(Fix, texts, edits, st.sampled_from(["safe", "unsafe", "display"]))
findings = st.builds(
    Finding,
    texts,
    st.sampled_from(Level),
    texts,
    spans,
    match=texts,
    related=st.lists(st.builds(Related, spans, texts), max_size=2).map(tuple),
    fixes=st.lists(fixes, max_size=2).map(tuple),
    cues=st.lists(texts, max_size=2).map(tuple),
    fingerprint=texts,
)
some = st.lists(findings, max_size=3).map(tuple)
notes = st.lists(texts, max_size=2).map(tuple)
silenced = st.lists(st.builds(Suppressed, findings, texts), max_size=2).map(tuple)


@given(some, some, silenced, notes, notes)
def test_a_result_survives_packing(
    found: tuple[Finding, ...],
    quoted: tuple[Finding, ...],
    silenced: tuple[Suppressed, ...],
    notices: tuple[str, ...],
    faults: tuple[str, ...],
) -> None:
    result = FileResult("a.md", findings=found, suppressed=silenced, quoted=quoted, notices=notices, faults=faults)
    again = unpack(pack(result), "a.md")
    assert again == result
    for old, new in zip(result.findings, again.findings, strict=True):
        assert type(new.level) is Level
        assert type(new.span) is Span
        assert [type(f) for f in new.fixes] == [type(f) for f in old.fixes]
        assert [e.span for f in new.fixes for e in f.edits] == [e.span for f in old.fixes for e in f.edits]
        assert all(type(r.span) is Span for r in new.related)


def test_a_memory_of_nothing(tmp_path: Path) -> None:
    memory = ResultCache.load(tmp_path / "none.bin", b"key", 0)
    assert (memory.folders, memory.rules, memory.notices, memory.changed) == ({}, {}, (), False)
