"""The HTML report in a real browser: nothing overlaps, tears or scrolls sideways, and it prints short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import axe, sideways

from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report
from edlint.model.source import Source
from edlint.report import render
from edlint.session.session import Session
from edlint.text.span import Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seeds" / "op-ed.txt"
WIDTHS = (320, 390, 820, 900, 920, 1280, 1600)
LETTER_PAGES = 6
DRIFT = 80  # pixels by which a closed note may stand below its mark
PLACES = """() => [...document.querySelectorAll('.note')].map(note => {
  const mark = document.getElementById(note.querySelector('.body').id.replace('-n', '-m')) || note;
  const at = note.getBoundingClientRect();
  return [at.top, at.bottom, at.left, mark.getBoundingClientRect().top];
})"""
TOPS = "() => [...document.querySelectorAll('.b')].map(block => Math.round(block.getBoundingClientRect().top + scrollY))"


@cache
def report(draft: Path) -> str:
    session = Session()
    return render(session.detailed(session.check([str(draft)])), "html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def show(page: Page, html: str, width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(html)


def overlapping(page: Page) -> list[Any]:
    places = page.evaluate(PLACES)
    return [(one, two) for one, two in pairwise(places) if two[0] < one[1] - 0.5]


def test_it_fits_every_width(page: Page) -> None:
    html = report(ROOT / "examples" / "op-ed.txt")
    for width in WIDTHS:
        show(page, html, width)
        assert sideways(page) <= 0, width
        assert overlapping(page) == [], width


def test_notes_stand_at_their_marks_and_never_move_the_text(page: Page) -> None:
    show(page, report(ROOT / "examples" / "op-ed.txt"))
    before = page.evaluate(TOPS)
    assert all(top - mark <= DRIFT for top, _, _, mark in page.evaluate(PLACES))
    page.evaluate("document.querySelectorAll('.note').forEach(note => note.open = true)")
    assert page.evaluate(TOPS) == before and overlapping(page) == []


def test_below_900_pixels_notes_are_rows_under_their_paragraph(page: Page) -> None:
    show(page, report(ROOT / "examples" / "op-ed.txt"), 820)
    assert all(top > mark for top, _, _, mark in page.evaluate(PLACES)[:5])


def test_a_link_opens_its_note(page: Page) -> None:
    show(page, report(ROOT / "examples" / "op-ed.txt"))
    page.click("#d1-m4")
    assert page.evaluate("document.querySelector('#d1-n4').parentElement.open")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    html = report(ROOT / "examples" / "op-ed.txt").replace("default-src 'none';", "")  # axe runs in the page
    for width in (390, 1280):
        show(page, html, width)
        page.evaluate("document.querySelectorAll('details').forEach(note => note.open = true)")
        assert axe(page) == [], width


def test_marks_are_seen_in_forced_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    show(page, report(ROOT / "examples" / "op-ed.txt"))
    line = page.evaluate("getComputedStyle(document.querySelector('mark.warning')).textDecorationLine")
    assert line == "underline"


def many(findings: int, width: int) -> str:
    """A report on one paragraph with so many findings."""
    text = "A title\n\n" + "word " * (findings + 5) + "in the end.\n"
    found = [Finding("Pack.Rule", Level.WARNING, "A message", Span(9 + 5 * n, 9 + 5 * n + width)) for n in range(findings)]
    return render(Report((FileResult("a.txt", Source("a.txt", text), tuple(found)),), version="1"), "html")


@pytest.mark.parametrize("findings", [0, 1, 40, 500])
def test_few_notes_and_many(page: Page, findings: int) -> None:
    show(page, many(findings, 4))
    assert sideways(page) <= 0 and overlapping(page) == []
    assert len(page.evaluate(PLACES)) == findings


@pytest.mark.parametrize(
    "text", ["مرحبا بكم في المدينة القديمة\n\nهذا نص قصير.\n", "One line.", "x" * 900, "A " + "Very " * 18 + "Long Title\n\nText here.\n"]
)
def test_drafts_of_every_shape(page: Page, text: str) -> None:
    found = Finding("Pack.Rule", Level.ERROR, "x" * 300, Span(0, 4))
    show(page, render(Report((FileResult("a.txt", Source("a.txt", text), (found,)),), version="1"), "html"), 390)
    assert sideways(page) <= 0


def test_a_long_draft_prints_short(page: Page) -> None:
    if not SEED.exists():
        pytest.skip("the seed drafts are not here")
    show(page, report(SEED))
    places = page.evaluate(PLACES)
    assert len(places) >= 30 and max(top - mark for top, _, _, mark in places) <= DRIFT
    pages = len(re.findall(rb"/Type /Page\b", page.pdf(format="Letter", prefer_css_page_size=False)))
    assert 0 < pages <= LETTER_PAGES
