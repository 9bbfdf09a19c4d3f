"""The site: everything is in the navigation, no page is too long to be read, and no markup shows as text."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from edlint.files.yamlfile import load_yaml
from tests.docs import ROOT
from tests.docs.pages import PAGES, stale_pages
from tests.docs.reading import pages

DOCS = ROOT / "docs"
SITE_PAGES = [page for page in pages() if page.is_relative_to(DOCS)]
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


@pytest.mark.skipif(not importlib.util.find_spec("material"), reason="mkdocs-material, of the extra [docs]: not installed")
def test_the_site_builds_and_shows_no_markup(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(ROOT / ".mkdocs.yml"), "-d", str(tmp_path)]
    built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert built.returncode == 0, built.stderr
    made = list(tmp_path.rglob("*.html"))
    assert len(made) > len(SITE_PAGES)
    shown = {page: Prose(page.read_text(encoding="utf-8")).text for page in made}
    assert [page.name for page, text in shown.items() if "```" in text or re.search(r"\]\(|\*\*\w", text)] == []
