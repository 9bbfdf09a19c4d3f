"""Sources: every kind of archive gives its articles, and what is damaged gives a problem, not an end."""

from __future__ import annotations

import datetime
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from components import library

from edlint.archive.articles import Article, Reading, month_of, read
from edlint.archive.sources import portions
from edlint.errors import UsageError

library("archive", "pyarrow")

EXPORT = """<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>A &amp; B</title><link>http://w/1</link><category domain="category" nicename="n"><![CDATA[News]]></category>
<wp:post_date>2019-02-03 11:00</wp:post_date><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[Critics say so.]]></content:encoded></item>
<item><title>Gone</title><wp:post_type>post</wp:post_type><wp:status>trash</wp:status></item>
<item><title>A picture</title><wp:post_type>attachment</wp:post_type></item>
<item><title>About</title><wp:post_type>page</wp:post_type></item>
</channel></rss>"""


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def articles(*sources: str, reading: Reading | None = None) -> list[Article]:
    return [article for portion in portions(sources) for article in read(portion, reading or Reading())]


def told(found: Sequence[Article]) -> list[tuple[str, ...]]:
    return [(a.doc_id, str(a.text), a.format, a.month, a.section) for a in found]


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {"id": "x", "body": "Critics say.", "date": "2023-07-01T10:00", "section": "news", "more": [1]},
        {"url": "https://p.org/a.md", "Title": "A\n title", "text": "So."},
        {"title": "T & U", "content": "<p>Hi"},
        {"text": 3},
    ]
    data = "\n".join([*map(json.dumps, rows), "", "{bad", "[1]", "[" * 100_000])
    with gzip.open("a.jsonl.gz", "wt") as file:
        file.write(data)
    found = articles("a.jsonl.gz")
    assert told(found[:3]) == [
        ("x", "Critics say.", "plain", "2023-07", "news"),
        ("https://p.org/a.md", "# A title\n\nSo.", "markdown", "", ""),
        ("a.jsonl.gz:3", "<h1>T &amp; U</h1>\n<p>Hi", "html", "", ""),
    ]
    assert [a.doc_id for a in found[3:]] == [f"a.jsonl.gz:{n}" for n in (4, 6, 7, 8)]
    assert all(a.text is None for a in found[3:])
    assert "no text in a field text" in found[3].problem
    assert "not JSON" in found[4].problem


def test_fields_and_a_format_that_are_told() -> None:
    Path("a.jsonl").write_text('{"id": 7, "story": "*So.*", "text": "not this"}\n', "utf-8")
    reading = Reading(format="markdown", fields={"text": "story", "section": "id"})
    assert told(articles("a.jsonl", reading=reading)) == [("7", "*So.*", "markdown", "", "7")]


def test_only_texts_may_be_long() -> None:
    row = {"id": "x" * 9000, "section": "y" * 9000, "format": "z" * 9000, "text": "So."}
    Path("a.jsonl").write_text(json.dumps(row), "utf-8")
    (found,) = articles("a.jsonl")
    assert [len(found.doc_id), len(found.section), len(found.format)] == [2000, 200, 200]


def test_a_line_that_is_too_large_is_passed_over() -> None:
    Path("a.jsonl").write_text('{"text": "a"}\n' + "x" * 500 + '\n{"text": "b"}', "utf-8")
    found = articles("a.jsonl", reading=Reading(most=100))
    assert [a.text for a in found] == ["a", None, "b"]
    assert "larger than" in found[1].problem


def test_csv() -> None:
    Path("a.csv").write_bytes(b'\xef\xbb\xbfid,text,published\n1,"Hello, all\nof you",2020-01-03\n2,,\n3,caf\xe9,\n')
    Path("b.tsv").write_text("id\ttext\n1\tHello\n", "utf-8")
    found = articles("a.csv", "b.tsv")
    assert told(found[:1]) == [("1", "Hello, all\nof you", "plain", "2020-01", "")]
    assert found[1].text is None
    assert found[2].text == "caf\udce9"
    assert found[3].text == "Hello"


def test_parquet() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"url": ["http://a"], "Text": ["hello"], "date": [datetime.datetime(2021, 3, 4)], "picture": [b"\x00"]})
    pq.write_table(table, "a.parquet")
    assert told(articles("a.parquet")) == [("http://a", "hello", "plain", "2021-03", "")]


def record(url: str, status: str, kind: str, data: bytes) -> bytes:
    """A record of a page, as crawlers write it."""
    page = f"HTTP/1.0 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + data
    head = ["WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {url}", "WARC-Date: 2022-05-06T00:00:00Z"]
    head += [f"WARC-Record-ID: <urn:{len(url)}>", "Content-Type: application/http; msgtype=response"]
    lines = (*head, f"Content-Length: {len(page)}", "", "")
    return "\r\n".join(lines).encode() + page + b"\r\n\r\n"


def test_warc() -> None:
    records = (
        ("http://x.org/news/1.html", "200 OK", "text/html; charset=utf-8", b"<p>Critics say."),
        ("http://x.org/gone.html", "404 Not Found", "text/html", b"<p>Gone."),
        ("http://x.org/a.png", "200 OK", "image/png", b"\x89PNG"),
        ("http://x.org/large.txt", "200 OK", "text/plain", b"a" * 200),
    )
    Path("a.warc.gz").write_bytes(b"".join(gzip.compress(record(*parts)) for parts in records))
    found = articles("a.warc.gz", reading=Reading(most=100))
    assert told(found[:1]) == [("http://x.org/news/1.html", "b'<p>Critics say.'", "html", "2022-05", "news")]
    assert [(a.doc_id, a.text) for a in found[1:]] == [("http://x.org/large.txt", None)]


def test_a_wordpress_export() -> None:
    Path("a.xml").write_text(EXPORT, "utf-8")
    Path("b.xml").write_text("<feed/>", "utf-8")
    first, second, other = articles("a.xml", "b.xml")
    assert (first.doc_id, first.format, first.month, first.section) == ("http://w/1", "wxr", "2019-02", "News")
    assert str(first.text).startswith("<item><title>A &amp; B")
    assert second.doc_id == "a.xml:4"
    assert "not a WordPress export" in other.problem


@pytest.mark.parametrize("name", ["a.warc.gz", "a.jsonl.gz", "a.parquet", "a.csv.gz"])
def test_a_damaged_file_is_a_problem(name: str) -> None:
    Path(name).write_bytes(b"\x1f\x8bbroken" * 9)
    (found,) = articles(name)
    assert found.text is None
    assert found.problem.startswith(name)


def test_folders_globs_and_addresses(tmp_path: Path) -> None:
    for name in ("2024/05/a.md", "sport/b.txt", "sport/c.png", "sport/.d.md", "e.jsonl", ".git/f.md"):
        path = Path("drafts") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"text": "x"}', "utf-8")
    assert [(a.doc_id, a.month, a.section) for a in articles("drafts")] == [
        ("drafts/e.jsonl:1", "", ""),
        ("drafts/2024/05/a.md", "2024-05", ""),
        ("drafts/sport/b.txt", "", "sport"),
    ]
    assert [a.doc_id for a in articles("drafts/*/*.txt")] == ["drafts/sport/b.txt"]
    assert [a.doc_id for a in articles(f"file://{tmp_path}/drafts/sport")] == [f"file://{tmp_path}/drafts/sport/b.txt"]
    assert [a.doc_id for a in articles("drafts/sport/c.png")] == ["drafts/sport/c.png"]


@pytest.mark.parametrize("source", ["nowhere", "*.md", "nowhere://a/b", "file:///nowhere"])
def test_a_source_without_articles_is_an_error(source: str) -> None:
    with pytest.raises(UsageError, match=r"nowhere|\*\.md"):
        articles(source)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2024-05-03", "2024-05"),
        ("drafts/2024/05/a.md", "2024-05"),
        ("20240503", "2024-05"),
        ("2024-13-01", ""),
        ("id-12024055", ""),
        ("", ""),
        ("1815-06-18", ""),
    ],
)
def test_the_month_of_a_date_or_a_path(text: str, month: str) -> None:
    assert month_of(text) == month


def test_months_are_in_plain_digits() -> None:
    assert month_of("20\u0662\u0664-05") == ""
    assert month_of("2024-05-\u0661\u0662") == "2024-05"
