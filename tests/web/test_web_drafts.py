"""What the page is told of a draft."""

from __future__ import annotations

import asyncio
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import manuscripts
import pytest
from starlette.requests import Request

from edlint.errors import EdlintError
from edlint.ledger import ledger
from edlint.ledgerfile import Entry
from edlint.model.source import Source
from edlint.session.live import LiveSession
from edlint.session.options import Options
from edlint.web.app import MAY_SEND, PROMISE, make_app
from edlint.web.claims import entries
from edlint.web.drafts import FILES, Drafts, LostError

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


CLAIMS = "The number of cars has doubled since 2011.\n\nAccording to the board's survey, 8,200 people take the ferry on a working day.\n"


def claims(text: str, said: list[Entry]) -> tuple[list[dict[str, Any]], list[Entry]]:
    told = drafts().check(text, "plain", said=said)
    return cast(list[dict[str, Any]], told["claims"]), entries(told["said"])


def test_the_ledger_comes_when_it_is_asked_for() -> None:
    assert "claims" not in drafts().check(CLAIMS, "plain")
    (bare, named), _ = claims(CLAIMS, [])
    assert (bare["statement"], bare["named"], bare["source"]) == ("The number of cars has doubled since 2011.", False, "")
    assert "board" in named["source"] and (named["line"], named["kind"], named["status"]) == (3, "Figure", "open")
    linter = LiveSession(Options(isolated=True)).linter_for("draft.txt")
    assert [row["id"] for row in (bare, named)] == [row.id for row in ledger(linter, Source("draft.txt", CLAIMS))]


def test_what_is_said_of_a_claim_stays_with_its_sentence() -> None:
    (bare, named), _ = claims(CLAIMS, [])
    said = entries([{"text": bare["text"], "status": "checked", "note": "the count of May"}, {"text": named["text"], "status": "declined"}])
    edited = CLAIMS.replace("The number of cars", "In town the number of cars")
    (first, second), said = claims(edited, said)
    assert [(row["status"], row["note"]) for row in (first, second)] == [("checked", "the count of May"), ("declined", "")]
    (first,), said = claims(edited.partition("\n")[0], said)
    assert first["status"] == "checked" and len(said) == 2
    (first, second), said = claims(edited.replace("2011", "2012"), said)
    assert [row["status"] for row in (first, second)] == ["open", "declined"]
    table = drafts().ledger(edited, "plain", "", said)
    assert table.count("\n") == 3 and "checked" in table and "the count of May" in table


@pytest.mark.parametrize(
    "sent", [None, 3, {}, [3, None, {}, {"text": 3, "status": "checked"}, {"text": "a", "status": "open"}, {"text": "a", "status": "?"}]]
)
def test_what_makes_no_sense_in_what_is_said_of_claims_is_passed_over(sent: object) -> None:
    assert entries(sent) == []


SAME = "Title\n\nThey should of gone home. They should of stayed.\n\nShe would of said so, and he recieved it. They should of left.\n"


def test_findings_that_say_the_same_are_one_note_with_its_places() -> None:
    notes = {found["title"]: found for found in findings(SAME)}
    assert set(notes) == {"of → have", "recieved → received"} and notes["recieved → received"]["times"] == 1
    have = notes["of → have"]
    assert (have["times"], have["lines"]) == (4, [3, 3, 5, 5]) and len(have["spans"]) == 4
    (fix,) = have["fixes"]
    text = SAME
    for start, end, words in reversed(fix["edits"]):
        text = text[:start] + words + text[end:]
    assert text == SAME.replace(" of ", " have ")
    report = drafts().report(SAME, "plain", "", {})
    assert "5 warnings want a decision" in report
    dismissed = drafts().report(SAME, "plain", "", {have["id"]: "a dialect"})
    assert "1 finding. " in dismissed and "1 warning wants a decision" in dismissed and "<q>a dialect</q>" in dismissed


def test_what_wants_a_decision_of_its_own_is_a_note_of_its_own() -> None:
    found = findings("Title\n\nCritics say the plan failed.\n\nCritics say the bridge will fall.\n")
    assert [(note["rule"], note["times"]) for note in found] == [("Claims.VagueSource", 1)] * 2


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
    assert drafts().read(data, name) == {"text": text, "format": format, "file": ""}


def test_a_word_file_is_read(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("A walk", 0)
    document.add_paragraph("They should of gone home.")
    document.save(str(tmp_path / "a.docx"))
    read = drafts().read((tmp_path / "a.docx").read_bytes(), "a.docx")
    assert read["format"] == "docx" and read["file"] and "They should of gone home." in str(read["text"])


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


def opened(data: bytes, name: str = "a.docx") -> tuple[str, str]:
    """A Word file, open: its text and its name there."""
    read = drafts().read(data, name)
    return str(read["text"]), str(read["file"])


def test_a_word_file_gets_comments_and_takes_over_what_was_edited() -> None:
    text, file = opened(word_file("They should of gone home.", "Ana sayed so."))
    edited = text.replace("sayed", "said")
    made = drafts().word(edited, file, {})
    assert "is meant" in comments_in(made) or "not 'of'" in comments_in(made).replace("&apos;", "'")
    assert opened(made)[0] == edited
    (found,) = cast(list[dict[str, Any]], drafts().check(edited, "docx", file)["findings"])
    assert "of" not in comments_in(drafts().word(edited, file, {found["id"]: "meant"})).partition("<w:comment ")[2]


def test_a_word_file_is_checked_as_the_command_checks_it(tmp_path: Path) -> None:
    data = manuscripts.plain_runs()
    text, file = opened(data)
    told = drafts().check(text, "docx", file)
    (tmp_path / "a.docx").write_bytes(data)
    result = LiveSession(Options(isolated=True)).linter_for(str(tmp_path / "a.docx")).lint_file(tmp_path / "a.docx")
    assert [found["rule"] for found in cast(list[dict[str, Any]], told["findings"])] == [finding.rule for finding in result.findings]
    assert told["unit"] == "paragraph" and told["title"] == manuscripts.ARTICLE[0][1]
    kinds = [kind for *_, kind in cast(list[tuple[int, int, str]], told["blocks"])]
    assert kinds == [kind for kind, _ in manuscripts.ARTICLE]
    edited = text.replace("The next meeting", "Something put in\nThey should of met. The next meeting")
    again = drafts().check(edited, "docx", file)
    assert [kind for *_, kind in cast(list[tuple[int, int, str]], again["blocks"])] == [*kinds[:-1], "quote", "paragraph"]
    assert len(cast(list[object], again["findings"])) > len(result.findings)
    assert "paragraph 3" in drafts().report(edited, "docx", "a.docx", {}, file)


def test_what_a_word_file_cannot_take_over_is_said_with_its_paragraph() -> None:
    text, file = opened(word_file("One two three.", "Four five six.", "Seven."))
    with pytest.raises(EdlintError, match=r"at paragraph 2: .* Undo that, or copy the text\."):
        drafts().word(text.replace("Four", "New here.\nFour"), file, {})
    assert opened(drafts().word(text.replace("Four five six.\n", ""), file, {}))[0] == "One two three.\nSeven."


def test_word_files_are_let_go_and_can_be_opened_again() -> None:
    here, data = Drafts(Options(isolated=True)), [word_file(f"They should of gone home {number} times.") for number in range(FILES + 1)]
    files = [str(here.read(each, "a.docx")["file"]) for each in data]
    assert len({*files}) == FILES + 1
    with pytest.raises(LostError):
        here.check("They went.", "docx", files[0])
    assert here.check("They went.", "docx", files[1])["findings"] == []
    here.forget(files[1])
    here.forget(files[1])
    with pytest.raises(LostError):
        here.check("They went.", "docx", files[1])
    assert here.read(data[1], "a.docx")["file"] == files[1] and here.check("They went.", "docx", files[1])["error"] == ""


def test_a_word_file_has_no_place_for_a_note() -> None:
    text, file = opened(word_file("They should of gone home."))
    (found,) = cast(list[dict[str, Any]], drafts().check(text, "docx", file)["findings"])
    with pytest.raises(EdlintError, match="no place for a note"):
        drafts().keep(text, "docx", found["id"], "meant")


def test_half_a_character_typed_into_a_word_file_is_an_error_and_no_pass() -> None:
    _, file = opened(word_file("They should of gone home."))
    assert "half a character" in str(drafts().check("a \ud800 b", "docx", file)["error"])


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
