"""The example drafts and the reports they give."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

from edlint.report import REPORTERS, render
from edlint.session.session import Session

from . import ROOT

EXAMPLES = ROOT / "examples"
REPORTS = EXAMPLES / "reports"
FORMATS = REPORTS / "formats"
SUFFIXES = {"junit": ".xml", "checkstyle": ".xml", "json-lines": ".jsonl", "rdjsonl": ".jsonl", "gitlab": ".json", "rdjson": ".json"}
SUFFIXES |= {"concise": ".txt", "github": ".txt"}  # the others are suffixes themselves


def drafts() -> list[Path]:
    """Every draft that `edlint examples` reads."""
    with chdir(ROOT):
        return [ROOT / path for path in Session().drafts(["examples"])]


def snapshot(draft: Path) -> Path:
    """The file that holds a draft's report."""
    return REPORTS / f"{draft.stem}.txt"


def report(draft: Path) -> str:
    """What `edlint` prints about a draft in a terminal of 80 columns, run from the root of the repository."""
    with chdir(ROOT):
        return render(Session().check([draft.relative_to(ROOT).as_posix()]), "text")


def other_formats() -> dict[Path, str]:
    """The report on one draft in each format but the one that `report` gives: file and text."""
    with chdir(ROOT):
        session = Session()
        made = session.detailed(session.check(["examples/op-ed.txt"]))._replace(seconds=0.0, checked=0.0)
    names = [name for name in REPORTERS if name != "text"]
    return {FORMATS / f"op-ed.{name}{SUFFIXES.get(name, '')}": render(made, name) for name in names}
