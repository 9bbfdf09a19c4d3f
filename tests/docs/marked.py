"""Parts of hand-written pages that are made from data: the levels in docs/stability.md, the figures in the README."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from . import ROOT
from .levels import level_lines

RESULTS = ROOT / "tests" / "accuracy" / "results.json"
SUBJECTS = {
    "captions": "repeated captions and passages",
    "boilerplate": "leftover page furniture",
    "headlines": "loaded headlines",
    "claims": "claims without a source",
}


def page_with(name: str, part: str, made: Callable[[], Iterable[str]]) -> str:
    """A page whose lines between `<!-- made: PART -->` and `<!-- end: PART -->` are made anew."""
    head, start, rest = (ROOT / name).read_text(encoding="utf-8").partition(f"<!-- made: {part} -->\n")
    _, end, tail = rest.partition(f"<!-- end: {part} -->\n")
    assert start and end, f"{name} has no marks for {part}"
    return "".join([head, start, *(f"{line}\n" for line in made()), end, tail])


def figure_lines() -> Iterator[str]:
    """How often the packs are right and what they find, as it was stored last."""
    kept = json.loads(RESULTS.read_text("utf-8"))
    yield from ("", "| what | of its findings, right | of the faults, found | measured on |", "|---|---|---|---|")
    for subject, what in SUBJECTS.items():
        row = kept["subjects"][subject]
        flagged, faults = row["true"] + row["false"], row["true"] + row["missed"]
        yield f"| {what} | {row['true']:,} of {flagged:,} | {row['true']:,} of {faults:,} | {row['on'].partition(' (')[0]} |"
    yield from ("", f"`{kept['command']}` prints and stores this.", "For the first two rows, texts were read while rules were written.", "")


MARKED: dict[str, Callable[[], str]] = {
    "docs/stability.md": partial(page_with, "docs/stability.md", "levels", level_lines),
    "README.md": partial(page_with, "README.md", "figures", figure_lines),
}
