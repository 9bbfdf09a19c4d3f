"""`python -m tests.release 0.3.0`: version, changelog section, pages, commits and tag. Nothing is pushed."""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from pathlib import Path

from .bump import BumpError, bump, pin, section, version_of
from .levels import levels_now, store

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Prepare a release in a clean checkout, or say what stands in the way."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("version", help="such as 0.3.0")
    parser.add_argument("--notes", action="store_true", help="print the changelog of the version, and change nothing")
    parser.add_argument("--tag", action="store_true", help="fail unless `version` is this checkout's own, with a v; change nothing")
    given = parser.parse_args()
    try:
        if given.notes:
            print(section((ROOT / "CHANGELOG.md").read_text("utf-8"), given.version.removeprefix("v")))
        elif given.tag:
            if given.version != f"v{version_of(ROOT)}":
                raise BumpError(f"the tag is {given.version}, the version in edlint/version.py is {version_of(ROOT)}")
        else:
            _release(given.version)
    except (BumpError, subprocess.CalledProcessError) as fault:
        sys.exit(f"tests.release: {fault}")


def _release(version: str) -> None:
    if _git("status", "--porcelain"):
        raise BumpError("there are changes that are not committed")
    if _git("tag", "--list", f"v{version}"):
        raise BumpError(f"v{version} is tagged already: choose the next version")
    bump(ROOT, version, datetime.datetime.now(datetime.UTC).date())
    store(version, levels_now())
    subprocess.run([sys.executable, "-m", "tests.docs"], cwd=ROOT, check=True)
    _git("commit", "-qam", f"Version {version}")
    _git("tag", "-a", f"v{version}", "-m", f"edlint {version}")
    pin(ROOT, version, _git("rev-parse", "HEAD"))
    _git("commit", "-qam", f"The pages name the commit of v{version}")
    print(f"v{version} is tagged, and main is one commit ahead of it. Look at both, then:\n    git push origin main v{version}")


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


if __name__ == "__main__":
    main()
