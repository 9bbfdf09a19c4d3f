"""The Reviewdog Diagnostic Format as one JSON object. Columns count bytes of UTF-8, from 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from edlint.model.finding import Finding, Fix, Level
from edlint.model.report import FileResult, Report, ReportOptions, Traits
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report.entries import failures, portable, shown, stream_json
from edlint.report.links import rule_url
from edlint.text.span import Span

TRAITS = Traits(bare=True)

SOURCE = {"name": "edlint"}
_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.SUGGESTION: "INFO"}
_STEP = 4096  # code points between the offsets whose place in bytes is kept


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the object with its diagnostics."""
    stream_json({"source": SOURCE, "diagnostics": diagnostics(report, options)}, out)
    out.write("\n")


def diagnostics(report: Report, options: ReportOptions) -> Iterator[dict[str, object]]:
    """A diagnostic for each failure to check a file and for each finding."""
    for file in report.files:
        path = portable(file.path)
        for failure in failures(file):
            yield {"message": failure, "location": {"path": path}, "severity": "ERROR"}
        findings = shown(file, options)
        if file.source and findings:
            yield from _of(file, findings, report, _Bytes(file.source))


def _of(file: FileResult, findings: list[Finding], report: Report, places: _Bytes) -> Iterator[dict[str, object]]:
    path = portable(file.path)
    for finding in findings:
        related = [{"message": r.message, "location": {"path": path, "range": places.range(r.span)}} for r in finding.related]
        suggestions = [_suggestion(fix, places) for fix in finding.fixes if fix.edits]
        yield {
            "message": finding.message,
            "location": {"path": path, "range": places.range(finding.span)},
            "severity": _SEVERITIES[finding.level],
            "code": _code(finding.rule, report.rules.get(finding.rule)),
            **({"suggestions": suggestions} if suggestions else {}),
            **({"related_locations": related} if related else {}),
        }


def _code(name: str, rule: Rule | None) -> dict[str, str]:
    url = rule_url(rule)
    return {"value": name, "url": url} if url else {"value": name}


def _suggestion(fix: Fix, places: _Bytes) -> dict[str, object]:
    """All edits of a fix as one replacement, from the first to the last."""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    whole = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    text, at = "", whole.start
    for edit in edits:
        text += places.source.text[at : edit.span.start] + edit.text
        at = edit.span.end
    return {"range": places.range(whole), "text": text}


class _Bytes:
    """Places in a source in bytes of UTF-8, found in constant time however long a line is."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._kept = [0]
        for start in range(0, 0 if source.text.isascii() else len(source.text), _STEP):
            self._kept.append(self._kept[-1] + _length(source.text[start : start + _STEP]))

    def range(self, span: Span) -> dict[str, object]:
        """The range of a span: 1-based lines, 1-based columns in bytes, the end not part of it."""
        return {"start": self._position(span.start), "end": self._position(span.end)}

    def _position(self, offset: int) -> dict[str, int]:
        line = self.source.lines.position(offset).line
        return {"line": line, "column": self._bytes(offset) - self._bytes(self.source.lines.line_span(line).start) + 1}

    def _bytes(self, offset: int) -> int:
        if self.source.text.isascii():
            return offset
        step = offset // _STEP
        return self._kept[step] + _length(self.source.text[step * _STEP : offset])


def _length(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
