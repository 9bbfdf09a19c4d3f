"""The engine against a server that the configuration names."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from threading import enumerate as enumerate_threads

import pytest
from fakelanguagetool import Fake, fake_server

from edlint.errors import EngineError
from edlint.exchange import Address
from edlint.grammar import Engines
from edlint.grammar.base import Slice
from edlint.grammar.languagetool import client
from edlint.grammar.languagetool import engine as module
from edlint.grammar.languagetool.client import parse_address
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig
from edlint.model.finding import Finding

ALL = Slice()


def config(fake: Fake, **changes: object) -> GrammarConfig:
    return GrammarConfig(**{"engine": "languagetool", "server": fake.url, "timeout": 5.0, **changes})  # type: ignore[arg-type]


def check(fake: Fake, text: str, **changes: object) -> list[tuple[str, str]]:
    """(rule, text at the span) of each remark."""
    said = module.make(config(fake, **changes), lambda _: None).check(text, (ALL,))
    return [(r.rule, text[r.start : r.end]) for r in said]


def lint(fake: Fake, text: str, **changes: object) -> list[Finding]:
    linter = Linter(Config(grammar=config(fake, **changes)), select=["Grammar"])
    return [f for f in linter.lint_text(text, "draft.md").findings if f.rule in ("Grammar.GOODER", "Grammar.TYPO_RULE")]


def test_remarks_stand_where_the_text_does(fake: Fake) -> None:
    assert check(fake, "😀😀 a gooder 😀 plan, teh best") == [("GOODER", "gooder"), ("TYPO_RULE", "teh")]


def test_a_finding_has_the_rules_name_and_an_unsafe_fix(fake: Fake) -> None:
    text = "# A title 😀 of some kind\n\nThis is a *gooder* plan &amp; teh best, as everyone in the room could see.\n"
    (finding,) = lint(fake, text)
    assert finding.rule == "Grammar.GOODER"  # spelling is not in the slice that ships
    assert text[finding.span.start : finding.span.end] == "gooder"
    assert finding.message == "not gooder"
    assert [(fix.safety, fix.edits[0].text) for fix in finding.fixes] == [("unsafe", "better")]
    assert all("*" not in form["text"] and "&amp;" not in form["text"] for form in fake.forms)


def test_direct_speech_is_not_corrected(fake: Fake) -> None:
    assert lint(fake, 'The coach said on Monday: "We are the gooder team," and left the room at once.\n') == []


def test_a_text_is_asked_about_once(fake: Fake) -> None:
    assert check(fake, "A gooder text 😀.") == check(fake, "A gooder text 😀.") == [("GOODER", "gooder")]
    assert len(fake.forms) == 1
    check(fake, "A gooder text.", language="de")
    check(fake, "Another text.")
    fake.info = b'{"software": {"version": "10", "buildDate": "now"}}'
    check(fake, "A gooder text 😀.")
    assert len(fake.forms) == 4


def test_a_server_speaks_for_no_other_that_calls_itself_the_same(fake: Fake) -> None:
    fake.words = {}
    assert check(fake, "A gooder text.") == []
    with fake_server() as honest:
        assert check(honest, "A gooder text.") == [("GOODER", "gooder")]


def test_half_a_surrogate_pair_is_no_text_to_write_anywhere(fake: Fake) -> None:
    fake.words = {"gooder": ("\ud800", "GOODER", "GRAMMAR", "grammar")}
    (finding,) = lint(fake, "This is a gooder plan, as everyone in the room could see.\n")
    assert finding.fixes[0].edits[0].text == "?"


def test_a_server_that_does_not_tell_its_version_is_always_asked(fake: Fake) -> None:
    fake.info = None
    check(fake, "A gooder text.")
    check(fake, "A gooder text.")
    assert len(fake.forms) == 2


def test_what_was_remembered_may_be_damaged(fake: Fake, tmp_path: Path) -> None:
    check(fake, "A gooder text.")
    for file in (tmp_path / "cache").rglob("remarks.db"):
        file.write_bytes(b"[[1, 2")
    assert check(fake, "A gooder text.") == [("GOODER", "gooder")]


def test_long_texts_go_in_pieces_cut_after_paragraphs(fake: Fake) -> None:
    text = "\n\n".join(f"Paragraph {n} 😀 is a gooder one. " + "And so on. " * 40 for n in range(200))
    assert check(fake, text) == [("GOODER", "gooder")] * 200
    assert len(fake.forms) > 4
    assert max(len(form["text"]) for form in fake.forms) <= module.MAX_PIECE
    assert all(form["text"].startswith("Paragraph") for form in fake.forms)


@pytest.mark.parametrize("text", ["x" * 50_000, "a line\n" * 9_000, "A sentence. " * 5_000, "word " * 12_000, "\n" * 60_000, ""])
def test_pieces_make_up_the_text(text: str) -> None:
    pieces = list(module._pieces(text))
    assert "".join(piece for _, piece in pieces).strip() == text.strip()
    assert all(text[at : at + len(piece)] == piece and len(piece) <= module.MAX_PIECE for at, piece in pieces)


def test_a_server_that_does_not_answer_in_time(fake: Fake) -> None:
    fake.delay = 3
    began = time.monotonic()
    with pytest.raises(EngineError, match=r"did not answer within 0 s.*grammar\.timeout"):
        check(fake, "A text.", timeout=0.3)
    assert time.monotonic() - began < 2


def test_a_server_that_drips_its_answer(fake: Fake) -> None:
    """Each byte comes in time, but the whole does not."""
    fake.drip = 0.1
    began = time.monotonic()
    with pytest.raises(EngineError, match=r"did not answer within 1 s"):
        check(fake, "A text.", timeout=0.6)
    assert time.monotonic() - began < 2


def test_an_exchange_that_took_too_long_goes_on_in_no_thread() -> None:
    """A server that says "go on" for ever keeps whoever listens busy, unless they hang up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with listening.accept()[0] as connection, suppress(OSError):
                while True:
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        Thread(target=serve, daemon=True).start()
        before = set(enumerate_threads())
        with pytest.raises(EngineError, match="did not answer"):
            client.check(Address("http", "127.0.0.1", listening.getsockname()[1]), {"text": "A text."}, 0.2)
        for thread in set(enumerate_threads()) - before:
            thread.join(10)
            assert not thread.is_alive()


def test_a_server_that_stays_silent_is_not_waited_for_again_and_again(fake: Fake) -> None:
    engine = module.make(config(fake, timeout=0.05), lambda _: None)
    fake.delay = 1
    for _ in range(module.MAX_UNANSWERED):
        with pytest.raises(EngineError, match="did not answer within"):
            engine.check("A text.", (ALL,))
    asked = len(fake.pages)
    with pytest.raises(EngineError, match="not asked again"):
        engine.check("Another text.", (ALL,))
    assert len(fake.pages) == asked


def test_what_is_left_is_not_asked_for_once_a_piece_has_failed(fake: Fake) -> None:
    fake.status, fake.body, fake.delay = 500, b"Error", 0.1
    text = "\n\n".join("A paragraph that is a little longer. " * 400 for _ in range(40))
    with pytest.raises(EngineError, match=r"refused .500"):
        check(fake, text)
    assert len(fake.forms) <= 2 * module.PARALLEL_REQUESTS


def test_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(EngineError, match="cannot be reached"):
        module.make(GrammarConfig("languagetool", server=server), lambda _: None).check("A text.", (ALL,))


def refuse(fake: Fake) -> None:
    fake.status, fake.body = 400, b"Error: 'xx' is not a language code known to LanguageTool."


def redirect(fake: Fake) -> None:
    fake.status, fake.body, fake.headers = 302, b"", {"Location": "http://example.invalid/"}


def garbage(fake: Fake) -> None:
    fake.body = b"<html>\xff no JSON</html>"


def empty(fake: Fake) -> None:
    fake.body = b'{"matches": {}}'


def deep(fake: Fake) -> None:
    fake.body = b"[" * 200_000


def cut(fake: Fake) -> None:
    fake.body, fake.headers = b'{"matches"', {"Content-Length": "500"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (refuse, "not a language code"),
        (redirect, "refused .302"),
        (garbage, "not LanguageTool's"),
        (empty, "not LanguageTool's"),
        (deep, "not LanguageTool's"),
        (cut, "LanguageTool"),
    ],
)
def test_bad_answers_are_errors_that_say_what_is_wrong(fake: Fake, spoil: Callable[[Fake], None], said: str) -> None:
    spoil(fake)
    with pytest.raises(EngineError, match=said):
        check(fake, "A text.")


def test_on_failure_warn_goes_on_and_says_it_loudly(fake: Fake) -> None:
    garbage(fake)
    linter = Linter(Config(grammar=config(fake, on_failure="warn")))
    text = "The council met on Monday.\n"
    assert "GRAMMAR WAS NOT CHECKED" in "".join(linter.lint_text(text).notices)
    result = Linter(Config(grammar=config(fake))).lint_text(text + "\nIt should of met on Friday.\n")
    assert "GRAMMAR WAS NOT CHECKED" in "".join(result.faults)
    assert result.findings


def test_an_engine_that_cannot_be_had_is_said_once_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[object] = []

    def make(config: GrammarConfig, say: object) -> None:
        tries.append(config)
        raise EngineError("not here")

    monkeypatch.setattr(module, "make", make)
    engines = Engines()
    for _ in range(3):
        with pytest.raises(EngineError, match="not here"):
            engines.get(GrammarConfig("languagetool"), lambda _: None)
    assert len(tries) == 1


def test_without_languagetool_the_error_says_how_to_get_it() -> None:
    with pytest.raises(EngineError, match=r"edlint languagetool install.*Java 17"):
        module.make(GrammarConfig("languagetool"), lambda _: None)


def test_another_machine_is_not_asked_unless_allowed() -> None:
    remote = GrammarConfig("languagetool", server="https://api.languagetool.org/v2")
    with pytest.raises(EngineError, match="another machine"):
        module.make(remote, lambda _: None)
    said: list[str] = []
    module.make(GrammarConfig("languagetool", server=remote.server, allow_remote=True), said.append)
    assert len(said) == 1 and "api.languagetool.org" in said[0]


def test_this_machine_needs_no_notice(fake: Fake) -> None:
    said: list[str] = []
    module.make(config(fake), said.append)
    assert said == []


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8081", ("http", "127.0.0.1", 8081, "")),
        ("http://localhost/v2/", ("http", "localhost", 80, "")),
        ("https://[::1]/lt/v2", ("https", "::1", 443, "/lt")),
        ("https://x.org/check", ("https", "x.org", 443, "/check")),
    ],
)
def test_addresses(url: str, address: tuple[object, ...]) -> None:
    assert parse_address(url) == Address(*address)  # type: ignore[arg-type]
