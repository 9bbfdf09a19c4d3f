"""Runs the recorded cases and compares what edlint says with what Vale says."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from edlint.config.file import load_config
from edlint.config.nearest import find_config
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.finding import Finding
from edlint.model.report import FileResult

DATA = Path(__file__).resolve().parents[3] / "shared" / "vale"
UNSUPPORTED = ("script",)
RECORDED = "3.15"  # the version of Vale that the data was recorded with


@dataclass
class Tally:
    """Alerts by rule type: how many were expected, found as expected, found at the very column, and not expected."""

    expected: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    column: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    noisy: list[str] = field(default_factory=list)

    def rates(self) -> str:
        """A table, one line a type and one for all."""
        lines = [f"{'type':<16}{'expected':>9}{'exact':>7}{'rate':>8}{'column':>8}{'extra':>7}"]
        for kind in [*sorted({*self.expected, *self.extra}), "all"]:
            row = [sum(c.values()) if kind == "all" else c[kind] for c in (self.expected, self.exact, self.column, self.extra)]
            rate = f"{row[1] / row[0]:.1%}" if row[0] else "-"
            lines.append(f"{kind:<16}{row[0]:>9}{row[1]:>7}{rate:>8}{row[2]:>8}{row[3]:>7}")
        return "\n".join(lines)


def position(result: FileResult, finding: Finding) -> tuple[int, int]:
    """The 1-based line and column of a finding."""
    assert result.source is not None
    return result.source.lines.position(finding.span.start)


def recorded_config(path: Path) -> Config:
    """A configuration of the recorded data, read as the version that it was recorded with read drafts."""
    config = load_config(path)
    return replace(config, vale=replace(config.vale, reading=config.vale.reading._replace(version=RECORDED)))


def run_case(case: dict[str, Any]) -> tuple[FileResult, Linter]:
    """Lint the file of a case in its folder, with its configuration."""
    before = Path.cwd()
    os.chdir(DATA / case["cwd"])
    try:
        file = DATA / case["file"]
        config = DATA / case["config"] if case["config_given_explicitly"] else find_config(file)
        assert config is not None
        assert config.resolve() == (DATA / case["config"]).resolve(), (config, case["config"])
        keep = next((a.removeprefix("--filter=") for a in case["args"] if a.startswith("--filter=")), "")
        linter = Linter(recorded_config(config), rule_filter=keep)
        return linter.lint_file(file, format="plain" if "--ignore-syntax" in case["args"] else ""), linter
    finally:
        os.chdir(before)


def compare_cases() -> Tally:
    """All cases against (line, check, message), columns apart."""
    tally = Tally()
    for case in json.loads((DATA / "cases.json").read_text(encoding="utf-8")):
        if "script" in case["rule_types"]:
            continue
        result, linter = run_case(case)
        kinds = {name: rule.extends for name, rule in linter.all_rules.items()}
        found = Counter[tuple[int, str, str]]()
        columns = set()
        for finding in result.findings:
            line, column = position(result, finding)
            found[line, finding.rule, finding.message] += 1
            columns.add((line, column, finding.rule))
        for alert in case["expected"]:
            kind = kinds.get(alert["check"], "?")
            key = alert["line"], alert["check"], alert["message"]
            tally.expected[kind] += 1
            if found[key]:
                found[key] -= 1
                tally.exact[kind] += 1
                right = alert.get("better_column", alert["column"])
                tally.column[kind] += (alert["line"], right, alert["check"]) in columns
            else:
                tally.missing.append(f"{case['id']} {case['file'].rpartition('fixtures/')[2]}:{key}")
        for key in found.elements():
            tally.extra[kinds.get(key[1], "?")] += 1
            tally.surplus.append(f"{case['id']} {case['file'].rpartition('fixtures/')[2]}:{key}")
        if not case["expected"] and result.findings:
            tally.noisy.append(case["id"])
    return tally


@cache
def known_losses() -> frozenset[tuple[str, str]]:
    """(check, match) of what the rules find and Vale does not report."""
    losses = json.loads((DATA / "known-losses.json").read_text(encoding="utf-8"))
    return frozenset((row["check"], row["match"]) for rows in losses.values() for row in rows)


def straight(text: str) -> str:
    """The text with straight quotes, as matches are compared."""
    return text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))


def compare_styles() -> Iterator[tuple[str, Tally]]:
    """Every published style on every text, by (line, check, match); rows whose place Vale lost by (check, match)."""
    for package, data in json.loads((DATA / "styles-expected.json").read_text(encoding="utf-8")).items():
        tally = Tally()
        linter = Linter(recorded_config(DATA / data["config"]))
        kinds = {name: rule.extends for name, rule in linter.all_rules.items()}
        for text, rows in data["results"].items():
            result = linter.lint_file(DATA / text if (DATA / text).is_file() else DATA / "texts" / text)
            found = {(position(result, f)[0], f.rule, straight(f.match)): position(result, f) for f in result.findings}
            loose = {(check, match) for _, check, match in found}
            used: set[tuple[int, str, str]] = set()
            for row in rows:
                kind = kinds.get(row["check"], "?")
                key = row["line"], row["check"], straight(row["match"])
                tally.expected[kind] += 1
                if key in found:
                    used.add(key)
                    tally.exact[kind] += 1
                    tally.column[kind] += found[key][1] in row["columns"]
                elif row["position"] == "approximate" and key[1:] in loose:
                    used.update(k for k in found if k[1:] == key[1:])
                    tally.exact[kind] += 1
                else:
                    tally.missing.append(f"{package} {text}:{key}")
            for key in found.keys() - used:
                tally.extra[kinds.get(key[1], "?")] += 1
                tally.surplus.append(f"{package} {text}:{key}")
        yield package, tally
