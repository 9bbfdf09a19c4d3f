"""`edlint archive audit`: the same findings as one by one, whatever is killed, hangs, is large, or comes again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from articles import RULE, Row, command, documents, findings, house, rows_of, run, write_lines
from components import library
from poisonedworker import DIES, HANGS
from support import cache_with_rules

import edlint
from edlint.cli import run as cli
from tests.archive.kills import killed

library("archive", "daft")
LIB = Path(__file__).resolve().parents[1] / "lib"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return house(tmp_path)


def audit(*args: object, out: str = "out") -> dict[str, object]:
    """The summary of an audit, with what was printed as "printed"."""
    printed = run("audit", *args)
    summary: dict[str, object] = json.loads((Path(out) / "summary.json").read_text("utf-8"))
    return {**summary, "printed": printed}


def test_the_rows_are_those_of_the_batch_function(config: Path) -> None:
    rows = rows_of(150)
    source = write_lines(Path("archive.jsonl"), rows)
    summary = audit(source, "-o", "out", "--config", config)
    texts = [f"{row['title']}\n\n{row['text']}" for row in rows]
    found = edlint.lint_batch(texts, [str(row["id"]) for row in rows], config=config)
    assert findings(Path("out"), *found) == sorted(zip(*found.values(), strict=True), key=repr)
    assert [summary[name] for name in ("documents", "linted", "findings", "documents_with_findings")] == [150, 150, len(found["rule"]), 50]
    assert findings(Path("out"), "doc_id", "month", "section")[:2] == [("article-00000", "2024-01", "news")] * 2
    assert summary["rules"] == [["House.Hype", len(found["rule"])]]


def test_only_what_changed_is_checked_again(config: Path, tmp_path: Path) -> None:
    rows = rows_of(100)
    source = write_lines(Path("archive.jsonl"), rows)
    audit(source, "-o", "out", "--config", config)
    rows[0]["text"], rows[1]["text"] = "All is well.", "We leverage it, and leverage it."
    write_lines(source, [*rows[::-1], {"id": "new", "text": "A synergy."}])
    summary = audit(source, "-o", "out", "--config", config)
    assert [summary[name] for name in ("documents", "linted", "unchanged")] == [101, 3, 98]
    again = write_lines(Path("again.jsonl"), [json.loads(line) for line in source.read_text("utf-8").splitlines()])
    run("audit", again, "-o", "fresh", "--config", config)
    assert findings(Path("out")) == findings(Path("fresh"))
    assert documents(Path("out")) == documents(Path("fresh"))
    (tmp_path / "House" / "Hype.yml").write_text((tmp_path / "House" / "Hype.yml").read_text("utf-8").replace("leverage", "ferry"), "utf-8")
    assert audit(source, "-o", "out", "--config", config)["linted"] == 101
    assert len(list(Path("out/parts").glob("*.findings.parquet"))) == 1


def test_what_is_gone_is_forgotten_only_when_asked(config: Path) -> None:
    source = write_lines(Path("archive.jsonl"), rows_of(10))
    audit(source, "-o", "out", "--config", config)
    write_lines(source, rows_of(4))
    assert audit(source, "-o", "out", "--config", config)["documents"] == 10
    assert audit(source, "-o", "out", "--config", config, "--prune")["documents"] == 4
    assert {row[0] for row in findings(Path("out"), "doc_id")} == {"article-00000", "article-00003"}


def test_two_articles_of_one_name_are_told_and_one_is_kept(config: Path) -> None:
    source = write_lines(Path("archive.jsonl"), [{"id": "a", "text": "leverage"}, {"id": "a", "text": "synergy"}, {"id": "b", "text": "x"}])
    first = audit(source, "-o", "out", "--config", config), findings(Path("out"))
    assert (first[0]["documents"], first[0]["same_id"]) == (2, 1)
    assert "1 document left out: an earlier one has the same id" in str(first[0]["printed"])
    assert len(first[1]) == 1
    again = audit(source, "-o", "out", "--config", config), findings(Path("out"))
    assert (again[0]["linted"], again[0]["unchanged"], again[0]["same_id"]) == (0, 2, 1)
    assert again[1] == first[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes to kill")
def test_a_killed_audit_goes_on_where_it_stopped(tmp_path: Path) -> None:
    done, whole, broken = killed(tmp_path, 3)
    assert done == 3
    assert findings(broken) == findings(whole)
    assert documents(broken) == documents(whole)
    assert len({row[0] for row in documents(broken, "doc_id")}) == len(documents(broken)) == 64 * 6


def test_poisonous_documents_do_not_stop_the_others(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(LIB / "poison"), str(LIB), str(LIB.parents[1]))))
    folder = Path("drafts/2023-04/sport")
    folder.mkdir(parents=True)
    for name, data in {
        "hang.md": HANGS.encode(),
        "die.md": DIES.encode(),
        "large.md": b"leverage " * 20_000,
        "binary.md": bytes(range(256)) * 9,
        "good.md": b"We leverage it.",
        "picture.png": b"leverage",
        ".hidden.md": b"leverage",
    }.items():
        (folder / name).write_bytes(data)
    with (folder / "huge.md").open("wb") as file:
        file.truncate(200_000_000)
    summary = audit("drafts", "-o", "out", "--config", config, "--seconds", 5, "--by", "month")
    told = {Path(str(name)).name: (level, str(message)) for name, level, message in findings(Path("out"), "doc_id", "level", "message")}
    assert {name: level for name, (level, _) in told.items()} == {
        **dict.fromkeys(("hang.md", "die.md", "large.md", "binary.md", "huge.md"), "fault"),
        "good.md": "error",
    }
    assert "took longer than 5 seconds" in told["hang.md"][1]
    assert "larger than 0.1 MB" in told["huge.md"][1]
    assert summary["documents_with_faults"] == 5
    assert documents(Path("out"), "month", "section") == [("2023-04", "sport")] * 6
    assert [path.name for path in Path("out/findings").iterdir()] == ["month=2023-04"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nowhere", "-o", "out"], "nowhere: no such file or folder"),
        (["empty", "-o", "out"], "empty: no articles there"),
        (["full", "-o", "full"], "full contains something other than an audit"),
        (["full", "-o", "out", "--field", "txt=body"], "did you mean 'text'"),
        (["full", "-o", "out", "--source-format", "mardown"], "did you mean 'markdown'"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(args: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    Path("full").mkdir()
    Path("full/a.md").write_text("A draft.", "utf-8")
    assert cli(["archive", "audit", *args]) == 2
    assert told in capsys.readouterr().err


def test_two_audits_do_not_write_to_one_folder(config: Path) -> None:
    source = write_lines(Path("archive.jsonl"), rows_of(3))
    audit(source, "-o", "out", "--config", config)
    from edlint.archive.store import Store

    open_one = Store(Path("out"), "")
    done = subprocess.run(command("audit", source, "-o", "out", "--config", config), capture_output=True, text=True)
    assert done.returncode == 2
    assert "is another audit writing there?" in done.stderr
    open_one.close()


def test_the_engine_reports_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import socket; socket.socket.connect = lambda *a: print('reached out')\n"
        "import edlint.archive.plan, daft.scarf_telemetry as t; assert t.opted_out()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_rule_on_trial_is_checked_alone(config: Path, tmp_path: Path) -> None:
    source = write_lines(Path("archive.jsonl"), rows_of(30))
    (tmp_path / "House" / "Ferry.yml").write_text(RULE.replace("leverage", "ferry"), "utf-8")
    summary = audit(source, "-o", "out", "--config", config, "--try", "House/Ferry.yml")
    assert summary["rules"] == [["House.Ferry", 30 + 2]]
    assert audit(source, "-o", "out", "--config", config, "--try", "House/Hype.yml")["linted"] == 30


def test_an_archive_may_have_more_months_than_the_library_expects(config: Path) -> None:
    rows: list[Row] = [{"id": f"{n}", "text": "leverage", "date": f"{1900 + n // 12}-{n % 12 + 1:02}-01"} for n in range(1100)]
    audit(write_lines(Path("archive.jsonl"), rows), "-o", "out", "--config", config, "--by", "month", "--jobs", 1)
    assert len(list(Path("out/findings").iterdir())) == 1100


def test_what_an_audit_wrote_is_no_article(config: Path) -> None:
    Path("site").mkdir()
    Path("site/a.md").write_text("leverage", "utf-8")
    Path("site/state.sqlite").write_text("of another program", "utf-8")
    for _ in range(2):
        summary = audit("site", "-o", "site/out", "--config", config, out="site/out")
        assert (summary["documents"], summary["documents_with_faults"]) == (1, 0)


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"documents": "<b>"}'])
def test_a_damaged_summary_is_told(config: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out/findings").mkdir()
    Path("out/summary.json").write_text(text, "utf-8")
    assert cli(["archive", "report", "out", "-o", "page.html"]) == 2
    assert "summary.json is damaged" in capsys.readouterr().err
    assert not Path("page.html").exists()
