"""How often a rule is right in an archive: a sample of its findings to judge, and what the verdicts say, with an interval."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from heapq import nsmallest
from pathlib import Path

from edlint.authoring.judged import Precision
from edlint.errors import Place, UsageError

COLUMNS = ("verdict", "rule", "doc_id", "line", "column", "message", "excerpt", "fingerprint")
RIGHT, WRONG = ("right", "r", "yes", "y", "1", "true"), ("wrong", "w", "no", "n", "0", "false")


def findings(out: Path, rule: str = "") -> Iterator[dict[str, object]]:
    """The findings of an audit, those of one rule or all but faults. Raises UsageError where there is no audit."""
    import pyarrow.dataset as ds

    if not (out / "summary.json").is_file():
        raise UsageError(f"{out}: no finished audit there", hint="edlint archive audit SOURCE -o OUT")
    wanted = ds.field("rule") == rule if rule else ds.field("level") != "fault"
    rows = ds.dataset(out / "findings", format="parquet", partitioning="hive")
    columns = [name for name in (*COLUMNS[1:], "level", "month", "section") if name in rows.schema.names]
    for batch in rows.to_batches(columns=columns, filter=wanted, batch_size=4096) if columns else ():
        yield from batch.to_pylist()


def sample(rows: Iterable[Mapping[str, object]], size: int) -> list[Mapping[str, object]]:
    """So many of the rows, each as likely as any other: the same ones each time."""
    return nsmallest(size, rows, key=lambda row: blake2b(f"{row['doc_id']}\0{row['fingerprint']}".encode("utf-8", "replace")).digest())


def to_csv(rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as CSV with an empty column for the verdicts. No cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = ["", *(str(row[name]) for name in COLUMNS[1:])]
        writer.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells])
    return text.getvalue()


def precision(paths: Iterable[Path]) -> dict[str, Precision]:
    """What the verdicts in judged samples say of each rule. Raises UsageError for a file that is none, or an unknown verdict."""
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    for path in paths:
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise UsageError(f"{path} cannot be read: {getattr(problem, 'strerror', None) or 'it is not UTF-8'}") from None
        rows = csv.DictReader(io.StringIO(text), delimiter=";" if text.partition("\n")[0].count(";") > 2 else ",", restval="")
        if not {"verdict", "rule"} <= {*(rows.fieldnames or ())}:
            raise UsageError("no columns `verdict` and `rule`", Place(str(path), 1), "edlint archive sample makes such a file")
        try:
            told = [(rows.line_num, row) for row in rows]
        except csv.Error as problem:
            raise UsageError(f"not a sample: {problem}", Place(str(path), rows.line_num + 1)) from None
        for line, row in told:
            said = row["verdict"].strip().lower()
            known = row["rule"], row.get("doc_id", ""), row.get("fingerprint") or str(line)
            if not said or known in seen:
                continue
            if said not in RIGHT + WRONG:
                raise UsageError(f"unknown verdict {said!r}", Place(str(path), line), "right, wrong, or nothing")
            if not row["rule"]:
                raise UsageError("a verdict, but no rule", Place(str(path), line))
            seen.add(known)
            judged[row["rule"]] += 1
            right[row["rule"]] += said in RIGHT
    return {rule: Precision(right[rule], judged[rule] - right[rule]) for rule in sorted(judged)}
