"""Passages in another language than the draft's are left alone by rules that know one language, and the report says so."""

from __future__ import annotations

import pytest

from edlint.formats import read
from edlint.formats.foreign import mark_foreign
from edlint.linter import Linter
from edlint.model.source import Source
from edlint.text.language import tongue

OTHERS = {
    "es": "El puerto se cerró el viernes porque los barcos no podían salir, y nadie sabe cuándo se abrirá de nuevo.",
    "fr": "Le port est fermé depuis vendredi, et les bateaux ne sont pas sortis dans la nuit avec les autres.",
    "de": "Der Hafen ist seit Freitag geschlossen, und die Boote sind nicht mehr auf dem Wasser.",
    "it": "Il porto è chiuso da venerdì e le barche non sono uscite per la notte con gli altri.",
    "pt": "O porto está fechado desde sexta e os barcos não saíram, mas ele foi com uma lâmpada.",
    "nl": "De haven is sinds vrijdag dicht en het schip kan niet meer naar buiten voor de nacht.",
    "sv": "Hamnen är stängd och båtarna kan inte gå ut, men det var inte så mycket att göra.",
    "pl": "Port jest zamknięty od piątku, a łodzie nie wypływają na morze, które jest już za zimne.",
    "und": "Порт закрыт с пятницы, и лодки не выходят в море, потому что очень холодно сегодня.",
}
ENGLISH = [
    "Ana Ruiz, Bo Li, Juan de la Cruz, Las Vegas, Los Angeles, El Paso and San Jose.",
    "Ruiz, Li, Hansen, Nilson, Berg, Olsen, Bauer, Meyer, Schmidt",
    "He read Der Spiegel, Die Zeit, Das Bild and Le Monde des livres on Friday.",
    "Boats, nets, lamps, ropes, oars, sails, masts, keels",
    "def port(boat): return boat.name if boat else None, int, str, list, dict",
    "“El puerto está cerrado,” he told the reporters of the port on Friday.",
    "Go now, go fast, go far, go home, go well",
    "Dover Calais Ostend Harwich Esbjerg Kiel Oslo Bergen Bodo",
    "La vie en rose",
    "Un día en la vida",
    "Price: nine pounds, two pence; port: Dover; boat: Ana",
    "Stop. Look. Listen. Wait. Run. Hide. Sleep. Wake. Eat.",
]


@pytest.mark.parametrize(("tag", "text"), OTHERS.items())
def test_a_passage_in_another_language(tag: str, text: str) -> None:
    assert tongue(text, "en") == tag
    if tag != "und":
        assert tongue(text, tag) == ""


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_taken_for_another_language(text: str) -> None:
    assert tongue(text, "en") == ""


def test_short_sentences_with_few_small_words() -> None:
    assert tongue("Le conseil a voté le budget hier. Les élus ont dit que la ville a besoin de la digue.", "en") == "fr"
    assert tongue("Le maire est content de la décision, le conseil municipal a dit que la ville a une digue.", "en") == "fr"


def test_english_in_a_draft_in_spanish() -> None:
    assert tongue("The port was shut on Friday, and nobody knows when it will be open to the boats.", "es") == "en"
    assert tongue(OTHERS["fr"], "xx") == ""


def test_the_report_says_which_lines_were_not_judged() -> None:
    spanish = f"## La vida de los barcos\n\n{OTHERS['es']}\n\n{OTHERS['es']}"
    text = f"# The port\n\nThe port was shut on Friday, the mayor said.\n\n{spanish}\n\nThe end.\n"
    document, notice = mark_foreign(read(Source("a.md", text), ""), "en-US")
    assert [b.language for b in document.blocks] == ["", "", "es", "es", "es", ""]
    assert notice == "lines 5-9: in Spanish, so not checked for grammar, spelling, claims or headlines"


def test_rules_for_english_are_silent_there() -> None:
    spanish = "Los servicios deben ser seguros y se desarrollan a un costo razonable para todos los barcos del puerto."
    result = Linter().lint_text(f"# The port\n\n{spanish}\n", "a.md")
    assert [f for f in result.findings if f.rule.startswith("Grammar.")] == [] and "line 3" in result.notices[0]
    assert any(f.rule.startswith("Paste.") for f in Linter().lint_text(f"{spanish} El caf\u00c3\u00a9.", "a.md").findings)


@pytest.mark.parametrize("tag", ["fr", "de-DE"])
def test_html_says_its_language(tag: str) -> None:
    text = f"<p>The port was shut.</p><blockquote lang='{tag}'><p>Le port.</p></blockquote><p>The end.</p>"
    document, notice = mark_foreign(read(Source("a.html", text), ""), "en-US")
    assert [b.language for b in document.blocks] == ["", tag[:2], ""] and "line 1" in notice


def test_a_page_that_says_it_is_in_another_language_and_is_not() -> None:
    english = "<p>The port was shut on Friday, and nobody knows when it will be open to the boats.</p>"
    for text in (
        f"<html lang='de'><body><h1>Shut</h1>{english}</body></html>",
        f"<html lang='zxx'>{english}</html>",
        f"<html lang='en-GB'>{english}</html>",
    ):
        document, notice = mark_foreign(read(Source("a.html", text), ""), "en-US")
        assert not any(b.language for b in document.blocks) and notice == ""


def test_a_page_in_another_language() -> None:
    document, notice = mark_foreign(read(Source("a.html", f"<html lang='de'><h1>Zu</h1><p>{OTHERS['de']}</p></html>"), ""), "en-US")
    assert {b.language for b in document.blocks} == {"de"} and "German" in notice
    assert mark_foreign(document, "de-DE")[1] == "" and mark_foreign(document, "auto")[1] == ""


def test_code_is_in_no_language() -> None:
    document, notice = mark_foreign(read(Source("a.md", f"Text.\n\n```\n{OTHERS['es']}\n```\n"), ""), "en-US")
    assert notice == "" and document.blocks[-1].language == ""


@pytest.mark.parametrize(
    ("title", "tag"), [("Un día en la vida de un ingeniero de la costa", "es"), ("A day in the life of Juan de la Cruz", "")]
)
def test_a_heading_goes_with_the_passage_beside_it(title: str, tag: str) -> None:
    document, _ = mark_foreign(read(Source("a.md", f"# {title}\n\n{OTHERS['es']}\n"), ""), "en-US")
    assert [b.language for b in document.blocks] == [tag, "es"]
