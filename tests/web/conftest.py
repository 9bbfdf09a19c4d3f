"""One server for all tests of this folder, and pages in one browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from served import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`edlint serve` in an empty folder."""
    with served(tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """The page, just opened. Whatever it throws or loads from elsewhere is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    thrown: list[str] = []
    asked: list[str] = []
    opened.on("pageerror", lambda fault: thrown.append(str(fault)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(server.address)
    yield opened
    context.close()
    assert thrown == []
    assert [url for url in asked if not url.startswith((server.address, f"{server.origin}/hello?", "blob:", "data:"))] == []
