"""A result as the protocol's diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lsprotocol import types

from edlint.lsp.positions import Positions
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.report.links import rule_url
from edlint.report.terminal import visible
from edlint.text.span import Span

SOURCE = "edlint"
UNCHECKED = "not-checked"  # the code of what says that a draft, or a part of the rules, was not checked
_SEVERITIES = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.SUGGESTION: types.DiagnosticSeverity.Information,
}


class Linted(NamedTuple):
    """What is known of one version of a draft: the result, and by name the rules behind its findings."""

    result: FileResult
    rules: Mapping[str, Rule]

    def at(self, span: Span) -> list[Finding]:
        """The findings that touch a span, the shortest first."""
        touching = (f for f in self.result.findings if any(p.start <= span.end and span.start <= p.end for p in f.places))
        return sorted(touching, key=lambda f: f.span.end - f.span.start)


def diagnostics(linted: Linted, uri: str, encoding: str) -> list[types.Diagnostic]:
    """All there is to say of a draft. What could not be checked stands at its start, as an error: silence would pass for praise."""
    result = linted.result
    unchecked = [_unchecked(text) for text in ((result.error,) if result.error else result.faults)]
    if result.source is None:
        return unchecked
    positions = Positions(result.source, encoding)
    return [*unchecked, *(_diagnostic(finding, linted, uri, positions) for finding in result.findings)]


def _unchecked(text: str) -> types.Diagnostic:
    start = types.Position(0, 0)
    return types.Diagnostic(types.Range(start, start), visible(text), types.DiagnosticSeverity.Error, UNCHECKED, source=SOURCE)


def _diagnostic(finding: Finding, linted: Linted, uri: str, positions: Positions) -> types.Diagnostic:
    url = rule_url(linted.rules.get(finding.rule))
    related = list(_related(finding, uri, positions))
    return types.Diagnostic(
        range=positions.range(finding.span),
        message=visible(finding.message),
        severity=_SEVERITIES[finding.level],
        code=finding.rule,
        code_description=types.CodeDescription(url) if url else None,
        source=SOURCE,
        related_information=related or None,
        data=finding.fingerprint,
    )


def _related(finding: Finding, uri: str, positions: Positions) -> Iterator[types.DiagnosticRelatedInformation]:
    for related in finding.related:
        place = types.Location(uri, positions.range(related.span))
        yield types.DiagnosticRelatedInformation(place, visible(related.message or "see here"))
