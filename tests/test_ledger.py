"""The ledger: which statements have a row, what they rest on, and how a status follows its sentence."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from support import plain

import edlint
from edlint.cli import run
from edlint.errors import ConfigError
from edlint.ledger import claims
from edlint.ledgerfile import Entry, load_entries, matched, save_entries, with_statuses
from edlint.linter import Linter
from edlint.model.claim import Claim
from edlint.text.attribution import source_in

LINTER = Linter(select=["Claims"])


def rows(text: str) -> list[Claim]:
    return list(claims(plain(text)))


def basis(text: str) -> tuple[str, str]:
    (*_, row) = rows(text)
    return row.basis, text[slice(*row.source)] if row.source else ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The bridge will cost 4 million crowns, Ana Ruiz said.", ("person", "Ana Ruiz")),
        ("“The bridge will close in May,” said Bo Li.", ("person", "Bo Li.")),
        ("According to the ministry, 40 ships left the port in May.", ("body", "the ministry")),
        ("Police said the driver had left the road.", ("body", "Police")),
        ("A report by the council found gaps in the books of the port.", ("document", "A report by the council")),
        ("Critics say the plan has failed in three towns.", ("vague", "Critics")),
        ("The mayor declined to comment on the 40 missing boats.", ("person", "The mayor")),
        ("A report by the engineer, Priya Nair, says the bridge will last.", ("document", "A report by the engineer")),
        ("The engineer, Priya Nair, says the bridge will last.", ("person", "Priya Nair")),
        ("In minutes on its website, the council is silent, records show.", ("document", "records")),
        ("Minutes published on its website show 23 votes against it.", ("document", "Minutes")),
        ("It fell by 4 per cent, according to figures on its website.", ("document", "figures")),
        ("It fell by 4 per cent, the council said on its website.", ("body", "the council")),
        ("The band put its 40 songs on its website.", ("nothing", "")),
        ("The owner did not respond to 40 letters.", ("own reporting", "did not respond")),
        ("The bridge was closed in 2019 after two fires.", ("nothing", "")),
    ],
)
def test_what_a_statement_rests_on(text: str, told: tuple[str, str]) -> None:
    assert basis(text) == told


def test_a_source_goes_on_speaking_and_where_it_stands_is_told() -> None:
    text = "Ana Ruiz opened the books on Monday. She said the port had lost 40 ships."
    assert basis("Ana Ruiz told the council of it. She said the port had lost 40 ships.") == ("person", "Ana Ruiz")
    assert [row.sure for row in rows("Ana Ruiz told the council of it. She said the port had lost 40 ships.")] == [3, 2]
    assert len(rows(text)) == 2


def test_a_report_is_no_he_or_she() -> None:
    text = "The minutes show 23 votes against the bridge.\n\n\u201cI rang every single morning in May,\u201d she said.\n"
    assert basis(text) == ("person", "she")
    again = text.replace("she said", "it said")
    assert basis(again)[0] == "document"


def test_a_link_and_a_note_are_sources() -> None:
    found = edlint.claims_of(
        "The port lost [40 ships](https://example.org) in May.\n\nIt has 12 left.[^1]\n\n[^1]: Count of June.\n", "a.md", linter=LINTER
    )
    assert [row.basis for row in found][:2] == ["link", "document"]


FURNITURE = [
    "By Ana Ruiz, staff writer",
    "Photographs by Ana Ruiz and Bo Li",
    "Photo: Bo Li/The Post",
    "(Image courtesy of the port of Ellis, 2019)",
    "Published: 12 May 2026",
    "Last updated on 12 May 2026 at 14:30",
    "Home | News | Sport | 12 May",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture_has_no_row(text: str) -> None:
    assert rows(f"{text}\n\nThe port lost 40 ships in May.") == rows(f"{' ' * len(text)}\n\nThe port lost 40 ships in May.")


def test_what_was_copied_with_a_text_has_no_row() -> None:
    text = "The port lost 40 ships in May, Ana Ruiz said.\n\nSubscribe to our newsletter and get 40 stories a week in your inbox!\n"
    assert [row.text[:8] for row in edlint.claims_of(text, "a.txt")] == ["The port"]


@pytest.mark.parametrize(
    "text",
    ["By Friday 40 ships had left.", "Published figures of 2019 show that 40 ships left.", "Source of it all is a ship of 40 tonnes."],
)
def test_statements_that_look_like_furniture_have_a_row(text: str) -> None:
    assert len(rows(text)) == 1


@pytest.mark.parametrize("text", ["What now?", "Please read on.", "I think so too, by the way.", "Yes."])
def test_what_states_nothing_has_no_row(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The port lost 40 ships in May.", "figure"),
        ("He stole the money of the port, the court was told.", "accusation"),
        ("The road was closed because the river rose.", "cause"),
        ("“We have lost everything,” said Ana Ruiz.", "quotation"),
        ("The mayor said that the port would close.", "attribution"),
        ("The mayor sold the old harbour to the bank of the town.", "event"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert rows(text)[0].kind == kind


def test_a_status_follows_its_sentence_when_it_moves_and_when_it_is_edited(tmp_path: Path) -> None:
    first = rows("The port lost 40 ships in May, the mayor said.\n\nThe bridge was closed in 2019 after two fires.")
    file = tmp_path / ".edlint-claims.jsonl"
    told = [Entry("a.md", first[0].text.lower(), "checked", "Ana Ruiz", "2026-11-29", "minutes")]
    save_entries(file, told, was=None)
    moved = rows(
        "A new start for the port of Ellis, in 3 steps.\n\nThe bridge was closed in 2019 after two fires.\n\n"
        "The port lost 40 ships in May, the mayor said."
    )
    edited = rows("In May the port lost 40 ships, the mayor said on Friday.")
    changed = rows("The port lost 41 ships in May, the mayor said.")
    for now, status in ((moved[-1:], "checked"), (edited, "checked"), (changed, "open"), (moved[:2], "open")):
        assert [row.status for row in with_statuses(now, load_entries(file), "a.md")] == [status] * len(now)
    assert with_statuses(edited, load_entries(file), "a.md")[0].note == "minutes"
    assert with_statuses(edited, load_entries(file), "b.md")[0].status == "open"


def test_equal_sentences_have_a_status_each() -> None:
    text = "The port lost 40 ships.\n\nThe port lost 40 ships."
    found = matched(rows(text), [Entry("a", "the port lost 40 ships.", "checked")])
    assert list(found) == [0]
    assert len({row.id for row in rows(text)}) == 2


@pytest.mark.parametrize(
    "text",
    ["no json\n", '{"edlint-claims": 2}\n',
     '{"edlint-claims": 1}\n{"draft": "a", "text": "b", "status": "maybe"}\n', '{"edlint-claims": 1}\n[]\n',
     '{"edlint-claims": 1}\n{"draft": "a", "text": "b", "status": "open", "x": "y"}\n'],
)  # fmt: skip
def test_a_broken_ledger_is_an_error_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_entries(file)
    assert "claims.jsonl:" in str(raised.value)


@pytest.mark.parametrize("text", ["Ana, " * 3000, "A " * 5000, '"' * 4000, "the report of the " * 1000 + "said", "said Ana " * 2000])
def test_hostile_sentences_are_read_in_time(text: str) -> None:
    source_in(text)


def test_a_word_file_has_a_ledger_and_a_damaged_one_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    document = docx.Document()
    document.add_paragraph("The bridge will cost 4 million crowns, Ana Ruiz said.")
    document.save("draft.docx")
    assert run(["claims", "draft.docx"]) == 0
    out = capsys.readouterr().out
    assert "rests on person: Ana Ruiz" in out and "1 claim:" in out
    Path("draft.docx").write_bytes(Path("draft.docx").read_bytes()[:2000])
    assert run(["claims", "draft.docx"]) == 2
    assert "damaged" in capsys.readouterr().err
