"""What the page is told of a draft."""

from __future__ import annotations

import asyncio
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.requests import Request

from edlint.errors import EdlintError
from edlint.session.options import Options
from edlint.web.app import MAY_SEND, PROMISE, make_app
from edlint.web.drafts import Drafts

ROOT = Path(__file__).resolve().parents[2]


@cache
def drafts() -> Drafts:
    return Drafts(Options(isolated=True))


def findings(text: str, format: str = "plain") -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], drafts().check(text, format)["findings"])


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("before", ["", "\U0001f600 and \U0001f600 ", "é "])
def test_offsets_are_those_of_a_browser(before: str) -> None:
    text = f"{before}They should of gone home, the mayor said.\n"
    (found,) = [finding for finding in findings(text) if finding["title"] == "of → have"]
    (start, end), (edit,) = found["spans"][0], found["fixes"][0]["edits"]
    assert utf16(text, start, end) == "of" and utf16(text, *edit[:2]) == "of" and edit[2] == "have"


def test_a_finding_has_what_the_page_shows() -> None:
    text = "Title\n\nThey should of gone home.\n"
    (found,) = findings(text)
    assert (found["level"], found["line"], found["quote"], found["kind"], found["rule"]) == (
        "warning",
        3,
        "of",
        "Grammar",
        "Grammar.Confused",
    )
    assert found["message"] and found["why"] and found["instead"]
    assert (found["fixes"][0]["deed"], found["fixes"][0]["text"], found["fixes"][0]["look"]) == ("Replace by", "have", True)


def test_nothing_that_only_a_terminal_understands_is_told() -> None:
    told = " ".join(
        str(finding[key])
        for name in ("op-ed.txt", "wire.txt")
        for finding in findings((ROOT / "examples" / name).read_text("utf-8"))
        for key in finding
        if key not in ("rule", "quote")
    )
    assert not re.search(r"--[a-z]|`|directive|edlint-|\.yml", told)


def test_claims_come_when_they_are_asked_for() -> None:
    text = "The number of cars has doubled since 2011.\n\nAccording to the board's survey, 8,200 people take the ferry on a working day.\n"
    assert "claims" not in drafts().check(text, "plain")
    bare, named = cast(list[dict[str, Any]], drafts().check(text, "plain", claims=True)["claims"])
    assert bare["statement"] == "The number of cars has doubled since 2011." and bare["source"] == ""
    assert "survey" in named["source"] and named["line"] == 3


@pytest.mark.parametrize(
    ("name", "data", "text", "format"),
    [
        ("a.txt", b"One.\n", "One.\n", "plain"),
        ("a.md", b"# One\n", "# One\n", "markdown"),
        ("a.html", b"<p>One", "<p>One", "html"),
        ("note", "Été".encode("utf-16"), "Été", "plain"),
        ("../../etc/a.txt", b"One.", "One.", "plain"),
    ],
)
def test_files_are_read(name: str, data: bytes, text: str, format: str) -> None:
    assert drafts().read(data, name) == {"text": text, "format": format, "container": False}


def test_a_word_file_is_read(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("A walk", 0)
    document.add_paragraph("They should of gone home.")
    document.save(str(tmp_path / "a.docx"))
    read = drafts().read((tmp_path / "a.docx").read_bytes(), "a.docx")
    assert read["format"] == "plain" and "They should of gone home." in str(read["text"])


def word_file(*paragraphs: str) -> bytes:
    import docx

    document, out = docx.Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def comments_in(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("word/comments.xml").decode() if "word/comments.xml" in archive.namelist() else ""


def test_a_word_file_gets_comments_and_takes_over_what_was_edited() -> None:
    data = word_file("They should of gone home.", "Ana sayed so.")
    text = str(drafts().read(data, "a.docx")["text"])
    edited = text.replace("sayed", "said")
    made = drafts().word(data, "a.docx", edited, {})
    assert "is meant" in comments_in(made) or "not 'of'" in comments_in(made).replace("&apos;", "'")
    assert drafts().read(made, "a.docx")["text"] == edited
    (found,) = findings(edited)
    assert "of" not in comments_in(drafts().word(data, "a.docx", edited, {found["id"]: "meant"})).partition("<w:comment ")[2]


def test_comments_need_a_file_that_holds_them() -> None:
    with pytest.raises(EdlintError, match="Only Word"):
        drafts().word(b"One.", "a.txt", "One.", {})


@pytest.mark.parametrize(("format", "before"), [("plain", "# edlint-disable-next-line"), ("markdown", "<!-- edlint-disable-next-line")])
def test_a_dismissal_can_be_kept_in_the_draft(format: str, before: str) -> None:
    text = "# Title\n\nThey should of gone home \U0001f600.\n"
    (found,) = findings(text, format)
    ((start, end, words),) = drafts().keep(text, format, found["id"], "the poet's --> own\nwords */")
    kept = text[:start] + words + text[end:]
    assert before in words and "the poet's own words" in words and findings(kept, format) == []
    with pytest.raises(EdlintError, match="no place"):
        drafts().keep(text, format, "unknown", "")


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0"), ("a.docx", b"PK\x03\x04 no archive"), ("a.txt", b"caf\xe9 au lait")]
)
def test_what_cannot_be_read_is_said(name: str, data: bytes) -> None:
    with pytest.raises(EdlintError) as caught:
        drafts().read(data, name)
    assert "--" not in caught.value.message


def test_half_a_character_is_an_error_and_no_pass() -> None:
    assert "half a character" in str(drafts().check("a \ud800 b", "plain")["error"])


def test_a_report_tells_of_what_was_dismissed() -> None:
    text = "Title\n\nThey should of gone home.\n"
    (found,) = findings(text)
    html = drafts().report(text, "plain", "../x/<draft>.txt", {found["id"]: "the <poet's> own words"})
    assert "Nothing found" in html and "<q>the &lt;poet&#x27;s&gt; own words</q>" in html and "&lt;draft&gt;.txt" in html
    assert "Not ready" not in html and "1 warning wants a decision" in drafts().report(text, "plain", "", {})


def test_an_unknown_format_is_read_as_plain_text() -> None:
    assert [finding["rule"] for finding in findings("They should of gone.", "nonsense")] == ["Grammar.Confused"]


def test_a_page_that_may_send_text_does_not_promise_otherwise() -> None:
    asked = {allowed: make_app(Drafts(Options(isolated=True, allow_remote=allowed)), "t", 1)[1] for allowed in (False, True)}
    told = {allowed: bytes(asyncio.run(page.index(Request({"type": "http"}))).body).decode() for allowed, page in asked.items()}
    assert PROMISE in told[False] and PROMISE not in told[True] and MAY_SEND in told[True]
