"""Pages that a word processor writes, and what is pasted from one."""

from __future__ import annotations

import manuscripts as ms

from edlint.formats import read
from edlint.model.document import Document
from edlint.model.source import Source


def parsed(html: str) -> Document:
    return read(Source("draft.html", html), "html")


def by_block(text: str, path: str) -> set[tuple[str, str, str]]:
    """The findings of a draft, each by its rule, its words, and the text of the block it is in."""
    result = ms.linter().lint_text(text, path)
    assert result.source is not None
    document = read(result.source, "html" if path.endswith("html") else "plain")
    return {(f.rule, " ".join(f.match.split()), document.blocks[document.block_at(f.span.start)].text) for f in result.findings}


def test_a_page_of_google_docs_has_the_findings_of_its_text() -> None:
    assert "\n" not in ms.google_html()
    assert by_block(ms.google_html(), "draft.html") == by_block(ms.TEXT, "draft.txt")


def test_on_one_long_line_a_place_is_a_paragraph() -> None:
    findings = ms.linter().lint_text(ms.google_html(), "draft.html").findings
    assert {f.rule: f.where for f in findings}["Claims.VagueSource"] == "paragraph 3, “Critics say the plan was doomed…”"
    assert "Repeats paragraph 6 word for word (16 words)." in [f.message for f in findings]


def test_where_lines_tell_the_place_nothing_is_said_of_paragraphs() -> None:
    findings = ms.linter().lint_text(ms.html(), "draft.html").findings
    assert len(findings) == 5
    assert {f.where for f in findings} == {""}


def test_titles_standfirsts_and_notes_of_a_word_processor() -> None:
    document = parsed(
        '<p class="c1 title"><span>A Headline</span></p><p class="subtitle c2">A standfirst</p>'
        '<p class="MsoTitle">Another</p><p class="no-title">Words.</p>'
        '<p><a href="#ftnt_ref1">[1]</a> A note.</p><p><a href="#_ftnref2">[2]</a> Of Word.</p><p><a href="#top">Up</a> we go.</p>'
    )
    assert [(block.kind, block.level, block.within) for block in document.blocks] == [
        ("title", 1, ()), ("heading", 2, ()), ("heading", 1, ()), ("paragraph", 0, ()),
        ("paragraph", 0, ("note",)), ("paragraph", 0, ("note",)), ("paragraph", 0, ()),
    ]  # fmt: skip


def test_the_frame_around_what_is_pasted_is_not_bold() -> None:
    pasted = '<b style="font-weight:normal;" id="docs-internal-guid-1">Critics <b>say</b> so.</b>'
    assert [(m.kind, m.start, m.end) for m in parsed(pasted).blocks[0].marks] == [("strong", 8, 11)]
