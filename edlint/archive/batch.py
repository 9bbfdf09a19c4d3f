"""The one function behind everything that is done with an archive: a batch of texts in, columns out.

What happens in a batch depends on its arguments alone. The texts are linted in a worker process, which can be ended where a document
hangs or takes all memory; when the batch is done, the worker waits for the next one with the same configuration.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Timer
from typing import IO, TYPE_CHECKING, cast

from edlint.errors import EdlintError
from edlint.model.config import Config
from edlint.reading import too_large
from edlint.subprocesses import end, receive, send, start

if TYPE_CHECKING:
    from subprocess import Popen

    import pyarrow

SECONDS = 60.0  # that one document may take
UNCHECKED, UNFINISHED, FAULT = "Document.Unchecked", "Document.Unfinished", "fault"
# column → Arrow type; nothing in it changes its meaning or goes within a major version, and further columns come last
SCHEMA = dict.fromkeys(("doc_id", "rule", "level"), "string")
SCHEMA |= dict.fromkeys(("byte_start", "byte_end"), "int64") | dict.fromkeys(("line", "column", "end_line", "end_column"), "int32")
SCHEMA |= dict.fromkeys(("message", "excerpt", "fingerprint", "edlint_version", "rules_hash"), "string")
Row = tuple[object, ...]  # a value for each column, without the last two
Text = str | bytes | None


class Columns(dict[str, list[object]]):
    """The columns of SCHEMA, by name: lists of equal length."""

    def to_arrow(self) -> pyarrow.Table:
        """The same as an Arrow table, whose schema does not depend on the rows. Needs pyarrow."""
        import pyarrow as pa

        return pa.table({name: pa.array(self[name], kind) for name, kind in SCHEMA.items()})


def lint_batch(
    texts: Iterable[Text],
    ids: Iterable[str] | None = None,
    formats: Iterable[str | None] | None = None,
    config: Config | str | Path | None = None,
    *,
    seconds: float = SECONDS,
) -> Columns:
    """Lint many texts, and give a row for each finding, in the order of the texts.

    `texts` are strings, or the bytes of files. `ids` name them, by default with their numbers from "0"; the suffix of an id tells the
    format, unless `formats` has a name there (plain, markdown, html…). `config` is a Config, the path of a configuration file, or
    None for the shipped rules. A text that cannot be checked, or takes more than `seconds`, becomes a row of the level "fault".
    Raises EdlintError for a configuration that cannot work, ValueError where there are not as many ids or formats as texts.
    """
    batch = list(texts)
    names = list(map(str, range(len(batch)) if ids is None else ids))
    kinds = [None] * len(batch) if formats is None else list(formats)
    documents = list(zip(names, batch, kinds, strict=True))
    with_worker = Batch(as_config(config), seconds)
    results = list(with_worker.results(documents))
    return columns(((row for rows in results for row in rows)), with_worker.hash)


def as_config(config: Config | str | Path | None) -> Config:
    """The configuration in a file, or the one that is given, without a second reader, who would take years. Raises ConfigError."""
    if isinstance(config, str | Path):
        from edlint.config.file import load_config

        config = load_config(Path(config))
    return replace(config or Config(), reader=None)


def columns(rows: Iterable[Row], rules_hash: str) -> Columns:
    """Rows as columns."""
    from edlint.version import __version__

    *named, _, _ = SCHEMA
    listed = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in named]
    size = len(listed[0])
    return Columns({**dict(zip(named, listed, strict=True)), "edlint_version": [__version__] * size, "rules_hash": [rules_hash] * size})


def fault(doc_id: str, rule: str, message: str) -> Row:
    """The row of a document that could not be checked, or not by all rules."""
    return doc_id, rule, FAULT, None, None, None, None, None, None, message, "", ""


_idle: dict[tuple[int, bytes], list[tuple[Popen[bytes], str]]] = {}  # by process and configuration: workers without work, and their hash
_lock = Lock()


class Batch:
    """Lints documents under one configuration, at most `seconds` each. To be made where it is used: a worker belongs to one process."""

    def __init__(self, config: Config, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._packed = pickle.dumps(pickle.loads(pickle.dumps(config)))  # the same bytes for one that came from another process
        self._most = int(config.max_size * 1_000_000)
        self._worker: Popen[bytes] | None = None
        self._hash = ""

    @property
    def hash(self) -> str:
        """The hash of the rules and all else that findings depend on. Raises EdlintError for a configuration that cannot work."""
        if not self._hash:
            self._ready()
            self._rest()
        return self._hash

    def results(self, documents: Iterable[tuple[str, Text, str | None]]) -> Iterator[list[Row]]:
        """The rows of each document: an id, a text and the name of its format, if that is known. Raises EdlintError."""
        try:
            self._ready()
            for doc_id, text, kind in documents:
                yield self._rows(doc_id, text, kind)
        finally:
            self._rest()

    def _rows(self, doc_id: str, text: Text, kind: str | None) -> list[Row]:
        if not isinstance(text, str | bytes):
            return [fault(doc_id, UNCHECKED, f"{doc_id}: there is no text" + (f", but {type(text).__name__}" if text is not None else ""))]
        if len(text) > self._most:
            return [fault(doc_id, UNCHECKED, too_large(doc_id, self._most))]
        worker = self._ready()
        late = Event()
        timer = Timer(self._seconds, _end_late, (worker, late))
        timer.daemon = True
        timer.start()
        try:
            answer = _asked(worker, (doc_id, str(text) if isinstance(text, str) else bytes(text), kind or ""))
        except BaseException:  # Ctrl-C: what this worker still says would be taken for the answer about the next document
            self._worker = None
            worker.kill()
            end(worker)
            raise
        finally:
            timer.cancel()
            timer.join()  # so that it cannot end the worker later, over another document
        if answer is None or late.is_set():
            self._worker = None
            end(worker)
            why = (
                f"took longer than {self._seconds:g} seconds"
                if late.is_set()
                else f"crashed the process that was checking it ({worker.returncode})"
            )
            return [fault(doc_id, UNCHECKED, f"{doc_id}: {why}")]
        return cast(list[Row], answer)

    def _ready(self) -> Popen[bytes]:
        """The worker; one that waits, or a new one. Raises EdlintError for a configuration that cannot work."""
        if self._worker is None:
            with _lock:
                waiting = _idle.get((os.getpid(), self._packed))
                found = waiting.pop() if waiting else None
            self._worker, self._hash = found or _started(self._packed)
        return self._worker

    def _rest(self) -> None:
        """Let the worker wait for the next batch; those of other configurations leave."""
        mine = os.getpid(), self._packed
        with _lock:
            others = [worker for key in set(_idle) - {mine} for worker, _ in _idle.pop(key) if key[0] == mine[0]]
            if self._worker:
                _idle.setdefault(mine, []).append((self._worker, self._hash))
                self._worker = None
        for worker in others:
            end(worker)


def _started(packed: bytes) -> tuple[Popen[bytes], str]:
    """A new worker for a configuration, and the hash of its rules. Raises EdlintError."""
    try:
        worker = start("edlint.archive.worker")
    except OSError as problem:
        raise EdlintError(f"the process that checks articles cannot be started: {problem.strerror}") from None
    said = _asked(worker, packed)
    if isinstance(said, str):
        return worker, said
    end(worker)
    raise EdlintError(said[0] if said else f"the process that checks articles ended as it started ({worker.returncode})")


def _end_late(worker: Popen[bytes], late: Event) -> None:
    late.set()
    worker.kill()


def _asked(worker: Popen[bytes], question: object) -> Sequence[str] | str | None:
    """The answer of a worker; None if it has ended."""
    try:
        send(cast(IO[bytes], worker.stdin), question)
        return cast("Sequence[str] | str | None", receive(cast(IO[bytes], worker.stdout)))
    except (OSError, EOFError, ValueError):
        return None
