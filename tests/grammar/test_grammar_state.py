"""Whom edlint takes for its own server, and which processes it ends: never one that only looks the part."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakelanguagetool import Fake

from edlint.errors import EngineError
from edlint.grammar.languagetool import server
from edlint.grammar.languagetool.state import FILES, STATE, Lock, Running, kill_left, read_state, started, write_state

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def folder() -> Path:
    folder = server.folder_of("9.9")
    folder.mkdir(parents=True)
    return folder


@contextmanager
def sleeper(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", SLEEP, *arguments]) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_process_is_not_ended_for_what_stands_in_its_arguments(folder: Path) -> None:
    with sleeper(f"-Dedlint.server={folder}", str(folder), "org.languagetool.server.HTTPSServer") as innocent:
        write_state(folder, Running("9.9"))
        assert server.stop("9.9")
        assert not server.stop("9.9")
        time.sleep(0.1)
        assert innocent.poll() is None


def test_a_process_that_was_given_the_number_of_another_is_left_alone(folder: Path) -> None:
    with sleeper() as innocent:
        write_state(folder, Running("9.9", 1, innocent.pid, started(innocent.pid) - 60, innocent.pid, 0.0))
        server.stop("9.9")
        time.sleep(0.1)
        assert innocent.poll() is None


def test_what_is_left_of_a_server_is_ended(folder: Path) -> None:
    with sleeper() as java:
        write_state(folder, Running("9.9", java=java.pid, java_started=started(java.pid)))
        for name in FILES[1:]:
            (folder / name).touch()
        assert server.stop("9.9")
        assert started(java.pid) == 0.0
    assert not any((folder / name).exists() for name in FILES)


@pytest.mark.parametrize("number", [0, -1, 2**22 + 1])
def test_numbers_that_no_process_has(number: int) -> None:
    assert kill_left(Running("9.9", java=number, supervisor=number)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        '{"version": ' + "[" * 100_000,
        "{}",
        json.dumps({"version": 3}),
        json.dumps({"version": "9.9", "port": "80"}),
        json.dumps({"version": "9.9", "java_started": []}),
        json.dumps({"version": "9.9", "what": 1}),
        "\xff",
        '"' + "x" * 300_000 + '"',
    ],
    ids=lambda text: text[:20],
)
def test_a_state_that_edlint_did_not_write(folder: Path, text: str) -> None:
    (folder / STATE).write_text(text, "latin-1")
    assert read_state(folder) is None
    assert server.running("9.9") is None
    assert server.stop("9.9")
    assert not (folder / STATE).exists()


def test_a_state_is_read_as_it_was_written_and_by_its_owner_only(folder: Path) -> None:
    state = Running("9.9", 1, 2, 3.5, 4, 5.5, True, "certificate", "token")
    write_state(folder, state)
    assert read_state(folder) == state
    if os.name == "posix":
        assert (folder / STATE).stat().st_mode & 0o777 == 0o600


def test_whoever_listens_without_the_key_is_sent_nothing(folder: Path, fake: Fake) -> None:
    """Also when it speaks as LanguageTool does, and everything else about the server is right."""
    port = int(fake.url.rpartition(":")[2])
    lock = Lock(folder / "serving")
    assert lock.acquire()
    try:
        write_state(folder, Running("9.9", port, os.getpid(), started(os.getpid()), ready=True, token="t"))
        assert server.running("9.9") is None
    finally:
        lock.release()
    assert (fake.pages, fake.forms) == ([], [])


@pytest.mark.skipif(os.name != "posix", reason="POSIX owners and modes")
def test_a_folder_that_others_can_enter_is_shut_and_one_that_is_a_link_refused(folder: Path, tmp_path: Path) -> None:
    folder.chmod(0o777)
    server.stop("9.9")
    assert folder.stat().st_mode & 0o777 == 0o700
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    server.folder_of("8.8").symlink_to(elsewhere)
    with pytest.raises(EngineError, match="belongs to somebody else"):
        server.stop("8.8")
