"""A real llama.cpp server, with a model that writes what its grammar allows and means nothing by it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from components import program
from fakechat import pass_exam
from tinymodel import write_model

import edlint.cli
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.server import ReaderConfig
from edlint.reader.client import Chat, NonsenseError
from edlint.reader.question import Question, verdicts

TEXT = "Many experts believe that the wall is weak. The harbour lies between two rivers."


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReaderConfig]:
    """A reader behind a server that is up."""
    server = program("llamacpp", "llama-server")
    model = tmp_path_factory.mktemp("model") / "tiny.gguf"
    write_model(model)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [server, "-m", str(model), "--host", "127.0.0.1", "--port", str(port), "-c", "16384", "-np", "1", "--chat-template", "chatml"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(600):
                if running.poll() is not None or _healthy(port):
                    break
                time.sleep(0.2)
            yield ReaderConfig(f"http://127.0.0.1:{port}/v1", "tiny", timeout=600)
        finally:
            running.kill()


def _healthy(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def test_it_keeps_to_the_form_that_it_is_given(llama: ReaderConfig) -> None:
    """One row for each sentence, with our keys and kinds; that it calls them all the same is found out by the sentences that ride along."""
    question = Question("Claims", "Ports", "", tuple(TEXT.split(". ")))
    said = Chat(llama).ask(question, llama.timeout)
    assert said.text.count('"kind"') == 4 and said.tokens_in > 1000 and said.tokens_out > 100
    with pytest.raises(NonsenseError, match=r"the required form|each sentence exactly once|whose answer is known"):
        verdicts(question, said.text)


def test_a_draft_is_judged_without_one_that_means_nothing(llama: ReaderConfig) -> None:
    pass_exam(llama)
    alone = Linter(Config(extends=("Claims",))).lint_text(TEXT, "a.md")
    result = Linter(Config(extends=("Claims",), reader=llama)).lint_text(TEXT, "a.md")
    assert result.findings == alone.findings and "could not be used" in result.notices[0]


def test_it_fails_the_examination(
    llama: ReaderConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath(".edlint.yml").write_text(f"reader: {{server: '{llama.server}', model: tiny, timeout: 600}}\n")
    tmp_path.joinpath("own.jsonl").write_text('{"article": "a", "text": "Rents rose by half.", "label": 1, "kind": "figure"}\n')
    assert edlint.cli.run(["reader", "exam", "own.jsonl"]) == 1
    told = capsys.readouterr().out
    assert "failed:" in told and "tokens in" in told
