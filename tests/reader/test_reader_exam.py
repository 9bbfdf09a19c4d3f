"""The examination: its texts, how it counts, what is kept of it, and the command."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from fakechat import Fake, sober

import edlint.cli
from edlint.errors import UsageError
from edlint.model.server import ReaderConfig
from edlint.reader import exam
from edlint.reader.guideline import FAULTS

SENTENCES, HEADLINES = exam.shipped()
LABELS = {row.text: row for row in (*SENTENCES, *HEADLINES)}


def recorded(pack: str, text: str) -> tuple[str, str, str]:
    """The right answer; but of the vague sources and the headlines that shout none is seen, and who asks a question is taken to accuse."""
    row = LABELS.get(text)
    if row is None:
        return sober(pack, text)
    if row.label and row.kinds[0] not in ("vague-source", "shout"):
        return row.kinds[0], text, ""
    return ("accusation", text, "") if pack == "Claims" and text.endswith("?") else sober(pack, text)


def test_the_texts_are_enough_and_each_stands_once() -> None:
    assert len({row.article for row in SENTENCES}) >= 40 and len(SENTENCES) >= 400 and len(HEADLINES) >= 150
    assert len(LABELS) == len(SENTENCES) + len(HEADLINES)
    for pack, rows in (("Claims", SENTENCES), ("Headlines", HEADLINES)):
        kinds = Counter(kind for row in rows if row.label for kind in row.kinds)
        assert set(kinds) == set(FAULTS[pack])
        assert all(row.kinds for row in rows if row.label) and 0.1 < sum(1 for row in rows if row.label) / len(rows) < 0.5


def test_a_piece_is_asked_about_paragraph_by_paragraph() -> None:
    asked = list(exam.questions("Claims", SENTENCES))
    assert [row for _, rows in asked for row in rows] == SENTENCES
    assert all(question.title for question, _ in asked) and max(len(rows) for _, rows in asked) <= 12
    first, second = asked[0][0], asked[1][0]
    assert first.before == "" and second.before == " ".join(first.sentences)
    heads = list(exam.questions("Headlines", HEADLINES))
    assert [row for _, rows in heads for row in rows] == HEADLINES and heads[0][0].title == ""


def test_how_it_counts(chat: Fake) -> None:
    chat.judge = recorded
    result = exam.examine(ReaderConfig(chat.url, "fake"), "Claims", SENTENCES, lambda _: None)
    fault = Counter(kind for row in SENTENCES if row.label for kind in row.kinds)
    questions = sum(row.text.endswith("?") for row in SENTENCES)
    counts = result.counts
    assert counts.fault[""] == sum(1 for row in SENTENCES if row.label) and counts.fault["figure"] == fault["figure"]
    assert counts.recall("vague-source") == 0 and counts.recall("figure") == 1
    assert counts.flagged[""] - counts.right[""] == questions > 0
    assert counts.precision("accusation") == fault["accusation"] / (fault["accusation"] + questions)
    assert result.passed and result.unread == 0
    assert result.tokens == (100 * len(chat.asked), 20 * len(chat.asked))


def test_rows_on_which_readers_disagree_do_not_count(chat: Fake) -> None:
    rows = [exam.Row("It rose by half.", label, ("figure",) if label else (), "a") for label in (1, 0, None)]
    chat.judge = lambda pack, text: ("figure", text, "")
    counts = exam.examine(ReaderConfig(chat.url, "fake"), "Claims", rows, lambda _: None).counts
    assert (counts.flagged[""], counts.right[""], counts.fault[""]) == (2, 1, 1)


def test_nonsense_counts_as_not_flagged(chat: Fake) -> None:
    chat.content = "nonsense"
    result = exam.examine(ReaderConfig(chat.url, "fake"), "Headlines", HEADLINES, lambda _: None)
    assert result.unread == len(HEADLINES) and not result.passed and result.counts.precision() == 0


def run(*args: str) -> int:
    return edlint.cli.run([*args])


@pytest.fixture
def desk(chat: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath(".edlint.yml").write_text(f"extends: [Claims, Headlines]\nreader: {{server: '{chat.url}', model: fake}}\n")
    tmp_path.joinpath("a.md").write_text("Many experts believe that the wall is weak.\n")
    return tmp_path


def test_a_reader_that_passes_is_used(chat: Fake, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chat.judge = recorded
    assert run("reader", "exam", "--price", "2", "8") == 0
    table = capsys.readouterr().out
    assert "fake at http://127.0.0.1" in table and table.count("passed:") == 2
    assert "vague-source" in table and "tokens in" in table and "in your currency" in table
    asked = len(chat.asked)
    assert run("a.md") == 0 and len(chat.asked) == asked + 1
    assert "was not examined" not in capsys.readouterr().out


def test_a_reader_that_fails_is_not_used(chat: Fake, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chat.judge = lambda pack, text: recorded(pack, text) if pack == "Claims" else sober(pack, text)
    assert run("reader", "exam") == 1
    assert "failed:" in capsys.readouterr().out
    asked = len(chat.asked)
    desk.joinpath("b.md").write_text("# You won't believe this\n\nMany experts believe that the wall is weak.\n")
    assert run("b.md") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert len(chat.asked) == asked + 1, "the paragraph is read, the headline is not"
    assert "it failed for Headlines (precision 0.00, recall 0.00; it needs 0.80 and 0.50)" in told


def test_texts_of_the_users_own(chat: Fake, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "x#1", "article": "x", "n": 0, "text": "Rents rose by half.", "label": 1, "kind": "figure|cause", "title": "Rents"},
        {"id": "x#2", "article": "x", "n": 1, "text": "It rained.", "label": 0, "kind": "not-claim", "year": 2020},
        {"id": "y", "text": "You won't believe it", "label": 1, "kind": "clickbait"},
    ]
    desk.joinpath("own.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    chat.judge = lambda pack, text: (next(iter(FAULTS[pack])), text, "") if text.startswith(("Rents", "You")) else sober(pack, text)
    assert run("reader", "exam", "own.jsonl") == 0
    assert "Claims: 2 texts" in capsys.readouterr().out
    assert run("a.md") == 0 and "was not examined" in " ".join(capsys.readouterr().out.split()), "one passes on our texts only"


@pytest.mark.parametrize(
    "line", ["", "nonsense", "[]", '{"text": "a"}', '{"text": "", "label": 1}', '{"text": "a", "label": 2}', "[" * 9999]
)
def test_a_file_with_something_else(line: str, tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(f'{{"text": "Good", "label": 0}}\n{line}\n' if line else "\n")
    with pytest.raises(UsageError, match="the file is empty" if not line else r"own\.jsonl:2|not a labelled text"):
        exam.read(file)


def test_without_a_server_nothing_is_kept(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk.joinpath(".edlint.yml").write_text("reader: {server: 'http://127.0.0.1:9/v1', model: fake}\n")
    assert run("reader", "exam") == 2
    assert "cannot be reached" in capsys.readouterr().err
    assert exam.standing(ReaderConfig("http://127.0.0.1:9/v1", "fake"))[0] == frozenset()


def test_a_result_that_somebody_else_left_does_not_count(reader: ReaderConfig, folders: Path) -> None:
    assert exam.standing(reader) == (frozenset({"Claims", "Headlines"}), "")
    (file,) = (folders / "XDG_STATE_HOME").rglob("reader/*.json")
    other = reader._replace(model="other")
    file.with_name(f"{exam._name(other)}.json").write_bytes(file.read_bytes())
    assert exam.standing(other)[0] == frozenset(), "signed, but another model's"
    file.write_bytes(file.read_bytes()[:32] + b'["x", {}]')
    assert exam.standing(reader)[0] == frozenset()


def test_without_a_reader_there_is_nobody_to_examine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("reader", "exam", "--isolated") == 2
    assert "there is no `reader:`" in capsys.readouterr().err
