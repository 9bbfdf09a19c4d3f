"""Many drafts through the whole program: new and unchanged, by one process and by more, and the memory that it takes."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterable
from pathlib import Path

from .drafts import markdown
from .measure import EDLINT, NO_GRAMMAR, Row, Sample, Table, Target, child, in_turns, median, workshop
from .peers import Peers

FOLDERS = 100
RUNS = 5
PLAIN = "# The ferry\n\nThe ferry left at noon. It was half full, and nobody on board was in a hurry. The crew talked about the tide.\n"
FAULTY = "\n\nOn day {number} she took an bicycle, and could of known better.\n"
PROGRAM = (*EDLINT, "--statistics")


def write(top: Path, texts: Iterable[str]) -> float:
    """Write drafts, spread over FOLDERS folders. Gives their size in MB."""
    size = 0
    for number, text in enumerate(texts):
        folder = top / f"{number % FOLDERS:03}"
        folder.mkdir(parents=True, exist_ok=True)
        size += (folder / f"{number:05}.md").write_text(text, encoding="utf-8", newline="\n")
    return size / 1e6


def cold(peers: Peers, quick: bool) -> Table:
    """2,000 drafts without grammar, by one, two … processes, then again; and some of them by the peers."""
    count = 300 if quick else 2_000
    with workshop() as folder:
        top, few = folder / "drafts", folder / "few"
        size = write(top, (markdown(3_000, seed) for seed in range(count)))
        whole = [*PROGRAM, *NO_GRAMMAR, str(top)]
        jobs = range(1, max(2, os.cpu_count() or 1) + 1)
        taken = in_turns({f"edlint --no-cache --jobs {n}": [*whole, "--no-cache", "--jobs", str(n)] for n in jobs}, 1 if quick else 2)
        speedup = taken["edlint --no-cache --jobs 1"].wall / taken["edlint --no-cache --jobs 2"].wall
        one = taken["edlint --no-cache --jobs 1"]
        taken["edlint, first run"] = child(whole)
        taken["edlint, nothing changed"] = median([child(whole) for _ in range(RUNS)])
        rows = [_row(name, sample, size, count) for name, sample in taken.items()]
        part = write(few, (markdown(3_000, seed) for seed in range(count // 40)))
        rows += [_row(f"{name} ({count // 40} drafts)", child(peers.command(name, str(few))), part, count // 40) for name in peers.versions]
    targets = (
        Target(f"{count:,} new drafts without grammar, by CPU seconds", 2, "MB/s", size / one.cpu, least=True),
        Target("two processes as against one", 1.7, "x", speedup, least=True),
    )
    columns = ("CPU s", "wall s", "peak MB", "MB/CPU s", "CPU ms each")
    return Table(f"{count:,} drafts, {size:.1f} MB of Markdown, no Grammar", columns, tuple(rows), targets, peers.notes())


def unchanged(peers: Peers, quick: bool) -> Table:
    """10,000 drafts with all packs, one in twenty of them long: the first run, then when nothing, or one draft, has changed."""
    count = 1_000 if quick else 10_000
    with workshop() as folder:
        top = folder / "drafts"
        size = write(top, (_mixed(seed) for seed in range(count)))
        one = top / "000" / "00100.md"
        first = child([*PROGRAM, str(top)])
        again = [child([*PROGRAM, str(top)]) for _ in range(RUNS)]
        changed = [_changed(top, one, number) for number in range(RUNS)]
        named = [child([*PROGRAM, str(one)]) for _ in range(RUNS)]
    taken = {"first run": first, "nothing changed": median(again), "one draft changed": median(changed), "one draft named": median(named)}
    wall = None if quick else statistics.median(sample.wall for sample in again)
    targets = (
        Target(f"{count:,} unchanged drafts, grammar included, wall", 0.3, "s", wall),
        Target(f"{count:,} drafts, grammar included, peak of any process", 150, "MB", first.peak),
    )
    rows = tuple(_row(f"edlint, {name}", sample, size, count) for name, sample in taken.items())
    return Table(f"{count:,} drafts, {size:.1f} MB, all packs", ("CPU s", "wall s", "peak MB", "MB/CPU s", "CPU ms each"), rows, targets)


def memory(peers: Peers, quick: bool) -> Table:
    """The largest process, for ever more drafts: without grammar, with it, and when they come out of the cache."""
    counts = (10, 100, 1_000) if quick else (10, 100, 1_000, 10_000)
    rows, peaks = [], []
    for count in counts:
        with workshop() as folder:
            write(folder / "drafts", (_mixed(seed) for seed in range(count)))
            whole = [*PROGRAM, str(folder / "drafts")]
            found = [
                child(command).peak
                for command in ([*whole, *NO_GRAMMAR, "--no-cache"], [*whole, "--no-cache", "--jobs", "1"], whole, whole)
            ]
        rows.append((f"{count:,} drafts", tuple(found)))
        peaks.append(found)
    rise = max(peaks[-1]) / max(peaks[1])
    targets = (
        Target(f"{counts[-1]:,} drafts, no Grammar, peak of any process", 150, "MB", peaks[-1][0]),
        Target(f"{counts[-1]:,} drafts, all packs, peak of any process", 150, "MB", max(peaks[-1][1:])),
        Target(f"{counts[-1]:,} drafts as against {counts[1]}, peak", 1.25, "x", rise),
    )
    columns = ("no Grammar", "--jobs 1", "first run", "unchanged")
    return Table("peak memory of the largest process in MB, by number of drafts", columns, tuple(rows), targets)


def _mixed(seed: int) -> str:
    """A draft; one in twenty is long, with findings and something for the grammar engine to read."""
    return markdown(1_500, seed) + FAULTY.format(number=seed) if seed % 20 == 0 else f"{PLAIN}\nThat was on day {seed}.\n"


def _changed(top: Path, draft: Path, number: int) -> Sample:
    draft.write_text(f"{PLAIN}\nThat was on day {number} of the trip.\n", encoding="utf-8")
    return child([*PROGRAM, str(top)])


def _row(name: str, taken: Sample, size: float, count: int) -> Row:
    return name, (*taken, size / taken.cpu, taken.cpu * 1000 / count)
