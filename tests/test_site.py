"""The site: everything is in the navigation, no page is too long, no markup shows as text, and nothing keeps anybody from reading."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import axe, chromium, sideways
from served import files_served

from edlint.files.yamlfile import load_yaml
from tests.docs import ROOT
from tests.docs.pages import PAGES, stale_pages
from tests.docs.reading import pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = ROOT / "docs"
SITE_PAGES = [page for page in pages() if page.is_relative_to(DOCS)]
MAIN = (
    *("index", "tutorial", "writers", "editors", "house-style", "ci", "from-vale", "rules-howto", "keys"),
    *("rules/index", "rules/Claims/Figure"),
)
LONGEST = 1000  # lines of a generated page; the keys of all check types take half of it


def navigation(entry: object) -> list[str]:
    """The pages that an entry of the navigation leads to."""
    if isinstance(entry, str):
        return [entry]
    below = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ()
    return [page for part in below for page in navigation(part)]


def test_every_page_is_in_the_navigation_once() -> None:
    listed = navigation(load_yaml(ROOT / ".mkdocs.yml")[0]["nav"])
    assert sorted(listed) == sorted(page.relative_to(DOCS).as_posix() for page in SITE_PAGES)
    assert sum(page.startswith("decisions/") for page in listed) == len(list((DOCS / "decisions").iterdir()))


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert stale_pages() == []


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".md")])
def test_generated_pages_are_short(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").count("\n") < LONGEST


@pytest.mark.parametrize("page", SITE_PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_fences_stand_where_the_site_reads_them(page: Path) -> None:
    """Python-Markdown reads a fence at the margin only, after a blank line or a heading's, and never inside a list."""
    fence = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        found = re.match(r"(`{3,})(\w*)$", line)
        if fence:
            fence = "" if found and found[1] == fence and not found[2] else fence
        elif found:
            fence = found[1]
        else:
            assert not re.search(r"^\W*(```|~~~)", line), line
    assert not fence, "a fence that nothing closes"


class Prose(HTMLParser):
    """The text of a page outside code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self._code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._code += tag in ("code", "pre", "script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "pre", "script", "style")

    def handle_data(self, data: str) -> None:
        self.text += "" if self._code else data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site. Zensical writes below its configuration only, so it gets a copy of both."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(DOCS, folder / "docs")
    shutil.copy(ROOT / ".mkdocs.yml", folder)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "-f", ".mkdocs.yml"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "build" / "site"


def test_every_page_is_built_and_shows_no_markup(site: Path) -> None:
    made = {page.relative_to(site).with_suffix(".md").as_posix(): page for page in site.rglob("*.html")}
    assert {page.relative_to(DOCS).as_posix() for page in SITE_PAGES} <= set(made)
    shown = {name: Prose(page.read_text(encoding="utf-8")).text for name, page in made.items()}
    assert [name for name, text in shown.items() if "```" in text or re.search(r"\]\(|\*\*\w", text)] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with files_served(site) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", MAIN)
def test_nothing_keeps_people_from_the_main_pages(browser: Browser, address: str, name: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark" if scheme == "dark" else "light")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{name}.html")
    assert axe(page, "serious") == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == [], "the page loads something from elsewhere"
    page.set_viewport_size({"width": 390, "height": 800})
    assert sideways(page) <= 0
    page.close()


def test_the_search_finds_a_rule_by_what_it_is_about(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("clickbait")
    page.locator("a[href*='rules/Headlines/Clickbait.html']").first.wait_for(state="attached", timeout=60_000)
    page.close()
