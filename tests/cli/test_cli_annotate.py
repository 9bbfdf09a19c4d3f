"""`--annotate`: the findings as comments, read back by python-docx and by LibreOffice."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import docx
import manuscripts as ms
import pytest
from components import program
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from doors import Run

from edlint.formats import open_source
from edlint.model.source import Remark
from edlint.text.span import Span

OPTIONS = ("--isolated", "--no-cache", "--select", "Captions,Headlines,Claims,Grammar.Doubled")
WORDS = [
    "You Won’t Believe",
    "Critics say",
    "The the",
    "The old bridge at dawn, as seen from the north bank of the river on Monday.",
    "the the",
]
MAKERS = (ms.plain_runs, ms.word_by_word, ms.tracked, ms.google)


def commented(data: bytes) -> list[tuple[str, str]]:
    """The text that each comment is set on, and the comment's first line, in the order of the document."""
    document = docx.Document(io.BytesIO(data))
    texts = {comment.comment_id: comment.text for comment in document.comments if comment.author == "edlint"}
    open_, found = set(), dict.fromkeys(texts, "")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for element in document.element.body.iter():
        number = int(element.get(f"{word}id", "-1")) if "comment" in str(element.tag) else -1
        if element.tag == f"{word}commentRangeStart":
            open_.add(number)
        elif element.tag == f"{word}commentRangeEnd":
            open_.discard(number)
        elif element.tag == f"{word}t":
            for number in open_ & set(found):
                found[number] += element.text or ""
    return [(found[number], texts[number].split("\n")[0]) for number in texts]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_each_finding_is_a_comment_on_its_words(make: type, edlint_: Run, tmp_path: Path) -> None:
    Path("draft.docx").write_bytes(before := make())
    ran = edlint_("draft.docx", "--annotate", "out.docx", *OPTIONS)
    assert ran.status == 1
    assert "out.docx: 5 comments written" in ran.err
    after = Path("out.docx").read_bytes()
    assert Path("draft.docx").read_bytes() == before
    assert [text for text, _ in commented(after)] == WORDS
    assert commented(after)[1][1] == "'Critics say': nobody in particular. Name who says so, or drop it."
    old, new = ms.parts(before), ms.parts(after)
    assert {name for name in new if old.get(name) != new[name]} == {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    assert ms.found(ms.lint(after, "out.docx")) == ms.found(ms.lint(before, "draft.docx"))


def test_comments_of_others_stay_and_ones_own_are_not_written_twice(edlint_: Run) -> None:
    Path("draft.docx").write_bytes(ms.discussed())
    edlint_("draft.docx", "--annotate", "out.docx", *OPTIONS)
    assert "0 comments written; 5 stand there already" in edlint_("out.docx", "--annotate", "again.docx", *OPTIONS).err
    again = docx.Document("again.docx")
    assert sorted(comment.author for comment in again.comments) == ["Ana"] * 2 + ["edlint"] * 5


def test_only_what_is_shown_is_written(edlint_: Run) -> None:
    Path("draft.docx").write_bytes(ms.plain_runs())
    edlint_("draft.docx", "--annotate", "out.docx", "--show", "errors", *OPTIONS)
    assert [text for text, _ in commented(Path("out.docx").read_bytes())] == [WORDS[3]]


def test_notes_and_pictures_are_spoken_of_where_they_stand() -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="At the bridge"/>'
    document = docx.Document()
    document.add_paragraph("A first paragraph stands here.")
    paragraph = document.add_paragraph("One ")
    paragraph.add_run()._r.append(parse_xml(f"<w:pict {nsdecls('w')}>{shape}</w:pict>"))
    paragraph.add_run(" two.")
    source = open_source(ms.saved(document), "draft.docx")
    assert source.container is not None
    at = source.text.index("At the bridge")
    data, added = source.container.annotated([Remark(Span(at, at + 2), "Say more.")])
    assert added == 1
    body = ms.parts(data)["word/document.xml"].decode()
    assert body.index("One ") < body.index("commentRangeStart") < body.index("w:pict") < body.index("commentRangeEnd") < body.index(" two.")


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["a.txt"], "only Word and OpenDocument files hold comments"),
        (["draft.docx", "a.txt"], "takes one draft, not 2"),
        (["draft.docx", "--annotate", "draft.docx"], "that is the draft itself"),
        (["draft.docx", "--annotate", "nowhere/out.docx"], "cannot be written"),
    ],
)
def test_what_cannot_be_annotated_is_an_error(paths: list[str], said: str, edlint_: Run) -> None:
    Path("a.txt").write_text("Text.\n", encoding="utf-8")
    Path("draft.docx").write_bytes(ms.plain_runs())
    options = [] if "--annotate" in paths else ["--annotate", "out.docx"]
    ran = edlint_(*paths, *options, *OPTIONS)
    assert ran.status == 2
    assert said in ran.err
    assert not Path("out.docx").exists()


def test_libreoffice_reads_the_comments_and_prints_the_page(edlint_: Run, tmp_path: Path) -> None:
    """One start for Word files and OpenDocument: both become OpenDocument, whose annotations say what they are set on; one more for PDF."""
    expected = {}
    for make in MAKERS:
        (tmp_path / f"{make.__name__}.docx").write_bytes(make())
        edlint_(f"{make.__name__}.docx", "--annotate", f"{make.__name__}-out.docx", *OPTIONS)
        expected[make.__name__] = WORDS
    files = sorted(tmp_path.glob("*-out.docx"))
    ms.soffice(tmp_path, "odt", *files, out=tmp_path / "odt")
    for name in expected:
        odt = (tmp_path / "odt" / f"{name}-out.odt").read_bytes()
        assert annotated(odt) == WORDS, name
        (tmp_path / f"{name}.odt").write_bytes(odt)
    edlint_(
        "plain_runs.odt", "--annotate", "again.odt", "--isolated", "--no-cache", "--select", "Claims,Grammar"
    )  # which LibreOffice opens, too
    ms.soffice(tmp_path, "pdf", *files, tmp_path / "again.odt", out=tmp_path / "pdf")
    assert len(list((tmp_path / "pdf").glob("*.pdf"))) == len(MAKERS) + 1
    for pdf in (tmp_path / "pdf").glob("*.pdf"):
        read = subprocess.run([program("poppler", "pdftotext"), "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
        assert "Critics say the plan was doomed from the start." in " ".join(read.split())


def annotated(odt: bytes) -> list[str]:
    """The words between the ends of each comment of edlint in an OpenDocument text, markup removed."""
    xml = ms.parts(odt)["content.xml"].decode()
    found = []
    for start in re.finditer(r'<office:annotation office:name="([^"]*)".*?<dc:creator>edlint</dc:creator>.*?</office:annotation>', xml):
        end = xml.index(f'<office:annotation-end office:name="{start[1]}"/>')
        found.append(re.sub(r"<office:annotation .*?</office:annotation>|<[^>]*>", "", xml[start.end() : end]))
    return found
