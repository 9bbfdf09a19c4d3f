"""The example drafts give the reports that are committed beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import ROOT
from tests.docs.examples import FORMATS, REPORTS, drafts, other_formats, report, snapshot

DRAFTS = drafts()


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda p: p.stem)
def test_a_draft_gives_its_report(draft: Path) -> None:
    assert report(draft) == snapshot(draft).read_text(encoding="utf-8"), "look at the difference; if it is meant, run `make docs`"


def test_every_report_belongs_to_one_draft() -> None:
    assert sorted(p for p in REPORTS.iterdir() if p.suffix == ".txt") == sorted(snapshot(draft) for draft in DRAFTS)


def test_a_clean_draft_is_met_with_silence() -> None:
    assert report(ROOT / "examples" / "clean.md").startswith("No findings in 1 file.")


def test_every_format_is_shown() -> None:
    kept = {path: path.read_text(encoding="utf-8") for path in FORMATS.iterdir()}
    assert kept == other_formats(), "look at the difference; if it is meant, run `make docs`"
