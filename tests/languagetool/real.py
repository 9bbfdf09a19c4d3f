"""The real LanguageTool for tests: a folder of jars, assembled from Maven Central once and kept outside the checkout."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from shutil import which

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
    from components import missing, required  # known to pytest alone, while measuring needs `at_hand`

    given = os.environ.get("EDLINT_LT_JARS")
    if given:
        return Path(given)
    folder, done = ASSEMBLED, ASSEMBLED / "assembled"
    if done.exists():
        return folder
    if not required("languagetool"):
        missing("languagetool", "EDLINT_REQUIRE=languagetool fetches it once (250 MB); EDLINT_LT_JARS names a folder of its jars")
    absent = [program for program in ("java", "mvn") if which(program) is None]
    if absent:
        missing("languagetool", f"{' and '.join(absent)} not installed")
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=1500, check=False)
    if ran.returncode:
        missing("languagetool", f"Maven failed: {(ran.stdout + ran.stderr).strip()[-500:]}")
    done.touch()
    return folder
