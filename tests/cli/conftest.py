"""The command line, run in this process or in one of its own, in an empty folder and without the user's settings."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from doors import PROGRAM, RULE, Ran, Run
from support import cache_with_rules

import edlint.cli


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cache_with_rules(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("EDLINT_") or n in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache))
    monkeypatch.setenv("PYTHONPATH", str(Path(edlint.__file__).parents[1]))  # for programs started in the empty folder
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def edlint_(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process; `stdin` is bytes."""

    def run(*args: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = edlint.cli.run(list(args))
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "edlint itself failed" not in err
        return Ran(status, out, err)

    return run


@pytest.fixture
def program() -> Run:
    """Run the command line as a program of its own; `stdin` is bytes, `env` more variables, `encoding` that of the streams."""

    def run(*args: str, stdin: bytes = b"", encoding: str = "utf-8", **env: str) -> Ran:
        variables = {**os.environ, "PYTHONIOENCODING": encoding, **env}
        done = subprocess.run([*PROGRAM, *args], input=stdin, capture_output=True, env=variables, timeout=120, check=False)
        out, err = done.stdout.decode(encoding), done.stderr.decode(encoding)
        assert "Traceback" not in err
        return Ran(done.returncode, out, err)

    return run


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A pack of three rules, and the configuration that has only them: House.Hype error, House.Vague warning, House.Soft suggestion."""
    folder = tmp_path / "House"
    folder.mkdir()
    for name, level, token in (("Hype", "error", "leverage"), ("Vague", "warning", "arguably"), ("Soft", "suggestion", "very")):
        (folder / f"{name}.yml").write_text(RULE.format(name=name.lower(), level=level, token=token), "utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    return folder
