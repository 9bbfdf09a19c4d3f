"""What makes the exit status: the level, the number of warnings, and where either is set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from doors import Run

pytestmark = pytest.mark.usefixtures("house")
WARNINGS = "It is arguably good.\n\nIt is arguably bad.\n"


def write(path: str, text: str = WARNINGS) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("configured", "args", "status"),
    [
        (None, [], 0),
        (None, ["--max-warnings", "2"], 0),
        (None, ["--max-warnings", "1"], 1),
        (None, ["--max-warnings", "0"], 1),
        (None, ["--max-warnings", "0", "--exit-zero"], 0),
        (None, ["--max-warnings", "0", "--fail-on", "never"], 1),
        (None, ["--max-warnings", "0", "--ignore", "House.Vague"], 0),
        ("-1", [], 0),
        ("1", [], 1),
        ("2", [], 0),
        ("0", ["--max-warnings", "2"], 0),
        ("0", ["--max-warnings", "-1"], 0),
        ("5", ["--max-warnings", "1"], 1),
    ],
)
def test_too_many_warnings(edlint_: Run, configured: str | None, args: list[str], status: int) -> None:
    write("a.txt")
    if configured:
        write(".edlint.yml", f"extends: [./House]\nmax_warnings: {configured}\n")
    assert edlint_(*args, "a.txt").status == status


def test_warnings_are_counted_over_all_drafts_and_the_verdict_says_so(edlint_: Run) -> None:
    write("a.txt", "It is arguably good. We leverage it.\n")
    write("b.txt")
    ran = edlint_("--max-warnings", "2", "a.txt", "b.txt")
    assert ran.out.endswith("Fails: 1 finding at or above error, and 3 warnings where 2 may pass.\n")
    assert edlint_("--max-warnings", "2", "b.txt").out.endswith("Passes: nothing at or above error.\n")


def test_the_strictest_configuration_in_a_run_counts(edlint_: Run) -> None:
    for desk, most in (("one", 9), ("two", 1)):
        write(f"{desk}/a.txt", "It is arguably good.\n")
        write(f"{desk}/.edlint.yml", f"extends: [../House]\nmax_warnings: {most}\n")
    assert edlint_("one").status == edlint_("two").status == 0
    assert edlint_("one", "two").status == 1


def test_accepted_and_fixed_findings_do_not_count(edlint_: Run) -> None:
    write("a.txt")
    edlint_("baseline", "create")
    assert edlint_("--max-warnings", "0", "--baseline", ".edlint-baseline.jsonl", "a.txt").status == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("max_warnings: many", "max_warnings: must be a whole number, not a string"),
        ("max_warnings: -2", "max_warnings: must be 0 or more, or -1 for any number"),
        ("max_warnings: true", "max_warnings: must be a whole number, not true or false"),
        ("max_warnings: 1.5", "max_warnings: must be a whole number, not a number"),
        ("baseline: [a]", "baseline: must be a string, not a list"),
        ("baselin: a", "baselin: unknown key (did you mean 'baseline'?)"),
        ("baseline: none.jsonl", "the baseline does not exist (`edlint baseline create` makes one)"),
    ],
)
def test_wrong_values_in_the_configuration(edlint_: Run, line: str, message: str) -> None:
    write("a.txt")
    write(".edlint.yml", f"extends: [./House]\n{line}\n")
    ran = edlint_("a.txt")
    assert ran.status == 2
    assert ran.err.endswith(f": {message}\n"), ran.err


def test_wrong_values_on_the_command_line(edlint_: Run) -> None:
    write("a.txt")
    for value in ("-2", "many"):
        ran = edlint_("--max-warnings", value, "a.txt")
        assert ran.status == 2 and "--max-warnings" in ran.err


def test_they_are_shown_with_their_origin(edlint_: Run) -> None:
    write(".edlint.yml", "extends: [./House]\nmax_warnings: 3\nbaseline: old.jsonl\n")
    shown = edlint_("config", "show", "a.txt").out
    assert re.search(r"^max_warnings +3 +\(\S+\.edlint\.yml:2\)$", shown, re.MULTILINE)
    assert re.search(r"^baseline +\S+/old\.jsonl +\(\S+\.edlint\.yml:3\)$", shown, re.MULTILINE)
