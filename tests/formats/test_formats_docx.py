"""Word files: what their paragraphs are, and that edlint says of them what it says of the same text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import manuscripts as ms
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from edlint.formats import open_source, read
from edlint.formats.wordstyles import STRICT, TRANSITIONAL
from edlint.model.document import Document

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MADE_HERE = (ms.plain_runs, ms.word_by_word, ms.unstyled, ms.tracked, ms.discussed, ms.google)


def parsed(data: bytes) -> Document:
    source = open_source(data, "draft.docx")
    document = read(source, "docx")
    for block in document.blocks:
        if block.kind != "code":
            assert source.text[slice(*block.whole)].replace(" ", "\n") == block.text.replace(" ", "\n")
    return document


def of(*bodies: str) -> bytes:
    """A document whose body holds these elements."""
    document = docx.Document()
    for body in bodies:
        end = next(at for at, char in enumerate(body) if char in " />" and at)
        document.element.body.insert(len(document.element.body) - 1, parse_xml(f"{body[:end]} {nsdecls('w', 'r')}{body[end:]}"))
    return ms.saved(document)


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def r(text: str, props: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


@pytest.mark.parametrize("make", MADE_HERE, ids=lambda make: make.__name__)
def test_a_word_file_has_the_findings_of_its_text_at_its_paragraphs(make: Any) -> None:
    expected = ms.found(ms.lint(ms.TEXT.encode(), "draft.txt"))
    assert len(expected) == 5
    assert ms.found(ms.lint(make(), "draft.docx")) == expected


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The article as pandoc and LibreOffice write it, from each other's files too; LibreOffice starts once."""
    folder = tmp_path_factory.mktemp("converted")
    from_markdown = ms.pandoc(folder, ms.markdown(), "markdown", "markdown.docx")
    from_html = ms.pandoc(folder, ms.html(), "html", "html.docx")
    odt = ms.pandoc(folder, ms.markdown(), "markdown", "pandoc.odt")
    (folder / "word.docx").write_bytes(ms.plain_runs())
    (folder / "google.docx").write_bytes(ms.google())
    out = folder / "out"
    ms.soffice(folder, "docx:MS Word 2007 XML", odt, *(folder / name for name in ("word.docx", "google.docx", "html.docx")), out=out)
    made = {f"libreoffice-{path.stem}": path.read_bytes() for path in sorted(out.glob("*.docx"))}
    return {"pandoc-markdown": from_markdown.read_bytes(), "pandoc-html": from_html.read_bytes(), **made}


def test_files_of_pandoc_and_libreoffice_have_the_findings_of_their_text(converted: dict[str, bytes]) -> None:
    expected = ms.found(ms.lint(ms.TEXT.encode(), "draft.txt"))
    assert len(converted) == 6
    for name, data in converted.items():
        assert ms.found(ms.lint(data, f"{name}.docx")) == expected, name


def test_a_line_is_a_paragraph_and_messages_say_so() -> None:
    result = ms.lint(ms.plain_runs(), "draft.docx")
    assert result.source is not None
    assert result.source.text.split("\n") == [text for _, text in ms.ARTICLE]
    assert [f.message for f in result.findings if f.rule == "Captions.Repeated"] == ["Repeats paragraph 6 word for word (16 words)."]


def test_styles_say_what_a_paragraph_is() -> None:
    document = parsed(ms.plain_runs())
    assert [block.kind for block in document.blocks] == [kind for kind, _ in ms.ARTICLE]
    assert document.blocks[3].level == 1
    assert document.language == "en-US"


def test_without_styles_the_look_tells_title_and_headings() -> None:
    assert [block.kind for block in parsed(ms.unstyled()).blocks][:4] == ["title", "paragraph", "paragraph", "heading"]


def test_a_heading_of_the_first_level_is_the_title_where_there_is_no_other() -> None:
    document = docx.Document()
    document.add_heading("A headline of its own", 1)
    document.add_heading("A section", 1)
    document.add_paragraph("Words.")
    assert [(b.kind, b.level) for b in parsed(ms.saved(document)).blocks] == [("title", 1), ("heading", 1), ("paragraph", 0)]


def test_a_style_means_what_the_style_it_is_based_on_means() -> None:
    document = docx.Document()
    own = document.styles.add_style("House Crosshead", 1)
    own.base_style = document.styles["Heading 3"]
    own.base_style.base_style = own  # a circle ends somewhere
    document.add_paragraph("The house's own", style=own)
    document.add_paragraph("Words.")
    assert next((b.kind, b.level) for b in parsed(ms.saved(document)).blocks) == ("heading", 3)


def test_deleted_text_is_gone_and_inserted_text_counts() -> None:
    gone = "<w:del w:id='1' w:author='A'><w:r><w:delText>two</w:delText></w:r></w:del>"
    document = parsed(of(p(r("One ") + gone + f"<w:ins w:id='2' w:author='A'>{r('three')}</w:ins>")))
    assert document.source.text == "One three"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    joined = "<w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr>"
    document = parsed(of(p(joined + r("One ")), p(r("two.")), p(r("Three."))))
    assert [block.text for block in document.blocks] == ["One two.", "Three."]
    assert document.source.text == "One two.\nThree."


def test_earlier_formatting_under_change_tracking_means_nothing() -> None:
    changed = "<w:pPr><w:pPrChange w:id='1' w:author='A'><w:pPr><w:pStyle w:val='Title'/></w:pPr></w:pPrChange></w:pPr>"
    words = "Plain words stand here, and go on for long enough to be read as a sentence of a text."
    assert kinds(parsed(of(p(changed + r(words))))) == [("paragraph", words)]


def test_breaks_tabs_and_hyphens_are_read() -> None:
    document = parsed(of(p("<w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t></w:r>")))
    assert document.blocks[0].text == "One\ntwo\tthree-four"
    assert document.source.text == "One two\tthree-four"


def test_blanks_at_the_ends_of_a_text_count_only_where_they_are_preserved() -> None:
    assert parsed(of("<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space='preserve'> b\n</w:t></w:r></w:p>")).source.text == "a b "


def test_links_notes_and_fields_are_marks() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.example/" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("report")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = docx.Document()
    paragraph = document.add_paragraph("See the ")
    relation = document.part.relate_to("https://y.example/", f"{RELATIONS}/hyperlink", is_external=True)
    link, note = f'<w:hyperlink r:id="{relation}">{r("study")}</w:hyperlink>', '<w:r><w:footnoteReference w:id="7"/></w:r>'
    for child in parse_xml(f"<w:p {nsdecls('w', 'r')}>{link}{r(' and the ')}{field}{note}</w:p>"):
        paragraph._p.append(child)
    block = parsed(ms.saved(document)).blocks[0]
    assert block.text == "See the study and the report"
    assert [(m.kind, block.text[m.start : m.end], m.target) for m in block.marks] == [
        ("link", "study", "https://y.example/"), ("link", "report", "https://x.example/"), ("note", "", "7"),
    ]  # fmt: skip


def test_a_nested_field_in_an_instruction_is_not_shown() -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = begin + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + middle + r("7") + end
    assert parsed(of(p(r("a") + begin + inner + middle + r("b") + end + r("c")))).source.text == "abc"


def test_tables_text_boxes_and_pictures() -> None:
    picture = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="A bridge at dawn"/></w:pict></w:r>'
    inner = f"<w:txbxContent>{p(r('In the box.'))}</w:txbxContent>"
    box = f'<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml">{inner}</v:textbox></w:pict></w:r>'
    table = f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{p(r('Name'))}</w:tc></w:tr><w:tr><w:tc>{p(r('Ana'))}</w:tc></w:tr></w:tbl>"
    document = parsed(of(p(r("Before ") + box + r("and after.")), table, p(picture), p(r("The end."))))
    assert [(b.kind, b.text, b.within) for b in document.blocks] == [
        ("paragraph", "Before and after.", ()), ("paragraph", "In the box.", ("aside",)), ("table", "Name", ("table", "header")),
        ("table", "Ana", ("table",)), ("alt", "A bridge at dawn", ()), ("paragraph", "The end.", ()),
    ]  # fmt: skip
    assert document.source.text.split("\n")[-1] == "A bridge at dawn"


def test_what_a_fallback_repeats_is_read_once() -> None:
    box = f"<w:txbxContent>{p(r('In the box.'))}</w:txbxContent>"
    either = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<w:r><mc:AlternateContent xmlns:mc="{space}">{either}</mc:AlternateContent></w:r>'
    assert kinds(parsed(of(p(r("Before.") + both)))) == [("paragraph", "Before."), ("paragraph", "In the box.")]


def test_notes_stand_after_the_text() -> None:
    data = ms.rezipped(
        of(p(r("A claim.") + '<w:r><w:footnoteReference w:id="2"/></w:r>')),
        {
            "word/footnotes.xml": (
                f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1">{p(r("---"))}</w:footnote>'
                f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r("A source."))}</w:footnote></w:footnotes>'
            ).encode()
        },
    )
    relations = ms.parts(data)["word/_rels/document.xml.rels"]
    added = f'<Relationship Id="x1" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>'.encode()
    document = parsed(ms.rezipped(data, {"word/_rels/document.xml.rels": relations.replace(b"</Relationships>", added)}))
    assert [(b.text, b.within) for b in document.blocks] == [("A claim.", ()), ("A source.", ("note",))]


def test_the_language_of_a_paragraph_is_that_of_most_of_its_runs() -> None:
    german, english = '<w:lang w:val="de-DE"/>', '<w:lang w:val="en-GB"/>'
    document = parsed(of(p(r("Der Rat tagte am Montag. ", german) + r("So.", english)), p(r("Words."))))
    assert [block.language for block in document.blocks] == ["de-DE", ""]


def test_code_is_masked_and_a_code_style_is_code() -> None:
    document = docx.Document()
    document.styles.add_style("Source Code", 1)
    document.styles.add_style("Verbatim Char", 2)
    document.add_paragraph("let x = 1", style="Source Code")
    document.add_paragraph("Type ").add_run("make it", style="Verbatim Char")
    source = open_source(ms.saved(document), "draft.docx")
    assert kinds(read(source, "docx")) == [("code", "let x = 1"), ("paragraph", "Type *******")]


def test_a_comment_may_hold_a_directive() -> None:
    document = ms.styled()
    text = "edlint-disable-line Claims.VagueSource: two critics are named below"
    document.add_comment(document.paragraphs[2].runs, text=text, author="Ana", initials="A")
    result = ms.lint(ms.saved(document), "draft.docx")
    assert [(s.finding.rule, s.reason) for s in result.suppressed] == [("Claims.VagueSource", "two critics are named below")]


def test_a_text_under_the_name_of_a_word_file_is_read_as_text() -> None:
    assert ms.linter().lint_text(ms.TEXT, "draft.docx").findings


def test_strict_files_are_read() -> None:
    data = ms.parts(ms.plain_runs())
    strict = data["word/document.xml"].replace(TRANSITIONAL.encode(), STRICT.encode())
    assert parsed(ms.rezipped(ms.plain_runs(), {"word/document.xml": strict})).source.text == parsed(ms.plain_runs()).source.text


def test_the_command_reads_a_word_file_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import edlint.cli

    (tmp_path / "draft.docx").write_bytes(ms.plain_runs())
    assert edlint.cli.run([str(tmp_path), "--isolated", "--no-cache", "--select", "Captions", "-f", "concise"]) == 1
    assert "draft.docx:8:1" in capsys.readouterr().out
