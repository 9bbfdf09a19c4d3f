"""Verdicts: what they hold, and that nothing in a log or in what was judged changes unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edlint.cli import run
from edlint.errors import ConfigError
from edlint.model.config import Config
from edlint.ruleset.packs import load_library
from edlint.ruleset.places import pack_folders
from edlint.verdict import NAME, append, read_log, terms

GOOD = "The council met on Monday, and Ana Ruiz said that the bridge would close.\n"
BAD = "The harbour was full of boats on Friday morning.\n\nThe harbour was full of boats on Friday morning.\n\nAna Ruiz said so.\n"
CONFIG = "extends: [default]\ngrammar: {engine: none}\nrules: {Captions.Repeated: error}\nmay_override: [Captions]\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".edlint.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_a_draft_that_passes_can_be_proved_and_nothing_else(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gate", "good.txt"]) == 0
    assert run(["verify", NAME, "good.txt"]) == 0
    assert "this very text passed" in capsys.readouterr().out
    (desk / "good.txt").write_text(GOOD.replace("Monday", "Sunday"), encoding="utf-8")
    assert run(["verify", NAME, "good.txt"]) == 1
    assert "not the text that was judged" in capsys.readouterr().out
    assert run(["verify", NAME, "bad.txt"]) == 1
    assert "no verdict on it" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_draft_does_not_pass(text: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "good.txt").write_text(text, encoding="utf-8")
    assert run(["gate", "good.txt"]) == 2
    assert "good.txt is empty" in capsys.readouterr().err and not (desk / NAME).exists()


def test_a_newer_configuration_and_other_rules_are_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["gate", "good.txt"])
    (desk / ".edlint.yml").write_text(CONFIG + "# a comment\n", encoding="utf-8")
    assert run(["verify", NAME, "good.txt"]) == 1
    assert "the configuration has changed" in capsys.readouterr().out
    (desk / ".edlint.yml").write_text(CONFIG.replace("error", "off"), encoding="utf-8")
    assert run(["verify", NAME, "good.txt"]) == 1
    assert "the rules have changed" in capsys.readouterr().out


def test_rules_that_are_read_anew_or_recalled_are_the_same(tmp_path: Path) -> None:
    """A cache leaves out what no run needs."""
    read, recalled = (load_library(pack_folders(["default"]), tmp_path).rules.values() for _ in range(2))
    assert terms(b"", Config(), read) == terms(b"", Config(), recalled)


def test_which_rules_and_findings_changed_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["gate", "good.txt"])
    run(["gate", "bad.txt"])
    (desk / "good.txt").write_text(BAD, encoding="utf-8")
    (desk / "bad.txt").write_text(GOOD, encoding="utf-8")
    capsys.readouterr()
    assert run(["verify", NAME, "good.txt"]) == 1
    told = capsys.readouterr().out
    assert "line 3: Captions.Repeated stands in the way now" in told and "errors: 0 then, 1 now" in told and "rules" not in told
    assert run(["verify", NAME, "bad.txt"]) == 1
    told = capsys.readouterr().out
    assert "line 3: Captions.Repeated stood in the way then" in told and "errors: 1 then, 0 now" in told
    (desk / ".edlint.yml").write_text(CONFIG.replace("error}", "off, Paste.Markup: error}"), encoding="utf-8")
    run(["verify", NAME, "bad.txt"])
    assert "the rules have changed: Captions.Repeated, Paste.Markup\n" in capsys.readouterr().out
    (desk / ".edlint.yml").write_text("extends: [Captions]\nrules: {Captions.Repeated: off}\ngrammar: {engine: none}\n", encoding="utf-8")
    run(["verify", NAME, "bad.txt"])
    told = capsys.readouterr().out
    assert "Boilerplate.Ads (gone)" in told and " more\n" in told
    (desk / "bad.txt").write_text("", encoding="utf-8")
    assert run(["verify", NAME, "bad.txt"]) == 1


def test_a_log_of_before_rules_had_hashes_of_their_own_is_read(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["gate", "good.txt"])
    (made,) = read_log(desk / NAME)
    old = {key: value for key, value in made.items() if key not in ("before", "hash", "each rule")}
    (desk / NAME).unlink()
    append(desk / NAME, {**old, "rules": "0"})
    assert run(["verify", NAME, "good.txt"]) == 1
    assert "good.txt: the rules have changed\n" in capsys.readouterr().out


def test_verdicts_taken_from_the_end_are_noticed_by_whoever_kept_a_receipt(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipts = []
    for _ in range(3):
        run(["gate", "good.txt"])
        receipts.append(capsys.readouterr().out.split()[-1])
    for receipt in receipts:
        assert run(["verify", NAME, "good.txt", "--receipt", receipt]) == 0
    log = desk / NAME
    log.write_text("".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert run(["verify", NAME, "good.txt"]) == 0  # a sound log, as far as it goes
    assert run(["verify", NAME, "good.txt", "--receipt", receipts[1].upper()]) == 0
    capsys.readouterr()
    assert run(["verify", NAME, "good.txt", "--receipt", receipts[2]]) == 2
    assert "verdicts were taken away" in capsys.readouterr().err
    assert run(["verify", NAME, "good.txt", "--receipt", "3f"]) == 2


def test_any_byte_of_a_log_that_is_changed_is_noticed(desk: Path) -> None:
    run(["gate", "good.txt"])
    run(["gate", "bad.txt"])
    log = desk / NAME
    data = log.read_bytes()
    read_log(log)
    for at in range(len(data)):
        log.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(ConfigError):
            read_log(log)


def test_a_log_that_is_cut_or_in_another_order_is_noticed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        run(["gate", "good.txt"])
    log = desk / NAME
    first, second, third = log.read_text(encoding="utf-8").splitlines(keepends=True)
    for cut in (second + third, first + third, second + first + third, first + second + third[:-20], first + second.rstrip("\n")):
        log.write_text(cut, encoding="utf-8")
        assert run(["verify", NAME, "good.txt"]) == 2
    log.write_text(first.replace('"edlint-verdict": 1', '"edlint-verdict": 2'), encoding="utf-8")
    assert run(["verify", NAME, "good.txt"]) == 2
    assert "update edlint" in capsys.readouterr().err


def test_nothing_is_added_to_a_log_that_was_changed(desk: Path) -> None:
    run(["gate", "good.txt"])
    log = desk / NAME
    log.write_text(log.read_text(encoding="utf-8").replace("good", "bood"), encoding="utf-8")
    before = log.read_bytes()
    assert run(["gate", "good.txt"]) == 2
    assert log.read_bytes() == before
    with pytest.raises(ConfigError):
        append(log, {})


def test_an_override_is_part_of_the_verdict_and_obeys_the_policy(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gate", "bad.txt"]) == 1
    asked = ["gate", "bad.txt", "--override", "Captions.Repeated:3"]
    assert run(asked) == 2
    assert "--reason and --by" in capsys.readouterr().err
    told = [*asked, "--reason", "the refrain", "--by", "Ana Ruiz"]
    assert run(told) == 0
    (made,) = read_log(desk / NAME)[1:]
    assert made["passed"] and made["overridden"][0] | {"reason": "the refrain", "by": "Ana Ruiz"} == made["overridden"][0]
    assert run([*told[:3], "Captions.Repeated:1", *told[4:]]) == 2
    (desk / ".edlint.yml").write_text(CONFIG.replace("[Captions]", "[warning]"), encoding="utf-8")
    assert run(told) == 2
    assert "does not let a finding of Captions.Repeated pass" in capsys.readouterr().err


def test_open_claims_of_the_kinds_named_stand_in_the_way(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / ".edlint.yml").write_text(CONFIG + "check_claims: [figure]\n", encoding="utf-8")
    (desk / "good.txt").write_text("The port lost 40 ships in May, Ana Ruiz said.\n", encoding="utf-8")
    assert run(["gate", "good.txt"]) == 1
    assert read_log(desk / NAME)[0]["open claims"] == {"figure": 1}
    assert run(["claims", "good.txt", "--check"]) == 1
    capsys.readouterr()
    run(["claims", "good.txt", "-f", "json"])
    (row,) = json.loads(capsys.readouterr().out)["claims"]
    assert run(["claims", "good.txt", "--set", row["id"], "declined"]) == 2
    assert run(["claims", "good.txt", "--set", row["id"], "declined", "--note", "common knowledge", "--by", "Bo Li"]) == 0
    assert run(["claims", "good.txt", "--check"]) == 0
    assert run(["gate", "good.txt"]) == 0


def test_who_silenced_a_finding_and_why_is_kept(desk: Path) -> None:
    (desk / "bad.txt").write_text(BAD.replace("\n\nThe", "\n\n# edlint-disable-next-line Captions: the refrain\nThe", 1), encoding="utf-8")
    assert run(["gate", "bad.txt"]) == 0
    (made,) = read_log(desk / NAME)
    assert [(entry["rule"], entry["by"], entry["reason"]) for entry in made["silenced"]] == [
        ("Captions.Repeated", "a directive in the draft", "the refrain")
    ]


def test_a_draft_that_cannot_be_read_is_never_judged(desk: Path) -> None:
    assert run(["gate", "none.txt"]) == 2
    assert not (desk / NAME).exists()


@pytest.mark.parametrize("format", ["text", "csv", "json", "html"])
def test_the_ledger_in_each_format(desk: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "good.txt").write_text("=The port lost 40 ships in May, <b>Ana Ruiz said.\n", encoding="utf-8")
    assert run(["claims", "good.txt", "-f", format]) == 0
    out = capsys.readouterr().out
    assert "lost 40 ships" in out
    assert format != "html" or "<b>Ana" not in out
    assert format != "csv" or "'=The" in out
