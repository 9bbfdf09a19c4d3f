"""edlint on its own pages, with the configuration of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.model.report import ReportOptions
from edlint.report import render
from edlint.session.options import Options
from edlint.session.session import Session

ROOT = Path(__file__).resolve().parents[1]


def test_the_own_pages_are_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = Session(Options()).check(["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs"])
    assert len(report.files) > 20
    assert not report.broken
    assert not [f for file in report.files for f in file.findings], render(report, "concise", ReportOptions())
