"""Who may talk to the page's server, and what it says to everybody else: nothing."""

from __future__ import annotations

import hmac
import http.client
import json

import psutil
import pytest
from served import Served

CHECK = json.dumps({"text": "They should of gone.", "format": "plain"})
JSON = {"Content-Type": "application/json"}


def ask(server: Served, method: str, path: str, body: str | bytes = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
    host = server.origin.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30)
    sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items() if value}}
    connection.request(method, path, body or None, sent)
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def token(server: Served) -> str:
    return server.address.removeprefix(server.origin)


def test_the_page_and_its_files_are_there(server: Served) -> None:
    status, headers, body = ask(server, "GET", token(server))
    assert status == 200 and b"Paste or drop a draft" in body and headers["content-type"].startswith("text/html")
    for name, kind in (("app.js", "text/javascript"), ("page.css", "text/css")):
        status, headers, _ = ask(server, "GET", f"{token(server)}static/{name}")
        assert status == 200 and headers["content-type"].startswith(kind)


def test_a_text_is_checked(server: Served) -> None:
    status, _, body = ask(server, "POST", f"{token(server)}check", CHECK, Origin=server.origin, Sec_Fetch_Site="same-origin")
    assert status == 200 and [found["title"] for found in json.loads(body)["findings"]] == ["of → have"]


@pytest.mark.parametrize("path", ["/", "/check", "/x/check", "/static/app.js", "//check", "/%00/check", "/../check"])
def test_without_the_token_there_is_nothing(server: Served, path: str) -> None:
    assert ask(server, "POST", path, CHECK, Origin=server.origin)[0] == 404
    assert ask(server, "GET", path)[0] == 404


def test_a_token_that_is_nearly_right_is_wrong(server: Served) -> None:
    near = token(server)[:-2] + ("a" if token(server)[-2] != "a" else "b") + "/"
    assert ask(server, "GET", near)[0] == 404


def test_the_server_proves_that_it_knows_the_token_without_being_told(server: Served) -> None:
    status, headers, said = ask(server, "GET", "/hello?asked-by-the-page")
    assert status == 200 and "default-src 'none'" in headers["content-security-policy"]
    assert said.decode() == hmac.new(token(server).strip("/").encode(), b"asked-by-the-page", "sha256").hexdigest()
    assert ask(server, "POST", "/hello?asked", Origin=server.origin)[0] == 404
    assert ask(server, "GET", "/hello?asked", Origin="https://evil.example")[0] == 403
    assert ask(server, "GET", "/hello?asked", Sec_Fetch_Site="cross-site")[0] == 403
    assert ask(server, "GET", "/hello?" + "x" * 5000)[2] == ask(server, "GET", "/hello?" + "x" * 64)[2]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "127.0.0.1.nip.io", ""])
def test_another_name_that_points_here_is_turned_away(server: Served, host: str) -> None:
    port = server.origin.rpartition(":")[2]
    for name in (host, f"{host}:{port}") if ":" not in host and not host.startswith("127.0.0.1") else (host,):
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
        connection.putrequest("GET", token(server), skip_host=True)
        if name:
            connection.putheader("Host", name)
        connection.endheaders()
        assert connection.getresponse().status in (400, 421), name
        connection.close()


def test_localhost_is_this_computer(server: Served) -> None:
    port = server.origin.rpartition(":")[2]
    assert ask(server, "GET", token(server), Host=f"localhost:{port}")[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", ""])
def test_a_page_elsewhere_cannot_ask(server: Served, origin: str) -> None:
    assert ask(server, "POST", f"{token(server)}check", CHECK, Origin=origin)[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_request_that_another_site_caused_is_turned_away(server: Served, site: str) -> None:
    assert ask(server, "POST", f"{token(server)}check", CHECK, Origin=server.origin, Sec_Fetch_Site=site)[0] == 403
    assert ask(server, "GET", token(server), Sec_Fetch_Site=site)[0] == (200 if site == "none" else 403)


def test_every_answer_forbids_everything_from_elsewhere(server: Served) -> None:
    for method, path in (
        ("GET", token(server)),
        ("GET", "/"),
        ("POST", f"{token(server)}check"),
        ("GET", f"{token(server)}static/none.js"),
    ):
        _, headers, _ = ask(server, method, path)
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';") and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert (headers["x-content-type-options"], headers["referrer-policy"], headers["cache-control"]) == (
            "nosniff",
            "no-referrer",
            "no-store",
        )
        assert "access-control-allow-origin" not in headers and "server" not in headers and "set-cookie" not in headers


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "index.html", "example.txt", "__init__.py"])
def test_no_other_file_can_be_had(server: Served, name: str) -> None:
    assert ask(server, "GET", f"{token(server)}static/{name}")[0] == 404


@pytest.mark.parametrize("body", ["", "{", "[1]", '{"text": 3}', "[" * 100_000, "null"])
def test_what_is_no_question_is_answered_all_the_same(server: Served, body: str) -> None:
    status, _, said = ask(server, "POST", f"{token(server)}check", body, Origin=server.origin)
    assert status in (200, 422) and json.loads(said)


def test_what_is_too_large_is_not_read_to_its_end(server: Served) -> None:
    status, _, said = ask(server, "POST", f"{token(server)}read?name=a.txt", b"x" * 37_000_000, Origin=server.origin)
    assert status == 413 and b"too large" in said


def test_it_listens_on_this_computer_only(server: Served) -> None:
    listening = [c.laddr.ip for c in psutil.Process(server.process.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert listening == ["127.0.0.1"]
