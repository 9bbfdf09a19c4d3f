"""The worker of archives, on which some documents have the effect that a fault in a library would have."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from edlint.archive import worker
from edlint.archive.batch import Row
from edlint.linter import Linter

HANGS, DIES = "a document that hangs", "a document that ends the process"
_rows = worker.rows


def main() -> None:
    """Serve as edlint.archive.worker does."""
    worker.rows = poisoned
    worker.main()


def poisoned(linter: Linter, doc_id: str, text: str | bytes, kind: str) -> Iterator[Row]:
    """The rows of a document that is neither of the two."""
    told = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if HANGS in told:
        time.sleep(3600)
    if DIES in told:
        os._exit(7)
    return _rows(linter, doc_id, text, kind)
