"""A client that means no good, or is killed: answers, silence or a clean end, and never a crash or a process that stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from rawclient import RawClient

VAGUE = "Harbour closes\n\nCritics say the plan failed.\n"
QUICK = ("--isolated", "--select", "Claims.VagueSource")


@pytest.fixture(scope="module")
def client() -> Iterator[RawClient]:
    with RawClient(*QUICK) as started:
        started.start()
        yield started
        assert started.end() == 0 and b"".join(started.errors) == b""


def alive(client: RawClient) -> bool:
    """Whether the server still finds what it should."""
    client.open("file:///alive.txt", VAGUE)
    found = client.shown("file:///alive.txt")
    client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///alive.txt"}})
    client.shown("file:///alive.txt")
    return [d["code"] for d in found] == ["Claims.VagueSource"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b'"x"', b"{}", b"\xff\xfe", b'{"jsonrpc": "1.0"}', b"[" * 100_000, b'{"jsonrpc":"2.0","method":7}', b"1e999"],
    ids=lambda body: body[:12].decode("latin-1"),
)
def test_what_is_no_message(client: RawClient, body: bytes) -> None:
    client.body(body)
    assert alive(client)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/didOpen", {}),
        ("textDocument/didOpen", {"textDocument": {"uri": 7, "languageId": [], "version": "x", "text": None}}),
        ("textDocument/didChange", {"textDocument": {"uri": "file:///never.txt", "version": 3}, "contentChanges": [{"text": "x"}]}),
        ("textDocument/didChange", {"textDocument": {"uri": "file:///never.txt", "version": 3}, "contentChanges": []}),
        ("textDocument/didClose", {"textDocument": {"uri": "file:///never.txt"}}),
        ("$/cancelRequest", {"id": 4711}),
        ("window/workDoneProgress/cancel", {"token": "none"}),
        ("no/such/method", {"a": [1]}),
    ],
)
def test_notifications_that_make_no_sense(client: RawClient, method: str, params: Any) -> None:
    client.notify(method, params)
    assert alive(client)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {}),
        ("textDocument/hover", {"textDocument": {"uri": "file:///x"}, "position": {"line": -1, "character": "x"}}),
        ("no/such/method", None),
        ("workspace/executeCommand", {"command": "rm", "arguments": ["-rf", "/"]}),
        ("workspace/executeCommand", {"command": "edlint.openRule", "arguments": [1, 2, 3, 4]}),
    ],
)
def test_requests_that_make_no_sense_get_an_error(client: RawClient, method: str, params: Any) -> None:
    assert "error" in client.request(method, params)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {"textDocument": {"uri": "file:///never.txt"}, "position": {"line": 2**31 - 1, "character": 2**31 - 1}}),
        (
            "textDocument/codeAction",
            {
                "textDocument": {"uri": "file:///etc/passwd"},
                "range": {"start": {"line": 9, "character": 9}, "end": {"line": 0, "character": 0}},
                "context": {"diagnostics": []},
            },
        ),
        ("codeAction/resolve", {"title": "x", "data": [1, 2]}),
        ("workspace/executeCommand", {"command": "edlint.openRule", "arguments": ["file:///etc/passwd", "Claims.VagueSource"]}),
        ("workspace/executeCommand", {"command": "edlint.checkFolders"}),
    ],
)
def test_requests_about_what_is_not_open_find_nothing(client: RawClient, method: str, params: Any) -> None:
    answer = client.request(method, params)
    assert "error" not in answer and answer["result"] in (None, [], {"title": "x", "data": [1, 2]}, "no folder is open")


def test_a_range_that_is_upside_down_or_far_outside(client: RawClient) -> None:
    uri = "file:///draft.txt"
    client.open(uri, VAGUE)
    client.shown(uri)
    far = {"line": 2**31 - 1, "character": 2**31 - 1}
    for start, end in ((far, far), (far, {"line": 0, "character": 0}), ({"line": 2, "character": 2**31 - 1}, {"line": 2, "character": 0})):
        params = {"textDocument": {"uri": uri}, "range": {"start": start, "end": end}, "context": {"diagnostics": []}}
        assert "error" not in client.request("textDocument/codeAction", params)


def test_an_older_version_and_a_part_of_a_text_change_nothing(client: RawClient) -> None:
    uri = "file:///versions.txt"
    client.open(uri, VAGUE, version=5)
    assert len(client.shown(uri, 5)) == 1
    client.change(uri, "", 4)
    client.change(uri, "", 5)
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    document = {"uri": uri, "version": 6}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"range": span, "text": ""}]})
    client.change(uri, VAGUE + VAGUE, 7)
    assert len(client.shown(uri)) == 2


def test_a_message_larger_than_the_server_takes_is_passed_over(client: RawClient) -> None:
    length = 200_000_001
    client.raw(b"Content-Length: %d\r\n\r\n" % length)
    for _ in range(length // 1_000_000):
        client.raw(b" " * 1_000_000)
    client.raw(b" ")
    assert client.wait(lambda m: m.get("id", 0) is None and "larger" in m["error"]["message"])
    assert alive(client)


def test_headers_that_are_none_are_passed_over(client: RawClient) -> None:
    for header in (b"Content-Length: -5", b"Content-Length: x", b"x" * 10_000, b"Content-Length: " + b"9" * 40):
        client.raw(header + b"\r\n\r\n")
    assert alive(client)


def test_a_draft_of_many_megabytes_and_one_of_odd_characters(client: RawClient) -> None:
    uri = "file:///huge.txt"
    client.open(uri, "Critics say it.\n" * 2_000_000)
    assert "larger than" in client.shown(uri)[0]["message"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    odd = "file:///odd.txt"
    client.open(odd, "\x00\ud800\u202e\ufeff Critics say \U0001f600\u2028")
    assert client.shown(odd)[0]["code"] == "not-checked"
    assert alive(client)


def test_no_message_makes_the_server_write_a_file(tmp_path: Path) -> None:
    """The editor writes what an action asks for: the server itself touches nothing but its cache."""
    before = {"draft.txt": VAGUE, ".edlint.yml": "vocabulary: [../../names.txt]\n"}
    for name, text in before.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    uri = (tmp_path / "draft.txt").as_uri()
    with RawClient() as client:
        client.start(tmp_path)
        client.open(uri, VAGUE)
        assert "names.txt" in client.shown(uri)[0]["message"]
        client.request("workspace/executeCommand", {"command": "edlint.checkFolders"})
        assert client.end() == 0
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("encodings", "chosen", "column"), [(["utf-8", "utf-16"], "utf-8", 17), (["utf-32"], "utf-32", 14), (None, "utf-16", 15)]
)
def test_the_encoding_of_positions_is_agreed_upon(encodings: Any, chosen: str, column: int) -> None:
    with RawClient(*QUICK) as client:
        able = client.start(capabilities={"general": {"positionEncodings": encodings}} if encodings else {})
        assert able["capabilities"]["positionEncoding"] == chosen
        client.open("file:///a.md", "# News\n\nIt is \U0001f600 late. Critics say the plan failed.\n")
        [found] = client.shown("file:///a.md")
        assert found["range"]["start"] == {"line": 2, "character": column}
        assert client.end() == 0


def test_exit_without_shutdown_is_status_one_and_the_end_of_the_stream_is_none() -> None:
    with RawClient(*QUICK) as client:
        client.start()
        client.notify("exit")
        assert client.server.wait(60) == 1
    with RawClient(*QUICK) as client:
        client.start()
        assert client.server.stdin
        client.server.stdin.close()
        assert client.server.wait(60) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_sigterm_ends_the_server() -> None:
    with RawClient(*QUICK) as client:
        client.start()
        client.server.send_signal(signal.SIGTERM)
        assert client.server.wait(60) == 128 + signal.SIGTERM


HOST = """
import json, subprocess, sys, time
sys.path[:0] = {path!r}
from rawclient import RawClient
client = RawClient("--isolated")
client.start(process={process})
client.open("file:///draft.txt", "We agreed too mend the the bridge number {number} on Monday.")
client.shown("file:///draft.txt")
client.change("file:///draft.txt", "It agreed too mend the the bridge number {number} on Monday.", 2)
print(client.server.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows tells of the end of a parent in another way")
@pytest.mark.parametrize("moment", ["at rest", "at work"])
def test_nothing_is_left_when_the_editor_is_killed(moment: str) -> None:
    """Neither the server nor the process of the grammar engine."""
    path = [entry for entry in sys.path if entry]
    host = subprocess.Popen(
        [sys.executable, "-c", HOST.format(path=path, process=os.getpid(), number=time.time_ns())], stdout=subprocess.PIPE, text=True
    )
    assert host.stdout
    server = psutil.Process(int(host.stdout.readline()))
    if moment == "at rest":
        deadline = time.monotonic() + 60
        while not server.children() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.children()
    family = [server, *server.children(recursive=True)]
    host.kill()
    host.wait()
    host.stdout.close()
    _, left = psutil.wait_procs(family, timeout=30)
    assert left == []


def test_a_server_whose_editor_has_gone_ends_where_somebody_else_holds_the_stream() -> None:
    """The number of the editor's process tells it."""
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with RawClient(*QUICK) as client:
        client.start(process=editor.pid)
        editor.kill()
        editor.wait()
        assert editor.stdin
        editor.stdin.close()
        assert client.server.wait(60) == 0


def test_without_pygls_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['pygls'] = None; from edlint.cli import main; main(['lsp'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (2, "") and "pip install 'pygls>=2'" in done.stderr


def test_the_plain_command_line_imports_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VAGUE, "utf-8")
    code = (
        "import sys; from edlint.cli import run; run(['a.txt', '--isolated']); run(['lsp', '--help']);"
        "sys.exit(any(m.partition('.')[0] in ('pygls', 'lsprotocol', 'asyncio') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True).returncode == 0


def test_requests_can_be_cancelled(tmp_path: Path) -> None:
    with RawClient(*QUICK) as client:
        client.start(capabilities={"textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}}}})
        uri = "file:///draft.txt"
        client.open(uri, VAGUE)
        client.shown(uri)
        span = {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}}
        params = {"textDocument": {"uri": uri}, "range": span, "context": {"diagnostics": []}}
        action = next(a for a in client.request("textDocument/codeAction", params)["result"] if a.get("data"))
        client.open("file:///long.txt", VAGUE * 20_000)  # keeps the server at work
        time.sleep(0.2)
        number = client.ask("codeAction/resolve", action)
        client.notify("$/cancelRequest", {"id": number})
        assert client.wait(lambda m: m.get("id") == number)["error"]["code"] == -32800


def test_a_check_of_folders_can_be_stopped(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(VAGUE * 20, "utf-8")
    with RawClient(*QUICK) as client:
        client.start(tmp_path, capabilities={"window": {"workDoneProgress": True}})
        number = client.ask("workspace/executeCommand", {"command": "edlint.checkFolders"})
        create = client.wait(lambda m: m.get("method") == "window/workDoneProgress/create")
        client.body(json.dumps({"jsonrpc": "2.0", "id": create["id"], "result": None}).encode())
        client.wait(lambda m: m.get("method") == "$/progress")
        client.notify("window/workDoneProgress/cancel", {"token": create["params"]["token"]})
        assert int(client.wait(lambda m: m.get("id") == number)["result"].split()[0]) < 100
        assert client.end() == 0
