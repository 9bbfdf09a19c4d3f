"""The real LanguageTool for tests: a folder of jars, assembled from Maven Central once and kept outside the checkout."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from shutil import which

import pytest

REQUIRED = os.environ.get("EDLINT_REQUIRE_LANGUAGETOOL") == "1"
POM = Path(__file__).with_name("pom.xml")


ASSEMBLED = Path.home() / ".cache" / "edlint-ci" / "languagetool"


def at_hand() -> Path | None:
    """The folder of jars that is named, or was assembled earlier; None where there is none yet."""
    given = os.environ.get("EDLINT_LT_JARS")
    if given:
        return Path(given)
    return ASSEMBLED if (ASSEMBLED / "assembled").exists() else None


@cache
def jars() -> Path:
    """The folder of jars. Skips the test, saying why, where it cannot be had, and fails it where it must run."""
    given = os.environ.get("EDLINT_LT_JARS")
    if given:
        return Path(given)
    if not REQUIRED:
        return _without("EDLINT_REQUIRE_LANGUAGETOOL=1 has it fetched once (250 MB), EDLINT_LT_JARS names a folder of its jars")
    folder, done = ASSEMBLED, ASSEMBLED / "assembled"
    if done.exists():
        return folder
    missing = [program for program in ("java", "mvn") if which(program) is None]
    if missing:
        return _without(f"{' and '.join(missing)} missing")
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=1500, check=False)
    if ran.returncode:
        return _without(f"Maven failed: {(ran.stdout + ran.stderr).strip()[-500:]}")
    done.touch()
    return folder


def _without(reason: str) -> Path:
    if REQUIRED:
        pytest.fail(f"the real LanguageTool must be tested here, but {reason}")
    pytest.skip(f"the real LanguageTool is not tested: {reason}")
