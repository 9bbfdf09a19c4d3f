"""SARIF 2.1.0, the format of code-scanning services. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

Paths are relative to the base %SRCROOT%, which the reader sets, so that a report is the same wherever it was made.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TextIO
from urllib.parse import quote

from edlint.model.finding import Finding, Fix, Level
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report.entries import failures, portable, region, shown, stream_json
from edlint.report.links import rule_url
from edlint.report.summary import account, asides, sent
from edlint.text.span import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "note"}


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the log with one run. Silenced and accepted findings are in it, marked as what they are."""
    stream_json({"$schema": SCHEMA, "version": "2.1.0", "runs": iter([_run(report, options)])}, out)
    out.write("\n")


def _run(report: Report, options: ReportOptions) -> dict[str, object]:
    names = sorted({finding.rule for file in report.files for finding, _ in _rows(file, report, options)})
    index = {name: number for number, name in enumerate(names)}
    driver = {
        "name": "edlint",
        "version": report.version,
        "rules": [_rule(name, report.rules.get(name) or Rule(name, "")) for name in names],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not report.broken, "toolExecutionNotifications": list(_notifications(report))}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that edlint was run in."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": (_result(*row, file.source, index) for file in report.files if file.source for row in _rows(file, report, options)),
    }


def _rule(name: str, rule: Rule) -> dict[str, object]:
    """The reportingDescriptor of the rule whose findings bear a name."""
    why, instead = (" ".join(text.split()) for text in (rule.why or rule.description or rule.message, rule.instead))
    why = why or name
    explain = f"`edlint explain {name}` shows examples."
    given: dict[str, object] = {
        "id": name,
        "shortDescription": {"text": why.partition(". ")[0].rstrip(".") + "."},
        "fullDescription": {"text": why},
        "help": {
            "text": "\n\n".join([why, *([f"Instead: {instead}"] if instead else []), explain.replace("`", "")]),
            "markdown": "\n\n".join([why, *([f"**Instead:** {instead}"] if instead else []), explain]),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.level] if rule.level else "none"},
        "properties": {"tags": [rule.pack]},
    }
    url = rule_url(rule)
    return given | ({"helpUri": url} if url else {})


def _rows(file: FileResult, report: Report, options: ReportOptions) -> Iterator[tuple[Finding, Mapping[str, object]]]:
    """The findings of a file, those the baseline accepts, those a directive silences, each with what says which it is."""
    if file.source is None:
        return
    least = Level.ERROR if options.quiet else Level.SUGGESTION
    new = {"baselineState": "new"} if report.baseline else {}
    for finding in shown(file, options):
        yield finding, new
    for finding in file.accepted:
        if finding.level >= least:
            accepted = {"kind": "external", "justification": f"accepted by {report.baseline or 'the baseline'}"}
            yield finding, {"baselineState": "unchanged", "suppressions": [accepted]}
    for finding, reason in file.suppressed:
        if finding.level >= least:
            silenced = {"kind": "inSource", **({"justification": reason} if reason else {})}
            yield finding, {**new, "suppressions": [silenced]}


def _result(finding: Finding, state: Mapping[str, object], source: Source, index: Mapping[str, int]) -> dict[str, object]:
    related = [
        {"id": number, **_location(related.span, source), "message": _message(related.message or "see here")}
        for number, related in enumerate(finding.related, 1)
    ]
    fixes = [_fix(fix, source) for fix in finding.fixes if fix.edits]
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.level],
        "message": _message(finding.message),
        "locations": [_location(finding.span, source)],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if fixes else {}),
        **({"partialFingerprints": {"edlint/v1": finding.fingerprint}} if finding.fingerprint else {}),
        **({"properties": {"cues": list(finding.cues)}} if finding.cues else {}),
        **state,
        "ruleIndex": index[finding.rule],
    }


def _location(span: Span, source: Source) -> dict[str, object]:
    place = _region(span, source) | {"snippet": {"text": source.text[span.start : span.end]}}
    return {"physicalLocation": {"artifactLocation": artifact(source.path), "region": place}}


def _region(span: Span, source: Source) -> dict[str, object]:
    line, column, end_line, end_column = region(span, source)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(fix: Fix, source: Source) -> dict[str, object]:
    edits = [{"deletedRegion": _region(e.span, source), "insertedContent": {"text": e.text}} for e in fix.edits]
    changes = [{"artifactLocation": artifact(source.path), "replacements": edits}]
    return {"description": {"text": fix.title}, "artifactChanges": changes, "properties": {"safety": fix.safety}}


def _message(text: str) -> dict[str, str]:
    """The text as a message, in which nothing from a draft passes for an embedded link (section 3.11.6)."""
    return {"text": text.replace("](", "] (")}


def _notifications(report: Report) -> Iterator[Mapping[str, object]]:
    """What could not be checked, remarks on files, and what is not among the results."""
    for file in report.files:
        place = [{"physicalLocation": {"artifactLocation": artifact(file.path)}}]
        for level, texts in (("error", failures(file)), ("note", file.notices)):
            yield from ({"level": level, "message": _message(text), "locations": place} for text in texts)
    yield from ({"level": "note", "message": _message(aside)} for aside in (*asides(report), *account(report, 0), *sent(report)))


def artifact(path: str) -> dict[str, str]:
    """The artifactLocation of a path: a relative reference to %SRCROOT%, or a file: URI for what lies elsewhere."""
    path = portable(path)
    if path.startswith("../"):
        path = os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 (Path.absolute keeps the dots)
    try:
        raw = path.encode("utf-8", "surrogateescape")  # the bytes of a name that is no UTF-8
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogatepass")
    if raw.startswith(b"/") or raw[1:3] == b":/":
        return {"uri": f"file:///{quote(raw, safe='/:').lstrip('/')}"}
    return {"uri": quote(raw, safe="/"), "uriBaseId": _ROOT}
