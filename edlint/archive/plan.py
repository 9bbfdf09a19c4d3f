"""The plan that an engine runs, Daft, on this machine or on a cluster: portions are read, their articles linted, the results streamed.

To be imported only where an archive is audited: Daft takes half a second. Its reports of use over the network are off.
"""

from __future__ import annotations

import os

os.environ.update(DAFT_ANALYTICS_ENABLED="0", RAY_USAGE_STATS_ENABLED="0")
os.environ.setdefault("DAFT_PROGRESS_BAR", "0")

import mmap
from bisect import bisect_left
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import daft
import pyarrow as pa
from daft.io.source import DataSource, DataSourceTask
from daft.recordbatch import RecordBatch

from edlint.archive.articles import Article, Reading, read
from edlint.archive.batch import SCHEMA, SECONDS, UNCHECKED, Batch, fault
from edlint.archive.sources import Portion, portions
from edlint.formats import format_for, open_source
from edlint.formats import read as read_blocks
from edlint.model.config import Config
from edlint.model.source import Source

if TYPE_CHECKING:
    from daft.io.pushdowns import Pushdowns

BATCH, BATCH_BYTES = 64, 4_000_000  # articles, and bytes of text, after which a batch goes on
KEY = 16  # bytes
_TEXT = pa.large_string()
ARTICLES = pa.schema([(name, _TEXT) for name in ("doc_id", "format", "month", "section", "problem")]).append(
    pa.field("text", pa.large_binary())
)
ARTICLES = ARTICLES.append(pa.field("decoded", pa.bool_())).append(pa.field("size", pa.int64()))
_ROW = pa.struct([(name, pa.type_for_alias(kind)) for name, kind in list(SCHEMA.items())[:-2]])
RESULT = pa.struct([("key", pa.binary()), ("rows", pa.large_list(_ROW))])


class Job(NamedTuple):
    """What to do: sources, how to read them, the configuration, seconds a document, a file of keys that are known, processes at a time."""

    sources: tuple[str, ...]
    reading: Reading
    config: Config
    seconds: float = SECONDS
    known: str = ""
    jobs: int = 1
    runner: str = ""


def stream(job: Job) -> Iterator[pa.RecordBatch]:
    """Batches with the columns doc_id, month, section, size and result: a key, and rows, null for what is known.

    `size` is how many bytes of the sources were read for it, about. Raises EdlintError.
    """
    work = daft.cls(_Linting, max_concurrency=job.jobs)(job.config, job.seconds, job.known)
    return _run(job, work.lint)


def lines(job: Job) -> Iterator[tuple[str, list[str] | None]]:
    """The id of each article, and its paragraphs, captions and other lines; None where it cannot be read. Raises EdlintError."""
    work = daft.cls(_Reading, max_concurrency=job.jobs)(job.config)
    for batch in _run(job, work.lines):
        yield from zip(batch["doc_id"].to_pylist(), batch["result"].to_pylist(), strict=True)


def _run(job: Job, work: Callable[..., daft.Expression]) -> Iterator[pa.RecordBatch]:
    if job.runner:
        daft.set_runner_ray(None if job.runner == "ray" else job.runner, noop_if_initialized=True)
    frame = _Source(job.sources, job.reading).read()
    told = work(*(frame[name] for name in ("doc_id", "text", "decoded", "format", "problem", "month", "section")))
    frame = frame.select(*(frame[name] for name in ("doc_id", "month", "section", "size")), told.alias("result"))
    try:
        yield from frame.to_arrow_iter(results_buffer_size=2 * job.jobs)
    finally:
        if job.runner:
            import ray

            ray.shutdown()  # else a cluster on this machine leaves processes behind


class _Source(DataSource):  # type: ignore[misc]
    """All articles of some sources; a task for each portion."""

    def __init__(self, sources: Sequence[str], reading: Reading) -> None:
        self._sources, self._reading = tuple(sources), reading

    @property
    def name(self) -> str:
        """See DataSource."""
        return "articles"

    @property
    def schema(self) -> daft.Schema:
        """See DataSource."""
        return daft.Schema.from_pyarrow_schema(ARTICLES)

    async def get_tasks(self, pushdowns: Pushdowns) -> AsyncIterator[_Task]:
        """See DataSource."""
        for portion in portions(self._sources):
            yield _Task(portion, self._reading)


class _Task(DataSourceTask):  # type: ignore[misc]
    """One portion."""

    def __init__(self, portion: Portion, reading: Reading) -> None:
        self._portion, self._reading = portion, reading

    @property
    def schema(self) -> daft.Schema:
        """See DataSourceTask."""
        return daft.Schema.from_pyarrow_schema(ARTICLES)

    async def read(self) -> AsyncIterator[RecordBatch]:
        """See DataSourceTask."""
        for batch in batches(read(self._portion, self._reading)):
            yield RecordBatch.from_arrow_record_batches([batch], ARTICLES)


def batches(articles: Iterator[Article]) -> Iterator[pa.RecordBatch]:
    """Articles as Arrow batches, of limited number and size."""
    held: list[Article] = []
    size = 0
    for article in articles:
        held.append(article)
        size += len(article.text or "")
        if len(held) == BATCH or size > BATCH_BYTES:
            yield _batch(held)
            held, size = [], 0
    if held:
        yield _batch(held)


def _batch(articles: Sequence[Article]) -> pa.RecordBatch:
    texts = [article.text.encode("utf-8", "surrogatepass") if isinstance(article.text, str) else article.text for article in articles]
    clean = [article._replace(doc_id=_whole(article.doc_id), section=_whole(article.section)) for article in articles]
    columns = {name: [getattr(article, name) for article in clean] for name in ("doc_id", "format", "month", "section")}
    columns["problem"] = [_whole(article.problem) for article in clean]
    read = {"text": texts, "decoded": [isinstance(a.text, str) for a in articles], "size": [len(text or b"") for text in texts]}
    return pa.RecordBatch.from_pydict({**columns, **read}, ARTICLES)


def _whole(text: str) -> str:
    """The text without half characters, which Arrow does not hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class _Linting:
    """What an engine keeps in each of its processes or threads."""

    def __init__(self, config: Config, seconds: float, known: str) -> None:
        self._batch = Batch(config, seconds)
        self._known = Keys(known)

    @daft.method.batch(return_dtype=daft.DataType.from_arrow_type(RESULT), batch_size=BATCH)  # type: ignore[untyped-decorator]
    def lint(self, *columns: daft.Series) -> daft.Series:
        """A key for each article, and its rows, or null where the key is known."""
        articles = list(zip(*(column.to_pylist() for column in columns), strict=True))
        keys = [self.key(*article) for article in articles]
        fresh = [key not in self._known for key in keys]
        asked = [
            (doc_id, text.decode("utf-8", "surrogatepass") if decoded else text, kind)
            for (doc_id, text, decoded, kind, problem, *_), new in zip(articles, fresh, strict=True)
            if new and not problem
        ]
        found = iter(list(self._batch.results(asked)))
        rows = [
            None if not new else [fault(article[0], UNCHECKED, article[4])] if article[4] else next(found)
            for article, new in zip(articles, fresh, strict=True)
        ]
        told = [{"key": key, "rows": _structs(some)} for key, some in zip(keys, rows, strict=True)]
        return daft.Series.from_arrow(pa.array(told, RESULT))

    def key(self, *article: object) -> bytes:
        """Sixteen bytes for an article as it is under these rules."""
        return blake2b(repr((self._batch.hash, article)).encode("utf-8", "surrogatepass"), digest_size=KEY).digest()


class _Reading:
    """What an engine keeps in each of its processes where articles are read only."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @daft.method.batch(return_dtype=daft.DataType.list(daft.DataType.string()), batch_size=BATCH)  # type: ignore[untyped-decorator]
    def lines(self, *columns: daft.Series) -> list[list[str] | None]:
        """The blocks of each article, white space folded; None where it cannot be read."""
        articles = zip(*(column.to_pylist() for column in columns), strict=True)
        return [None if article[4] else self._lines(*article[:4]) for article in articles]

    def _lines(self, doc_id: str, text: bytes | None, decoded: bool, kind: str) -> list[str] | None:
        try:
            if decoded and text is not None:
                source = Source(doc_id, text.decode("utf-8", "surrogatepass"))
            else:
                source = open_source(text or b"", doc_id, self._config.encoding, kind)
            found = read_blocks(source, format_for(doc_id, kind), self._config.fields).blocks
            return [_whole(" ".join(block.text.split())) for block in found if block.kind not in ("code", "front-matter")]
        except Exception:  # whatever a damaged document does, the others are read
            return None


def _structs(rows: Sequence[tuple[object, ...]] | None) -> list[dict[str, object]] | None:
    return None if rows is None else [dict(zip(SCHEMA, row, strict=False)) for row in rows]


class Keys(Sequence[bytes]):
    """The sorted keys in a file, none without one: looked up without being read into memory."""

    def __init__(self, path: str) -> None:
        self._data: mmap.mmap | bytes = b""
        if path and Path(path).is_file() and Path(path).stat().st_size:
            with Path(path).open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._data) // KEY

    def __getitem__(self, at: int) -> bytes:  # type: ignore[override]
        return self._data[at * KEY : (at + 1) * KEY]

    def __contains__(self, key: object) -> bool:
        assert isinstance(key, bytes)
        at = bisect_left(self, key)
        return at < len(self) and self[at] == key
