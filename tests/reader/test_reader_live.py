"""Drafts that are open: findings of the rules at once, those of the reader as its answers arrive."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest
from fakechat import Fake
from rawclient import RawClient

from edlint.grammar.base import UNREAD
from edlint.model.server import ReaderConfig
from edlint.reader import background
from edlint.session.live import LiveSession
from edlint.session.options import Options
from edlint.web.drafts import Drafts

PLAIN = "The harbour lies between two rivers."
OTHER = "The quay lies between two hills."


def event(pack: str, text: str) -> tuple[str, str, str]:
    return ("event", "lies between", "") if "lies" in text else ("sober" if pack == "Headlines" else "not-claim", "", "")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, chat: Fake, reader: ReaderConfig, tmp_path: Path) -> None:
    monkeypatch.setattr(background, "QUIET", 0.02)
    monkeypatch.chdir(tmp_path)
    chat.judge = event
    tmp_path.joinpath(".git").mkdir()
    tmp_path.joinpath(".edlint.yml").write_text(f"extends: [Claims, Headlines]\nreader: {{server: '{chat.url}', model: fake}}\n")


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_answers_arrive_later_paragraph_by_paragraph(chat: Fake, tmp_path: Path) -> None:
    heard: Queue[str] = Queue()
    live = LiveSession(Options(), heard.put)
    path = str(tmp_path / "a.md")
    text = f"{PLAIN}\n\n{OTHER}\n"
    chat.delay = 0.3
    first = live.lint(path, text)
    assert first.findings == () and first.notices == () and live.waiting(path)
    counts = []
    for _ in range(2):
        assert heard.get(timeout=60) == path
        counts.append(len(live.lint(path, text).findings))
    assert counts[-1] == 2 and sorted(counts) == counts
    until(lambda: not live.waiting(path))
    assert len(chat.asked) == 2, "none of them twice"


def test_what_is_not_there_any_more_is_not_asked(chat: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "QUIET", 0.5)
    live = LiveSession(Options())
    path = str(tmp_path / "a.md")
    for number in range(5):
        live.lint(path, f"The harbour has {number} quays, as anybody can see.")
    live.lint(path, PLAIN)
    until(lambda: not live.waiting(path))
    assert chat.texts == [PLAIN]
    live.lint(path, OTHER)
    live.close(path)
    assert not live.waiting(path)
    live.lint(str(tmp_path / "b.md"), f"{PLAIN} {OTHER}")
    until(lambda: not live.waiting(str(tmp_path / "b.md")))
    assert OTHER not in chat.texts[:-1]


def test_a_folder_is_searched_without_the_reader(chat: Fake, tmp_path: Path) -> None:
    tmp_path.joinpath("a.md").write_text(PLAIN)
    results = [file for files, _, _ in LiveSession(Options()).folders([str(tmp_path)]) for file in files]
    assert [file.path for file in results] == ["a.md"] or len(results) == 1
    assert chat.asked == [] and results[0].notices == ()


def test_a_server_that_is_away_is_said_and_asked_again_later(chat: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from edlint.reader import reader as module

    heard: Queue[str] = Queue()
    live = LiveSession(Options(), heard.put)
    path = str(tmp_path / "a.md")
    chat.status = 401
    live.lint(path, PLAIN)
    heard.get(timeout=60)
    told = live.lint(path, PLAIN)
    assert told.notices[0].startswith(f"{UNREAD}: fake at") and not live.waiting(path)
    chat.status = 200
    monkeypatch.setattr(module, "RETRY", 0.0)
    live.lint(path, PLAIN)
    heard.get(timeout=60)
    assert len(live.lint(path, PLAIN).findings) == 1


def test_the_page_shows_what_came_and_that_more_will(chat: Fake) -> None:
    drafts = Drafts(Options())
    chat.delay = 0.3
    first = drafts.check(PLAIN, "plain")
    assert first["findings"] == [] and first["reading"] is True
    until(lambda: drafts.check(PLAIN, "plain")["reading"] is False)
    found = drafts.check(PLAIN, "plain")["findings"]
    assert isinstance(found, list) and [one["level"] for one in found] == ["suggestion"] and "Read by fake" in found[0]["message"]


def test_an_editor_is_told_as_answers_arrive(chat: Fake, tmp_path: Path) -> None:
    uri = (tmp_path / "a.md").as_uri()
    with RawClient(cwd=tmp_path, env={**os.environ, "EDLINT_TRACEBACK": "1"}) as editor:
        editor.start(tmp_path)
        editor.open(uri, PLAIN, "markdown")
        shown: list[list[str]] = []
        while not any(shown):
            shown.append([found["message"] for found in editor.shown(uri)])
        editor.end()
    assert shown[0] == [] and "Read by fake" in shown[-1][0]
