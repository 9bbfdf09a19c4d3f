"""The ledger of a draft as text, CSV, JSON or a page of HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from edlint.model.source import Source
from edlint.report.summary import count
from edlint.report.terminal import visible

if TYPE_CHECKING:
    from edlint.model.claim import Claim

_SURE = ("", "perhaps", "likely", "sure")
COLUMNS = ("id", "line", "kind", "sentence", "rests on", "source", "source line", "sure", "status", "by", "at", "note")


def entries(source: Source, rows: Sequence[Claim]) -> list[dict[str, Any]]:
    """The rows for programs. Lines count from 1; a source that stands nowhere is "", on line 0."""
    line = source.lines.position
    return [
        {
            "id": row.id,
            "line": line(row.span.start).line,
            "kind": row.kind,
            "sentence": row.text,
            "rests on": row.basis,
            "source": " ".join(source.text[row.source.start : row.source.end].split()) if row.source else "",
            "source line": line(row.source.start).line if row.source else 0,
            "sure": _SURE[row.sure],
            "status": row.status,
            "by": row.by,
            "at": row.at,
            "note": row.note,
        }
        for row in rows
    ]


def as_text(source: Source, rows: Sequence[Claim]) -> str:
    """A row for each claim, to be read in a terminal."""
    lines = list(_lines(source, rows))
    return "\n".join(visible(line) for line in lines) + "\n"


def _lines(source: Source, rows: Sequence[Claim]) -> Iterator[str]:
    for entry in entries(source, rows):
        rests = entry["rests on"] + (f": {entry['source']}" if entry["source"] else "")
        rests += f" (line {entry['source line']})" if entry["source line"] not in (0, entry["line"]) else ""
        said = ", ".join(filter(None, (entry["by"], entry["at"], entry["note"])))
        yield f"{entry['id']}  {entry['status']:<8} line {entry['line']}, {entry['kind']}" + (f"  ({said})" if said else "")
        yield f"    {entry['sentence'][:300]}"
        yield f"    rests on {rests}" + (f", {entry['sure']}" if entry["sure"] not in ("", "sure") else "")
    counts = {status: sum(row.status == status for row in rows) for status in ("open", "checked", "declined")}
    yield f"{count(len(rows), 'claim')}: {', '.join(f'{number} {status}' for status, number in counts.items())}."


def as_csv(source: Source, rows: Sequence[Claim]) -> str:
    """A table for a spreadsheet, with a heading; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    import csv
    import io

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in entries(source, rows):
        table.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in entry.values()]
        )
    return out.getvalue()


def as_json(source: Source, rows: Sequence[Claim]) -> str:
    """An object with the path and the rows."""
    import json

    return json.dumps({"path": source.path, "claims": entries(source, rows)}, ensure_ascii=False, indent=2) + "\n"


def as_html(source: Source, rows: Sequence[Claim]) -> str:
    """A page to print, with room for who checked what."""
    from html import escape

    head = "".join(f"<th scope=col>{escape(column)}</th>" for column in COLUMNS)
    body = "\n".join(
        "<tr>" + "".join(f"<td dir=auto>{escape(str(cell)) if cell != 0 else ''}</td>" for cell in entry.values()) + "</tr>"
        for entry in entries(source, rows)
    )
    style = "body{font:14px/1.4 sans-serif}table{border-collapse:collapse}"
    style += "td,th{border:1px solid #bbb;padding:4px 6px;vertical-align:top;text-align:left}"
    title = escape(f"Claims in {source.path}")
    return (
        f"<!doctype html>\n<html lang=en><meta charset=utf-8><title>{title}</title><style>{style}</style>\n<h1>{title}</h1>\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n</html>\n"
    )


WRITERS: Mapping[str, Callable[[Source, Sequence[Claim]], str]] = {"text": as_text, "csv": as_csv, "json": as_json, "html": as_html}
