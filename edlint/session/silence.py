"""Directives that silence a finding: where they go depends on the format and on what stands around, so each place is tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from edlint.filters.directives import FILE, LINE, NEXT_LINE
from edlint.model.finding import Edit, Finding
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.text.lazy import lazy
from edlint.text.span import Span

REASON = "say why"  # stands where the reason is to be written
_MARKUP = lazy(r"[\s#]*(?:<[^<>]*>\s*)*")  # what may stand before the text of a block that is in no list, quotation or table
_INDENT = lazy(r"[ \t]*")
_FORMS = {"plain": "# {}", "mdx": "{{/* {} */}}", "": "<!-- {} -->"}

Lint = Callable[[Source], FileResult]


def silence_here(result: FileResult, finding: Finding, format: str, lint: Lint) -> Edit | None:
    """The edit that silences a finding where it stands, and makes no new one; None where no directive can.

    `result` is that of the draft, with its document; `lint` gives that of another text.
    """
    if result.source is None:
        return None
    before = Counter(map(_key, result.findings))

    def works(after: FileResult) -> bool:
        silenced = {_key(suppressed.finding) for suppressed in after.suppressed}
        return _key(finding) in silenced and not Counter(map(_key, after.findings)) - before

    return _first(result.source, _places(result, result.source, finding, format), lint, works)


def silence_rule(result: FileResult, finding: Finding, format: str, lint: Lint) -> Edit | None:
    """The edit that silences the rule of a finding in the whole draft; None where no directive can."""
    if result.source is None:
        return None
    before = Counter(map(_key, result.findings))

    def works(after: FileResult) -> bool:
        return all(f.rule != finding.rule for f in after.findings) and not Counter(map(_key, after.findings)) - before

    source = result.source
    comment, newline = _comment(source, FILE, finding.rule, format), _newline(source.text)
    blocks = result.document.blocks if result.document else ()
    body = next((block.whole.start for block in blocks if block.kind != "front-matter"), len(source.text))
    top = source.lines.line_span(source.lines.position(body).line).start
    end = len(source.text)
    gap = newline if source.text.endswith(("\n", "\r")) else newline * 2
    edits = (Edit(Span(top, top), f"{comment}{newline * 2}"), Edit(Span(end, end), f"{gap}{comment}{newline}"))
    return _first(source, iter(edits), lint, works)


def _first(source: Source, edits: Iterator[Edit], lint: Lint, works: Callable[[FileResult], bool]) -> Edit | None:
    for edit in edits:
        if works(lint(source.edited([edit]))):
            return edit
    return None


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.match, finding.group


def _places(result: FileResult, source: Source, finding: Finding, format: str) -> Iterator[Edit]:
    """The places for a directive, the best first: on a line above the block, at the end of the line, above the line."""
    lines, text = source.lines, source.text
    wholes = [block.whole for block in result.document.blocks] if result.document else []
    block = next((whole for whole in wholes if whole.start <= finding.span.start <= whole.end), finding.span)
    next_line, newline = _comment(source, NEXT_LINE, finding.rule, format), _newline(text)

    def above(offset: int) -> Edit:
        start = lines.line_span(lines.position(offset).line).start
        return Edit(Span(start, start), f"{_INDENT.match(text, start, offset)[0]}{next_line}{newline}")  # type: ignore[index]

    end = lines.line_span(lines.last_line(finding.span)).end
    beside = [Edit(Span(end, end), f" {_comment(source, LINE, finding.rule, format)}")] if format != "plain" else []
    first = above(block.start)
    within = text[first.span.start : block.start]
    yield from (first, *beside) if _MARKUP.fullmatch(within) else (*beside, first)
    yield above(finding.span.start)


def _comment(source: Source, verb: str, rule: str, format: str) -> str:
    kind = "mdx" if source.path.lower().endswith(".mdx") else format if format in _FORMS else ""
    return _FORMS[kind].format(f"{verb} {rule}: {REASON}")


def _newline(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"
