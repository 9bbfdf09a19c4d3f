"""A real Chromium for tests, and axe-core, which finds what keeps people from using a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from components import missing, program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    path = program("chromium", "chromium", "chromium-browser", "google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("chromium", "Playwright for Python is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


IMPACTS = ("minor", "moderate", "serious", "critical")


def axe(page: Page, least: str = "minor") -> list[str]:
    """What axe-core finds on a page with at least this impact: each rule with the first element it is broken by."""
    from axe_playwright_python.sync_playwright import Axe

    counted = IMPACTS[IMPACTS.index(least) :]
    found: list[dict[str, Any]] = [broken for broken in Axe().run(page).response["violations"] if broken["impact"] in counted]
    return [f"{broken['id']}: {broken['nodes'][0]['html']} {broken['nodes'][0].get('failureSummary', '')}" for broken in found]


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide
