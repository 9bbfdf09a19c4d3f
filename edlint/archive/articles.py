"""The articles in files: single drafts, JSON Lines, CSV, Parquet, WARC, and WordPress exports.

Articles are read one after another, and never more of one than a draft may have: an archive of any size fits into the same memory.
What cannot be read is an article with a `problem`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from typing import IO, NamedTuple, cast

from edlint.archive.sources import Portion, system_of
from edlint.formats import format_of
from edlint.reading import too_large

_FIELDS = {  # what a field of a row holds → names by which it is known, the first that a row has
    "id": ("id", "doc_id", "uuid", "url", "link", "path", "slug"),
    "text": ("text", "body", "content", "html", "article", "maintext"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "pubdate", "publish_date", "datetime", "created", "created_at"),
    "section": ("section", "category", "desk", "rubric", "channel"),
    "format": ("format",),
}
FIELDS = tuple(_FIELDS)
_ID, _SECTION = 2000, 200  # characters that are kept
_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])(?!\d)|(?<!\d)((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?\d\d(?!\d)", re.ASCII
)
_HTML = re.compile(r"\s*<(?:!doctype|html|body|article|section|div|p|h[1-6]|figure|ul|ol|blockquote|img)\b", re.IGNORECASE)
_PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "plain"}
_ITEM_FIELD = "<{0}[^>]*>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</{0}>"


class Article(NamedTuple):
    """One article: its text, or the bytes of its file; the name of its format ("": its id tells); a month such as "2024-05", a section.

    `problem` says why there is no text.
    """

    doc_id: str
    text: str | bytes | None
    format: str = ""
    month: str = ""
    section: str = ""
    problem: str = ""


class Reading(NamedTuple):
    """How to read: the largest article in bytes, a format for all rows ("": theirs), and which field holds what (see FIELDS)."""

    most: int = 25_000_000
    format: str = ""
    fields: Mapping[str, str] = {}


def read(portion: Portion, reading: Reading) -> Iterator[Article]:
    """The articles of a portion. Never raises for what stands in a file: that is a `problem`."""
    for path in portion.paths:
        try:
            for article in _READERS[portion.kind](path, portion, reading):
                yield article._replace(doc_id=article.doc_id[:_ID], section=article.section[:_SECTION], format=article.format[:_SECTION])
        except Exception as problem:  # whatever a library makes of a damaged file
            yield Article(path, None, problem=f"{path}: cannot be read beyond this point: {problem or type(problem).__name__}")


def _open(path: str) -> IO[bytes]:
    system, inner, _ = system_of(path)
    stream = system.open_input_stream(inner, compression=None)
    return cast(IO[bytes], gzip.GzipFile(fileobj=stream) if path.endswith(".gz") else io.BufferedReader(stream, 1 << 20))


def _drafts(path: str, portion: Portion, reading: Reading) -> Iterator[Article]:
    with _open(path) as file:
        data = file.read(reading.most + 1)
    inner = path.removeprefix(portion.root).lstrip("/")
    section = next((folder for folder in inner.split("/")[:-1] if any(map(str.isalpha, folder))), "")
    if len(data) > reading.most:
        yield Article(path, None, "", month_of(inner), section, too_large(path, reading.most))
    else:
        yield Article(path, data, reading.format, month_of(inner), section)


def _lines(path: str, portion: Portion, reading: Reading) -> Iterator[Article]:
    with _open(path) as file:
        number = 0
        while line := file.readline(reading.most + 1):
            number += 1
            name = f"{path}:{number}"
            if len(line) > reading.most:
                while line and not line.endswith(b"\n"):
                    line = file.readline(reading.most)
                yield Article(name, None, problem=too_large(name, reading.most))
                continue
            try:
                row = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError) as problem:
                yield Article(name, None, problem=f"{name}: not JSON: {problem}")
                continue
            if row is not None:
                yield _of_row(row if isinstance(row, dict) else {}, name, reading)


def _table(path: str, portion: Portion, reading: Reading) -> Iterator[Article]:
    csv.field_size_limit(reading.most)
    with _open(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
        lines = iter(lambda: text.readline(reading.most), "")
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t" if ".tsv" in path.lower() else ","), 2):
            yield _of_row(row, f"{path}:{number}", reading)


def _parquet(path: str, portion: Portion, reading: Reading) -> Iterator[Article]:
    from pyarrow.parquet import ParquetFile

    system, inner, _ = system_of(path)
    with system.open_input_file(inner) as stream:
        file = ParquetFile(stream)
        known = {*reading.fields.values(), *(name for names in _FIELDS.values() for name in names)}
        wanted = [name for name in file.schema_arrow.names if name in known or name.lower() in known]
        number = 0
        for batch in file.iter_batches(batch_size=64, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _of_row(row, f"{path}:{number}", reading)


def _of_row(row: Mapping[str, object], name: str, reading: Reading) -> Article:
    """The article in a row of a table; `name` is its id where it has none."""
    low = {str(key).lower(): key for key in row}
    found = {}
    for what, names in _FIELDS.items():
        key = reading.fields.get(what) or next((low[name] for name in names if name in low and row[low[name]] not in (None, "")), "")
        found[what] = row.get(key)
    text = found["text"]
    doc_id = str(found["id"] or name)
    month, section = month_of(str(found["date"] or "")), str(found["section"] or "")
    if not isinstance(text, str | bytes):
        wanted = reading.fields.get("text") or ", ".join(_FIELDS["text"])
        return Article(doc_id, None, "", month, section, f"{name}: no text in a field {wanted}")
    kind = reading.format or str(found["format"] or "") or ("html" if isinstance(text, str) and _HTML.match(text) else "")
    kind = kind or format_of(PurePosixPath(doc_id).suffix) or "plain"
    title = " ".join(str(found["title"] or "").split())
    if title and isinstance(text, str):
        text = {"html": f"<h1>{escape(title)}</h1>\n{text}", "markdown": f"# {title}\n\n{text}"}.get(kind, f"{title}\n\n{text}")
    return Article(doc_id, text, kind, month, section)


def _warc(path: str, portion: Portion, reading: Reading) -> Iterator[Article]:
    from warcio.archiveiterator import ArchiveIterator

    system, inner, _ = system_of(path)
    with system.open_input_stream(inner, compression=None) as stream:
        for record in ArchiveIterator(io.BufferedReader(stream, 1 << 20)):
            headers = record.http_headers
            kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
            is_text = _PAGES.get(kind.partition(";")[0].strip().lower())
            answered = record.rec_type == "response" and headers and headers.get_statuscode() == "200"
            good = answered or record.rec_type in ("conversion", "resource")
            if not good or not is_text:
                continue
            url, date = record.rec_headers.get_header("WARC-Target-URI") or "", record.rec_headers.get_header("WARC-Date") or ""
            data = record.content_stream().read(reading.most + 1)
            section = url.partition("://")[2].partition("/")[2].partition("/")
            told = month_of(date), section[0] if section[1] else ""
            large = too_large(url, reading.most) if len(data) > reading.most else ""
            yield Article(url, None if large else data, is_text, *told, large)


def _posts(path: str, portion: Portion, reading: Reading) -> Iterator[Article]:
    """The posts of a WordPress export, each an item by itself: its lines count from `<item>`."""
    with _open(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="surrogateescape", newline="")
        held = text.read(1 << 20)
        if "wordpress.org/export/" not in held[:20_000]:
            yield Article(path, None, problem=f"{path}: XML, but not a WordPress export")
            return
        number = 0
        while held:
            start = held.find("<item>")
            end = held.find("</item>", max(start, 0))
            if start >= 0 and end >= 0:
                number += 1
                yield from _post(held[start : end + 7], f"{path}:{number}", reading)
                held = held[end + 7 :]
                continue
            held = held[start:] if start >= 0 else held[-6:]
            more = text.read(1 << 20)
            if len(held) > reading.most:
                number += 1
                yield Article(f"{path}:{number}", None, problem=too_large(f"{path}:{number}", reading.most))
                held = ""
            held = held + more if more else ""


def _post(item: str, name: str, reading: Reading) -> Iterator[Article]:
    def field(tag: str) -> str:
        found = re.search(_ITEM_FIELD.format(tag), item, re.DOTALL)
        return unescape(found[1]).strip() if found else ""

    if field("wp:post_type") in ("post", "page", "") and field("wp:status") not in ("trash", "auto-draft", "inherit"):
        yield Article(field("link") or name, item, "wxr", month_of(field("wp:post_date") or field("pubDate")), field("category"))


def month_of(text: str) -> str:
    """The first month in a date or a path, as "2024-05"; "" without one."""
    found = _MONTH.search(text)
    return f"{found[1] or found[3]}-{found[2] or found[4]}" if found else ""


_READERS = {"drafts": _drafts, "lines": _lines, "table": _table, "parquet": _parquet, "warc": _warc, "posts": _posts}
