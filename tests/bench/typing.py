"""From a keystroke in an editor to the findings, through the real language server; and what a thousand of them leave in memory."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from .drafts import article
from .measure import TOP, Row, Table, Target
from .peers import Peers

sys.path.insert(0, str(TOP / "tests" / "lib"))
EDITS, MEASURED, WARM = 1_000, 200, 20
SLOWEST = 150.0  # milliseconds after a keystroke
GROWTH = 5.0  # MB between the two looks at the memory


def typing(peers: Peers, quick: bool) -> Table:
    """Edits of a draft of 1,200 words, a character at a time, grammar included."""
    from rawclient import RawClient

    edits = MEASURED if quick else EDITS
    with tempfile.TemporaryDirectory() as folder, RawClient(cwd=Path(folder)) as client:
        client.start(Path(folder))
        uri = Path(folder, "draft.md").as_uri()
        text = _draft()
        client.open(uri, text, "markdown")
        client.shown(uri, 1)
        server = psutil.Process(client.server.pid)
        took, used, memory = [], [], []
        for version, edited in enumerate(islice(keystrokes(text), WARM + edits), 2):
            cpu, began = _cpu(server), time.perf_counter()
            client.change(uri, edited, version)
            client.shown(uri, version)
            took.append((time.perf_counter() - began) * 1000)
            used.append((_cpu(server) - cpu) * 1000)
            memory.append(server.memory_info().rss / 1e6)
        client.end()
    took, used, memory = took[WARM:], used[WARM:], memory[WARM:]
    first = took[:MEASURED]
    early = statistics.median(memory[MEASURED // 2 : MEASURED])
    rows: list[Row] = [
        ("keystroke to findings, ms", (statistics.median(first), max(first))),
        ("CPU of the server and Harper, ms", (statistics.median(used[:MEASURED]), max(used[:MEASURED]))),
        ("memory of the server, MB", (early, memory[-1])),
    ]
    growth = None if quick else memory[-1] - early
    targets = (
        Target(f"keystroke to findings, median of {MEASURED}", SLOWEST, "ms", statistics.median(first)),
        Target(f"keystroke to findings, worst of {MEASURED}", SLOWEST, "ms", max(first)),
        Target(f"memory of the server, growth from {MEASURED} to {EDITS} edits", GROWTH, "MB", growth),
    )
    notes = (
        "time and CPU: median and worst; memory: after half of the measured edits and after all",
        f"{edits} edits of one character in {len(text.split()):,} words",
    )
    return Table("Typing in an editor, 1,200 words, grammar included", ("median", "worst"), tuple(rows), targets, notes)


def _draft() -> str:
    """Some 1,200 words: example drafts that give the grammar engine and most packs something to say, and made-up prose."""
    examples = [(TOP / "examples" / name).read_text("utf-8") for name in ("op-ed.txt", "wire.txt", "clean.md", "post.md")]
    return "\n\n".join([article(390), *examples])


def keystrokes(text: str) -> Iterator[str]:
    """The text after each keystroke of somebody who types a few words in one place, takes some back, and goes on elsewhere."""
    rng = random.Random(7)
    while True:
        at = text.find(" ", rng.randrange(len(text) - 100))
        for letter in rng.choice([" quite suddenly", " as it were,", " on the the way", " and recieved nothing"]):
            text = text[:at] + letter + text[at:]
            at += 1
            yield text
        for _ in range(5):
            text, at = text[: at - 1] + text[at:], at - 1
            yield text


def _cpu(process: psutil.Process) -> float:
    """The CPU seconds of a process and those it started."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system for each in times)
