"""The folder of an audit: what is done so far in `parts`, and in `state.sqlite` which of it holds; then findings and documents to read.

A part is a pair of Parquet files with what was found in some documents. It counts once it is in the database: what a killed run has left
besides is deleted by the next. A document has one row there, with the key of the version that was linted last, and its part.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from edlint.archive.batch import FAULT, SCHEMA
from edlint.archive.sources import KNOWN, STATE
from edlint.errors import UsageError
from edlint.files.atomic import replace_file, replacing
from edlint.version import __version__

PART = 2_000  # documents
MOST_PARTITIONS = 10_000  # two centuries have 2,400 months
PART_SECONDS = 30.0  # after which a smaller part is written
_DOCUMENT = [("doc_id", pa.string()), ("month", pa.string()), ("section", pa.string())]
DOCUMENTS = pa.schema([*_DOCUMENT, ("findings", pa.int32()), ("faults", pa.int32())])
FINDINGS = pa.schema([*((name, pa.type_for_alias(kind)) for name, kind in SCHEMA.items()), *_DOCUMENT[1:]])
_TABLES = """
CREATE TABLE IF NOT EXISTS documents (doc BLOB PRIMARY KEY, key BLOB NOT NULL, part INTEGER NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS in_part ON documents (part);
CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY, finished REAL);
"""


class Store:
    """The folder of an audit, opened for one run. Raises UsageError for a folder that holds something else, or is in use."""

    def __init__(self, out: Path, rules_hash: str, part: int = PART) -> None:
        self.out, self.parts = out, out / "parts"
        self._hash, self._most = rules_hash, part
        if out.exists() and any(out.iterdir()) and not (out / STATE).exists():
            raise UsageError(f"-o: {out} contains something other than an audit", hint="name a new or an empty folder")
        self.parts.mkdir(parents=True, exist_ok=True)
        try:
            self._base = sqlite3.connect(out / STATE, isolation_level=None, timeout=1, check_same_thread=False)
            self._base.executescript(f"PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; {_TABLES}")
            self._base.execute("INSERT INTO runs DEFAULT VALUES")
        except sqlite3.DatabaseError as problem:
            raise UsageError(f"-o: {out / STATE} cannot be used: {problem}", hint="is another audit writing there?") from None
        self._run = self._number("SELECT max(number) FROM runs")
        self.resumed = self._number("SELECT count(*) FROM runs WHERE finished IS NULL AND number = ?", self._run - 1) > 0
        self._next = self._number("SELECT max(part) FROM documents") + 1
        self._clean()
        self._held: dict[bytes, bytes] = {}  # documents of the next part, with their keys
        self._seen: dict[bytes, bytes] = {}  # the same of those that did not change
        self._tables: list[tuple[pa.Table, pa.Table]] = []
        self._began = time.monotonic()
        self.unchanged = self.linted = self.twice = 0

    def close(self) -> None:
        """Let others use the folder."""
        self._base.close()

    def _number(self, query: str, *values: object) -> int:
        (found,) = self._base.execute(query, values).fetchone()
        return int(found or 0)

    def _clean(self) -> None:
        """Delete the files of parts that do not count, or in which no document is the last version any more."""
        alive = {f"{number:08}" for (number,) in self._base.execute("SELECT DISTINCT part FROM documents")}
        for path in self.parts.iterdir():
            if path.name.partition(".")[0] not in alive:
                path.unlink()

    def known(self) -> Path:
        """A file with the sorted keys of all documents that are done."""
        path = self.out / KNOWN
        with path.open("wb") as file:
            file.writelines(key for (key,) in self._base.execute("SELECT key FROM documents ORDER BY key"))
        return path

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in a batch of results; see edlint.archive.plan.stream."""
        keys, rows = (pc.struct_field(batch["result"], name) for name in ("key", "rows"))
        kept = []
        for number, (doc_id, key, new) in enumerate(
            zip(batch["doc_id"].to_pylist(), keys.to_pylist(), rows.is_valid().to_pylist(), strict=True)
        ):
            doc = _digest(doc_id)
            was = self._base.execute("SELECT key, run FROM documents WHERE doc = ?", (doc,)).fetchone()
            other = self._held.get(doc) or self._seen.get(doc) or (was[0] if was and (was[1] == self._run or not new) else None)
            if other and other != key:  # another document of the same name: one of them is kept
                self.twice += 1
            elif not new:
                self.unchanged += 1
                self._seen[doc] = key
            elif not other:
                kept.append(number)
                self._held[doc] = key
        self._tables.append(_tables(batch.take(pa.array(kept, pa.int64())), self._hash))
        if len(self._held) + len(self._seen) // 50 >= self._most or time.monotonic() - self._began > PART_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Write what is held as a part, and make it count."""
        if self._held:
            for name, tables in zip(("documents", "findings"), zip(*self._tables, strict=True), strict=True):
                with replacing(self.parts / f"{self._next:08}.{name}.parquet") as file:
                    pq.write_table(pa.concat_tables(tables), file, compression="zstd")
        self._base.execute("BEGIN")
        rows = ((doc, key, self._next, self._run) for doc, key in self._held.items())
        self._base.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", rows)
        self._base.executemany("UPDATE documents SET run = ? WHERE doc = ?", ((self._run, doc) for doc in self._seen))
        self._base.execute("COMMIT")
        self.linted += len(self._held)
        self._next += 1
        self._held, self._seen, self._tables, self._began = {}, {}, [], time.monotonic()

    def finish(self, by: str, *, prune: bool, told: dict[str, object]) -> dict[str, object]:
        """Write the findings, partitioned `by` "rule" or "month", the documents and the summary, which is returned; then the run is done.

        With `prune`, documents are forgotten that this run did not come across.
        """
        self.commit()
        if prune:
            self._base.execute("DELETE FROM documents WHERE run <> ?", (self._run,))
        self._clean()
        summary = Summary()
        self._write("documents", DOCUMENTS, summary.document, [])
        self._write("findings", FINDINGS, summary.finding, [by])
        self._base.execute("UPDATE runs SET finished = ? WHERE number = ?", (time.time(), self._run))
        data = {"schema": 1, "edlint": __version__, "rules_hash": self._hash, **told, **summary.data()}
        replace_file(self.out / "summary.json", (json.dumps(data) + "\n").encode())
        return data

    def _write(self, name: str, schema: pa.Schema, count: Callable[[pa.RecordBatch], None], by: list[str]) -> None:
        """Write what counts of all parts as one dataset, which takes the place of the old one."""
        new, old = self.out / f"{name}.new", self.out / f"{name}.old"
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)
        parting = ds.partitioning(pa.schema([schema.field(column) for column in by]), flavor="hive") if by else None
        kept = ds.Scanner.from_batches(self._counting(name, count), schema=schema)
        ds.write_dataset(
            kept,
            new,
            format="parquet",
            partitioning=parting,
            max_partitions=MOST_PARTITIONS,
            max_open_files=400,
            min_rows_per_group=1000,
            max_rows_per_group=50_000,
        )
        new.mkdir(exist_ok=True)
        if (self.out / name).exists():
            (self.out / name).rename(old)
        new.rename(self.out / name)
        shutil.rmtree(old, ignore_errors=True)

    def _counting(self, name: str, count: Callable[[pa.RecordBatch], None]) -> Iterator[pa.RecordBatch]:
        """The rows of the documents that are the last version, part by part."""
        for (part,) in self._base.execute("SELECT DISTINCT part FROM documents ORDER BY part").fetchall():
            alive = {doc for (doc,) in self._base.execute("SELECT doc FROM documents WHERE part = ?", (part,))}
            for batch in pq.ParquetFile(self.parts / f"{part:08}.{name}.parquet").iter_batches(10_000):
                mine = batch.filter(pa.array([_digest(doc_id) in alive for doc_id in batch["doc_id"].to_pylist()], pa.bool_()))
                count(mine)
                yield mine


class Summary:
    """What is counted while the datasets are written."""

    def __init__(self) -> None:
        self._totals: Counter[str] = Counter()
        self._counts: dict[str, Counter[tuple[str, ...]]] = {
            name: Counter() for name in ("rules", "levels", "months", "sections", "rules_by_month", "sections_by_level")
        }

    def document(self, batch: pa.RecordBatch) -> None:
        """Count a batch of documents."""
        self._totals["documents"] += batch.num_rows
        self._totals["documents_with_findings"] += pc.sum(pc.greater(batch["findings"], 0)).as_py() or 0
        self._totals["documents_with_faults"] += pc.sum(pc.greater(batch["faults"], 0)).as_py() or 0
        self._count("months", batch, "month")
        self._count("sections", batch, "section")

    def finding(self, batch: pa.RecordBatch) -> None:
        """Count a batch of findings."""
        self._totals["findings"] += batch.num_rows
        self._count("rules", batch, "rule")
        self._count("levels", batch, "level")
        self._count("rules_by_month", batch, "rule", "month")
        self._count("sections_by_level", batch, "section", "level")

    def _count(self, name: str, batch: pa.RecordBatch, *columns: str) -> None:
        found = pa.table(batch).group_by(list(columns)).aggregate([([], "count_all")])
        for *values, number in zip(*(found[column].to_pylist() for column in (*columns, "count_all")), strict=True):
            self._counts[name][tuple(values)] += number

    def data(self) -> dict[str, object]:
        """The counts by name: rows of the values and their number, the most frequent first."""
        ordered = {name: sorted(counts.items(), key=lambda item: (-item[1], item[0])) for name, counts in self._counts.items()}
        return {**self._totals, **{name: [[*values, number] for values, number in rows] for name, rows in ordered.items()}}


def _digest(doc_id: str) -> bytes:
    return blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _tables(batch: pa.RecordBatch, rules_hash: str) -> tuple[pa.Table, pa.Table]:
    """The documents and the findings of a batch of results."""
    lists = pc.struct_field(batch["result"], "rows")
    rows, parents = pc.list_flatten(lists), pc.list_parent_indices(lists)
    columns = {name: rows.field(number) for number, name in enumerate(list(SCHEMA)[:-2])}
    columns |= {"edlint_version": [__version__] * len(rows), "rules_hash": [rules_hash] * len(rows)}
    columns |= {name: batch[name].take(parents).cast(pa.string()) for name in ("month", "section")}
    findings = pa.Table.from_pydict({field.name: _cast(columns[field.name], field.type) for field in FINDINGS}, FINDINGS)
    faulty = Counter(number for number, level in zip(parents.to_pylist(), findings["level"].to_pylist(), strict=True) if level == FAULT)
    faults = [faulty[number] for number in range(batch.num_rows)]
    sizes = pc.list_value_length(lists).to_pylist()
    told = {name: batch[name].cast(pa.string()) for name in ("doc_id", "month", "section")}
    counted = {"findings": [size - bad for size, bad in zip(sizes, faults, strict=True)], "faults": faults}
    return pa.Table.from_pydict({**told, **counted}, DOCUMENTS), findings


def _cast(column: pa.Array | list[str], kind: pa.DataType) -> pa.Array:
    return pa.array(column, kind) if isinstance(column, list) else column.cast(kind)
