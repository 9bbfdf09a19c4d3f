"""Several processes that lint at a time.

A process is told nothing but paths, and ends by itself when this one is gone, however that came about.
"""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from edlint import errors
from edlint.errors import EdlintError, Place
from edlint.frames import receive, send
from edlint.helpers import end, start
from edlint.reading import Stamp, StoredSource
from edlint.report.model import FileResult
from edlint.run.packing import unpack

CHUNK = 100_000  # most work (bytes without grammar) that a process is given at a time, unless one draft is more
TURNS = 4  # how often at least each process should be given some
_POLL = 0.5  # seconds; on Windows nothing else lets Ctrl-C through

Chunks = deque[list[str]]
Answers = SimpleQueue[Any]


def lint(drafts: Mapping[str, int], jobs: int, options: tuple[object, ...]) -> Iterator[tuple[str, FileResult]]:
    """The results of drafts, as they come. `drafts` maps paths to the work each is; `options` is what edlint.run.worker expects.

    Raises what linting raised, and EdlintError when a process was lost; no process outlives the iterator.
    """
    chunks = share(drafts, min(CHUNK, sum(drafts.values()) // (TURNS * jobs)))
    answers: Answers = SimpleQueue()
    helpers: dict[subprocess.Popen[bytes], Thread] = {}
    try:
        for _ in range(min(jobs, len(chunks))):
            helper = start("edlint.run.worker")
            helpers[helper] = Thread(target=_attend, args=(helper, options, chunks, answers), daemon=True)
            helpers[helper].start()
        for _ in drafts:
            yield _result(_next(answers))
    except BaseException:
        for helper in helpers:
            helper.kill()
        raise
    finally:
        for helper, thread in helpers.items():
            if thread.ident:
                thread.join()
            end(helper)


def share(drafts: Mapping[str, int], portion: int) -> Chunks:
    """The drafts in portions of so much work or a little more, large drafts first: so all processes end at about the same time."""
    chunks: Chunks = deque()
    held = portion
    for path in sorted(drafts, key=drafts.__getitem__, reverse=True):
        if held >= portion:
            chunks.append([])
            held = 0
        chunks[-1].append(path)
        held += drafts[path]
    return chunks


def _attend(helper: subprocess.Popen[bytes], options: tuple[object, ...], chunks: Chunks, answers: Answers) -> None:
    """Give a process portions until there are none left, and pass its answers on; a process that falls silent is an EdlintError."""
    assert helper.stdin and helper.stdout
    read = "drafts"
    try:
        send(helper.stdin, options)
        while True:
            chunk = chunks.popleft()
            send(helper.stdin, chunk)
            for path in chunk:
                read = path
                answers.put(_received(helper.stdout))
    except IndexError:
        return
    except (OSError, EOFError, ValueError):
        status = helper.wait()
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        answers.put(EdlintError(f"{read}: the process that was checking it {how}", hint="--jobs 1 uses no other process"))


def _received(stream: IO[bytes]) -> Any:
    answer = receive(stream)
    if answer is None:
        raise EOFError
    return answer


def _next(answers: Answers) -> Any:
    while True:
        with suppress(Empty):
            return answers.get(timeout=_POLL)


def _result(answer: Any) -> tuple[str, FileResult]:
    """The result in an answer. Raises the error that it is instead."""
    if isinstance(answer, EdlintError):
        raise answer
    path, told, *rest = answer
    if not rest:
        kind, message, place, hint = told
        if not kind:
            raise RuntimeError(message)
        raise getattr(errors, kind)(message, Place(*place) if place else None, hint)
    packed, found = rest
    source = StoredSource(path, found[0], found[1], Stamp(*found[2])) if found else None
    return path, unpack(packed, path)._replace(error=told, source=source)
