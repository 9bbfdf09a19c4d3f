"""`edlint languagetool`, as far as it goes without LanguageTool: finding, fetching and refusing it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Any

import pytest
from doors import Run
from support import cache_with_rules

VERSION = "6.8"


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("run", "downloads"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "downloads"))
    monkeypatch.delenv("LTP_JAR_DIR_PATH", raising=False)


def some_jars(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "languagetool-server-5.1.jar").touch()
    return folder


def test_a_folder_of_jars_is_taken(edlint_: Run, tmp_path: Path) -> None:
    ran = edlint_("languagetool", "install", "--jars", str(some_jars(tmp_path / "jars")))
    assert ran == (0, f"LanguageTool 5.1 is in {tmp_path / 'jars'}\n", "")
    assert edlint_("languagetool", "status").out == "LanguageTool 5.1 is installed, but not running\n"


def test_a_folder_without_a_server_is_refused(edlint_: Run, tmp_path: Path) -> None:
    ran = edlint_("languagetool", "install", "--jars", str(tmp_path))
    assert ran.status == 2 and "holds no LanguageTool server" in ran.err
    assert edlint_("languagetool", "install", "--jars", "nowhere").status == 2


def test_what_language_tool_python_knows_is_found(edlint_: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some_jars(tmp_path / "downloads" / "LanguageTool-6.6")  # the names of the jars are surer than that of the folder
    assert "LanguageTool 5.1 is installed" in edlint_("languagetool", "status").out
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(tmp_path / "empty"))
    assert "not installed" in edlint_("languagetool", "status").out


def test_without_it_a_check_ends_with_2_and_says_how_to_get_it(edlint_: Run, tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").write_text("grammar: {engine: languagetool}\n", "utf-8")
    (tmp_path / "draft.txt").write_text("The council met on Monday.\n", "utf-8")
    ran = edlint_("draft.txt")
    assert ran.status == 2
    assert "edlint languagetool install" in ran.err and "Java 17" in ran.err
    (tmp_path / ".edlint.yml").write_text("grammar: {engine: languagetool, on_failure: warn}\n", "utf-8")
    ran = edlint_("draft.txt")
    assert ran.status == 0 and "GRAMMAR WAS NOT CHECKED" in ran.out
    assert edlint_("languagetool", "start").status == 2
    assert edlint_("languagetool", "stop").out == "LanguageTool was not running\n"


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """A server of the files in a folder."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.skipif(which("java") is None, reason="Java is missing")
def test_install_fetches_verifies_and_remembers(program: Run, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"LanguageTool-{VERSION}/languagetool-server.jar", b"a jar")
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / f"LanguageTool-{VERSION}.zip").write_bytes(packed.getvalue())
    right = hashlib.sha256(packed.getvalue()).hexdigest()
    with files(tmp_path / "web") as url:
        wrong = program("languagetool", "install", LTP_DOWNLOAD_HOST_NEW_RELEASES=url, LTP_DOWNLOAD_SHA256="0" * 64)
        assert wrong.status == 2 and "checksum" in wrong.err and "--jars" in wrong.err
        ran = program("languagetool", "install", LTP_DOWNLOAD_HOST_NEW_RELEASES=url, LTP_DOWNLOAD_SHA256=right)
    assert ran.status == 0, ran.err
    assert f"LanguageTool {VERSION} is in {tmp_path / 'downloads'}" in ran.out
    assert f"LanguageTool {VERSION} is installed" in program("languagetool", "status").out
    gone = program("languagetool", "install", "--version", "6.7", LTP_DOWNLOAD_HOST_NEW_RELEASES="http://127.0.0.1:9/")
    assert gone.status == 2 and "cannot be fetched" in gone.err


def test_without_java_install_says_so(program: Run, tmp_path: Path) -> None:
    ran = program("languagetool", "install", PATH=str(tmp_path))
    assert ran.status == 2 and "Java 17" in ran.err
