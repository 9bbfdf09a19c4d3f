"""What a finding's rule has to say, for the place under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from edlint.lsp.diagnostics import Linted
from edlint.lsp.positions import Positions
from edlint.model.finding import Finding
from edlint.model.rule import Rule
from edlint.report.links import rule_url
from edlint.report.terminal import visible
from edlint.text.lazy import lazy

_MOST = 3  # findings that are explained at one place
_SPECIAL = lazy(r"([\\`*_{}\[\]()<>#+\-!|~&$])")


def hover(linted: Linted, position: types.Position, encoding: str, markdown: bool = True) -> types.Hover | None:
    """The findings at a position with why they matter, what to do instead, and what was counted; None where there are none."""
    if linted.result.source is None:
        return None
    positions = Positions(linted.result.source, encoding)
    span = positions.span(types.Range(position, position))
    found = linted.at(span)[:_MOST]
    if not found:
        return None
    parts = ["\n\n".join(_paragraphs(finding, linted.rules.get(finding.rule), markdown)) for finding in found]
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, "\n\n---\n\n".join(parts)), positions.range(found[0].span))


def _paragraphs(finding: Finding, rule: Rule | None, markdown: bool) -> Iterator[str]:
    def words(text: str) -> str:
        line = visible(" ".join(text.split()))
        return _SPECIAL.sub(r"\\\1", line) if markdown else line

    strong = "**" if markdown else ""
    title = rule.plain_title if rule else finding.rule
    yield f"{strong}{words(title)}{strong} ({finding.level.word}, {words(finding.rule)})"
    yield words(finding.message)
    if rule and rule.why:
        yield words(rule.why)
    if rule and rule.instead:
        yield f"{strong}Instead:{strong} {words(rule.instead)}"
    if finding.cues:
        yield "\n".join(["What counted:", "", *(f"- {words(cue)}" for cue in finding.cues)])
    if url := rule_url(rule):
        yield f"[About this rule]({url})" if markdown else url
