"""The exit status, from what a run found and what was asked of it."""

from __future__ import annotations

import pytest
from reports import finding, report

from edlint.model.finding import Level
from edlint.model.report import Report, exit_status

WORD = finding("a word", "word", Level.ERROR)
MILD = finding("a word", "word", Level.WARNING)
CLEAN, FAILING, WARNED = report("a word"), report("a word", WORD), report("a word", MILD)
FIXED, BROKEN = report("a word", fixed=(WORD,)), report("a word", WORD, faults=("out of time",), fixed=(WORD,))


@pytest.mark.parametrize(
    ("found", "asked", "status"),
    [
        (CLEAN, {}, 0),
        (FAILING, {}, 1),
        (FAILING, {"zero": True}, 0),
        (WARNED, {}, 0),
        (WARNED._replace(max_warnings=1), {}, 0),
        (WARNED._replace(max_warnings=0), {}, 1),
        (FIXED, {}, 0),
        (FIXED, {"fixing_fails": True}, 1),
        (FIXED, {"fixing_fails": True, "zero": True}, 0),
        (CLEAN, {"fixing_fails": True}, 0),
        (FAILING, {"changed": False}, 0),
        (CLEAN, {"changed": True}, 1),
        (CLEAN, {"changed": True, "zero": True}, 0),
        (BROKEN, {}, 2),
        (BROKEN, {"zero": True, "fixing_fails": True}, 2),
        (BROKEN, {"changed": True, "zero": True}, 2),
    ],
)
def test_the_exit_status(found: Report, asked: dict[str, bool], status: int) -> None:
    assert exit_status(found, **asked) == status
    if not asked:
        assert found.exit_code == status
