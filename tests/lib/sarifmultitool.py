"""Microsoft's SARIF Multitool for tests: fetched from npm once (43 MB) and kept outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

from components import missing, required

VERSION = "5.7.0"
FOLDER = Path.home() / ".cache" / "edlint-ci" / f"sarif-multitool-{VERSION}"


def complaints(log: Path) -> list[str]:
    """What the validator has against a SARIF file, by the standard and by what GitHub's code scanning asks; warnings are advice."""
    command = [str(_folder() / "Sarif.Multitool"), "validate", str(log), "--level", "Error", "--rule-kind", "Sarif;Ghas"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    said = ran.stdout + ran.stderr
    assert "Analysis completed successfully" in said, said
    return [line for line in said.splitlines() if ": error " in line]


def schema() -> Any:
    """The JSON Schema of SARIF 2.1.0, which comes with the tool."""
    return json.loads((_folder() / "sarif-2.1.0.json").read_text("utf-8-sig"))


@cache
def _folder() -> Path:
    """The folder of the tool. Skips the test, saying why, where it cannot be had, and fails it where it must run."""
    done = FOLDER / "fetched"
    if done.exists():
        return FOLDER
    if not required("sarif"):
        missing("sarif", "EDLINT_REQUIRE=sarif fetches it once (43 MB)")
    if which("npm") is None:
        missing("sarif", "npm is not installed")
    FOLDER.mkdir(parents=True, exist_ok=True)
    fetch = (
        f"npm pack --silent @microsoft/sarif-multitool-linux@{VERSION} && tar -xzf *.tgz --strip-components=1 && chmod +x Sarif.Multitool"
    )
    ran = subprocess.run(f"{fetch} && rm *.tgz", shell=True, cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False)
    if ran.returncode:
        missing("sarif", f"npm failed: {ran.stderr.strip()[-500:]}")
    done.touch()
    return FOLDER
