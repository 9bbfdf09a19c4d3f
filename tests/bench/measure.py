"""How things are measured: whole processes by what the system says they used, in turns, and the tables that result.

CPU seconds are those of a process and of all that it started; peak memory is that of the largest single process among them.
Linux counts the memory of whoever starts a process as the process's own, so the command that measures must stay small: what
is measured inside Python is measured in a process of its own (see tests.bench.inside).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

EDLINT = (sys.executable, "-c", "from edlint.cli import main; main()", "check", "--isolated", "--exit-zero")
NO_GRAMMAR = ("--ignore", "Grammar")
TOP = Path(__file__).resolve().parents[2]
_FINE = (0, 1, 65)  # exit statuses of programs that worked: edlint, proselint and harper say 1 for findings, codespell 65


class Sample(NamedTuple):
    """What one process used: CPU seconds, seconds by the clock, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


class Target(NamedTuple):
    """What should be reached: `measured` at most (or with `least` at least) `limit`. None: not measured, or not to be judged."""

    what: str
    limit: float
    unit: str
    measured: float | None
    least: bool = False

    @property
    def verdict(self) -> str:
        """Met, missed or not judged."""
        if self.measured is None:
            return "not judged"
        return "met" if (self.measured >= self.limit if self.least else self.measured <= self.limit) else "MISSED"


Row = tuple[str, tuple[float | str | None, ...]]


class Table(NamedTuple):
    """Rows with a name and a value (a number, a text, or None for none) for each column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    targets: tuple[Target, ...] = ()
    notes: tuple[str, ...] = ()


def child(command: Sequence[str], folder: str | Path = ".", silent: bool = True) -> Sample:
    """Run a program in a folder, without its output, and see what it used. Ends the command when the program fails."""
    began = time.perf_counter()
    null = subprocess.DEVNULL if silent else None
    started = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=null, stderr=null, cwd=folder, env=_environment())
    _, status, used = os.wait4(started.pid, 0)
    wall = time.perf_counter() - began
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in _FINE:
        raise SystemExit(f"{' '.join(map(str, command))} failed with {started.returncode}")
    return Sample(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def inside(work: str, **given: Any) -> Any:
    """What a function of tests.bench.inside gives in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.inside", work, json.dumps(given)]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=TOP, env=_environment(), check=True)
    return json.loads(done.stdout)


def _environment() -> dict[str, str]:
    """Compiled modules are kept, as they are wherever a program is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (str(TOP), os.environ.get("PYTHONPATH"))))}


def in_turns(commands: Mapping[str, Sequence[str]], runs: int, folder: str | Path = ".") -> dict[str, Sample]:
    """The medians of so many runs of each command, one after the other in turns, so that all meet the same weather."""
    taken: dict[str, list[Sample]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            sample = child(command, folder)
            if turn:  # the first round fills the caches of files and rules
                taken[name].append(sample)
    return {name: median(samples) for name, samples in taken.items()}


def median(samples: Sequence[Sample]) -> Sample:
    """The medians of samples."""
    return Sample(*(statistics.median(column) for column in zip(*samples, strict=True)))


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for drafts, where edlint remembers nothing from elsewhere; it goes when it was used."""
    before = os.environ.get("EDLINT_CACHE_DIR")
    with tempfile.TemporaryDirectory(prefix="edlint-bench-") as name:
        os.environ["EDLINT_CACHE_DIR"] = f"{name}/cache"
        try:
            yield Path(name)
        finally:
            os.environ.pop("EDLINT_CACHE_DIR")
            if before is not None:
                os.environ["EDLINT_CACHE_DIR"] = before


def printed(table: Table) -> str:
    """A table as text, its targets and notes below."""
    wide = max(30, *(len(name) for name, _ in table.rows)) + 2 if table.rows else 32
    lines = ["", f"{table.title}", f"{'':<{wide}}" + "".join(f"{column:>13}" for column in table.columns)]
    lines += [f"{name:<{wide}}" + "".join(f"{_shown(value):>13}" for value in values) for name, values in table.rows]
    lines += [f"  {verdict(target)}" for target in table.targets]
    return "\n".join([*lines, *(f"  {note}" for note in table.notes)])


def verdict(target: Target) -> str:
    """A target, what was measured, and whether that meets it, in a line."""
    measured = "-" if target.measured is None else f"{_shown(target.measured)} {target.unit}".strip()
    wanted = f"{'≥' if target.least else '≤'} {target.limit:g} {target.unit}".strip()
    return f"{target.what:<58}{wanted:>12}{measured:>14}  {target.verdict}"


def _shown(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
