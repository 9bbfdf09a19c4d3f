"""Small archives for tests, the house rules that they are checked by, and what an audit of them wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

RULE = """\
extends: existence
message: "No '%s'"
level: error
why: The house does not say so.
tokens: [leverage, synergy]
"""
Row = dict[str, object]


def house(folder: Path) -> Path:
    """A configuration with one rule, and without grammar."""
    (folder / "House").mkdir()
    (folder / "House" / "Hype.yml").write_text(RULE, "utf-8")
    path = folder / "house.yml"
    path.write_text("extends: [./House]\ngrammar:\n  engine: none\nmax_size: 0.1\n", "utf-8")
    return path


def rows_of(count: int) -> list[Row]:
    """Articles of which every third has a finding, and every fifteenth two."""
    return [
        {
            "id": f"article-{n:05}",
            "title": f"Harbour news {n}",
            "text": f"The ferry of day {n} was late." + " We leverage it." * (n % 3 == 0) + " Synergy — a synergy." * (n % 15 == 0),
            "date": f"2024-{n % 12 + 1:02}-03",
            "section": ("news", "sport", "")[n % 3],
        }
        for n in range(count)
    ]


def write_lines(path: Path, rows: Iterable[Row]) -> Path:
    """Rows as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def command(*args: object) -> list[str]:
    """A command line that runs `edlint archive` in a process of its own."""
    return [sys.executable, "-m", "edlint", "archive", *map(str, args)]


def run(*args: object) -> str:
    """What `edlint archive` prints. Fails where it does."""
    done = subprocess.run(command(*args), capture_output=True, text=True, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    return done.stdout


def findings(out: Path, *columns: str) -> list[tuple[object, ...]]:
    """The rows of the findings of an audit, sorted."""
    return dataset(out / "findings", *columns)


def documents(out: Path, *columns: str) -> list[tuple[object, ...]]:
    """The rows of the documents of an audit, sorted."""
    return dataset(out / "documents", *columns)


def dataset(path: Path, *columns: str) -> list[tuple[object, ...]]:
    """The rows of Parquet files, sorted."""
    import pyarrow.dataset as ds

    table = ds.dataset(path, partitioning="hive", exclude_invalid_files=True).to_table()
    wanted = columns or sorted(table.column_names)
    return sorted(zip(*(table[name].to_pylist() for name in wanted), strict=True), key=repr)
