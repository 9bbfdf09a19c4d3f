"""Several processes that lint at a time. Each is a Python of its own, started anew: a copy of this one could hold an engine's threads.

A process is told nothing but paths, and ends by itself when this one is gone, however that came about.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from edlint import errors
from edlint.errors import EdlintError, Place
from edlint.frames import receive, send
from edlint.packing import unpack
from edlint.reading import Stamp, StoredSource
from edlint.report.model import FileResult

CHUNK = 100_000  # most work (bytes without grammar) that a process is given at a time, unless one draft is more
TURNS = 4  # how often at least each process should be given some
_PROGRAM = "import sys; sys.path[:] = {path!r}; from edlint.worker import main; main()"
_POLL = 0.5  # seconds; on Windows nothing else lets Ctrl-C through

Chunks = deque[list[str]]
Answers = SimpleQueue[Any]


def lint(drafts: Mapping[str, int], jobs: int, options: tuple[object, ...]) -> Iterator[tuple[str, FileResult]]:
    """The results of drafts, as they come. `drafts` maps paths to the work each is; `options` is what edlint.worker expects.

    Raises what linting raised, and EdlintError when a process was lost; no process outlives the iterator.
    """
    chunks = share(drafts, min(CHUNK, sum(drafts.values()) // (TURNS * jobs)))
    answers: Answers = SimpleQueue()
    helpers: dict[subprocess.Popen[bytes], Thread] = {}
    try:
        for _ in range(min(jobs, len(chunks))):
            helper = _start()
            helpers[helper] = Thread(target=_attend, args=(helper, options, chunks, answers), daemon=True)
            helpers[helper].start()
        for _ in drafts:
            yield _result(_next(answers))
    finally:
        for helper in helpers:
            helper.kill()
        for helper, thread in helpers.items():
            _end(helper, thread)


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


def _start() -> subprocess.Popen[bytes]:
    """A process, out of the reach of Ctrl-C: it is ended by the one that is meant."""
    apart: dict[str, Any] = {"creationflags": 0x200} if sys.platform == "win32" else {"process_group": 0}
    command = [sys.executable, "-c", _PROGRAM.format(path=sys.path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **apart)


def _end(helper: subprocess.Popen[bytes], thread: Thread) -> None:
    """See a killed process and its thread out."""
    helper.wait()
    if thread.ident:
        thread.join()
    for stream in (helper.stdin, helper.stdout):
        with suppress(OSError):  # what was not written yet is not missed
            if stream:
                stream.close()


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
