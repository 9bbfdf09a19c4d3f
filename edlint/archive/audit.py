"""An audit of an archive: a plan is run, its results are stored as they come, and the progress is told."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from edlint.archive.batch import Batch
from edlint.archive.plan import Job, stream
from edlint.archive.sources import portions
from edlint.archive.store import PART, Store

_PLAIN = ("drafts", "lines", "table", "posts")  # kinds whose files are as large as what is read of them, unless they are packed


class State(NamedTuple):
    """How far an audit is: documents, how many of them did not have to be linted, seconds so far, and seconds left (None: unknown)."""

    documents: int
    unchanged: int
    seconds: float
    left: float | None

    def __str__(self) -> str:
        rate = self.documents / self.seconds if self.seconds else 0
        told = f"{self.documents:,} documents ({self.unchanged:,} unchanged), {rate:,.1f} a second"
        if self.left is None:
            return told
        minutes = round(self.left / 60)
        left = f"{minutes // 60} h {minutes % 60} min" if minutes > 90 else f"{minutes} min" if minutes > 1 else f"{self.left:.0f} s"
        return f"{told}, {left} left"


class Wanted(NamedTuple):
    """What to write: the folder, what the findings are partitioned by, whether to forget what is gone, and documents in a part."""

    out: Path
    by: str = "rule"
    prune: bool = False
    part: int = PART


def audit(job: Job, wanted: Wanted, tell: Callable[[State], None]) -> dict[str, object]:
    """Audit, and give the summary. Raises EdlintError."""
    began = time.monotonic()
    total = _size(job)
    documents, done = 0, 0
    with closing(Store(wanted.out, Batch(job.config, job.seconds).hash, wanted.part)) as store:
        for batch in stream(job._replace(known=os.path.abspath(store.known()))):  # noqa: PTH100
            store.add(batch)
            documents += batch.num_rows
            done += sum(batch["size"].to_pylist())
            seconds = time.monotonic() - began
            tell(State(documents, store.unchanged, seconds, seconds * (total - done) / done if total and 0 < done <= total else None))
        store.commit()
        told = {"linted": store.linted, "unchanged": store.unchanged, "same_id": store.twice, "resumed": store.resumed}
        return store.finish(wanted.by, prune=wanted.prune, told={**told, "seconds": round(time.monotonic() - began, 1)})


def _size(job: Job) -> int:
    """The bytes of all sources; 0 where some are packed, so that it cannot be told how much is done. Raises UsageError."""
    total = 0
    for portion in portions(job.sources):
        if portion.kind not in _PLAIN or any(path.endswith(".gz") for path in portion.paths):
            return 0
        total += portion.size
    return total
