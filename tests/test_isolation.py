"""Where edlint starts as a program it imports its own modules and those installed beside it, never what lies beside the drafts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import cache_with_rules

ROOT = Path(__file__).resolve().parents[1]
TRAPS = tuple("click yaml regex json harper pyromark colorama sitecustomize venv pip edlint/__init__ edlint/__main__".split())
DRAFT = "The council met on Monday. It agreed too mend the bridge, and the the work begins in May.\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder of drafts with modules that leave a mark when they are imported, under the names of those edlint imports."""
    folder = tmp_path / "checkout"
    for name in TRAPS:
        file = folder / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"open({str(tmp_path / 'mark')!r}, 'a').write(__name__ + ' ')\nraise SystemExit('trapped')\n", "utf-8")
    cache_with_rules(tmp_path / "cache" / "edlint")
    for number in range(4):
        (folder / f"draft-{number}.md").write_text(DRAFT * 700, "utf-8")
    return folder


def run(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "XDG_CACHE_HOME": str(folder.parent / "cache"), **env}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False, timeout=300)


def mark(folder: Path) -> str:
    file = folder.parent / "mark"
    return file.read_text("utf-8") if file.exists() else ""


def test_the_traps_work(checkout: Path) -> None:
    run(checkout, sys.executable, "-c", "import click")
    assert mark(checkout) == "click "


def test_isolated(checkout: Path) -> None:
    done = run(checkout, sys.executable, "-I", "-m", "edlint", "check", "-f", "concise", "--jobs", "2", ".", PYTHONPATH=str(checkout))
    assert mark(checkout) == "" and done.returncode in (0, 1), done.stdout[-2000:] + done.stderr


def test_a_module_of_the_working_folder_is_not_imported_by_python_m(checkout: Path) -> None:
    for name in ("__init__", "__main__"):  # Python itself would run these first
        (checkout / "edlint" / f"{name}.py").unlink()
    (checkout / "edlint").rmdir()
    (checkout / "sitecustomize.py").unlink()
    done = run(checkout, sys.executable, "-m", "edlint", "check", "-f", "concise", "--jobs", "2", ".")
    assert mark(checkout) == "" and done.returncode in (0, 1), done.stdout[-2000:] + done.stderr


def test_processes_that_help_import_nothing_from_where_python_is_told_to_look_first(checkout: Path) -> None:
    code = (
        "import sys; sys.path[0] = ''; import os, edlint.subprocesses as h, edlint.subprocesses as f; os.chdir(sys.argv[1]);"
        "p = h.start('edlint.grammar.harper_worker'); f.send(p.stdin, ('AMERICAN', ('RepeatedWords',), 'The the end.'));"
        "print(f.receive(p.stdout)); h.end_all()"
    )
    (checkout.parent / "elsewhere").mkdir()
    done = run(checkout.parent / "elsewhere", sys.executable, "-c", code, str(checkout), PYTHONPATH=str(ROOT))
    assert mark(checkout) == "" and "RepeatedWords" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the action's step is a shell script")
def test_the_action_runs_nothing_from_the_checkout(checkout: Path) -> None:
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    python = checkout.parent / "edlint" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    inputs = {"PATHS": ".", "OPTIONS": "", "FORMAT": "concise", "REPORT": "", "RUNNER_TEMP": str(checkout.parent), "PYTHONPATH": "."}
    script = action["runs"]["steps"][-1]["run"]
    done = run(checkout, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, **inputs)
    assert mark(checkout) == "" and done.returncode in (0, 1), done.stdout[-2000:] + done.stderr
    scripts = "\n".join(step["run"] for step in action["runs"]["steps"] if "run" in step)
    starts = [line for line in scripts.splitlines() if '"$python" -' in line or '"$PYTHON" -' in line]
    assert len(starts) == 3 and all(" -I -m " in line for line in starts)


def test_the_hooks_run_nothing_from_the_repository() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hooks and all(hook["entry"].startswith("python -I -m edlint ") for hook in hooks)
