"""Runs Vale itself beside edlint: `python -m tests.conformance live DIR [--show]`.

DIR holds drafts, and styles in DIR/styles. Each style is run alone, on every draft, by both. The program is $VALE, or `vale` on the path;
`go install github.com/vale-cli/vale/v3/cmd/vale@v3.20.0` builds it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.config.file import load_config
from edlint.errors import EdlintError
from edlint.linter import Linter
from tests.conformance.cases import Tally, position, straight

SUFFIXES = (".md", ".txt", ".html")
_INI = "StylesPath = {styles}\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = {style}\n"


class Alert(NamedTuple):
    """What either says of a draft: its path, the rule, the text it matched, and the 1-based place of that."""

    file: str
    check: str
    match: str
    line: int
    column: int


def program() -> str:
    """The path of Vale. Exits with a message when there is none."""
    found = os.environ.get("VALE") or shutil.which("vale")
    return found or sys.exit("vale is not on the path; build it, or set VALE to its path")


def compare_live(folder: Path) -> Iterator[tuple[str, Tally | str]]:
    """For each style in folder/styles how far the two agree, or why Vale did not run."""
    drafts = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and (folder / "styles") not in path.parents)
    for style in sorted(path.name for path in (folder / "styles").iterdir() if path.is_dir() and path.name not in ("config", "Vocab")):
        with tempfile.TemporaryDirectory() as made:
            ini = Path(made) / ".vale.ini"
            ini.write_text(_INI.format(styles=(folder / "styles").resolve(), style=style), encoding="utf-8")
            done = subprocess.run(
                [program(), "--no-global", "--no-exit", "--output=JSON", f"--config={ini}", *map(str, drafts)],
                capture_output=True,
                text=True,
            )
            try:
                theirs = list(alerts(json.loads(done.stdout)))
            except ValueError:
                yield style, (done.stderr or done.stdout).strip()
                continue
            try:
                linter = Linter(load_config(ini))
                yield style, compare(theirs, list(_findings(linter, drafts)), {n: r.extends for n, r in linter.all_rules.items()})
            except EdlintError as fault:
                yield style, str(fault)


def alerts(data: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Alert]:
    """The alerts in Vale's JSON. A `consistency` rule's name has a term behind it there."""
    for file, listed in data.items():
        for alert in listed:
            check, span = str(alert["Check"]), alert["Span"]
            assert isinstance(span, list)
            yield Alert(file, ".".join(check.split(".")[:2]), straight(str(alert["Match"])), int(str(alert["Line"])), int(span[0]))


def _findings(linter: Linter, drafts: Iterable[Path]) -> Iterator[Alert]:
    for draft in drafts:
        result = linter.lint_file(draft)
        for finding in result.findings:
            yield Alert(str(draft), finding.rule, straight(finding.match), *position(result, finding))


def compare(theirs: Sequence[Alert], ours: Sequence[Alert], kinds: Mapping[str, str]) -> Tally:
    """How many of Vale's alerts edlint has too, and how many it has besides; of the same text on one line each rule counts once.

    Vale looks its places up: an alert for the same text on another line is the same alert, though its place (`column`) is not.
    """
    tally = Tally()
    exact = frozenset(ours)
    rows = {alert[:4]: alert for alert in ours}
    wanted = {alert[:4]: alert for alert in theirs}
    moved = Counter(row[:3] for row in rows.keys() - wanted.keys())
    for row, alert in wanted.items():
        kind = kinds.get(alert.check, "?")
        tally.expected[kind] += 1
        if row not in rows and not moved[row[:3]]:
            tally.missing.append(_shown(alert))
            continue
        moved[row[:3]] -= row not in rows
        tally.exact[kind] += 1
        tally.column[kind] += alert in exact
    for row in sorted(rows.keys() - wanted.keys()):
        if moved[row[:3]]:
            moved[row[:3]] -= 1
            tally.extra[kinds.get(row[1], "?")] += 1
            tally.surplus.append(_shown(rows[row]))
    return tally


def _shown(alert: Alert) -> str:
    return f"{alert.file}:{alert.line}:{alert.column}: {alert.check} {alert.match!r}"


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    whole = Tally()
    for tally in tallies:
        for counter in ("expected", "exact", "column", "extra"):
            getattr(whole, counter).update(getattr(tally, counter))
    return whole
