"""The main function of a worker process: reads lists of paths, and answers with a result for each until its input closes."""

from __future__ import annotations

import gc
import os
import sys

from edlint.errors import EdlintError
from edlint.reading import StoredSource
from edlint.session.cachedlinter import failed
from edlint.session.options import Options
from edlint.session.serialize import pack
from edlint.session.session import Session
from edlint.subprocesses import end_all, receive, send


def main() -> None:
    """Serve on standard input and output. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.set_threshold(500_000)
    try:
        if options := receive(sys.stdin.buffer):
            session = Session(Options.unpacked(options))
            while (paths := receive(sys.stdin.buffer)) is not None:
                for path in paths:
                    send(answers, _answer(session, path))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # whoever asked has gone
    end_all()
    os._exit(0)


def _answer(session: Session, path: str) -> tuple[object, ...]:
    """(path, error, packed result, where its source is found again), or (path, fault) for what must end the run."""
    try:
        result = session.lint_draft(path)
    except EdlintError as fault:
        return path, (type(fault).__name__, fault.message, tuple(fault.place) if fault.place else None, fault.hint)
    except Exception as fault:
        result = failed(path, fault)
    source = result.source
    assert source is None or isinstance(source, StoredSource)
    return path, result.error, pack(result), source and (source.asked, source.mark, tuple(source.stamp))
