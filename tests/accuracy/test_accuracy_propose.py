"""From labelled rows to weights: what the proposer counts, climbs and prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .propose import Cue, Model, Sample, Tally, climb, found, held_out, main, moved, read_model, read_samples, tally

RULE = """\
extends: score
message: "'%s'"
unit: sentence
threshold: 2
cues:
  - {any: [half, third], weight: 2, why: a share}
  - {any: [said], weight: -1}
  - {feature: question, weight: -2}
why: x
instead: x
examples: {bad: [Half.], good: [None.]}
"""
ROWS = [
    ("a", "Exports fell by half.", 1),
    ("a", "Imports fell by a third, she said.", 0),
    ("c", "Did it fall by half?", 0),
    ("c", "It fell.", None),
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    rule = tmp_path / "House" / "Share.yml"
    rule.parent.mkdir()
    rule.write_text(RULE, encoding="utf-8")
    data, offset = tmp_path / "rows.jsonl", 0
    lines = []
    for article, text, label in ROWS:
        lines.append(json.dumps({"id": f"{article}#{offset}", "article": article, "text": text, "label": label}))
        offset += len(text) + 1
    data.write_text("\n".join(lines), encoding="utf-8")
    return rule, data


def test_the_real_pipeline_says_which_cues_hold(files: tuple[Path, Path]) -> None:
    rule, data = files
    assert [cue.name for cue in read_model([rule]).cues] == ["Share: a share", "Share: said", "Share: question"]
    assert read_samples([rule], data) == [
        Sample("a", True, frozenset({0})),
        Sample("a", False, frozenset({0, 1})),
        Sample("c", False, frozenset({0, 2})),
    ]


def test_rows_without_an_article_are_headlines(tmp_path: Path) -> None:
    rule = tmp_path / "House" / "Loud.yml"
    rule.parent.mkdir()
    rule.write_text(RULE.replace("sentence\n", "block\nscope: title\n"), encoding="utf-8")
    data = tmp_path / "rows.jsonl"
    data.write_text('{"text": "Half of it", "label": 1}\n{"text": "All of it", "label": 0}\n', encoding="utf-8")
    assert [s.cues for s in read_samples([rule], data)] == [frozenset({0}), frozenset()]


MODEL = Model([Cue(0, "good", 1.0), Cue(0, "bad", 1.0), Cue(1, "other", -1.0)], [2.0, 1.0])


def test_one_rule_is_enough_and_weights_of_another_do_not_count() -> None:
    both = Sample("a", True, frozenset({0, 1}))
    assert found(MODEL, [1, 1, 0], both)
    assert not found(MODEL, [1, 0, 0], both)
    assert found(MODEL, [0, 0, 1], Sample("a", True, frozenset({2})))
    assert found(moved(MODEL, -0.5), [1, 0.5, 0], both)


def test_the_ascent_goes_where_the_rows_lead_in_half_points_and_keeps_the_sign() -> None:
    samples = [Sample(str(n), n % 2 == 0, frozenset({0} if n % 2 == 0 else {1, 2})) for n in range(8)]
    weights = climb(MODEL, samples)
    assert weights[0] >= 2 and weights[1] < 2 and weights[2] <= 0
    assert all(weight * 2 == int(weight * 2) for weight in weights)
    assert tally(MODEL, weights, samples) == Tally(4, 0, 0)
    assert held_out(MODEL, samples, 4) == Tally(4, 0, 0)


def test_a_precision_is_kept_before_more_is_found() -> None:
    mixed = [Sample("a", True, frozenset({0})), *(Sample("b", False, frozenset({0})) for _ in range(3))]
    assert tally(MODEL, climb(MODEL, mixed, 0.9), mixed).false == 0
    assert Tally(1, 3, 0).value(0.9) < Tally(0, 0, 1).value(0.9) < Tally(1, 0, 0).value(0.9)


def test_it_prints_each_cue_and_what_is_held_out(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    rule, data = files
    assert main([str(rule), "--data", str(data), "--folds", "2"]) == 0
    printed = capsys.readouterr().out
    assert "Share: a share" in printed and "threshold -0.5" in printed
    assert printed.rstrip().splitlines()[-1].startswith("held out:")
