"""Fixes in Word files: the text changes, and no byte of any other part; what goes beyond text is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import manuscripts as ms
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

import edlint.cli
from edlint.errors import SourceError
from edlint.formats import open_source
from edlint.model.source import Container, Source
from edlint.text.span import Span, edited

DOCUMENT = "word/document.xml"


def container(source: Source) -> Container:
    assert source.container is not None
    return source.container


def texts(data: bytes) -> list[str]:
    import io

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("make", [ms.plain_runs, ms.word_by_word, ms.tracked, ms.discussed, ms.google], ids=lambda make: make.__name__)
def test_every_other_part_keeps_its_bytes(make: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.docx"
    before = make()
    draft.write_bytes(before)
    edlint.cli.run([str(draft), "--isolated", "--no-cache", "--select", "Captions,Grammar.Doubled", "--fix", "--unsafe-fixes"])
    assert "Fixed 3 findings" in capsys.readouterr().out
    old, new = ms.parts(before), ms.parts(draft.read_bytes())
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == [DOCUMENT]
    assert sum("The old bridge" in text for text in texts(draft.read_bytes())) == 1
    assert "the the" not in " ".join(texts(draft.read_bytes())).lower()
    assert [f.rule for f in ms.lint(draft.read_bytes(), "draft.docx").findings if f.rule in ("Captions.Repeated", "Grammar.Doubled")] == []


def test_formatting_around_an_edit_stays() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Buses stop at ")
    paragraph.add_run("the the").bold = True
    paragraph.add_run(" market square & <instead>.").italic = True
    result = ms.fixed(ms.saved(document), "draft.docx")
    import io

    assert result.source is not None
    after = docx.Document(io.BytesIO(container(result.source).data)).paragraphs[0]
    assert [(run.text, run.bold, run.italic) for run in after.runs] == [
        ("Buses stop at ", None, None), ("the", True, None), (" market square & <instead>.", None, True),
    ]  # fmt: skip


def test_a_draft_from_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    import subprocess
    import sys

    options = ["--stdin-filename", "draft.docx", "--fix", "--select", "Captions", "--isolated", "--no-cache"]
    done = subprocess.run(
        [sys.executable, "-m", "edlint", "-", *options], input=ms.plain_runs(), capture_output=True, check=False, timeout=60
    )
    assert len(texts(done.stdout)) == len(ms.ARTICLE) - 1


def test_the_diff_is_that_of_the_text(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(ms.plain_runs())
    assert edlint.cli.run([str(draft), "--isolated", "--no-cache", "--select", "Captions", "--diff"]) == 1
    assert b"\n-The old bridge at dawn" in capfdbinary.readouterr().out
    assert draft.read_bytes() == draft.read_bytes()


def source_of(inner: str, before: str = "Before.") -> Source:
    document = docx.Document()
    document.add_paragraph(before)
    document.element.body.insert(1, parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>"))
    document.add_paragraph("After.")
    return open_source(ms.saved(document), "draft.docx")


RUN = "<w:r><w:t>One two.</w:t></w:r>"
KEPT = {
    "a picture": "<w:r><w:pict/></w:r>",
    "a footnote": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "the end of a comment": '<w:commentRangeEnd w:id="1"/>',
    "half a bookmark": '<w:bookmarkStart w:id="1" w:name="x"/>',
    "half a field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    "a section": "",
}


@pytest.mark.parametrize("inner", KEPT.values(), ids=KEPT)
def test_a_paragraph_that_holds_more_than_text_is_not_deleted(inner: str) -> None:
    section = "<w:pPr><w:sectPr/></w:pPr>" if not inner else ""
    source = source_of(section + RUN + inner)
    whole = Span(8, 17)
    assert source.text[slice(*whole)] == "One two.\n"
    assert not container(source).allows([(whole, "")])
    with pytest.raises(SourceError, match="goes beyond the text"):
        container(source).edited([(whole, "")])
    assert container(source_of(RUN)).edited([(whole, "")]).text == "Before.\nAfter."


def test_breaks_tabs_and_results_of_fields_are_not_edited() -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    field = f"{begin}{middle}<w:r><w:t>x y</w:t></w:r>{end}"
    source = source_of(f"<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>{field}")
    at = source.text.index("a\tb c")
    for first, last in ((0, 2), (1, 2), (2, 4), (5, 6), (4, 7)):
        assert not container(source).allows([(Span(at + first, at + last), "z")])
    assert container(source).edited([(Span(at, at + 1), "z")]).text == source.text.replace("a\tb", "z\tb")


@pytest.mark.parametrize("new", ["two\nlines", "a\ttab", "\x00", "\x0b", "\ud800"])
def test_what_a_run_cannot_hold_is_not_written(new: str) -> None:
    source = source_of(RUN)
    assert not container(source).allows([(Span(8, 11), new)])


def test_a_note_and_a_part_in_another_encoding() -> None:
    data = ms.plain_runs()
    utf16 = ms.parts(data)[DOCUMENT].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    source = open_source(ms.rezipped(data, {DOCUMENT: utf16}), "draft.docx")
    assert source.text == open_source(data, "draft.docx").text
    assert not container(source).allows([(Span(0, 3), "One")])


@settings(max_examples=60)
@given(st.data())
def test_an_edit_is_made_as_planned_or_refused(data: st.DataObject) -> None:
    source = PIECES
    cuts = sorted(data.draw(st.lists(st.integers(0, len(source.text)), min_size=2, max_size=6, unique=True)))
    edits = [
        (Span(start, end), data.draw(st.sampled_from(["", "new", " & <new> ", "é—“", "\n"])))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    if container(source).allows(edits):
        after = container(source).edited(edits)
        assert after.text == edited(source.text, edits)
        old, new = ms.parts(container(source).data), ms.parts(container(after).data)
        assert [name for name in old if old[name] != new[name]] in ([], [DOCUMENT])


def _pieces() -> Source:
    document = docx.Document()
    for number in range(4):
        paragraph = document.add_paragraph()
        for word in ("One", " ", "two", "\t", "th", "ree", " four", "\n", "five."):
            paragraph.add_run(word).bold = number % 2 == 0
    document.add_table(1, 1).cell(0, 0).text = "In a cell."
    return open_source(ms.saved(document), "draft.docx")


PIECES = _pieces()
