"""A pool of worker processes that lint drafts.

A worker receives paths only, and exits when this process is gone. If a worker dies, because memory ran out or somebody killed it,
the draft it was reading gets an error, and another worker lints the rest.
"""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from edlint import errors
from edlint.errors import EdlintError, Place
from edlint.model.report import FileResult
from edlint.reading import Stamp, StoredSource
from edlint.session.serialize import unpack
from edlint.subprocesses import end, receive, send, start

MAX_CHUNK = 100_000  # most work (bytes without grammar) that a worker is given at a time, unless one draft is more
CHUNKS_PER_WORKER = 4  # how often at least each process should be given some
MAX_DEATHS = 3  # workers that died in a row, without an answer in between, after which no more are started
_POLL = 0.5  # seconds; on Windows nothing else lets Ctrl-C through

Chunks = deque[list[str]]
Answer = EdlintError | FileResult | tuple[Any, ...]  # a tuple is what a worker sends


def lint(drafts: Mapping[str, int], jobs: int, options: tuple[object, ...]) -> Iterator[tuple[str, FileResult]]:
    """The results of drafts, as they come. `drafts` maps paths to the work each is; `options` are packed ones (edlint.session.options).

    Raises what linting raised, and EdlintError when no process can be started; no process outlives the iterator.
    """
    pool = _Pool(options, share(drafts, min(MAX_CHUNK, sum(drafts.values()) // (CHUNKS_PER_WORKER * jobs))))
    threads = [Thread(target=pool.attend, daemon=True) for _ in range(min(jobs, len(pool.chunks)))]
    try:
        for thread in threads:
            thread.start()
        for _ in drafts:
            yield _result(pool.next_answer())
    finally:
        pool.close()
        for thread in threads:
            if thread.ident:
                thread.join()


def share(drafts: Mapping[str, int], portion: int) -> Chunks:
    """The drafts in chunks of so much work or a little more, large drafts first, so that all workers end at about the same time."""
    chunks: Chunks = deque()
    held = portion
    for path in sorted(drafts, key=drafts.__getitem__, reverse=True):
        if held >= portion:
            chunks.append([])
            held = 0
        chunks[-1].append(path)
        held += drafts[path]
    return chunks


class _Pool:
    """Chunks of drafts, the workers that lint them, and their answers. One thread serves each worker."""

    def __init__(self, options: tuple[object, ...], chunks: Chunks) -> None:
        self.chunks = chunks
        self._options = options
        self._answers: SimpleQueue[Answer] = SimpleQueue()
        self._lock = Lock()
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def next_answer(self) -> Answer:
        """The next answer of any process, or the EdlintError that none can be given."""
        while True:
            with suppress(Empty):
                return self._answers.get(timeout=_POLL)

    def close(self) -> None:
        """Kill all workers that are still running."""
        with self._lock:
            self._closed = True
            busy = list(self._workers)
        for worker in busy:
            worker.kill()

    def attend(self) -> None:
        """Have a worker lint chunks until none are left; start another one if it dies."""
        losses = 0
        while self.chunks and not self._closed:
            try:
                worker = start("edlint.session.worker")
            except OSError as fault:
                hint = "--jobs 1 uses no other process"
                self._answers.put(EdlintError(f"a process to check drafts cannot be started: {fault.strerror}", hint=hint))
                return
            with self._lock:
                self._workers.add(worker)
                closed = self._closed
            if closed:
                worker.kill()
            answered = self._feed(worker)
            with self._lock:
                self._workers.remove(worker)
            end(worker)
            losses = 0 if answered else losses + 1
            if losses == MAX_DEATHS:
                self._give_up()

    def _feed(self, worker: subprocess.Popen[bytes]) -> int:
        """Give a worker chunks until none are left or it dies. Returns how many answers it gave."""
        assert worker.stdin and worker.stdout
        chunk: list[str] = []
        answered = 0
        try:
            send(worker.stdin, self._options)
            while not self._closed:
                chunk = self.chunks.popleft()
                send(worker.stdin, chunk)
                while chunk:
                    answer = receive(worker.stdout)
                    if answer is None:
                        raise EOFError
                    self._answers.put(answer)
                    answered += 1
                    chunk = chunk[1:]
        except IndexError:
            pass
        except (OSError, EOFError, ValueError):
            self._lost(worker.wait(), chunk)
        return answered

    def _lost(self, status: int, chunk: list[str]) -> None:
        """Give the draft that a dead worker was reading an error, and put the rest of its chunk back."""
        if chunk and not self._closed:
            how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
            hint = "out of memory? --jobs 1 uses no other process"
            self._answers.put(FileResult(chunk[0], error=f"{chunk[0]}: the process that was checking it {how} ({hint})"))
            if chunk[1:]:
                self.chunks.append(chunk[1:])

    def _give_up(self) -> None:
        """Give all remaining drafts an error."""
        with suppress(IndexError):
            while True:
                for path in self.chunks.popleft():
                    self._answers.put(FileResult(path, error=f"{path}: not checked, since one process after another was lost"))


def _result(answer: Answer) -> tuple[str, FileResult]:
    """The result in an answer. Raises the error that it is instead."""
    if isinstance(answer, EdlintError):
        raise answer
    if isinstance(answer, FileResult):
        return answer.path, answer
    path, told, *rest = answer
    if not rest:
        kind, message, place, hint = told
        raise getattr(errors, kind)(message, Place(*place) if place else None, hint)
    packed, found = rest
    source = StoredSource(path, found[0], found[1], Stamp(*found[2])) if found else None
    return path, unpack(packed, path)._replace(error=told, source=source)
