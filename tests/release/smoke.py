"""`python -m tests.release.smoke dist`: install each built package as a user would, and check a draft. Needs Python and nothing else.

Everything happens in a temporary folder whose name has a blank and letters beyond ASCII, with a home of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

CAPTION = "The mayor opens the new bridge over the river Wend on Monday"
DRAFT = f"The bridge opens\r\n\r\nThe council met on Monday.\r\n\r\n{CAPTION}\r\n{CAPTION}\r\n\r\nIt was late — very late.\r\n"


def main() -> None:
    """Try every package in the folder that is named. Ends with an error at the first that does not do what it should."""
    packages = sorted(path.resolve() for path in Path(sys.argv[1]).iterdir() if path.name.endswith((".whl", ".tar.gz")))
    if not packages:
        sys.exit(f"{sys.argv[1]} holds no packages")
    for package in packages:
        with tempfile.TemporaryDirectory(prefix="edlint d’été ", ignore_cleanup_errors=True) as folder:
            attempt(package, Path(folder), sys.argv[2:])
        print(f"{package.name}: installed and run with Python {sys.version.split()[0]} on {sys.platform}")


def attempt(package: Path, folder: Path, options: list[str]) -> None:
    """Install one package in a fresh environment and check a draft with it; `options` are for pip."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "EDLINT"))}
    environment = {**kept, "HOME": str(folder), "USERPROFILE": str(folder), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    venv.create(folder / "env", with_pip=True)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    draft = folder / "entwürfe" / "a draft.txt"
    draft.parent.mkdir()
    draft.write_bytes(DRAFT.encode())

    def run(status: int, *words: str) -> str:
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=False)
        told = (done.stdout + done.stderr).decode("utf-8", "replace")
        if done.returncode != status:
            sys.exit(f"{' '.join(words)}: exit status {done.returncode}, not {status}\n{told}")
        return told

    run(0, str(scripts / "python"), "-m", "pip", "install", "--quiet", *options, str(package))
    edlint = str(scripts / "edlint")
    version = package.name.split("-")[1].removesuffix(".tar.gz")
    assert version in run(0, edlint, "--version")
    assert ":6:1: error Captions.Repeated" in run(1, edlint, "--output-format", "concise", "--color", "never", str(draft))
    run(1, edlint, str(draft))  # the report with its marks, in whatever encoding this terminal has
    run(0, edlint, "--fix", str(draft))
    assert draft.read_bytes() == DRAFT.replace(f"{CAPTION}\r\n", "", 1).encode(), draft.read_bytes()
    assert "Captions.Repeated" in run(0, edlint, "explain", "Captions.Repeated")
    run(0, str(scripts / "python"), "-I", "-c", "import edlint; assert edlint.lint_text('Critics say so.').findings is not None")


if __name__ == "__main__":
    main()
