"""What many drafts cost: `python -m tests.bench.project [unchanged] [cold]`.

The drafts are made up, in a temporary folder with a cache of its own. Times are of the whole program, its helpers included.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from edlint.linter import Linter

from .__main__ import child, seconds
from .drafts import markdown

FOLDERS = 100
RUNS = 5
PLAIN = "# The ferry\n\nThe ferry left at noon. It was half full, and nobody on board was in a hurry. The crew talked about the tide.\n"
PROGRAM = ["-c", "from edlint.cli import main; main()", "--isolated", "--exit-zero", "--statistics"]


def write(top: Path, texts: Sequence[str]) -> None:
    """Write drafts, spread over FOLDERS folders."""
    for number, text in enumerate(texts):
        folder = top / f"{number % FOLDERS:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:05}.md").write_text(text, encoding="utf-8")


def row(name: str, taken: Sequence[tuple[float, float, float]], size: float) -> None:
    """Print the medians of some runs over so many megabytes of drafts."""
    cpu, wall, peak = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"{name:<44}{cpu:>8.2f}{wall:>8.2f}{peak:>9.0f}{size / wall:>8.2f}")


def cold(top: Path) -> None:
    """2,000 drafts without grammar: the program with one, two … processes, and what linting their texts alone takes."""
    texts = [markdown(3_000, seed) for seed in range(2_000)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    write(top, texts)
    print(f"{f'2,000 drafts, {size:.1f} MB, no Grammar':<44}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'MB/s':>8}")
    for jobs in range(1, (os.cpu_count() or 1) + 1):
        args = [*PROGRAM, "--ignore", "Grammar", "--jobs", str(jobs), str(top)]
        row(f"edlint --no-cache --jobs {jobs}", [child([*args, "--no-cache"])], size)
    row("edlint, first run", [child([*PROGRAM, "--ignore", "Grammar", str(top)])], size)
    row("edlint, nothing changed", [child([*PROGRAM, "--ignore", "Grammar", str(top)]) for _ in range(RUNS)], size)
    linter = Linter(ignore=["Grammar"])  # last: a process that is started counts the memory of the one that starts it as its own
    linter.lint_text(texts[0], "warm.md")
    taken = seconds(lambda: [linter.lint_text(text, "draft.md") for text in texts])
    print(f"{'linting alone, one process':<44}{taken:>8.2f}{'':>17}{size / taken:>8.2f}")


def unchanged(top: Path) -> None:
    """10,000 drafts with all packs, one in twenty with findings: the first run, then when nothing, or one draft, changed."""
    texts = [markdown(1_500, seed) if seed % 20 == 0 else f"{PLAIN}\nThat was on day {seed}.\n" for seed in range(10_000)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    write(top, texts)
    print(f"{f'10,000 drafts, {size:.1f} MB, all packs':<44}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'MB/s':>8}")
    row("edlint, first run", [child([*PROGRAM, str(top)])], size)
    row("edlint, nothing changed", [child([*PROGRAM, str(top)]) for _ in range(RUNS)], size)
    changed = []
    for number in range(RUNS):
        (top / "000" / "00100.md").write_text(f"{PLAIN}\nThat was on day {number} of the trip.\n", encoding="utf-8")
        changed.append(child([*PROGRAM, str(top)]))
    row("edlint, one draft changed", changed, size)
    row("edlint, one draft named, nothing changed", [child([*PROGRAM, str(top / "000" / "00100.md")]) for _ in range(RUNS)], size)


PARTS = {"unchanged": unchanged, "cold": cold}


def main() -> None:
    """Print the parts named on the command line, or all."""
    for name in sys.argv[1:] or PARTS:
        if name not in PARTS:
            raise SystemExit(f"unknown part {name!r}: one of {', '.join(PARTS)}")
        with tempfile.TemporaryDirectory() as folder:
            os.environ["EDLINT_CACHE_DIR"] = f"{folder}/cache"
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            PARTS[name](Path(folder) / "drafts")


if __name__ == "__main__":
    main()
