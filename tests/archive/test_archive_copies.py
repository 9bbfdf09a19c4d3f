"""Copies: a paragraph that stands in an older article is found, others are not; and what is learnt from the lines of an archive."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from articles import Row, command, run, write_lines
from components import library, shared

from edlint.archive.boilerplate import folded, frequent, pattern, rule
from edlint.archive.copies import BANDS, LEAST, MAGIC, Index, build
from edlint.cli import run as cli
from edlint.errors import UsageError
from edlint.ruleset.load import read_rule

library("archive", "rensa")
WORDS = "harbour ferry council captain island stone winter market bridge school teacher garden letter morning river mayor".split()


def paragraph(seed: int, length: int = 40) -> str:
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(WORDS)}{rng.randint(1, 300)}" for _ in range(length)).capitalize() + "."


def edited(text: str, kind: str) -> str:
    """A copy, as desks make them."""
    words = text.split()
    if kind == "shortened":
        words = words[: len(words) // 2]
    elif kind == "some words changed":
        words[7], words[21] = "another", "word"
    elif kind == "a word put in":
        words.insert(5, "meanwhile")
    elif kind == "in capitals":
        words = text.upper().split()
    return " ".join(words)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("index") / "archive.index"
    assert build(path, ((f"article-{n}", [paragraph(n * 20 + m) for m in range(20)]) for n in range(100))) == (100, 2000)
    return Index(path)


@pytest.mark.parametrize(
    ("kind", "least"),
    [("whole", 1.0), ("shortened", 1.0), ("some words changed", 0.95), ("in capitals", 1.0), ("a word put in", 0.9)],
)
def test_planted_copies_are_found(index: Index, kind: str, least: float) -> None:
    found = [index.find(edited(paragraph(number), kind)) for number in range(200, 400)]
    right = [copy is not None and copy.doc_id == f"article-{number // 20}" for number, copy in enumerate(found, 200)]
    assert sum(right) / 200 >= least
    assert sum(right) == sum(copy is not None for copy in found)


def test_other_paragraphs_are_not(index: Index) -> None:
    assert [index.find(paragraph(number)) for number in range(10_000, 10_300)] == [None] * 300
    half = " ".join(paragraph(7).split()[:18] + paragraph(20_000).split()[:30])
    assert index.find(half) is None
    assert index.find("harbour1 ferry2") is None
    assert index.find("") is None


def test_the_article_itself_is_no_copy(index: Index) -> None:
    assert index.find(paragraph(45), "article-2") is None


def test_an_index_takes_at_most_a_hundred_bytes_a_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "archive.index"
    build(path, ((f"https://paper.org/2024/05/{n:06}.html", [paragraph(n * 20 + m, 90) for m in range(20)]) for n in range(200)))
    assert path.stat().st_size / 4000 <= 100


def test_an_index_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.index"
    assert build(path, [("a", ["short"])]) == (1, 0)
    assert Index(path).find(paragraph(1)) is None


def headed(head: bytes) -> bytes:
    return MAGIC + head + b" " * (-(len(MAGIC) + len(head) + 1) % 8) + b"\n"


@pytest.mark.parametrize("how", ["empty", "text", "cut", "other head", "no articles", "endless", "deep", "no file"])
def test_a_damaged_index_is_refused(tmp_path: Path, how: str) -> None:
    path = tmp_path / "archive.index"
    build(path, [("a", [paragraph(1)])])
    data = path.read_bytes()
    end = data.index(b"\n", len(MAGIC))
    head, body = data[len(MAGIC) : end].strip(), data[end + 1 :]
    empty = head.replace(b'"documents": 1,', b'"documents": 0,').replace(b'"starts": 8', b'"starts": 0')
    if how == "no file":
        path.unlink()
    else:
        path.write_bytes(
            {
                "empty": b"",
                "text": b"A draft.\n" * 99,
                "cut": data[:-9],
                "other head": data.replace(b'"paragraphs": 1', b'"paragraphs": 9'),
                "no articles": headed(empty) + body[: (BANDS + 1) * 8] + body[(BANDS + 2) * 8 :],
                "endless": headed(head.replace(b'"documents": 1', b'"documents": 1e999')) + body,
                "deep": headed(b"[" * 3000),
            }[how]
        )
    with pytest.raises(UsageError, match="--against"):
        Index(path)


def test_check_names_the_older_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(Path("old.jsonl"), [{"id": f"old-{n}", "text": f"Title\n\n{paragraph(n)}\n\n{paragraph(n + 50)}"} for n in range(20)])
    assert "20 articles with 40 paragraphs" in run("index", "old.jsonl", "-o", "made/archive.index")
    Path("draft.md").write_text(f"# New\n\n{paragraph(900)}\n\n{edited(paragraph(53), 'some words changed')}\n", "utf-8")
    assert cli(["check", "--isolated", "--against", "made/archive.index", "draft.md"]) in (0, 1)
    out = capsys.readouterr().out
    assert "line 5: 38 of 40 words of this paragraph stand in old-3" in out
    assert "line 3" not in out
    assert cli(["check", "--isolated", "--against", "nowhere.index", "draft.md"]) == 2
    assert "--against: nowhere.index cannot be read" in capsys.readouterr().err


def test_repeats_in_labelled_pages(tmp_path: Path) -> None:
    """Of pairs of lines that repeat one another, by kind: how often the later line names the page of the earlier one."""
    path = tmp_path / "archive.index"
    pages = [json.loads(line) for line in shared("data/dups/dev.jsonl").read_text("utf-8").split("\n") if line]
    later = [{pair["b"] for pair in page["pairs"]} - {pair["a"] for pair in page["pairs"]} for page in pages]
    both = list(zip(pages, later, strict=True))
    build(path, ((page["id"], [line for n, line in enumerate(page["lines"]) if n not in left]) for page, left in both))
    index = Index(path)
    found: dict[str, list[bool]] = {}
    for page, left in both:
        for pair in page["pairs"]:
            line = page["lines"][pair["b"]]
            if pair["b"] in left and len(line.split()) >= LEAST:
                found.setdefault(pair["kind"], []).append(index.find(line) is not None)
    rates = {kind: sum(hits) / len(hits) for kind, hits in found.items()}
    assert min(rates[kind] for kind in ("exact_consecutive", "exact_distant", "punct_case", "real_exact")) >= 0.99
    assert rates["truncated_caption"] >= 0.95
    assert rates["light_paraphrase"] >= 0.9
    assert rates["real_near"] >= 0.65
    assert rates["neg_list_template"] <= 0.35


def lines_of(articles: Sequence[Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    return [(str(number), lines) for number, lines in enumerate(articles)]


def test_lines_in_many_articles_are_counted_once_an_article() -> None:
    articles = lines_of([["Sign up", "Sign  up", f"Published {n} May", paragraph(n)] for n in range(10)] + [["Sign up", "2024", "—"]] * 3)
    assert frequent(lambda: articles, 10) == ([("Sign up", 13), ("Published 0 May", 10)], 13)
    assert frequent(lambda: articles, 14) == ([], 13)


def test_what_is_learnt_is_a_rule_that_passes_its_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = "Read *more*: it's (free) [now] — 50% off, a|b \\ {c} ^ $ 'x' \"y\" # z"
    text = "Story {0} of many\n\nNumber {0}: {1}\n\n{2}\n\nPublished {0} May 2024\n"
    rows: list[Row] = [{"id": str(n), "text": text.format(n, paragraph(n), odd)} for n in range(30)]
    write_lines(Path("old.jsonl"), rows)
    out = run("boilerplate", "old.jsonl", "-o", "house/Learnt.yml", "--least", 20)
    assert "3 lines in 20 or more of 30 articles" in out
    learnt = Path("house/Learnt.yml").read_text("utf-8")
    assert "# in 30 articles" in learnt
    assert read_rule(Path("house/Learnt.yml")).name == "house.Learnt"
    draft = Path("draft.txt")
    draft.write_text(f"A new story\n\nThey wrote: Published 3 May 2024 by us.\n\n{odd}\n\nPublished 31 May 2025\n", "utf-8")
    assert cli(["try", "house/Learnt.yml", "draft.txt", "-f", "json"]) == 0
    tried = json.loads(capsys.readouterr().out)
    assert tried["failures"] == []
    assert [entry["line"] for entry in tried["sample"]] == [5, 7]
    without = "".join(line for line in learnt.splitlines(keepends=True) if "Story" not in line)
    Path("house/Learnt.yml").write_text(without, "utf-8")
    assert read_rule(Path("house/Learnt.yml"))


def test_too_few_articles_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(Path("old.jsonl"), [{"id": "a", "text": "One."}])
    with pytest.raises(AssertionError, match=r"no line appears in as many as 20 of 1 articles \(try a lower --least\)"):
        run("boilerplate", "old.jsonl", "-o", "house/Learnt.yml")
    assert not Path("house").exists()


def test_patterns_and_folding() -> None:
    assert folded("  Page 12\tof 345 ") == "Page 0 of 0"
    assert pattern("Page 0 of 0 (all)") == r"Page\s+\d+\s+of\s+\d+\s+\(all\)"
    assert "1,000 articles" in rule([("a line", 3)], 1000, "house/a.yml")


def test_lines_that_no_rule_can_hold_are_not_learnt(tmp_path: Path) -> None:
    articles = lines_of([["Sign up", "Sign\x07 up", "\x1b[1mSign up", "Sign\ufffe up", "Sign \x7f up"]] * 3)
    found, number = frequent(lambda: articles, 3)
    assert found == [("Sign up", 3)]
    path = tmp_path / "Learnt.yml"
    path.write_text(rule(found, number, "Learnt.yml"), "utf-8")
    assert read_rule(path)


def test_articles_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old").mkdir()
    Path("old/binary.md").write_bytes(bytes(range(256)) * 9)
    for name in ("a.md", "b.md"):
        Path("old", name).write_text(paragraph(1), "utf-8")
    write_lines(Path("old/rows.jsonl"), [{"id": "no text"}])
    done = subprocess.run(command("index", "old", "-o", "archive.index"), capture_output=True, text=True)
    assert "2 articles with 2 paragraphs" in done.stdout
    assert "2 articles could not be read: no text, old/binary.md" in done.stderr
    assert done.returncode == 0
