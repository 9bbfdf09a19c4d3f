"""The page on an audit, samples and their precision; and that the commands of the guide work in their order."""

from __future__ import annotations

import csv
import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import axe, chromium, sideways
from components import library

import edlint
from edlint.archive.judging import precision, sample, to_csv
from edlint.archive.page import Summary, page
from edlint.authoring.judged import Precision
from edlint.errors import UsageError
from tests.archive.made import FAULTS, articles
from tests.docs import ROOT
from tests.docs.reading import commands

SUMMARY: Summary = {
    "edlint": "1.0",
    "rules_hash": "0123456789abcdef",
    "documents": 480,
    "documents_with_findings": 120,
    "documents_with_faults": 2,
    "findings": 300,
    "rules": [("Claims.Figure", 200), ("Story.<b>", 100)],
    "months": [(f"2024-{month:02}", 40) for month in range(1, 13)],
    "sections": [("news", 300), ("<script>alert(1)</script>", 150), ("tiny", 3), ("", 27)],
    "rules_by_month": [("Claims.Figure", f"2024-{month:02}", month) for month in range(1, 13)] + [("Story.<b>", "2024-03", 100)],
    "sections_by_level": [("news", "warning", 30), ("<script>alert(1)</script>", "error", 270), ("tiny", "error", 9), ("news", "fault", 9)],
}
JUDGED = {"Claims.Figure": Precision(41, 9), "Story.Sum": Precision(0, 0)}


@pytest.fixture(scope="module")
def made() -> str:
    return page(SUMMARY, JUDGED, [("Share on <i>Facebook</i>", 42), ("Sign up", 7)])


def test_the_page_tells_rates_and_lines_and_nothing_of_it_is_obeyed(made: str) -> None:
    assert "480 articles, 300 findings" in made
    assert "<script" not in made
    assert "<i>Facebook" not in made
    assert made.index("alert(1)") < made.index(">news<")  # 180 in a hundred before 10
    assert ">tiny<" not in made
    assert "82% (69% to 90%)" in made
    assert made.count("<rect") == 24
    assert "2024-01 to 2024-12: 2.5 to 30.0 in 100 articles" in made
    assert "http" not in made.replace("http-equiv", "")


def test_months_are_no_markup() -> None:
    odd = page({**SUMMARY, "months": [("2024-01<b>", 1), ("2024-02<b>", 1)]}, {}, [])
    assert odd.count("2024-01&lt;b&gt;") == 2 * len(SUMMARY["rules"])
    assert "<b>" not in odd


def test_a_page_on_nothing() -> None:
    empty: Summary = {**SUMMARY, "documents": 0, "findings": 0, "rules": [], "months": [], "sections": [], "rules_by_month": []}
    assert "<table" not in page({**empty, "sections_by_level": []}, {}, [])


def test_the_page_in_a_browser(made: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(made, "utf-8")
    with chromium() as browser:
        for width in (1200, 390):
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.goto((tmp_path / "page.html").as_uri())
            assert axe(tab) == []
            assert sideways(tab) <= 0
            tab.close()


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [(41, 50, 0.692, 0.902), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (1, 1, 0.207, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(right: int, judged: int, low: float, high: float) -> None:
    assert Precision(right, judged - right).interval == pytest.approx((low, high), abs=0.001)


def row(number: int, excerpt: str = "A line, “so”") -> dict[str, object]:
    return {"rule": "A.b", "doc_id": f"d{number}", "line": 3, "column": 1, "message": "m", "excerpt": excerpt, "fingerprint": f"f{number}"}


def test_a_sample_is_the_same_in_any_order_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    rows = [row(n) for n in range(500)]
    assert sample(rows, 50) == sample(rows[::-1], 50)
    assert len({str(r["doc_id"]) for r in sample(rows, 50)}) == 50
    assert 15 < sum(int(str(r["doc_id"])[1:]) < 250 for r in sample(rows, 50)) < 35
    assert next(csv.DictReader(to_csv([row(1, "=HYPERLINK(1)")]).splitlines()))["excerpt"] == "'=HYPERLINK(1)"


def test_precision_of_judged_samples(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    lines = to_csv([row(n) for n in range(6)]).splitlines()
    said = ["", "right", "WRONG", " y ", "n", "", "right"]
    first.write_text("\n".join(word + line if n else line for n, (word, line) in enumerate(zip(said, lines, strict=True))), "utf-8-sig")
    second.write_text(f"{lines[0]}\nright{lines[1]}\n", "utf-8")  # the first once more
    assert precision([first, second]) == {"A.b": Precision(3, 2)}
    second.write_text("verdict;rule;doc_id;fingerprint\nright;A.b;x;y\n", "utf-8")
    assert precision([second]) == {"A.b": Precision(1, 0)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("verdict,rule\nmaybe,A.b\n", r"a\.csv:2: unknown verdict 'maybe'"),
        ("a,b\n1,2\n", "no columns `verdict`"),
        ("", "no columns"),
        ("verdict,rule\nright\nwrong,A.b\n", r"a\.csv:2: a verdict, but no rule"),
    ],
)
def test_verdicts_that_cannot_be_read(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=told):
        precision([tmp_path / "a.csv"])
    with pytest.raises(UsageError, match="cannot be read"):
        precision([tmp_path / "none.csv"])


def test_a_cell_without_an_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"verdict,rule\nright,{'x' * 2000}\n", "utf-8")
    was = csv.field_size_limit(1000)
    try:
        with pytest.raises(UsageError, match=r"a\.csv:\d: not a sample"):
            precision([tmp_path / "a.csv"])
    finally:
        csv.field_size_limit(was)


def test_made_articles_are_the_same_each_time_and_every_planted_fault_is_found() -> None:
    some = list(articles(120))
    assert some[:9] == list(articles(9))
    assert next(articles(1, seed=2)) != some[0]
    found = edlint.lint_batch([given["text"] for given, _ in some], [given["id"] for given, _ in some])
    told = {(str(doc_id), str(rule)) for doc_id, rule in zip(found["doc_id"], found["rule"], strict=True) if rule in FAULTS}
    assert told == {(given["id"], rule) for given, planted in some for rule in planted}
    assert len({rule for _, rule in told}) == len(FAULTS)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    library("archive", "daft")
    (tmp_path / "drafts").mkdir()
    for name in ("clean.md", "op-ed.txt"):
        shutil.copy(ROOT / "examples" / name, tmp_path / "drafts" / name)
        shutil.copy(ROOT / "examples" / name, tmp_path / "drafts" / f"again-{name}")
    shutil.copy(ROOT / "examples" / "post.md", tmp_path / "draft.md")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def test_the_commands_of_the_guide_work_in_their_order(desk: Path) -> None:
    lines = [line for line in commands(ROOT / "docs" / "archive.md") if "s3://" not in line and "SOURCE" not in line]
    lines = [line for line in lines if len(line.split()) > 3]  # not those that only name a command
    assert len(lines) >= 8
    for line in lines:
        if "precision" in line:
            Path("sample.csv").write_text(Path("sample.csv").read_text("utf-8-sig").replace("\n,", "\nright,", 1), "utf-8")
        done = subprocess.run([sys.executable, "-m", "edlint", *shlex.split(line)[1:]], capture_output=True, text=True)
        assert done.returncode in (0, 1), f"{line}: {done.stderr}"
    assert json.loads(Path("audit/summary.json").read_text("utf-8"))["documents"] == 4
    assert "<table" in Path("report.html").read_text("utf-8")
