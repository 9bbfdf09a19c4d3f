"""What can be done about a finding, as the protocol's code actions. Those that take a while get their edit when one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from lsprotocol import types

from edlint.linter import Linter
from edlint.lsp.diagnostics import Linted
from edlint.lsp.drafts import Draft, uri_of
from edlint.lsp.positions import Positions
from edlint.lsp.vocabulary import Addition, additions, is_name
from edlint.model.finding import Edit, Finding
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.report.terminal import visible
from edlint.session.fix import apply_fixes
from edlint.session.silence import silence_here, silence_rule
from edlint.text.span import Span

OPEN_RULE = "edlint.openRule"  # the command that shows the page of a rule; takes the draft's address and the rule's name
FIX_ALL = "source.fixAll.edlint"
SILENCE = "quickfix.edlint.silence"  # a directive, in which the reason is still to be written
_MOST = 10  # findings for which there are actions at one place
_LONGEST = 60  # characters of a title's quotation


class Abilities(NamedTuple):
    """What an editor can do: edits of a certain version of a draft, files that an edit creates, edits that are worked out when chosen."""

    versions: bool = False
    creates: bool = False
    resolves: bool = False


class Actions:
    """The code actions for one version of a draft."""

    def __init__(self, draft: Draft, linted: Linted, encoding: str, abilities: Abilities) -> None:
        self._draft, self._linted, self._abilities = draft, linted, abilities
        self._positions = Positions(linted.result.source or Source(draft.path, draft.text), encoding)

    def offered(self, range: types.Range, context: types.CodeActionContext) -> list[types.CodeAction]:
        """What can be done about the findings that touch a range, of the kinds that the editor asks for."""
        only = [str(getattr(kind, "value", kind)) for kind in context.only or ()]
        found: list[types.CodeAction] = []
        for finding in self._linted.at(self._positions.span(range))[:_MOST]:
            told = [d for d in context.diagnostics if d.code == finding.rule and d.range == self._positions.range(finding.span)]
            found += self._about(finding, told)
        if only and any(fix.safety == "safe" for f in self._linted.result.findings for fix in f.fixes):
            found.append(self._later("Apply all safe fixes", FIX_ALL, "all", None))
        return [action for action in found if _wanted(str(getattr(action.kind, "value", action.kind)), only)]

    def _about(self, finding: Finding, told: list[types.Diagnostic]) -> Iterator[types.CodeAction]:
        preferred = finding.fix()
        for fix in finding.fixes:
            if fix.edits and fix.safety != "display":
                title = visible(fix.title[:1].upper() + fix.title[1:])
                edit = self._edit(fix.edits)
                yield types.CodeAction(title, types.CodeActionKind.QuickFix, told, fix is preferred or None, edit=edit)
        yield self._later(f"Silence {finding.rule} here, with a reason", SILENCE, "here", finding, told)
        yield self._later(f"Silence {finding.rule} in this draft, with a reason", SILENCE, "rule", finding, told)
        if is_name(finding, self._linted.rules.get(finding.rule)):
            name = visible(finding.match if len(finding.match) <= _LONGEST else f"{finding.match[:_LONGEST]}\u2026")
            yield self._later(f"Add \u2018{name}\u2019 to the vocabulary", types.CodeActionKind.QuickFix, "name", finding, told)
        command = types.Command(f"About {finding.rule}", OPEN_RULE, arguments=[self._draft.uri, finding.rule])
        yield types.CodeAction(f"About {finding.rule}", types.CodeActionKind.QuickFix, told, command=command)

    def _later(
        self, title: str, kind: types.CodeActionKind | str, work: str, finding: Finding | None, told: list[types.Diagnostic] | None = None
    ) -> types.CodeAction:
        data = {"uri": self._draft.uri, "version": self._draft.version, "do": work, "finding": finding.fingerprint if finding else ""}
        return types.CodeAction(title, kind, told, data=data)

    def resolved(
        self, data: dict[str, Any], linter: Linter, lint: Callable[..., FileResult], roots: Sequence[str]
    ) -> types.WorkspaceEdit | None:
        """The edit of an action that was offered; None where nothing can be done. Takes as long as linting the draft a few times.

        `lint` is the Linter's method, or one that leaves out what a baseline accepts.
        """
        result, draft = self._linted.result, self._draft
        finding = next((f for f in result.findings if f.fingerprint == data.get("finding")), None)
        again = partial(lint, format=draft.format)
        if data.get("do") == "all":
            after = apply_fixes(result, again).source
            return self._edit([_difference(draft.text, after.text)]) if after and after.text != draft.text else None
        if finding is None:
            return None
        if data.get("do") == "name":
            return self._added(additions(finding.match, linter.config, draft.path, roots))
        silence = silence_here if data.get("do") == "here" else silence_rule
        edit = silence(linter.detail(result, format=draft.format), finding, draft.format, again)
        return self._edit([edit]) if edit else None

    def _edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        made = [self._positions.edit(edit) for edit in edits]
        if not self._abilities.versions:
            return types.WorkspaceEdit(changes={self._draft.uri: made})
        document = types.OptionalVersionedTextDocumentIdentifier(self._draft.uri, self._draft.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, made)])

    def _added(self, added: Sequence[Addition]) -> types.WorkspaceEdit | None:
        """The edit that adds to the ends of files; None where the editor cannot make a file that is missing."""
        if not added or (any(each.before is None for each in added) and not (self._abilities.versions and self._abilities.creates)):
            return None
        changes: list[Any] = []
        for path, before, text in added:
            if before is None:
                changes.append(types.CreateFile(uri_of(str(path)), options=types.CreateFileOptions(ignore_if_exists=True)))
            source = Source(str(path), before or "")
            end = Positions(source, types.PositionEncodingKind.Utf32).at(len(source.text))
            document = types.OptionalVersionedTextDocumentIdentifier(uri_of(str(path)), None)
            changes.append(types.TextDocumentEdit(document, [types.TextEdit(types.Range(end, end), text)]))
        if self._abilities.versions:
            return types.WorkspaceEdit(document_changes=changes)
        return types.WorkspaceEdit(changes={change.text_document.uri: change.edits for change in changes})


def _wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == asked or kind.startswith(f"{asked}.") or not asked for asked in only)


def _difference(before: str, after: str) -> Edit:
    """One edit that makes `after` of `before`, and touches nothing around what changed."""
    shortest = min(len(before), len(after))
    start = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    same = next((n for n in range(shortest - start) if before[-1 - n] != after[-1 - n]), shortest - start)
    return Edit(Span(start, len(before) - same), after[start : len(after) - same])
