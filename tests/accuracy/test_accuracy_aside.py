"""Articles that are aside are counted first, never printed, and never fitted on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edlint.ruleset.measured import measured

from . import claims, headlines, propose
from .aside import aside_in, headlines_aside_in, is_aside

TUNE, ASIDE = "a", "b"
MISSED = {TUNE: "The wall will surely fall, said nobody.", ASIDE: "The quay was shut in secret."}
WRONG = {TUNE: "Critics say the tune is old.", ASIDE: "Critics say the quay is old."}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = []
    for article in (TUNE, ASIDE):
        texts = ((MISSED[article], 1), (WRONG[article], 0), ("Many residents believe the mill will close.", 1))
        offset = 0
        for text, label in texts:
            rows.append({"id": f"{article}#{offset}", "article": article, "text": text, "label": label, "kind": "vague-source"})
            offset += len(text) + 1
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_fifth_of_the_articles_is_aside_whatever_the_file() -> None:
    assert (is_aside(TUNE), is_aside(ASIDE)) == (False, True)
    assert 150 < sum(is_aside(f"article {n}") for n in range(1000)) < 250
    assert aside_in(Path("other.jsonl"))(ASIDE)


def test_nothing_is_aside_in_a_file_that_was_read_whole() -> None:
    assert not aside_in(Path("gold_dev.jsonl"))(ASIDE)


def test_aside_comes_first_and_its_errors_are_never_listed(data: Path) -> None:
    result = claims.parts(data, errors=20)
    assert [name.partition(",")[0] for name in result] == ["aside", "aside", "tune", "tune"]
    assert all("errors" not in found for name, found in result.items() if name.startswith("aside"))
    printed = json.dumps(result)
    assert WRONG[TUNE] in printed and MISSED[TUNE] in printed
    assert WRONG[ASIDE] not in printed and MISSED[ASIDE] not in printed
    assert result["aside, warnings"]["false"] == 1


def test_without_an_article_aside_there_is_no_figure(data: Path) -> None:
    kept = [line for line in data.read_text(encoding="utf-8").splitlines() if json.loads(line)["article"] == TUNE]
    data.write_text("\n".join(kept), encoding="utf-8")
    assert claims.parts(data)["aside, warnings"] == "no articles"


def test_weights_are_not_fitted_on_articles_that_are_aside(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = Path(__file__).resolve().parents[2] / "rules" / "Claims" / "Event.yml"
    assert {sample.group for sample in propose.read_samples([rule], data)} == {TUNE}
    kept = [line for line in data.read_text(encoding="utf-8").splitlines() if json.loads(line)["article"] == ASIDE]
    data.write_text("\n".join(kept), encoding="utf-8")
    assert propose.main([str(rule), "--data", str(data)]) == 2
    assert "aside are left out" in capsys.readouterr().err


def test_pages_show_figures_of_unread_articles_alone_and_when(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "articles nobody had read while tuning (" in measured("Claims.VagueSource")
    pack = {"P": 0.7, "R": 0.2, "unread": "articles nobody had read (May 2030)"}
    kept = {"packs": {"Claims": pack}, "rules": {"Claims.Event": {"news": 1.0}}}
    monkeypatch.setattr("edlint.ruleset.measured._kept", lambda: kept)
    assert measured("Claims.Event") == (
        "No findings, and so no precision, on articles nobody had read (May 2030); 1 finding in 100,000 words of edited news."
    )


def test_headlines_of_half_the_sources_are_counted_first_and_never_listed(tmp_path: Path) -> None:
    path, texts = tmp_path / "rows.jsonl", {"e": "The Mayor's Shameless Lies", "b": "The Mayor's Pathetic Lies"}
    aside = headlines_aside_in(path)
    assert [aside(source) for source in texts] == [False, True]
    assert 400 < sum(aside(f"source {n}") for n in range(1000)) < 600
    path.write_text("\n".join(json.dumps({"text": text, "label": 0, "source": source}) for source, text in texts.items()), "utf-8")
    result = headlines.parts(path, errors=20)
    assert [name.partition(",")[0] for name in result] == ["aside", "aside", "tune", "tune", "all", "all"]
    assert [result[f"{part}, warnings"]["false"] for part in ("aside", "tune", "all")] == [1, 1, 2]
    assert texts["e"] in json.dumps(result) and texts["b"] not in json.dumps(result)
    assert not headlines_aside_in(Path("gold_dev.jsonl"))("b")
