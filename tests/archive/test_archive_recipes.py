"""The recipes for other engines: each finds, row for row, what the batch function does."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from articles import dataset, findings, house, rows_of, run, write_lines
from components import library, missing
from support import cache_with_rules

import edlint

library("archive", "daft")
RECIPES = sorted((Path(__file__).resolve().parents[2] / "examples" / "archive").glob("with_*.py"))
TEXTS = ["# The Only Way Out\n\nCritics say the plan failed — “naïvely”.\n", "The ferry runs.", "# Ferry\n\nExperts say so.\n", ""]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.chdir(tmp_path)


def test_there_is_a_recipe_for_each_engine() -> None:
    assert [path.stem.removeprefix("with_") for path in RECIPES] == ["daft", "dask", "polars", "ray", "spark"]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_the_rows_are_those_of_the_batch_function(recipe: Path) -> None:
    engine = recipe.stem.removeprefix("with_")
    if not importlib.util.find_spec({"spark": "pyspark"}.get(engine, engine)):
        missing(engine, "not installed")
    import pyarrow as pa
    import pyarrow.parquet as pq

    ids = [f"{number}.md" for number in range(4 * len(TEXTS))]
    pq.write_table(pa.table({"id": ids, "text": TEXTS * 4}), "articles.parquet")
    target = "findings.parquet" if engine == "polars" else "findings"
    quiet = {"RAY_USAGE_STATS_ENABLED": "0", "DO_NOT_TRACK": "1", "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run([sys.executable, recipe, "articles.parquet", target], capture_output=True, text=True, env={**os.environ, **quiet})
    assert done.returncode == 0, done.stderr[-3000:]
    found = edlint.lint_batch(TEXTS * 4, ids)
    assert len(found["rule"]) > 8
    assert dataset(Path(target), *found) == sorted(zip(*found.values(), strict=True), key=repr)


def test_an_audit_on_ray_finds_what_one_in_this_process_does(tmp_path: Path) -> None:
    if not importlib.util.find_spec("ray"):
        missing("ray", "not installed")
    source = write_lines(Path("archive.jsonl"), rows_of(200))
    options = ["--config", house(tmp_path), "--jobs", 2]
    run("audit", source, "-o", "here", *options)
    run("audit", source, "-o", "ray", "--runner", "ray", *options)
    assert findings(Path("ray")) == findings(Path("here"))
