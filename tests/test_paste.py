"""Damage of copying and pasting: what the rules find, and near misses that they leave alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from support import told

from edlint import lint_text
from edlint.formats import read
from edlint.model.config import Config
from edlint.model.finding import Finding
from edlint.model.source import Source
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.load import load_rules
from edlint.ruleset.places import rule_files, shipped_packs
from edlint.text.garbled import decoded


def pasted(text: str) -> Sequence[Finding]:
    """What all rules and filters leave of the findings of this pack."""
    return lint_text(text, "a.md", config=Config(extends=("Paste",))).findings


@cache
def rules() -> Ruleset:
    return compile_rules(load_rules(rule_files(shipped_packs()["Paste"])))


def found(text: str, rule: str, path: str = "a.md") -> list[str]:
    document = read(Source(path, text), "")
    return [f.match for f in told(rules(), document) if f.rule == f"Paste.{rule}"]


TABS = [
    "The port was shut for this rea\tson, she said.",
    "All of the old\tharbour was sold on Friday.",
    "It was late, and the wi\tnd fell.",
    "The keeper lit the la\tmp. Then he left.",
    "The clerks of the po\trt; all of them.",
    "They read every single let\tter twice.",
    "And so the boats came ho\tme early, all four.",
    "Nobody who knew the\tkeeper was there.",
    "What the mayor wan\tted: more boats.",
    "The two who had se\ten it were gone.",
]
NO_TABS = [
    "lamp\tnine pounds",
    "Ana Ruiz\tmayor",
    "name\tage\ttown",
    "The old lamp\tNine pounds",
    "1\tthe first boat",
    "\tThe port was shut.",
    "the lamp\t9",
    "lamp:\tthe price of it",
    "a\tb\tc",
    "Total of all\t4,000",
]


@pytest.mark.parametrize("text", TABS)
def test_a_tab_in_a_sentence(text: str) -> None:
    assert found(text, "TabInSentence") == ["\t"]


@pytest.mark.parametrize("text", NO_TABS)
def test_tabs_that_set_columns(text: str) -> None:
    assert found(text, "TabInSentence", "a.txt") == []


MISSING = [
    ("They are rarely equals.The court knows it.", "equals.The"),
    ("The boats came home.Nobody saw them.", "home.Nobody"),
    ("Was it late?He did not know.", "late?He"),
    ("It was over!And so they left.", "over!And"),
    ("The vote was in 2019.They lost.", "2019.They"),
    ("The plan (of the port).It failed.", "port).It"),
    ("She called Hansen.He was out.", "Hansen.He"),
    ("“We lost.”The mayor left.", "lost.”The"),
    ("The lamp was lit.I saw it burn.", "lit.I"),
    ("The pier was sold.Police found the keys.", "sold.Police"),
]
NOT_MISSING = [
    "Node.js and Vue.js are old.",
    "Ask example.com or Example.Com about it.",
    "The U.S.A. and the U.S. agree.",
    "Write to ana.Ruiz@example.org now.",
    "Version 2.0 of ASP.NET is here.",
    "Call System.out or console.log first.",
    "Read notes.txt, README.Md and a.Py too.",
    "e.g.The lamp",
    "At 9 a.m.The",
    "See https://example.org/a.The for more.",
    "It is 3.5 miles; No.Nine is shut.",
    "The file lamp.Html is old.",
]


@pytest.mark.parametrize(("text", "match"), MISSING)
def test_a_missing_blank(text: str, match: str) -> None:
    assert found(text, "MissingBlank") == [match]


@pytest.mark.parametrize("text", NOT_MISSING)
def test_stops_that_need_no_blank(text: str) -> None:
    assert found(text, "MissingBlank") == []


DOUBLE = [
    "The boats (and the nets)  were sold.",
    "Boats ran at ten knots  — a speed that kills.",
    "A speed —  which kills all.",
    "Bo  B. Li wrote this.",
    "It was said by Ana  Ruiz on Friday.",
    "The port “at last”  was open.",
    "The old  lamp burned.",
    "In 2019,  the port was sold.",
    "The keeper  (who was old) left.",
    "It took all of  20 years to build.",
]
NOT_DOUBLE = [
    "He spoke.  He left.",
    "Was it he?  It was.",
    "port    boats    nets",
    "port  boats  nets",
    "Note:  the port is shut.",
    "Ana Ruiz   mayor",
    "9  12  40",
    "lamp  9",
    "a  b  c  d",
]


@pytest.mark.parametrize("text", DOUBLE)
def test_two_blanks_inside_a_sentence(text: str) -> None:
    assert found(text, "DoubleBlank") == ["  "]


@pytest.mark.parametrize("text", NOT_DOUBLE)
@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_two_blanks_that_are_meant(text: str, path: str) -> None:
    assert found(text, "DoubleBlank", path) == []


WRONG = [
    ("“We must tell them apart. It does not work.’", "’"),
    ('“We will not pay," she said.', '"'),
    ('"We will not pay,” she said.', "”"),
    ("“We will not pay,“ she said.", "“"),
    ("“No,' she said to them.", "'"),
    ("\"We don't know,’ she said.", "’"),
    ("She said: “We lost.’ Then she left.", "’"),
    ('The “container" model is old.', '"'),
    ("«We will not pay,” she said.", "”"),
    ("“It’s the boys’ boat,’ she said.", "’"),
]
OPEN = [
    "“No, that is not what I ask, said the mayor.\n\nThe port was glad.",
    'The mayor said: "No, never.\n\nThe port was glad.',
    "“Did it pass?\n\nAna Ruiz: “I don’t know.”",
    "He said “no and left. She said “yes” and stayed.",
    "“We lost it’s gone.\n\n## Next\n\nThe port.",
    "«We will not pay.\n\nThe port was glad.",
    "They called it “the old lamp and left.",
    '"Go, she said, and so they went.\n\nThe end.',
    "She (“the keeper) left.\n\nThe end.",
    "“One.\n\nTwo.\n\n“Three.”",
]
SOUND = [
    "“One.\n\n“Two.\n\n“Three,” she said.",
    "“He said ‘never,’ and left,” she said.",
    "“He said ‘never.’”",
    'The mast is 5\'10" tall and 40" wide.',
    "“The Joneses’ boat,” she said.",
    "'“Go,” he said,' she said.",
    "\"Who said 'go'?\" she asked.",
    "‘We lost,’ she said.",
    "„Nein“, sagte er.",
    "“One goes on\n\nand is closed here,” she said.",
    "He said: “\n\nThe end.",
    "“We have these:\n\n- one\n- two\n\n",
    "The ’90s and ’tis.",
    '"The file “a.md” is old," she said.',
    "“All the lamps”—and boats—“burn,” she said.",
    "“The lamp,  \n“the boat,  \n“the port.”",
]


@pytest.mark.parametrize(("text", "match"), WRONG)
def test_a_quotation_closed_with_another_mark(text: str, match: str) -> None:
    assert found(text, "WrongClosingMark") == [match]


@pytest.mark.parametrize("text", OPEN)
def test_a_quotation_never_closed(text: str) -> None:
    assert len(found(text, "Unclosed")) == 1


@pytest.mark.parametrize("text", SOUND)
def test_sound_quotations(text: str) -> None:
    assert found(text, "Unclosed") == [] and found(text, "WrongClosingMark") == []


NOTES = [
    "[TK CHECK THIS]",
    "[INSERT QUOTE]",
    "[CHECK SPELLING]",
    "[ASK ANA ABOUT THIS]",
    "[NEED FIGURE HERE]",
    "[VERIFY WITH POLICE]",
    "[GET QUOTE FROM MAYOR]",
    "[WHO SAID THIS?]",
    "[ANA, PLEASE CHECK]",
    "[FIX THIS LATER]",
    "[UPDATE AFTER VOTE]",
    "[REWRITE THE END]",
]
NO_NOTES = [
    "[SIC]",
    "[NAME REDACTED]",
    "[REDACTED]",
    "[LAUGHTER]",
    "[APPLAUSE]",
    "[NATO]",
    "[AP]",
    "[INAUDIBLE]",
    "[CROSSTALK]",
    "[ADDRESS WITHHELD]",
    "[PDF]",
    "[WHO]",
    "[IMF AND WHO]",
    "[Check this]",
]


@pytest.mark.parametrize("note", NOTES)
def test_notes_to_oneself(note: str) -> None:
    text = f"The port was sold {note} on Friday."
    assert [*found(text, "Placeholder"), *found(text, "ToCome")] == [note]


@pytest.mark.parametrize("note", NO_NOTES)
def test_brackets_that_are_no_notes(note: str) -> None:
    text = f"The port was sold {note} on Friday."
    assert [*found(text, "Placeholder"), *found(text, "ToCome")] == []


GARBLED = ["İ", "²", "→", "✅", "😀", "é", "’", "“", "–", "…", "€", "Ö", "ş", "ğ", "ł", "★", "中", "пр", "½", "👩\u200d🚒", "ñ", "\u00a0"]


@pytest.mark.parametrize("meant", GARBLED)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_garbled_characters_are_told_and_what_they_were(meant: str, encoding: str) -> None:
    shown = "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in meant.encode())
    document = read(Source("a.txt", f"The lamp a{shown}b burns."), "")
    (finding,) = [f for f in told(rules(), document) if f.rule == "Paste.Mojibake"]
    assert finding.match == shown and finding.fixes[0].edits[0].text == meant


@pytest.mark.parametrize(
    "text",
    [
        "„CAFÉ“ ist zu.",
        "At the café”… he left.",
        "« ÇA » et « à »",
        "SÃO PAULO, MAÇÃ",
        "5 °C, 3 µm, ½ of it",
        "Âge, Île, Øre",
        "à « l’été »",
        "É–É",
        "NÃO” said",
    ],
)
def test_sound_letters_are_left_alone(text: str) -> None:
    assert found(text, "Mojibake", "a.txt") == []


def test_what_is_no_garbled_character_is_empty() -> None:
    assert decoded("Â", 0, 1) == "" and decoded("éé", 0, 2) == ""


JOINERS = ["The lam\u200cp burns.", "\u200cThe lamp burns.", "The\u200c lamp burns.", "The lamp\u200c.", "The “\u200clamp” burns."]


@pytest.mark.parametrize("text", JOINERS)
def test_joiners_in_latin_text(text: str) -> None:
    assert found(text, "Invisible") == ["\u200c"]


@pytest.mark.parametrize(
    "text", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200c\u0937", "\U0001f469\u200d\U0001f692 came."]
)
def test_joiners_where_they_belong(text: str) -> None:
    assert found(text, "Invisible") == []


LEFT = [
    ("Placeholder", "Lorem ipsum dolor sit amet, consectetur."),
    ("Placeholder", "The mayor agreed. TODO: ask the clerk."),
    ("Placeholder", "The mayor, [NAME], agreed."),
    ("Filler", "It cost $XX million."),
    ("Filler", "The vote is on XX/XX/2026."),
]
MEANT = [
    'The text of printers begins "Lorem ipsum dolor sit amet", and nobody reads on.',
    "Write TODO: in the margin where a fact is missing.",
    "Numbers are written XXX-XXX-XXXX, with no blank.",
    "The password is shown as XXXX-XXXX.",
    "Lorem ipsum: the text with which printers fill a page.",
    "“From £XX a night,” said the first poster.",
    "Copy this letter:\n\n> Dear [NAME],\n>\n> I live at [ADDRESS] and pay $XX a week.",
]


@pytest.mark.parametrize(("rule", "text"), LEFT)
def test_gaps_that_were_left(rule: str, text: str) -> None:
    assert len(found(text, rule)) == 1


@pytest.mark.parametrize("text", MEANT)
def test_placeholders_that_a_text_speaks_of(text: str) -> None:
    assert found(text, "Placeholder") == [] and found(text, "Filler") == []


MARKS = [
    ("ToCome", "By TK", "By TK"),
    ("ToCome", "The mayor agreed. TK: ask when.", "TK:"),
    ("ToCome", "The council has TK seats, she said.", "TK"),
    ("ToCome", "Ana Ruiz (age TK), the mayor, agreed.", "age TK"),
    ("ToCome", "DEK: TK", "DEK: TK"),
    ("ToCome", "The bridge opened in tktk.", "tktk"),
    ("ToCome", "Then TK TK TK agreed.", "TK TK TK"),
    ("Placeholder", "TODO check dates with Ana", "TODO"),
    ("Placeholder", "TODO(ana): the vote", "TODO(ana):"),
    ("Placeholder", "The mayor agreed (TODO: ask when).", "(TODO: ask when)"),
    ("Placeholder", "XXX - check this", "XXX -"),
    ("Placeholder", "PLACEHOLDER TEXT", "PLACEHOLDER TEXT"),
    ("Placeholder", "PLACEHOLDER: the quote", "PLACEHOLDER:"),
    ("Placeholder", "[QUOTE TK]", "[QUOTE TK]"),
    ("Filler", "FIXME the numbers are old.", "FIXME"),
    ("Filler", "The river rose.[citation needed]", "[citation needed]"),
    ("Filler", "The river rose [when?] and fell.", "[when?]"),
    ("Filler", "The river rose (source?), he said.", "(source?)"),
    ("Filler", "It is shut. [insert quote from the mayor]", "[insert quote from the mayor]"),
    ("Filler", "[photo to come]", "[photo to come]"),
    ("Filler", "This is placeholder text.", "This is placeholder text."),
    ("Filler", "Ana Ruis (cq) agreed.", "(cq)"),
    ("Filler", "[Name] said so.", "[Name]"),
    ("Filler", "It was shut. [Ed: please confirm the day]", "[Ed: please confirm the day]"),
]
SPEAKING = [
    "Editors write TKTK where a fact is to come; we search for TK.",
    'The letters "TK" stand for something to come. By TKTK they mean the same.',
    "TK is short for to come. A note such as [TK] is easy to find.",
    "TK: I was born here, and I ask little.",
    "TK Maxx opened on Friday, and TK Ruiz, 9, was first.",
    "TODO comments rot.\n\nTODO: what is to be done\n\nFIXME: what is broken",
    "The marks TODO, FIXME and XXX say what is left.",
    "TODO check boxes are set by the plugin.",
    "The plugin finds each TODO and FIXME: it lists them.",
    'A reader adds "[citation needed]" to a joke.',
    "A [citation needed] tag asks for a source; [who?] asks for a name.",
    "See [citation needed](https://example.org) and [who?](https://example.org).",
    "Placeholder text fades when somebody types.",
    "Press [Insert] to paste, and [insert key] too.",
    "Lorem ipsum is a text of printers. It was cut from a book.",
    "Ad astra per aspera, he said, et in Arcadia ego.",
    "The sp! mark was rubbed out (source: Ana Ruiz).",
]


@pytest.mark.parametrize(("rule", "text", "match"), MARKS)
def test_marks_that_desks_leave(rule: str, text: str, match: str) -> None:
    assert [(f.rule, f.match) for f in pasted(text)] == [(f"Paste.{rule}", match)]


@pytest.mark.parametrize("text", SPEAKING)
def test_texts_that_speak_of_marks(text: str) -> None:
    assert [*found(text, "Placeholder"), *found(text, "Filler"), *found(text, "ToCome")] == []


def test_a_passage_of_filler_text_is_one_finding() -> None:
    whole = "Lorem ipsum dolor sit amet, consectetur adipiscing elit.\nUt enim ad minim veniam, quis nostrud."
    for text in (whole, "Dolor sit amet, consectetur elit.", "Integer posuere erat a ante, venenatis dapibus."):
        (finding,) = pasted(f"The mayor left.\n\n{text}\n\nShe agreed.")
        assert finding.match == text
    assert found("The mayor left. Lorem ipsum dolor sit amet. The clerk stayed.", "Placeholder") == ["Lorem ipsum dolor sit amet."]
