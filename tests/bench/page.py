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
    from playwright.sync_api import CDPSession, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

KEYS, LONG_KEYS = 200, 40  # keystrokes in a draft of 1,200 words, and in one of 10,000
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
    """Print the median and the worst of many keystrokes in drafts of two lengths, of the longer two at once; with --quick of a fifth."""
    from browser import chromium
    from served import served

    part = 5 if "--quick" in sys.argv else 1
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server, chromium() as browser:
        pages = []
        for words, keys in ((1200, KEYS // part), (10_000, LONG_KEYS // part), (10_000, LONG_KEYS // part)):
            pages.append(browser.new_page(viewport={"width": 1280, "height": 860}))
            pages[-1].goto(server.address)
            _open(pages[-1], article(words))
            print(_measured(pages[-1], server.process.pid, words, keys), flush=True)


def _measured(page: Page, pid: int, words: int, keys: int) -> str:
    """What typing takes, in a line: the time to the findings, the CPU of the server, and that of the page's own thread."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before, own = _used(pid), _busy(session)
    taken, frames = _typed(page, keys)
    cpu, busy = 1000 * (_used(pid) - before) / keys, 1000 * (_busy(session) - own) / keys
    median, longest = statistics.median(taken), max(frames)
    said = f"{words:>6,} words: from keystroke to findings {median:.0f} ms (median), {max(taken):.0f} ms (worst of {len(taken)})"
    verdict = f"  target {LIMIT} ms: {'met' if median <= LIMIT else 'MISSED'}" if words == 1200 else ""
    return f"{said}; CPU a keystroke: server {cpu:.0f} ms, page {busy:.0f} ms; longest frame {longest:.0f} ms{verdict}"


def _busy(session: CDPSession) -> float:
    """The seconds that the page's thread has worked: script, layout and paint."""
    found = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"])


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
