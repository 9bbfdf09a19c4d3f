"""How long findings take to follow a keystroke on the page of `edlint serve`, in a real Chromium."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from .drafts import article

if TYPE_CHECKING:
    from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

KEYS = 200
LIMIT = 150  # milliseconds, as a median, in a draft of 1,200 words
_CLOCK = """() => {
  window.taken = []; window.frames = [];
  let began = 0, last = 0;
  document.getElementById("text").addEventListener("input", () => { began = began || performance.now(); }, true);
  new MutationObserver(() => {
    if (began && document.getElementById("status").textContent === "Checked just now") { taken.push(performance.now() - began); began = 0; }
  }).observe(document.getElementById("status"), { childList: true, characterData: true, subtree: true });
  const frame = (now) => { if (last) frames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""

_ANSWERED = """before => new Promise(done => {
  const timer = setInterval(() => { if (taken.length > before) { clearInterval(timer); done(); } }, 4);
})"""


def main() -> None:
    """Print the median and the worst of 200 keystrokes in drafts of two lengths."""
    from browser import chromium
    from served import served

    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server, chromium() as browser:
        for words, keys in ((1200, KEYS), (10_000, 40)):
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            page.goto(server.address)
            _open(page, article(words))
            before = _used(server.process.pid)
            taken, frames = _typed(page, keys)
            cpu = 1000 * (_used(server.process.pid) - before) / keys
            median, worst, longest = statistics.median(taken), max(taken), max(frames)
            said = f"{words:>6,} words: from keystroke to findings {median:.0f} ms (median), {worst:.0f} ms (worst of {len(taken)})"
            verdict = f"  target {LIMIT} ms: {'met' if median <= LIMIT else 'MISSED'}" if words == 1200 else ""
            print(f"{said}; CPU {cpu:.0f} ms a keystroke; longest frame {longest:.0f} ms{verdict}", flush=True)
            page.close()


def _used(pid: int) -> float:
    """The CPU seconds of a process and of those that it started."""
    process = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


def _open(page: Page, text: str) -> None:
    """Paste a text, and put the caret into its middle."""
    page.click("#write")
    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " dispatchEvent(new ClipboardEvent('paste', { clipboardData: data })); }",
        text,
    )
    page.get_by_text("Checked just now").wait_for(timeout=60_000)
    page.evaluate(
        "() => { const lines = document.getElementById('text').children; const line = lines[Math.floor(lines.length / 4) * 2];"
        " document.getElementById('text').focus(); getSelection().collapse(line.firstChild, 3); }"
    )
    page.keyboard.type("warming up ")
    page.wait_for_timeout(1500)
    page.evaluate(_CLOCK)


def _typed(page: Page, keys: int) -> tuple[list[float], list[float]]:
    """Type, and see how long each answer and each frame took, in milliseconds."""
    letters = "the mayor of Port Ellis said on Monday that they was late. "
    for number in range(keys):
        before = page.evaluate("taken.length")
        page.keyboard.press(letters[number % len(letters)].replace(" ", "Space"))
        page.evaluate(_ANSWERED, before)
    return page.evaluate("taken"), page.evaluate("frames")


if __name__ == "__main__":
    main()
