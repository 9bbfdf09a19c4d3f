"""Drafts that are being written: linted as they stand, by the nearest configuration, which is read again when it changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edlint.linter import Linter
from edlint.session.live import LiveSession
from edlint.session.options import Options

VAGUE = "Harbour closes\n\nCritics say the plan failed badly in the north.\n"


def names(live: LiveSession, draft: Path, text: str = VAGUE) -> list[str]:
    result = live.lint(str(draft), text)
    assert not result.error
    return [finding.rule for finding in result.findings]


def write(path: Path, text: str) -> Path:
    """Write a file; each time with a later time than before."""
    later = path.stat().st_mtime_ns + 1_000_000_000 if path.exists() else 1_000_000_000
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(later, later))
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def plain() -> LiveSession:
    return LiveSession(Options(isolated=True))


def test_the_findings_are_those_of_the_linter(plain: LiveSession, desk: Path) -> None:
    assert plain.lint(str(desk / "a.txt"), VAGUE).findings == Linter().lint_text(VAGUE).findings != ()


def test_a_draft_edited_again_and_again_has_the_findings_of_one_read_for_the_first_time(plain: LiveSession) -> None:
    text = Path("examples/op-ed.txt").read_text("utf-8")
    for at in range(0, len(text), 211):
        edited = f"{text[:at]} the the {text[at:]}"
        again = plain.lint("draft.txt", edited)
    assert again.findings == Linter().lint_text(edited).findings


def test_the_file_need_not_exist_and_nothing_is_written(plain: LiveSession, desk: Path) -> None:
    assert names(plain, desk / "no" / "such" / "folder.md") == ["Claims.VagueSource"]
    assert list(desk.iterdir()) == [desk / ".git"]


def test_a_configuration_that_changes_is_read_anew(desk: Path) -> None:
    live, draft = LiveSession(), desk / "a.txt"
    assert names(live, draft) == ["Claims.VagueSource"]
    assert not live.refresh() and not live.refresh()
    config = write(desk / ".edlint.yml", "rules: {Claims: off}\n")
    assert live.refresh() and names(live, draft) == []
    assert not live.refresh()
    write(config, "rules: {Claims: error}\n")
    assert live.refresh() and names(live, draft) == ["Claims.VagueSource"]
    config.unlink()
    assert live.refresh() and not live.refresh()


def test_so_are_rules_and_lists_of_words(desk: Path) -> None:
    write(desk / ".edlint.yml", "extends: [Grammar]\nvocabulary: [words.anything]\n")
    words = write(desk / "words.anything", "Osprey\n")
    live, draft, text = LiveSession(), desk / "a.txt", "We recieve the post on Monday.\n"
    found = names(live, draft, text)
    live.refresh()
    write(words, "recieve\n")
    assert live.refresh()
    assert found and names(live, draft, text) == []


def test_another_draft_is_no_change(desk: Path) -> None:
    live = LiveSession()
    names(live, desk / "a.txt")
    live.refresh()
    names(live, desk / "sub" / "b.txt")
    assert not live.refresh()


def test_a_broken_configuration_is_an_error_until_it_is_mended(desk: Path) -> None:
    live, draft = LiveSession(), desk / "a.txt"
    config = write(desk / ".edlint.yml", "rulez: {}\n")
    assert ".edlint.yml:1" in live.lint(str(draft), VAGUE).error
    live.refresh()
    write(config, "rules: {}\n")
    assert live.refresh() and names(live, draft)


def test_what_the_configuration_leaves_out_is_not_checked(desk: Path) -> None:
    live = LiveSession()
    write(desk / ".edlint.yml", "exclude: ['archive/**']\ninclude: ['**/*.txt']\n")
    for left_out in (desk / "archive" / "a.txt", desk / "notes.md"):
        result = live.lint(str(left_out), VAGUE)
        assert (result.findings, result.error) == ((), "") and "not checked" in result.notices[0]
    assert names(live, desk / "a.txt")


def test_what_a_baseline_accepts_is_not_found(desk: Path) -> None:
    from edlint.cli import run

    draft = write(desk / "a.txt", VAGUE)
    write(desk / ".edlint.yml", "baseline: .edlint-baseline.json\n")
    assert run(["baseline", "create", "--baseline", str(desk / ".edlint-baseline.json"), str(desk)]) == 0
    more = VAGUE + "\nMany believe that the mayor will resign.\n"
    assert len(names(LiveSession(), draft, more)) == 1


def test_no_configuration_sends_a_draft_away(desk: Path) -> None:
    write(desk / ".edlint.yml", "grammar: {engine: languagetool, server: 'http://192.0.2.1:8081'}\n")
    assert "another machine" in LiveSession().lint(str(desk / "a.txt"), VAGUE).error


def test_a_draft_too_large_and_one_with_half_a_character_are_errors(desk: Path) -> None:
    live = LiveSession()
    write(desk / ".edlint.yml", "max_size: 0.0001\n")
    assert "larger than" in live.lint(str(desk / "a.txt"), VAGUE * 5).error
    assert "half a character" in live.lint(str(desk / "a.txt"), "a\ud800b").error


def test_the_drafts_of_folders_come_some_at_a_time(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.session.live.BATCH", 2)
    for name in ("a", "b", "c"):
        write(desk / "drafts" / f"{name}.txt", VAGUE)
    parts = list(LiveSession(Options(isolated=True, jobs=1)).folders([str(desk)]))
    assert [(len(results), done, total) for results, done, total in parts] == [(2, 2, 3), (1, 3, 3)]
    assert [[f.rule for f in result.findings] for results, *_ in parts for result in results] == [["Claims.VagueSource"]] * 3


def test_a_folder_that_cannot_be_searched_is_an_error(desk: Path) -> None:
    [(results, _, total)] = LiveSession(Options(isolated=True)).folders([str(desk / "nothing")])
    assert "no such file" in results[0].error and total == 0
