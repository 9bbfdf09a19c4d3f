"""JSON for programs. The schema is described in docs/json.md; `schema` rises when something in it changes its meaning or goes."""

from __future__ import annotations

import json
from typing import Any, TextIO

from edlint.document import Source
from edlint.finding import Finding, Fix, Level
from edlint.report.model import FileResult, Report, ReportOptions
from edlint.rule import Rule
from edlint.text.span import Span

SCHEMA = 1


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the report as one JSON object, in ASCII, keys always in the same order."""
    json.dump(as_data(report, quiet=options.quiet), out, indent=2)
    out.write("\n")


def as_data(report: Report, *, quiet: bool = False) -> dict[str, Any]:
    """The report as lists and dicts; with `quiet`, without findings below error."""
    least = Level.ERROR if quiet else Level.SUGGESTION
    return {
        "schema": SCHEMA,
        "edlint": report.version,
        "files": [_file(file, least) for file in report.files],
        "rules": {name: _rule(rule) for name, rule in sorted(report.rules.items())},
        "summary": {
            "files": len(report.files),
            **{f"{level.word}s": report.counts[level] for level in sorted(Level, reverse=True)},
            "suppressed": sum(len(file.suppressed) for file in report.files),
            "held_back": sum(file.held_back for file in report.files),
            "unreadable": sum(1 for file in report.files if file.error),
            "by_rule": dict(sorted(report.by_rule.items())),
            "exit_code": report.exit_code,
        },
    }


def _file(file: FileResult, least: Level) -> dict[str, Any]:
    source = file.source or Source(file.path, "")
    return {
        "path": file.path,
        "error": file.error or None,
        "notices": list(file.notices),
        "faults": list(file.faults),
        "fails": file.fails,
        "held_back": file.held_back,
        "suppressed": [{**_finding(s.finding, source), "reason": s.reason} for s in file.suppressed if s.finding.level >= least],
        "findings": [_finding(finding, source) for finding in file.findings if finding.level >= least],
    }


def _finding(finding: Finding, source: Source) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level.word,
        "message": finding.message,
        **_position(finding.span, source),
        "match": finding.match,
        "related": [{"message": related.message, **_position(related.span, source)} for related in finding.related],
        "fixes": [_fix(fix, source) for fix in finding.fixes],
        "cues": list(finding.cues),
        "fingerprint": finding.fingerprint,
    }


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    edits = [{**_position(edit.span, source), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety, "edits": edits}


def _position(span: Span, source: Source) -> dict[str, Any]:
    line, column = source.lines.position(span.start)
    end_line, end_column = source.lines.position(span.end)
    return {
        "offset": {"start": span.start, "end": span.end},
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "level": rule.level.word if rule.level else "off",
        "message": rule.message,
        "why": rule.why.strip(),
        "instead": rule.instead.strip(),
        "link": rule.link,
        "pack": rule.pack,
        "status": rule.status,
    }
