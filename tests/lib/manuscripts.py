"""One article as the files that other programs make of it, to compare what edlint says of each with what it says of the text."""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import docx
from components import program
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from edlint.linter import Linter
from edlint.model.report import FileResult
from edlint.session.fix import apply_fixes

# kind, text: what each paragraph is
ARTICLE = (
    ("title", "You Won’t Believe What the Council Did Next"),
    ("paragraph", "The council of Harlow met on Monday and voted on the new bridge, which is to open in the spring of next year."),
    ("paragraph", "Critics say the plan was doomed from the start. The the mayor, Ana Ruiz, did not answer questions after the vote."),
    ("heading", "What the bridge will cost"),
    ("paragraph", "“It is is a lot of money,” said Bo Li, who keeps a shop near the river, “but we have waited long enough for it.”"),
    ("caption", "The old bridge at dawn, as seen from the north bank of the river on Monday."),
    ("paragraph", "Work begins in March. The builders have said that the road will be closed at night, and on Sundays until noon."),
    ("caption", "The old bridge at dawn, as seen from the north bank of the river on Monday."),
    ("list", "The road from the station is closed at night."),
    ("list", "Buses stop at the the market square instead."),
    ("quote", "The river has no patience with timetables, and neither have we."),
    ("paragraph", "The next meeting of the council is in June."),
)
TEXT = "\n\n".join(text for _, text in ARTICLE) + "\n"
STYLES = {"title": "Title", "heading": "Heading 1", "caption": "Caption", "list": "List Bullet", "quote": "Quote"}
_HTML = {"title": "h1", "heading": "h2", "list": "li", "quote": "blockquote", "caption": "p", "paragraph": "p"}


@cache
def linter() -> Linter:
    """One for all: the shipped rules but for the grammar engine's."""
    return Linter(select=("Captions", "Headlines", "Claims", "Boilerplate", "Paste", "Grammar.Doubled"))


def lint(data: bytes, path: str) -> FileResult:
    """What edlint says of a file."""
    return linter().lint_bytes(data, path)


def fixed(data: bytes, path: str, *, unsafe: bool = True) -> FileResult:
    """The file after all its fixes."""
    return apply_fixes(lint(data, path), linter().lint, unsafe=unsafe)


def found(result: FileResult) -> set[tuple[str, str, str]]:
    """The findings, each by its rule, its words, and the whole paragraph in which it begins."""
    assert not result.error, result.error
    source = result.source
    assert source is not None
    lines = source.lines
    return {
        (f.rule, " ".join(f.match.split()), source.text[slice(*lines.line_span(lines.position(f.span.start).line))].strip())
        for f in result.findings
    }


def saved(document: Any) -> bytes:
    """The bytes of a document of python-docx."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def styled(paragraphs: Iterable[tuple[str, str]] = ARTICLE, add: Callable[[Any, str], object] = lambda p, text: p.add_run(text)) -> Any:
    """A document of python-docx with the styles of Word; `add` writes the text of a paragraph."""
    document = docx.Document()
    for kind, text in paragraphs:
        add(document.add_paragraph(style=STYLES.get(kind)), text)
    return document


def plain_runs(document: Any | None = None) -> bytes:
    return saved(styled())


def word_by_word() -> bytes:
    """Each word a run of its own, every third one bold, as after much editing."""

    def add(paragraph: Any, text: str) -> None:
        for number, word in enumerate(re.findall(r"\S+\s*|\s+", text)):
            paragraph.add_run(word).bold = number % 3 == 0 or None

    return saved(styled(add=add))


def unstyled() -> bytes:
    """All in the style Normal, the title and the headings in bold."""
    document = docx.Document()
    for kind, text in ARTICLE:
        document.add_paragraph().add_run(text).bold = kind in ("title", "heading") or None
    return saved(document)


def tracked() -> bytes:
    """With text deleted and inserted and the changes tracked; a deleted paragraph, and a moved one."""
    who = f'{nsdecls("w")} w:author="Ed" w:date="2026-01-05T10:00:00Z"'

    def add(paragraph: Any, text: str) -> None:
        half = len(text) // 2
        paragraph.add_run(text[:half])
        gone = f'<w:del w:id="1" {who}><w:r><w:delText xml:space="preserve">many many experts say </w:delText></w:r></w:del>'
        come = f'<w:ins w:id="2" {who}><w:r><w:t xml:space="preserve">{text[half:]}</w:t></w:r></w:ins>'
        paragraph._p.append(parse_xml(gone))
        paragraph._p.append(parse_xml(come))

    document = styled(add=add)
    mark = f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="3" w:author="Ed"/></w:rPr></w:pPr>'
    runs = '<w:del w:id="4" w:author="Ed"><w:r><w:delText>Click here to subscribe.</w:delText></w:r></w:del>'
    document.element.body.insert(3, parse_xml(f"<w:p {nsdecls('w')}>{mark[: mark.index(' ')]}>{mark[mark.index('>') + 1 :]}{runs}</w:p>"))
    moved = f'<w:p {nsdecls("w")}><w:moveFrom w:id="5" w:author="Ed"><w:r><w:t>Moved away moved away.</w:t></w:r></w:moveFrom></w:p>'
    document.element.body.insert(5, parse_xml(moved))
    return saved(document)


def discussed() -> bytes:
    """With comments, a table of contents, a placeholder, hidden text, a header and a footer."""
    document = styled()
    for number in (1, 4):
        document.add_comment(document.paragraphs[number].runs, text="Critics say say this needs a source.", author="Ana", initials="A")
    document.sections[0].header.paragraphs[0].text = "Critics say say so."
    document.sections[0].footer.paragraphs[0].text = "Share this article"
    control = (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>What the bridge will cost</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    holder = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        "<w:sdtContent><w:p><w:r><w:t>Click here to to enter text.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    document.element.body.insert(2, parse_xml(holder))
    hidden = document.paragraphs[-1].add_run(" Hidden hidden words.")
    hidden.font.hidden = True
    return saved(document)


def in_fields_and_controls() -> bytes:
    """With the text of each paragraph in a content control, or the result of a field, or a link."""

    def add(paragraph: Any, text: str) -> None:
        first, second, third = text[:10], text[10:20], text[20:]
        xml = (
            f'<w:p {nsdecls("w")}><w:sdt><w:sdtContent><w:r><w:t xml:space="preserve">{first}</w:t></w:r></w:sdtContent></w:sdt>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF _Ref1 the the </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve">{second}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            f'<w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve">{third}</w:t></w:r></w:hyperlink></w:p>'
        )
        for child in list(parse_xml(xml)):
            paragraph._p.append(child)

    return saved(styled([pair for pair in ARTICLE if "Critics" not in pair[1]], add))


def google() -> bytes:
    """As Google Docs exports it: Arial everywhere, no Quote or Caption, a bookmark at each heading, text direction on each run."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Arial"
    for number, (kind, text) in enumerate(ARTICLE):
        paragraph = document.add_paragraph(style={"title": "Title", "heading": "Heading 2"}.get(kind))
        if kind in ("title", "heading"):
            paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:colFirst="0" w:id="{number}" w:name="_x{number}"/>'))
            paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))
        run = paragraph.add_run(text)
        run.font.name = "Arial"
        run._r.get_or_add_rPr().append(parse_xml(f'<w:rtl {nsdecls("w")} w:val="0"/>'))
        run.italic = kind in ("caption", "quote") or None
    return saved(document)


def html() -> str:
    """The article as a page."""
    body = "".join(f"<{_HTML[kind]}>{text}</{_HTML[kind]}>\n" for kind, text in ARTICLE)
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body>\n{body}</body></html>'


def markdown() -> str:
    """The article in Markdown."""
    marks = {"title": "# ", "heading": "## ", "list": "- ", "quote": "> "}
    return "\n\n".join(marks.get(kind, "") + text for kind, text in ARTICLE) + "\n"


def soffice(folder: Path, to: str, *files: Path, out: Path | None = None) -> None:
    """Convert files with LibreOffice, all in one start of it, with a profile of its own in `folder`."""
    tool = program("libreoffice", "soffice", "libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [tool, profile, "--headless", "--convert-to", to, "--outdir", str(out or folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})


def pandoc(folder: Path, source: str, reader: str, name: str) -> Path:
    """Convert a text with pandoc."""
    target = folder / name
    command = [program("pandoc"), "-f", reader, "-o", str(target)]
    subprocess.run(command, input=source.encode(), check=True, capture_output=True, timeout=120)
    return target


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP archive, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts(data), **changed}.items():
            archive.writestr(name, content)
    return out.getvalue()


def google_html() -> str:
    """The article as Google Docs exports it to a web page: all on one line, spans everywhere, classes instead of elements."""
    tags = {"title": ("p", ' class="c3 title"'), "heading": ("h2", ' class="c4"'), "list": ("li", ' class="c9 li-bullet-0"')}
    body = ""
    for number, (kind, text) in enumerate(ARTICLE):
        tag, given = tags.get(kind, ("p", ' class="c2"'))
        half = text.index(" ") + 1
        text = text.replace("’", "&rsquo;")
        inner = f'<span class="c0">{text[:half]}</span><span class="c1">{text[half:]}</span>'
        note = '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>' if number == 1 else ""
        item = f'<{tag}{given} id="h.{number}">{inner}{note}</{tag}>'
        body += f'<ul class="c8 lst-kix_x-0 start">{item}</ul>' if kind == "list" else item
        body += '<p class="c2 c7"><span class="c0"></span></p>'
    note = (
        '<hr class="c10"><div><p class="c2"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c0">&nbsp;Minutes of May.</span></p></div>'
    )
    head = '<meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">.c0{font-weight:700}</style>'
    return f'<html><head>{head}</head><body class="c6 doc-content">{body}{note}</body></html>'
