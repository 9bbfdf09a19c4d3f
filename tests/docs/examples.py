"""The example drafts and the reports they give."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

from edlint.project import Project
from edlint.report import render

from . import ROOT

EXAMPLES = ROOT / "examples"
REPORTS = EXAMPLES / "reports"


def drafts() -> list[Path]:
    """Every draft that `edlint examples` reads."""
    with chdir(ROOT):
        return [ROOT / path for path in Project().drafts(["examples"])]


def snapshot(draft: Path) -> Path:
    """The file that holds a draft's report."""
    return REPORTS / f"{draft.stem}.txt"


def report(draft: Path) -> str:
    """What `edlint` prints about a draft in a terminal of 80 columns, run from the root of the repository."""
    with chdir(ROOT):
        return render(Project().check([draft.relative_to(ROOT).as_posix()]), "text")
