"""The measurement on published posts: what it counts, what it prints, and what it must not print."""

import gzip
import json
from pathlib import Path

import pytest

from tests.accuracy import field
from tests.accuracy.__main__ import main

TWICE = "Volunteers stacked sandbags along the east bank of the river on Monday."
POSTS = (
    ("town/blog", "posts/river.md", f"# A river\n\n{TWICE}\n\n{TWICE}\n"),
    ("town/blog", "posts/calm.md", "# Calm\n\nNothing happened on Monday, and nobody minded.\n"),
    (min(field.ASIDE), "posts/kept.md", f"# Kept\n\n{TWICE}\n\n{TWICE}\n"),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "posts.jsonl.gz"
    rows = (json.dumps(dict(zip(("source", "path", "text"), post, strict=True))) for post in POSTS)
    file.write_bytes(gzip.compress("\n".join(rows).encode()))
    monkeypatch.setattr(field, "VERDICTS", tmp_path / "verdicts.json")
    return file


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["field", *arguments]) == 0
    return capsys.readouterr().out


def test_posts_with_an_error_are_counted_aside_and_tune_apart(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    aside, tune, whole = said(capsys, str(data)).splitlines()[:3]
    assert aside.startswith("aside: posts with an error 1 of 1; errors 1 ")
    assert tune.startswith("tune: posts with an error 1 of 2; errors 1 ")
    assert whole.startswith("all: posts with an error 2 of 3; errors 2 ")


def test_errors_of_tune_are_printed_with_their_line_and_those_aside_are_not(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(capsys, str(data))
    assert "town/blog posts/river.md:5 Captions.Repeated" in printed
    assert "posts/kept.md" not in printed


def test_a_verdict_is_kept_by_hash_and_compared(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = next(line for line in said(capsys, str(data)).splitlines() if line.startswith("[?]")).split()[1]
    field.VERDICTS.write_text(json.dumps({key: "right", "0" * 16: "wrong"}))
    printed = said(capsys, str(data))
    assert f"[right] {key}" in printed
    assert "verdicts on errors, tune: 1 right, 0 defensible, 0 wrong, 0 not judged" in printed
    assert "judged before and no longer flagged: 0 right, 0 defensible, 1 wrong" in printed


def test_fix_prints_the_diff_of_tune_and_counts_what_is_aside(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(capsys, str(data), "--fix")
    assert f"-{TWICE}" in printed.splitlines() and "kept.md" not in printed
    assert "aside: 1 posts changed, 2 lines out, 0 lines in" in printed


def test_a_draw_is_the_same_for_the_same_seed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n\n".join(f"Critics say that plan number {n} has failed in the town." for n in range(9))
    data.write_bytes(gzip.compress(json.dumps({"source": "a/b", "path": "c.md", "text": text}).encode()))
    first, again, other = (said(capsys, str(data), "--draw", "3", "--seed", seed) for seed in ("1", "1", "2"))
    assert first == again != other
    assert "3 of 9 warnings, tune, drawn with seed 1:" in first


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["field", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl is not there" in capsys.readouterr().err
