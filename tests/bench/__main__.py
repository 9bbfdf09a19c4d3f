"""Prints how fast edlint is on this machine. Ratios travel between machines; absolute figures do not."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from edlint.linter import Linter

from .drafts import article, markdown

RUNS = 7
PEER = ["-c", "import click"]


def child(args: Sequence[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak memory in MB of one Python process."""
    began = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(sys.executable, [sys.executable, *args], os.environ, file_actions=silent)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{args} failed with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def startup() -> None:
    """One draft of 1,200 words through the whole program, beside a program that only imports click."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.md"
        draft.write_text(article(), encoding="utf-8")
        base = ["-c", "from edlint.cli import main; main()", str(draft), "--isolated", "--exit-zero"]
        rows = {
            "python, import click": PEER,
            "edlint without Grammar": [*base, "--ignore", "Grammar"],
            "edlint with Grammar": base,
        }
        print(f"{'one draft of 1,200 words':<28}{'CPU ms':>9}{'wall ms':>9}{'peak MB':>9}   (medians of {RUNS})")
        for name, args in rows.items():
            child(args)  # fills the rule cache and the file cache
            cpu, wall, peak = (statistics.median(column) for column in zip(*(child(args) for _ in range(RUNS)), strict=True))
            print(f"{name:<28}{cpu * 1000:>9.0f}{wall * 1000:>9.0f}{peak:>9.0f}")


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def throughput() -> None:
    """All packs but Grammar, in one process, on a megabyte of Markdown; then each pack alone."""
    text = markdown(1_000_000)
    print(f"\n{'1 MB of Markdown, one core':<28}{'MB/s':>9}")
    packs = sorted({name.partition('.')[0] for name in Linter().names} - {"Grammar"})
    for name, select in [("all packs but Grammar", packs), *((p, [p]) for p in packs)]:
        linter = Linter(select=select)
        linter.lint_text(markdown(10_000), "warm.md")
        best = min(seconds(lambda linter=linter: linter.lint_text(text, "draft.md")) for _ in range(3))  # type: ignore[misc]
        print(f"{name:<28}{len(text) / 1e6 / best:>9.2f}")


def growth() -> None:
    """The cost of a character in ever longer drafts: flat where the cost is linear."""
    linter = Linter(ignore=["Grammar"])
    linter.lint_text(markdown(10_000), "warm.md")
    print(f"\n{'length of the draft':<28}{'CPU s':>9}{'µs/char':>9}")
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        text = markdown(size)
        taken = seconds(lambda text=text: linter.lint_text(text, "draft.md"))  # type: ignore[misc]
        print(f"{size:<28,}{taken:>9.3f}{taken / size * 1e6:>9.3f}")


def main() -> None:
    """Print the parts named on the command line, or all."""
    parts = {"startup": startup, "throughput": throughput, "growth": growth}
    wanted = sys.argv[1:] or list(parts)
    for name in wanted:
        if name not in parts:
            raise SystemExit(f"unknown part {name!r}: one of {', '.join(parts)}")
        parts[name]()


if __name__ == "__main__":
    main()
