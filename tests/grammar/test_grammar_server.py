"""The local server's life, with the real LanguageTool: one at most, shared, and gone when it should be."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from fakelanguagetool import Fake

import edlint
from edlint.authoring.ruletest import SelfTest
from edlint.errors import EngineError
from edlint.grammar.languagetool import install, server, supervisor
from edlint.grammar.languagetool.client import RefusedError, check, healthy
from edlint.grammar.languagetool.state import Running, write_state
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig
from edlint.ruleset.load import read_rule
from edlint.ruleset.places import shipped_folder
from tests.languagetool.real import jars

PROGRAM = [sys.executable, "-c", "from edlint.cli import main; main()"]
TEXT = "The ministers is in the room 😀, and she did not went to the meeting.\n"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with everything of this module's server in it; stops the server in the end."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def home(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (place / "run").mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place / "run"))
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(place / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(Path(edlint.__file__).parents[1]))
    (place / "draft.txt").write_text(TEXT, "utf-8")
    (place / "lt.yml").write_text("grammar: {engine: languagetool}\n", "utf-8")
    install.use(jars())
    return place


@pytest.fixture(scope="module", autouse=True)
def _stopped(place: Path) -> Iterator[None]:
    yield
    end(ours(place))


def ours(place: Path) -> list[psutil.Process]:
    """Every supervisor and Java that works in this module's folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if Path(process.cwd()).is_relative_to(place / "run") and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def javas(place: Path) -> list[psutil.Process]:
    found = []
    for process in ours(place):
        with contextlib.suppress(psutil.Error):  # it may end while it is being looked at
            if "org.languagetool.server.HTTPSServer" in process.cmdline():
                found.append(process)
    return found


def end(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def edlint_(place: Path, *arguments: str, **changes: str) -> subprocess.Popen[str]:
    env = {**os.environ, **changes}
    return subprocess.Popen([*PROGRAM, *arguments], cwd=place, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ran(place: Path, *arguments: str) -> tuple[int, str]:
    process = edlint_(place, *arguments)
    out, err = process.communicate(timeout=200)
    return process.returncode, out + err


def forget(place: Path) -> None:
    """Have edlint check the draft anew: all that it remembers is gone, but for where LanguageTool is."""
    for file in (place / "cache").rglob("*"):
        if file.is_file() and file.name != "languagetool.json":
            file.unlink()


def until(true: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    return true()


def test_a_check_starts_the_server_and_the_next_one_shares_it(home: Path) -> None:
    status, out = ran(home, "check", "draft.txt", "--config", "lt.yml", "--select", "Grammar")
    assert status == 0, out
    assert "Grammar.AUXILIARY_DO_WITH_INCORRECT_VERB_FORM" in out
    (first,) = javas(home)
    forget(home)
    linter = Linter(Config(grammar=GrammarConfig("languagetool")), select=["Grammar.LanguageTool"])
    found = linter.lint_text(TEXT).findings
    assert [TEXT[f.span.start : f.span.end] for f in found] == ["is", "went"]
    assert [p.pid for p in javas(home)] == [first.pid]
    status, out = ran(home, "languagetool", "status")
    assert status == 0 and "is up at https://127.0.0.1:" in out


def test_only_this_user_and_this_machine_reach_it(home: Path) -> None:
    version = install.find().version
    folder = server.folder_of(version)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    listening = [c.laddr.ip for p in javas(home) for c in p.net_connections() if c.status == psutil.CONN_LISTEN]
    assert listening in (["127.0.0.1"], ["::ffff:127.0.0.1"])


def test_no_secret_stands_on_a_command_line(home: Path) -> None:
    up = server.running(install.find().version)
    assert up
    assert len(up.token) == 64
    settings = (server.folder_of(up.version) / "server.properties").read_text("utf-8")
    password = settings.partition("password=")[2].partition("\n")[0]
    words = " ".join(word for process in ours(home) for word in process.cmdline())
    assert "HTTPSServer" in words
    assert up.token not in words and password not in words


def test_nobody_else_is_answered(home: Path) -> None:
    """Another user of the machine can reach the port, but does not know the token."""
    up = server.running(install.find().version)
    assert up
    for token in ("", "0" * 64):
        with pytest.raises(RefusedError):
            check(up.address._replace(token=token), {"text": TEXT, "language": "en-US"}, 30)
    assert check(up.address, {"text": TEXT, "language": "en-US"}, 30)["matches"]


def test_a_server_with_another_key_gets_no_text(home: Path, tmp_path: Path) -> None:
    up = server.running(install.find().version)
    assert up
    other = supervisor._with_secrets(tmp_path, Running("0"))
    assert other.certificate != up.certificate
    changed = up.address._replace(certificate=other.certificate)
    assert not healthy(changed)
    with pytest.raises(EngineError, match=r"cannot be asked: .*certificate"):
        check(changed, {"text": TEXT, "language": "en-US"}, 30)


def test_a_port_that_was_taken_first(home: Path, tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody listens on the port that Java was to have: Java ends, and whoever listens is sent nothing."""
    monkeypatch.setattr(supervisor, "_free_port", lambda: int(fake.url.rpartition(":")[2]))
    state = supervisor._with_secrets(tmp_path, Running("0", supervisor=os.getpid()))
    write_state(tmp_path, state)
    state, java = supervisor._java(tmp_path, install.find().classpath, state)
    try:
        assert not supervisor._ready(tmp_path, java, state, "en-US")
    finally:
        java.kill()
        java.wait()
    assert (fake.forms, fake.pages) == ([], [])
    assert "BindException" in (tmp_path / "server.log").read_text("utf-8")


def test_a_second_run_is_quick(home: Path) -> None:
    """With the server up, a run spends its time in the server, not around it."""
    up = server.running(install.find().version)
    assert up
    began = time.perf_counter()
    for _ in range(20):
        assert server.start(install.find()) == up
    assert (time.perf_counter() - began) / 20 < 0.3


def test_the_shipped_rules_prove_themselves() -> None:
    files = sorted((shipped_folder() / "Grammar").glob("LanguageTool*.yml"))
    rules = {rule.name: rule for rule in map(read_rule, files)}
    tests = SelfTest(rules, Config(grammar=GrammarConfig("languagetool")))
    assert [f"{f.rule.name}: {f.message}" for rule in rules.values() for f in tests.run(rule)] == []


def test_german_is_checked_and_an_unknown_language_refused(home: Path) -> None:
    linter = Linter(Config(grammar=GrammarConfig("languagetool", language="de")))
    result = linter.lint_text("Der Ministerrat hat am Montag beschlossen, das die Steuer sinkt.\n\nEr wollte das Haus kaufen.\n")
    assert any(f.rule.startswith("Grammar.") for f in result.findings), result.findings
    assert any("Claims" in notice for notice in linter.notices)
    (home / "odd.yml").write_text("grammar: {engine: languagetool, language: xx}\n", "utf-8")
    status, out = ran(home, "check", "draft.txt", "--config", "odd.yml")
    assert status == 2 and "language" in out


def test_kills_leave_one_java_at_most_and_the_next_run_works(home: Path) -> None:
    for turn in range(5):
        forget(home)
        process = edlint_(home, "check", "draft.txt", "--config", "lt.yml", "--select", "Grammar")
        if turn % 2:  # kill edlint, at different moments of its life
            time.sleep(0.2 + 0.3 * turn)
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=200)
        if turn % 3 == 0:
            end(javas(home))
        if turn == 2:  # and once the supervisor
            end([other for other in ours(home) if other not in javas(home)])
        assert until(lambda: len(javas(home)) <= 1, 5)
    forget(home)
    status, out = ran(home, "check", "draft.txt", "--config", "lt.yml", "--select", "Grammar")
    assert status == 0 and "Grammar." in out, out
    assert len(javas(home)) == 1


def test_many_that_start_at_once_share_one(home: Path) -> None:
    ran(home, "languagetool", "stop")
    assert until(lambda: not ours(home))
    with ThreadPoolExecutor(4) as pool:
        outs = list(pool.map(lambda _: ran(home, "languagetool", "start"), range(4)))
    assert {status for status, _ in outs} == {0}
    assert len({out for _, out in outs}) == 1
    assert len(javas(home)) == 1


def test_a_supervisor_that_is_killed_takes_java_along_or_has_it_swept(home: Path) -> None:
    version = install.find().version
    up = server.running(version)
    assert up
    psutil.Process(up.supervisor).kill()
    assert until(lambda: not psutil.pid_exists(up.supervisor) or psutil.Process(up.supervisor).status() == psutil.STATUS_ZOMBIE)
    again = server.start(install.find())
    assert again.java != up.java
    assert [p.pid for p in javas(home)] == [again.java]


def test_stop_leaves_nothing_behind(home: Path) -> None:
    version = install.find().version
    server.start(install.find())
    status, out = ran(home, "languagetool", "stop")
    assert status == 0 and "is stopped" in out
    assert until(lambda: not ours(home), 5)
    assert sorted(file.name for file in server.folder_of(version).iterdir()) == ["serving", "starting"]
    assert ran(home, "languagetool", "stop") == (0, "LanguageTool was not running\n")
    assert ran(home, "languagetool", "status")[0] == 1


def test_an_idle_server_stops_by_itself(home: Path) -> None:
    version = install.find().version
    server.stop(version)
    server.start(install.find(), idle=0.05)
    assert until(lambda: not ours(home), 20)
    assert server.running(version) is None


def test_a_server_that_cannot_start_says_why(home: Path, tmp_path: Path) -> None:
    (tmp_path / "languagetool-server-0.1.jar").write_bytes(b"no jar")
    broken = install.Install(tmp_path, "0.1")
    with pytest.raises(edlint.errors.EngineError, match=r"0\.1 does not start: .*HTTPSServer"):
        server.start(broken)
    assert until(lambda: not ours(home), 5)
