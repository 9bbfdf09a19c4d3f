"""A run with a reader: what it remembers, what it may take, and what happens when the server is away or talks nonsense."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakechat import Fake, pass_exam, sober

import edlint.cli
from edlint.grammar.base import UNREAD
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.server import ReaderConfig
from edlint.report import REPORTERS

VAGUE = "Many experts believe that the wall is weak."
DRAFT = f"# Ports\n\n{VAGUE}\n\nThe harbour lies between two rivers.\n"


def only(config: Config, **changes: object) -> Config:
    assert config.reader
    return Config(reader=config.reader._replace(**changes), extends=config.extends)  # type: ignore[arg-type]


def test_answers_are_remembered_from_run_to_run(chat: Fake, config: Config) -> None:
    first = Linter(config).lint_text(DRAFT, "a.md")
    asked = len(chat.asked)
    assert asked == 3
    assert Linter(config).lint_text(DRAFT, "a.md").findings == first.findings
    assert len(chat.asked) == asked
    Linter(config).lint_text(DRAFT.replace("rivers", "hills"), "a.md")
    assert len(chat.asked) == asked + 1, "only the paragraph that changed"


def test_an_answer_that_somebody_else_left_is_not_believed(chat: Fake, config: Config, folders: Path) -> None:
    Linter(config).lint_text(VAGUE, "a.md")
    (file,) = (folders / "XDG_CACHE_HOME").rglob("reader/*.json")
    file.write_bytes(file.read_bytes()[:32] + json.dumps([file.stem, "{}"]).encode())
    Linter(config).lint_text(VAGUE, "a.md")
    assert len(chat.asked) == 2


def test_no_paragraph_is_asked_about_twice(chat: Fake, config: Config) -> None:
    linter = Linter(config)
    linter.lint_text(f"{VAGUE}\n\n{VAGUE}\n", "a.md")
    linter.lint_text(f"{VAGUE}\n", "b.md")
    assert chat.texts.count(VAGUE) <= 2, "the second stands after the first, which is another question"
    chat.content = "nonsense"
    for _ in range(2):
        linter.lint_text("The wall is weak, and so say all of us.", "c.md")
    assert chat.texts.count("The wall is weak, and so say all of us.") == 1


def test_without_a_server_the_rules_judge_alone_and_say_so_once(config: Config) -> None:
    away = only(config, server="http://127.0.0.1:9/v1")
    assert away.reader
    pass_exam(away.reader)
    linter = Linter(away)
    alone = Linter(Config(extends=config.extends)).lint_text(DRAFT, "a.md")
    told = [linter.lint_text(DRAFT, name) for name in ("a.md", "b.md")]
    assert told[0].findings == alone.findings and told[0].faults == ()
    assert told[0].notices == told[1].notices and len(told[0].notices) == 1
    assert told[0].notices[0].startswith(f"{UNREAD}: fake at http://127.0.0.1:9/v1 cannot be reached")


def test_a_required_reader_that_is_away_is_a_fault(config: Config) -> None:
    away = only(config, server="http://127.0.0.1:9/v1", required=True)
    assert away.reader
    pass_exam(away.reader)
    result = Linter(away).lint_text(DRAFT, "a.md")
    assert result.notices == () and result.faults[0].startswith(UNREAD)


def test_nonsense_leaves_the_paragraph_to_the_rules(chat: Fake, config: Config) -> None:
    alone = Linter(Config(extends=config.extends)).lint_text(VAGUE, "a.md")
    chat.content = '{"sentences": []}'
    result = Linter(config).lint_text(VAGUE, "a.md")
    assert result.findings == alone.findings
    assert result.notices == (f"{UNREAD}: some answers of {_name(config)} could not be used; {_ALONE}",)


_ALONE = "what it did not read is judged by edlint's rules alone"


def _name(config: Config) -> str:
    assert config.reader
    return f"fake at {config.reader.server}"


def test_one_question_that_is_refused_is_not_asked_again_in_the_run(chat: Fake, config: Config) -> None:
    chat.status = 503
    linter = Linter(config)
    first = linter.lint_text(VAGUE, "a.md")
    chat.status = 200
    assert linter.lint_text(VAGUE, "b.md").notices == first.notices
    assert "could not be used" in first.notices[0] and len(chat.asked) == 1
    assert Linter(config).lint_text(VAGUE, "a.md").notices == ()


def test_a_server_that_never_makes_sense_is_given_up(chat: Fake, config: Config) -> None:
    chat.content = "nonsense"
    text = "\n\n".join(f"The harbour has {n} quays, as anybody can see." for n in range(9))
    Linter(config).lint_text(text, "a.md")
    assert len(chat.asked) == 3


def test_a_run_asks_no_more_questions_than_it_may(chat: Fake, config: Config) -> None:
    text = "\n\n".join(f"The harbour has {n} quays, as anybody can see." for n in range(6))
    few = Linter(only(config, questions=2))
    result = few.lint_text(text, "a.md")
    assert len(chat.asked) == 2 and "used up" in result.notices[0]
    few.lint_text("The harbour has a quay, as anybody can see.", "b.md")
    assert len(chat.asked) == 2


def test_a_draft_may_take_only_so_long(chat: Fake, config: Config) -> None:
    chat.delay = 0.2
    text = "\n\n".join(f"The harbour has {n} quays, as anybody can see." for n in range(6))
    result = Linter(only(config, draft_seconds=0.1)).lint_text(text, "a.md")
    assert len(chat.asked) == 1 and "used up" in result.notices[0]
    result = Linter(only(config, run_seconds=0.1)).lint_text(text.replace("quays", "cranes"), "a.md")
    assert len(chat.asked) == 2 and "used up" in result.notices[0]


def write(folder: Path, chat: Fake, more: str = "") -> None:
    folder.joinpath(".edlint.yml").write_text(f"extends: [Claims, Headlines]\nreader: {{server: '{chat.url}', model: fake{more}}}\n")
    folder.joinpath("a.md").write_text(DRAFT)


def run(*args: str) -> int:
    return edlint.cli.run([*args])


def test_the_command_line(
    chat: Fake, reader: ReaderConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, chat)
    assert run("a.md", "-f", "json") == 0
    first = capsys.readouterr().out
    asked = len(chat.asked)
    assert "But fake sees nothing" in first and asked == 3
    assert run("a.md", "-f", "json") == 0
    again = capsys.readouterr().out
    drop = ("seconds", "elapsed")
    assert [line for line in first.splitlines() if not any(d in line for d in drop)] == [
        line for line in again.splitlines() if not any(d in line for d in drop)
    ]
    assert len(chat.asked) == asked
    assert run("a.md", "--no-cache") == 0 and len(chat.asked) == 2 * asked
    assert run("a.md", "--no-reader") == 0 and "fake" not in capsys.readouterr().out.splitlines()[-1]
    assert len(chat.asked) == 2 * asked
    assert run("a.md", "--isolated", "--reader") == 2
    assert "no `reader:`" in capsys.readouterr().err


def test_a_reader_that_was_not_examined_is_not_asked(
    chat: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, chat)
    assert run("a.md", "-f", "text") == 0
    assert "fake is not used: it was not examined" in " ".join(capsys.readouterr().out.split()) and chat.asked == []
    write(tmp_path, chat, ", required: true")
    assert run("a.md") == 2


def test_one_that_failed_is_not_asked_either(chat: Fake, config: Config) -> None:
    assert config.reader
    pass_exam(config.reader, right=7)
    result = Linter(config).lint_text(DRAFT, "a.md")
    assert "failed for Claims (precision 0.70, recall 1.00" in result.notices[0] and chat.asked == []
    pass_exam(config.reader, found=4)
    assert "recall 0.40" in Linter(config).lint_text(DRAFT, "a.md").notices[0]


@pytest.mark.parametrize("name", list(REPORTERS.own))
def test_another_machine_is_named_in_every_output(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name cannot be resolved: what counts is that nothing is sent unless the user says so, and that every report says it."""
    monkeypatch.chdir(tmp_path)
    config = ReaderConfig("https://models.invalid/v1", "big", timeout=5)
    pass_exam(config)
    tmp_path.joinpath(".edlint.yml").write_text(f"extends: [Claims]\nreader: {{server: '{config.server}', model: big, timeout: 5}}\n")
    tmp_path.joinpath("a.md").write_text(DRAFT)
    assert run("a.md", "-f", name) == 2
    told = capsys.readouterr().err
    assert ".edlint.yml:2: reader.server: models.invalid is another machine" in told and "--allow-remote" in told
    run("a.md", "-f", name, "--allow-remote")
    shown = capsys.readouterr()
    assert "models.invalid" in shown.out + shown.err and "read by big" in " ".join((shown.out + shown.err).split())


def test_a_verdict_of_the_gate_rests_on_the_rules_alone(
    chat: Fake, reader: ReaderConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, chat)
    assert run("gate", "a.md") == 0 and chat.asked == []


def test_a_baseline_keeps_what_a_reader_found_that_is_away(
    chat: Fake, reader: ReaderConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, chat)
    chat.judge = lambda pack, text: ("event", "lies between", "") if "lies" in text else sober(pack, text)
    assert run("baseline", "create", "a.md") == 0
    (baseline,) = tmp_path.glob(".edlint-baseline*")
    assert "Claims.Event" in baseline.read_text()
    away = ReaderConfig("http://127.0.0.1:9/v1", "fake")
    pass_exam(away)
    tmp_path.joinpath(".edlint.yml").write_text(f"extends: [Claims, Headlines]\nreader: {{server: '{away.server}', model: fake}}\n")
    capsys.readouterr()
    assert run("a.md", "--baseline", baseline.name) == 0
    told = capsys.readouterr().out
    assert "NOT READ" in told and "no longer found" not in told
    assert run("a.md", "--baseline", baseline.name, "--no-reader") == 0
    assert "1 accepted finding no longer found" in capsys.readouterr().out, "left out on purpose, it is not expected either"


def test_the_ledger_has_what_the_reader_finds(
    chat: Fake, reader: ReaderConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, chat)
    tmp_path.joinpath("a.md").write_text("Short of cash, they sold up.\n")
    assert run("claims", "a.md", "--no-reader") == 0
    before = capsys.readouterr().out
    chat.judge = lambda pack, text: ("accusation", "Short of cash", "")
    assert run("claims", "a.md") == 0
    after = capsys.readouterr().out
    assert "sold up" not in before and "accusation" in after and "sold up" in after
