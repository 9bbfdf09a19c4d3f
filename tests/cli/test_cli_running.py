"""How `edlint check` runs: the cache and the processes it is told to use, progress, watching, what it finds, completion."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from components import program
from doors import PROGRAM, Run

from edlint.cli.console import Progress
from edlint.cli.watch import changes, heading, snapshot
from edlint.model.report import FileResult
from edlint.session.cachedlinter import CachedLinter
from edlint.session.options import Options
from edlint.session.session import Session

pytestmark = pytest.mark.usefixtures("house")


def write(path: str, text: str = "We leverage it.\n") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")
    return path


def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The drafts that are linted from now on."""
    read, paths = CachedLinter.lint, list[str]()

    def noted(linter: CachedLinter, path: str) -> FileResult:
        paths.append(path)
        return read(linter, path)

    monkeypatch.setattr(CachedLinter, "lint", noted)
    return paths


def test_where_results_are_kept(edlint_: Run, monkeypatch: pytest.MonkeyPatch, cache: Path, tmp_path: Path) -> None:
    write("a.txt")
    paths = linted(monkeypatch)
    shown = [edlint_("a.txt", *args).out for args in ((), (), ("--no-cache",), ("--cache-dir", "kept"), ("--cache-dir", "kept"))]
    assert len(set(shown)) == 1
    assert len(paths) == 3
    assert list(cache.glob("results-*"))
    assert sorted(p.name for p in Path("kept").iterdir()) == sorted([".gitignore", *(p.name for p in Path("kept").glob("results-*"))])
    assert not list(tmp_path.glob(".edlint_cache"))
    monkeypatch.setenv("EDLINT_NO_CACHE", "1")
    edlint_("a.txt")
    assert len(paths) == 4


def test_standard_input_is_never_remembered(edlint_: Run) -> None:
    assert edlint_("-", stdin=b"We leverage it.").status == 1
    assert edlint_("-", stdin=b"We use it.").status == 0
    assert edlint_("-", "--stdin-filename", "a.txt", stdin=b"We leverage it.").status == 1
    assert edlint_("-", "--stdin-filename", "a.txt", stdin=b"We use it.").status == 0


@pytest.mark.parametrize(("value", "status"), [("1", 1), ("3", 1), ("auto", 1), ("0", 2), ("-1", 2), ("many", 2), ("1.5", 2)])
def test_jobs(edlint_: Run, value: str, status: int) -> None:
    ran = edlint_(write("a.txt"), "--jobs", value)
    assert ran.status == status
    if status == 2:
        assert "neither auto nor a number from 1 on" in ran.err


def test_fixes_of_remembered_results(edlint_: Run, house: Path) -> None:
    write(str(house / "Swap.yml"), "extends: substitution\nmessage: Use '%s'\nlevel: error\nswap: {utilise: use}\n")
    for _ in range(2):
        assert edlint_(write("a.txt", "We utilise it.\n"), "-f", "concise").status == 1
    assert edlint_("a.txt", "--fix", "--unsafe-fixes").status == 0
    assert Path("a.txt").read_text("utf-8") == "We use it.\n"
    assert edlint_("a.txt", "--fix").status == 0


def test_what_is_found(edlint_: Run) -> None:
    write(".edlint.yml", "extends: [./House]\nexclude: [old/**]\ninclude: ['*.md', 'notes/*']\n")
    write(".gitignore", "/draft.md\nbuild/\n")
    for path in (".git/config", "a.md", "a.txt", "draft.md", "old/b.md", "build/c.md", "notes/todo", "notes/.hidden.md"):
        write(path)

    def files(*args: str) -> list[str]:
        return edlint_("--show-files", *args).out.split()

    assert files(".") == ["a.md", "notes/todo"]
    assert files(".", "--no-respect-gitignore") == ["a.md", "build/c.md", "draft.md", "notes/todo"]
    named = ("draft.md", "old/b.md", "build/c.md", "a.txt")
    assert files(*named) == list(named)
    assert files(*named, "--force-exclude") == ["a.txt"]
    assert files(*named, "--force-exclude", "--no-respect-gitignore") == ["draft.md", "build/c.md", "a.txt"]
    write(".edlint.yml", "extends: [./House]\nrespect_gitignore: false\n")
    assert "draft.md" in files(".")
    assert "draft.md" not in files(".", "--respect-gitignore")
    assert edlint_("draft.md", "--respect-gitignore", "--force-exclude").status == 0


@pytest.mark.skipif(os.name == "nt", reason="such names and files need a POSIX system")
def test_odd_names_and_files(edlint_: Run, tmp_path: Path) -> None:
    names = ["new\nline.md", os.fsdecode(b"caf\xe9.md"), "\u202eevil.md", "a b.md"]
    for name in names:
        write(name)
    os.mkfifo("pipe.md")
    Path("loop.md").symlink_to("loop.md")
    for _ in range(2):
        ran = edlint_("-f", "concise", ".", "-o", "report.out")
        assert ran.status == 1
        assert Path("report.out").read_text("utf-8").count("leverage") == 4
    for name in ("pipe.md", "loop.md"):
        ran = edlint_(name)
        assert ran.status == 2
        assert f"{name}: cannot be read: " in ran.err


def test_a_folder_that_cannot_be_read(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("shut/a.txt")
    write("open/a.txt")
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ran = edlint_(".", "-f", "concise")
    assert (ran.status, ran.err) == (2, "edlint: shut: cannot be read: Permission denied\n")
    assert ran.out.startswith("open/a.txt:1:4:")
    assert edlint_("--show-files", ".") == (2, "", ran.err)


# progress


class Terminal:
    """A standard error that a person watches, and all that was written to it."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        return


def test_progress_is_shown_when_it_takes_long_and_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, now = Terminal(), 0.0
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("edlint.cli.console.monotonic", lambda: now)
    monkeypatch.setenv("TERM", "xterm")
    with Progress() as progress:
        progress(1, 2_000)
        assert terminal.text == ""
        now = 1.2
        progress(1_300, 2_000)
        progress(1_301, 2_000)
        now = 1.4
        progress(9, 2_000)
    assert terminal.text == "\r1,300 of 2,000 drafts\r9 of 2,000 drafts    \r" + " " * 21 + "\r"


def test_nobody_watches_a_pipe(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.cli.console.PROGRESS_DELAY", 0.0)
    assert edlint_(write("a.txt"), "--no-cache").err == ""


# watching


def test_changes_are_told_once_they_are_complete() -> None:
    states: Iterator[dict[str, object]] = iter(
        [
            {"a": 1, "b": 1},
            {"a": 1, "b": 1},
            {"a": 2, "b": 1},
            {"a": 3, "b": 1},
            {"a": 3, "b": 1},
            {"a": 3, "b": 1},
            {"a": 3, "c": 1},
            {"a": 3, "c": 1},
        ]
    )
    slept: list[float] = []
    found = changes(lambda: next(states), slept.append)
    assert next(found) == []
    assert next(found) == ["a"]
    assert next(found) == ["b", "c"]
    assert min(slept) >= 0.3
    assert len(slept) == 5


def test_what_is_watched(house: Path, tmp_path: Path) -> None:
    write("a.txt")
    write("names.lst")
    write(".edlint.yml", "extends: [./House]\nvocabulary: [names.lst]\n")
    seen = snapshot(Session(Options()), ["."])
    names = {os.path.relpath(path, tmp_path) for path in seen}
    assert names == {"a.txt", ".edlint.yml", "names.lst", "House/Hype.yml", "House/Soft.yml", "House/Vague.yml"}
    write("b.txt")
    assert snapshot(Session(Options()), ["."]).keys() - seen.keys() == {"b.txt"}
    assert "b.txt" not in snapshot(Session(Options()), ["."], str(tmp_path / "b.txt"))
    write(".edlint.yml", "rulez: {}\n")
    assert "unknown key" in str(snapshot(Session(Options()), ["."])[""])


def test_what_changed_in_words() -> None:
    assert heading([]) == "watching"
    assert heading(["a.md", "b\x1b.md"]) == "a.md, b\\x1b.md changed"
    assert heading(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more changed"


def test_watching_standard_input(edlint_: Run) -> None:
    ran = edlint_("-", "--watch")
    assert (ran.status, ran.err) == (2, "edlint: --watch needs files, and - is not a file\n")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_watch_lints_on_save_until_it_is_interrupted() -> None:
    write("a.txt")
    with Path("out").open("wb") as out, Path("err").open("wb") as err:
        heeding = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
        args = [*PROGRAM, ".", "--watch", "-f", "concise"]
        with subprocess.Popen(args, stdout=out, stderr=err, preexec_fn=heeding) as run:
            try:
                written("out", "House.Hype", 1)
                write("a.txt", "We use it.\n")
                write("b.txt", "It is arguably good.\n")
                written("out", "b.txt:1:7: warning House.Vague", 1)
                write("House/Vague.yml", "extends: [\n")
                written("err", "House/Vague.yml changed", 1)
                written("err", "edlint: ", 1)
                write("House/Vague.yml", "extends: existence\nmessage: no good\ntokens: [good]\n")
                written("out", "no good", 1)
                Path("b.txt").unlink()
                written("err", "b.txt changed", 2)
                run.send_signal(signal.SIGINT)
                assert run.wait(timeout=120) == 130
            finally:
                run.kill()
    assert Path("err").read_text("utf-8").endswith("edlint: interrupted\n")


def written(file: str, words: str, times: int) -> None:
    """Wait until a file holds some words so many times."""
    for _ in range(1_200):
        if Path(file).read_text("utf-8").count(words) >= times:
            return
        time.sleep(0.05)
    raise AssertionError(f"{words!r} is not in {Path(file).read_text('utf-8')!r}")


# completion


def complete(line: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    asked = {"_EDLINT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    done = subprocess.run(PROGRAM, env={**os.environ, **asked}, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return [item.partition(",")[2] if item.startswith("plain,") else item for item in done.stdout.split()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("edlint ru", ["rules"]),
        ("edlint dra", ["file,dra"]),
        ("edlint --cac", ["--cache-dir"]),
        ("edlint --vers", ["--version"]),
        ("edlint check --cac", ["--cache-dir"]),
        ("edlint check dra", ["file,dra"]),
        ("edlint a.md --output-format js", ["json", "json-lines"]),
        ("edlint completion ", ["bash", "zsh", "fish", "powershell"]),
    ],
)
def test_what_a_shell_is_offered(line: str, offered: list[str]) -> None:
    assert complete(line) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_prints_a_script(edlint_: Run, shell: str) -> None:
    ran = edlint_("completion", shell)
    assert ran.status == 0
    assert re.search(f"_EDLINT_COMPLETE ?= ?'?{shell}_complete", ran.out)
    assert "edlint" in ran.out


def test_completion_of_a_shell_nobody_knows(edlint_: Run) -> None:
    assert edlint_("completion", "tcsh").status == 2


def told_powershell(words: list[str], word: str) -> list[list[str]]:
    """What PowerShell's script is answered: kind, word and help of each offer."""
    asked = {"_EDLINT_COMPLETE": "powershell_complete", "COMP_WORDS": "\n".join(words), "COMP_CWORD": word}
    done = subprocess.run(PROGRAM, env={**os.environ, **asked}, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_what_powershell_is_offered() -> None:
    assert [word for _, word, _ in told_powershell(["edlint"], "ru")] == ["rules"]
    assert [word for _, word, _ in told_powershell(["edlint", "a draft.md"], "--cac")] == ["--cache-dir"]
    assert told_powershell(["edlint", "check"], "dra") == [["file", "dra", ""]]
    ((kind, word, told),) = told_powershell(["edlint"], "expl")
    assert (kind, word) == ("plain", "explain") and "what a rule looks for" in told


SHELLS = {
    "zsh": (
        ["zsh", "-f", "-c"],
        "autoload -Uz compinit; compinit -u -D; source ./script; compadd() { print -l -- $=*; }; _describe() { print -l -- ${(P)3}; };"
        " words=(edlint lan); CURRENT=2; _edlint_completion",
    ),
    "fish": (["fish", "--no-config", "-c"], "source ./script; complete -C 'edlint lan'"),
    "powershell": (
        ["pwsh", "-NoProfile", "-Command"],
        ". ./script.ps1; (TabExpansion2 'edlint lan' 10).CompletionMatches.CompletionText; TabExpansion2 'edlint --vers' 13 | Out-Null",
    ),
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.skipif(os.name == "nt", reason="the program put into the PATH here is a Unix one")
def test_shells_take_their_scripts(edlint_: Run, tmp_path: Path, shell: str) -> None:
    command, ask = SHELLS[shell]
    program(shell, command[0])
    write("script", edlint_("completion", shell).out)
    write("script.ps1", Path("script").read_text("utf-8"))
    write("bin/edlint", f"#!/bin/sh\nexec '{sys.executable}' -c 'from edlint.cli import main; main()' \"$@\"\n")
    Path("bin/edlint").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run([*command, ask], env=environment, capture_output=True, text=True, timeout=60)
    assert "languagetool" in done.stdout, done.stderr
    assert "rules" not in done.stdout


@pytest.mark.skipif(which("bash") is None or os.name == "nt", reason="bash is not installed")
def test_bash_takes_the_script(edlint_: Run, tmp_path: Path) -> None:
    write("script", edlint_("completion", "bash").out)
    write("bin/edlint", f"#!/bin/sh\nexec '{sys.executable}' -c 'from edlint.cli import main; main()' \"$@\"\n")
    Path("bin/edlint").chmod(0o755)
    ask = 'source ./script; COMP_WORDS=(edlint lan); COMP_CWORD=1; _edlint_completion edlint; echo "${COMPREPLY[@]}"'
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", ask], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("languagetool\n", "")
