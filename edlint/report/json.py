"""JSON for programs. The schema is described in docs/json.md; `schema` rises when something in it changes its meaning or goes."""

from __future__ import annotations

from typing import TextIO

from edlint.model.finding import Finding, Fix, Level
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report.entries import region, stream_json
from edlint.report.links import rule_url
from edlint.text.span import Span

SCHEMA = 1


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the report as one JSON object, in ASCII, keys always in the same order; a draft at a time, as there may be many."""
    stream_json(as_data(report, quiet=options.quiet), out)
    out.write("\n")


def as_data(report: Report, *, quiet: bool = False) -> dict[str, object]:
    """The report as dicts and lists, but its files as an iterator; with `quiet`, without findings below error."""
    least = Level.ERROR if quiet else Level.SUGGESTION
    return {
        "schema": SCHEMA,
        "edlint": report.version,
        "files": (_file(file, least) for file in report.files),
        "rules": {name: _rule(rule) for name, rule in sorted(report.rules.items())},
        "baseline": report.baseline or None,
        "stale": [stale._asdict() for stale in report.stale],
        "off": [off._asdict() for off in report.off],
        "sent": list(report.sent),
        "summary": {
            "files": len(report.files),
            **{f"{level.word}s": report.counts[level] for level in sorted(Level, reverse=True)},
            "suppressed": sum(len(file.suppressed) for file in report.files),
            "held_back": sum(file.held_back for file in report.files),
            "accepted": sum(len(file.accepted) for file in report.files),
            "fixed": sum(len(file.fixed) for file in report.files),
            "elsewhere": sum(file.elsewhere for file in report.files),
            "stale": sum(stale.times for stale in report.stale),
            "unreadable": sum(1 for file in report.files if file.error),
            "max_warnings": report.max_warnings,
            "by_rule": dict(sorted(report.by_rule.items())),
            "exit_code": report.exit_code,
        },
    }


def _file(file: FileResult, least: Level) -> dict[str, object]:
    source = file.source or Source(file.path, "")
    return {
        "path": file.path,
        "error": file.error or None,
        "notices": list(file.notices),
        "faults": list(file.faults),
        "fails": file.fails,
        "held_back": file.held_back,
        "elsewhere": file.elsewhere,
        "quoted": [finding_data(finding, source) for finding in file.quoted if finding.level >= least],
        "suppressed": [{**finding_data(s.finding, source), "reason": s.reason} for s in file.suppressed if s.finding.level >= least],
        "accepted": [finding_data(finding, source) for finding in file.accepted if finding.level >= least],
        "fixed": [_fixed(finding) for finding in file.fixed if finding.level >= least],
        "findings": [finding_data(finding, source) for finding in file.findings if finding.level >= least],
    }


def _fixed(finding: Finding) -> dict[str, object]:
    """A finding that is no longer in the draft, and so has no place."""
    return {"rule": finding.rule, "level": finding.level.word, "message": finding.message, "match": finding.match}


def finding_data(finding: Finding, source: Source) -> dict[str, object]:
    """A finding in the source it was found in, as docs/json.md describes it."""
    return {
        "rule": finding.rule,
        "level": finding.level.word,
        "message": finding.message,
        **_position(finding.span, source),
        "where": finding.where or None,
        "match": finding.match,
        "related": [{"message": r.message, "same": r.same, **_position(r.span, source)} for r in finding.related],
        "fixes": [_fix(fix, source) for fix in finding.fixes],
        "cues": list(finding.cues),
        "fingerprint": finding.fingerprint,
    }


def _fix(fix: Fix, source: Source) -> dict[str, object]:
    edits = [{**_position(edit.span, source), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety, "edits": edits}


def _position(span: Span, source: Source) -> dict[str, object]:
    return {"offset": {"start": span.start, "end": span.end}, **region(span, source)._asdict()}


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "title": rule.plain_title,
        "level": rule.level.word if rule.level else "off",
        "message": rule.message,
        "why": rule.why.strip(),
        "instead": rule.instead.strip(),
        "link": rule_url(rule),
        "pack": rule.pack,
        "status": rule.status,
    }
