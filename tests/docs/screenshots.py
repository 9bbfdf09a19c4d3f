"""The pictures of the page in docs/images: `python -m tests.docs.screenshots` takes them anew, in a real Chromium."""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sys.path.insert(0, str(ROOT / "tests" / "lib"))

IMAGES = ROOT / "docs" / "images"
COLORS = 64
SHOWN: tuple[tuple[int, int, Any], ...] = (
    (1280, 800, "light"),
    (1280, 800, "dark"),
    (820, 900, "light"),
    (820, 900, "dark"),
    (390, 800, "light"),
    (390, 800, "dark"),
)


def main() -> None:
    """Write one picture for each width and colour scheme."""
    from browser import chromium
    from served import served

    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server, chromium() as browser:
        for width, height, scheme in SHOWN:
            target = IMAGES / f"page-{width}-{scheme}.png"
            _take(browser, server.address, target, {"width": width, "height": height}, scheme)
            print(f"{target.relative_to(ROOT)}  {target.stat().st_size:,} bytes")


def _take(browser: Browser, address: str, target: Path, size: Any, scheme: Any) -> None:
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    page.click("#example")
    page.locator(".item").first.wait_for(timeout=120_000, state="attached")
    page.locator(".item.error button").first.evaluate("button => button.click()")
    page.wait_for_timeout(300)
    page.screenshot(path=target)
    page.close()
    _shrink(target)


def _shrink(target: Path) -> None:
    """Save a picture with few colours, a third of its size, where Pillow is installed to do so."""
    try:
        image = import_module("PIL.Image")
    except ImportError:
        return
    image.open(target).convert("RGB").quantize(COLORS).save(target, optimize=True)


if __name__ == "__main__":
    main()
