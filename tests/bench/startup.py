"""One draft of 1,200 words through the whole program, beside its peers: what a writer waits for."""

from __future__ import annotations

import sys
from pathlib import Path

from .drafts import article
from .measure import EDLINT, NO_GRAMMAR, Sample, Table, Target, child, in_turns, median, workshop
from .peers import Peers

RUNS, FEW = 9, 3
_PYTHON, _PLAIN, _KNOWN, _NEW = "Python that imports click", "edlint without Grammar", "edlint, grammar known", "edlint, grammar new"
_FAULTY = "\n\nSay {number} of them took an bicycle to the the bridge, and could of known better then that.\n"


def startup(peers: Peers, quick: bool) -> Table:
    """Nothing is remembered of the draft, but for the row in which its grammar was read before."""
    runs = FEW if quick else RUNS
    with workshop() as folder:
        draft = folder / "draft.md"
        draft.write_text(article() + _FAULTY.format(number=0), encoding="utf-8")
        whole = [*EDLINT, "--no-cache", str(draft)]
        commands = {_PYTHON: [sys.executable, "-c", "import click"], _PLAIN: [*whole, *NO_GRAMMAR], _KNOWN: whole}
        commands |= {name: peers.command(name, str(draft)) for name in peers.versions}
        taken = in_turns(commands, runs)
        taken[_NEW] = median([_unread(draft, whole, number) for number in range(1, runs + 1)])
    base = taken[_PLAIN].cpu
    rows = tuple((name, (s.cpu * 1000, s.wall * 1000, s.peak, s.cpu / base)) for name in _order(taken) for s in [taken[name]])
    targets = (
        Target("one draft without grammar, CPU", 100, "ms", base * 1000),
        Target("one draft with grammar, peak of any process", 150, "MB", taken[_NEW].peak),
    )
    notes = ("grammar new: the engine starts, and reads a paragraph that it has not read before", *peers.notes())
    return Table(f"one draft of 1,200 words (medians of {runs})", ("CPU ms", "wall ms", "peak MB", "CPU ratio"), rows, targets, notes)


def _unread(draft: Path, command: list[str], number: int) -> Sample:
    """A run in which the draft has a paragraph that the grammar engine has not read."""
    draft.write_text(article() + _FAULTY.format(number=number), encoding="utf-8")
    return child(command)


def _order(taken: dict[str, Sample]) -> list[str]:
    """Names of rows: edlint's together, then the peers."""
    own = [_PYTHON, _PLAIN, _KNOWN, _NEW]
    return [*own, *(name for name in taken if name not in own)]
