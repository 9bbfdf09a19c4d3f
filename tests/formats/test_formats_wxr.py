"""A WordPress export: many drafts in a file, each judged by itself, with places in the file."""

from __future__ import annotations

import time
from pathlib import Path

import manuscripts as ms
import pytest

import edlint.cli
from edlint.formats import read_all
from edlint.formats.wxr import is_export
from edlint.linter import Linter
from edlint.model.source import Source

HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>Site</title>\n'
SENTENCE = "The old bridge at dawn, as seen from the north bank of the river on Monday."


def item(title: str, content: str, kind: str = "post", status: str = "publish") -> str:
    return (
        f"<item><title><![CDATA[{title}]]></title><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_type><![CDATA[{kind}]]></wp:post_type><wp:status>{status}</wp:status></item>\n"
    )


def export(*items: str) -> str:
    return HEAD + "".join(items) + "</channel></rss>\n"


def test_each_post_is_a_draft_of_its_own() -> None:
    text = export(item("One &amp; only", f"<p>{SENTENCE}</p>"), item("Two", f"{SENTENCE}\n\nA second paragraph &amp; more."))
    documents = read_all(Source("site.xml", text), "")
    assert [[(b.kind, b.text) for b in document.blocks] for document in documents] == [
        [("title", "One & only"), ("paragraph", SENTENCE)],
        [("title", "Two"), ("paragraph", SENTENCE), ("paragraph", "A second paragraph & more.")],
    ]
    assert [document.part for document in documents] == ["post “One &amp; only”", "post “Two”"]
    assert [f.rule for f in ms.linter().lint_text(text, "site.xml").findings] == []  # what stands in two posts is no repeat


def test_a_repeat_within_a_post_is_one_with_its_place_in_the_file() -> None:
    text = export(
        item("One", "<p>First.</p>"),
        item("Two", f"<p>{SENTENCE}</p>\n<p>Between the copies, some words of another kind.</p>\n<p>{SENTENCE}</p>"),
    )
    (finding,) = ms.linter().lint_text(text, "site.xml").findings
    assert (finding.rule, finding.where) == ("Captions.Repeated", "post “Two”")
    assert text[slice(*finding.span)] == SENTENCE
    assert finding.span.start == text.rindex(SENTENCE)


def test_what_is_no_post_is_not_read() -> None:
    doubled = "They met at the the market."
    odd = [item("A", doubled, "attachment"), item("B", doubled, "nav_menu_item"), item("C", doubled, "post", "trash"), item("D", "")]
    assert ms.linter().lint_text(export(*odd, item("E", "All is well here.")), "site.xml").findings == ()


def test_directives_hold_for_their_post_only() -> None:
    doubled = "<p>They met at the the market.</p>"
    text = export(item("One", f"<!-- edlint-disable Grammar: quoted -->\n{doubled}"), item("Two", doubled))
    result = Linter(select=("Grammar.Doubled",)).lint_text(text, "site.xml")
    assert (len(result.findings), len(result.suppressed)) == (1, 1)
    assert result.findings[0].where == "post “Two”"


def test_fixes_change_the_export_at_their_place(tmp_path: Path) -> None:
    draft = tmp_path / "site.xml"
    draft.write_text(export(item("One", "<p>They met at the the market.</p>"), item("Two", "Fine &amp; well.")), encoding="utf-8")
    options = ["--fix", "--unsafe-fixes", "--isolated", "--no-cache", "--select", "Grammar.Doubled"]
    assert edlint.cli.run([str(draft), *options]) == 0
    assert draft.read_text("utf-8") == export(item("One", "<p>They met at the market.</p>"), item("Two", "Fine &amp; well."))


@pytest.mark.parametrize(("path", "text", "found"), [("a.xml", export(), True), ("a.xml", "<rss/>", False), ("a.html", export(), False)])
def test_an_export_is_known_by_what_it_says(path: str, text: str, found: bool) -> None:
    assert is_export(Source(path, text)) is found


@pytest.mark.parametrize(
    "piece", ["<item>", "</item>", "<item><title>", "<item><content:encoded><![CDATA[\n\n", item("A", "<p>b</p>\n\nc")]
)
def test_any_length_of_anything_takes_little_time(piece: str) -> None:
    began = time.perf_counter()
    read_all(Source("a.xml", HEAD + piece * (300_000 // len(piece))), "")
    assert time.perf_counter() - began < 10
