"""OpenDocument texts: what their paragraphs are, findings as in the same text, comments and fixes."""

from __future__ import annotations

from pathlib import Path

import manuscripts as ms
import pytest

from edlint.errors import SourceError
from edlint.formats import open_source, read
from edlint.model.document import Document
from edlint.model.source import Remark

NAMES = {
    "office": "office", "text": "text", "table": "table", "style": "style",
    "draw": "drawing", "svg": "svg-compatible", "fo": "xsl-fo-compatible",
}  # fmt: skip
SPACES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in NAMES.items())
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
STYLES = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties fo:language="de" fo:country="DE"/></style:style>'
)


def odt(body: str, **parts: bytes) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return ms.rezipped(
        b"PK\x05\x06" + bytes(18), {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode(), **parts}
    )


def parsed(body: str) -> Document:
    return read(open_source(odt(body), "draft.odt"), "odt")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The article as pandoc and LibreOffice write it; LibreOffice starts once."""
    folder = tmp_path_factory.mktemp("converted")
    made = {"pandoc": ms.pandoc(folder, ms.markdown(), "markdown", "pandoc.odt").read_bytes()}
    for make in (ms.plain_runs, ms.word_by_word, ms.tracked):
        (folder / f"{make.__name__}.docx").write_bytes(make())
    ms.soffice(folder, "odt", *folder.glob("*.docx"), out=folder / "out")
    return made | {path.stem: path.read_bytes() for path in sorted((folder / "out").glob("*.odt"))}


def test_files_of_pandoc_and_libreoffice_have_the_findings_of_their_text(converted: dict[str, bytes]) -> None:
    expected = ms.found(ms.lint(ms.TEXT.encode(), "draft.txt"))
    assert len(converted) == 4
    for name, data in converted.items():
        assert ms.found(ms.lint(data, f"{name}.odt")) == expected, name


def test_fixes_change_the_text_and_no_other_part(converted: dict[str, bytes]) -> None:
    for name, data in converted.items():
        after = ms.fixed(data, f"{name}.odt")
        assert after.source is not None and after.source.container is not None
        assert {f.rule for f in after.fixed} >= {"Grammar.Doubled"}, name
        old, new = ms.parts(data), ms.parts(after.source.container.data)
        assert list(old) == list(new)
        assert [part for part in old if old[part] != new[part]] == ["content.xml"]


def test_comments_are_written_at_their_words_and_read_back(converted: dict[str, bytes]) -> None:
    for name, data in converted.items():
        source = ms.lint(data, f"{name}.odt").source
        assert source is not None and source.container is not None
        spans = [finding.span for finding in ms.lint(data, f"{name}.odt").findings]
        made, added = source.container.annotated(
            [Remark(span, f"A remark & more: {number}\nIn two lines") for number, span in enumerate(spans)]
        )
        assert added == len(spans) == 5
        again = open_source(made, f"{name}.odt")
        assert again.text == source.text
        said = [item for item in again.container.said if item.author == "edlint"]  # type: ignore[union-attr]
        assert [(item.text, item.at) for item in said] == [
            (f"A remark & more: {n}\nIn two lines", span.start) for n, span in enumerate(spans)
        ]


def test_white_space_tabs_and_breaks() -> None:
    document = parsed('<text:p> One\n  two <text:s text:c="2"/>three<text:tab/>four<text:line-break/>five &amp; six</text:p>')
    assert document.source.text == "One two   three\tfour five & six"
    assert document.blocks[0].text == "One two   three\tfour\nfive & six"


def test_what_is_deleted_hidden_or_made_by_the_program_is_not_read() -> None:
    region = "<text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region>"
    gone = f"<text:tracked-changes>{region}</text:tracked-changes>"
    index = "<text:table-of-content><text:index-body><text:p>A heading 1</text:p></text:index-body></text:table-of-content>"
    document = parsed(
        gone
        + index
        + '<text:h text:outline-level="2">A heading</text:h><text:p>Shown<text:span text:style-name="T2"> hidden</text:span>.</text:p>'
    )
    assert [(block.kind, block.text) for block in document.blocks] == [("heading", "A heading"), ("paragraph", "Shown.")]


def test_marks_notes_pictures_and_boxes() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A source.</text:p></text:note-body></text:note>"
    frame = "<draw:frame><draw:image/><svg:title>x</svg:title><svg:desc>A bridge</svg:desc></draw:frame>"
    box = "<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame>"
    document = parsed(
        '<text:p>See <text:a xlink:href="https://x.example/">the <text:span text:style-name="T1">study</text:span></text:a>'
        f"{note} now.{frame}{box}</text:p>"
        '<text:p text:style-name="P1">A quotation.</text:p><text:list><text:list-item><text:p>An item</text:p></text:list-item></text:list>'
        '<text:p><text:span text:style-name="T3">Der Rat tagte.</text:span></text:p>'
    )
    assert [(b.kind, b.text, b.within, b.language) for b in document.blocks] == [
        ("paragraph", "See the study now.", (), ""), ("alt", "A bridge", (), ""), ("paragraph", "In the box.", ("aside",), ""),
        ("quote", "A quotation.", ("quote",), ""), ("list", "An item", ("list",), ""), ("paragraph", "Der Rat tagte.", (), "de-DE"),
        ("paragraph", "A source.", ("note",), ""),
    ]  # fmt: skip
    text = document.blocks[0].text
    assert [(m.kind, text[m.start : m.end]) for m in document.blocks[0].marks] == [
        ("link", "the study"),
        ("strong", "study"),
        ("note", ""),
        ("image", ""),
    ]


def test_a_directive_in_a_comment_silences() -> None:
    said = "edlint-disable-line Claims.VagueSource: named below"
    comment = f"<office:annotation><dc:creator>Ana</dc:creator><text:p>{said}</text:p></office:annotation>"
    result = ms.lint(odt(f"<text:p>The council met, and {comment}critics say that the plan has failed.</text:p>"), "draft.odt")
    assert [(s.finding.rule, s.reason) for s in result.suppressed] == [("Claims.VagueSource", "named below")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ms.plain_runs(), "no OpenDocument text"),
        (odt("", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "encrypted"),
        (odt("<text:p>"), "mismatched tag"),
        (odt("<text:section>" * 1000 + "</text:section>" * 1000), "nested more than"),
    ],
)
def test_what_cannot_be_read_is_a_clear_error(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        open_source(data, "draft.odt")


def test_the_command_fixes_a_file(tmp_path: Path) -> None:
    import edlint.cli

    draft = tmp_path / "draft.odt"
    draft.write_bytes(odt("<text:p>They met at the the market &amp; talked.</text:p>"))
    options = ["--fix", "--unsafe-fixes", "--isolated", "--no-cache", "--select", "Grammar.Doubled"]
    assert edlint.cli.run([str(draft), *options]) == 0
    assert open_source(draft.read_bytes(), "draft.odt").text == "They met at the market & talked."
