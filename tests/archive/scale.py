"""How the time and the memory of an audit grow with the archive: made-up articles, more and more of them.

    python -m tests.archive.scale 1000 10000 100000 [--jobs 2] [--no-grammar] [--runner ray]

Prints a line for each size: seconds, processor time of all processes and its ratio to the plain linter's, and the most memory that they
held together (shared pages count for each process, so it is rather too high); then the exponent of the processor time.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import psutil

from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig
from tests.archive.made import FAULTS, articles, write

PLAIN = 300  # articles that the plain linter is measured on


def watched(command: list[str]) -> tuple[float, float, float]:
    """Run a command: seconds, processor seconds of all its processes, and megabytes that they held together at most."""
    began = time.monotonic()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL)
    spent: dict[int, float] = {}
    most = 0
    while process.poll() is None:
        held = 0
        try:
            for one in (process, *process.children(recursive=True)):
                with one.oneshot():
                    spent[one.pid] = sum(one.cpu_times()[:2])
                    held += one.memory_info().rss
        except psutil.Error:
            pass
        most = max(most, held)
        time.sleep(0.2)
    assert process.returncode == 0
    return time.monotonic() - began, sum(spent.values()), most / 1e6


def plain(config: Config) -> float:
    """Processor seconds that the plain linter takes for an article."""
    me = psutil.Process()

    def now() -> float:
        return sum(sum(one.cpu_times()[:2]) for one in (me, *me.children(recursive=True)))

    linter = Linter(config)
    rows = [row for row, _ in articles(PLAIN + 20)]
    for row in rows[:20]:
        linter.lint_text(row["text"], row["id"])
    began = now()
    for row in rows[20:]:
        linter.lint_text(row["text"], row["id"])
    return (now() - began) / PLAIN


def main() -> None:
    """See above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runner", default="")
    parser.add_argument("--no-grammar", action="store_true")
    given = parser.parse_args()
    each = plain(Config(grammar=GrammarConfig("none" if given.no_grammar else "harper")))
    print(f"plain linter: {each * 1000:.2f} ms of processor time an article")
    points = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "house.yml").write_text(f"grammar:\n  engine: {'none' if given.no_grammar else 'harper'}\n", "utf-8")
        for size in given.sizes:
            planted = write(folder / "made.jsonl", size)
            options = ["--config", str(folder / "house.yml"), "--jobs", str(given.jobs), "--runner", given.runner]
            out = folder / f"out{size}"
            command = [sys.executable, "-m", "edlint", "archive", "audit", str(folder / "made.jsonl"), "-o", str(out), *options]
            seconds, spent, most = watched(command)
            summary = json.loads((out / "summary.json").read_text("utf-8"))
            found = sum(number for rule, number in summary["rules"] if rule in FAULTS)
            points.append((size, spent))
            told = f"{seconds:,.0f} s, {spent:,.0f} s of processor time ({spent / size / each:.2f} × plain), {size / seconds:,.0f} a second"
            print(f"{size:,} articles: {told}, {most:,.0f} MB; {found:,} found of {planted:,} planted", flush=True)
    for (size, spent), (larger, more) in pairwise(points):
        print(f"exponent from {size:,} to {larger:,}: {math.log(more / spent) / math.log(larger / size):.3f}")


if __name__ == "__main__":
    main()
