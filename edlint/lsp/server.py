"""The language server: what the editor tells goes in, diagnostics, hovers and actions come out. It decides nothing about drafts."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from time import perf_counter
from typing import ParamSpec, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from edlint.linter import Linter
from edlint.lsp.actions import Abilities
from edlint.lsp.diagnostics import Linted, diagnostics
from edlint.lsp.drafts import Draft, format_of_document, path_of
from edlint.model.report import FileResult
from edlint.report.terminal import visible
from edlint.session.live import LiveSession
from edlint.session.options import Options
from edlint.version import __version__

AT_ONCE = 0.15  # seconds that linting takes, up to which a draft is linted at each keystroke, or when the version before is done
LATEST = 1.0  # seconds: a longer draft is linted after a pause of a quarter of what the last time took, but of no more than this
TIDY = 10  # versions of drafts after which memory is tidied up
LOOK = 2.0  # seconds between two looks at configurations and rules
P = ParamSpec("P")
T = TypeVar("T")


class Server(LanguageServer):
    """One editor's drafts. Linting happens in one thread, which the LiveSession belongs to; everything else in the event loop."""

    def __init__(self, options: Options) -> None:
        super().__init__("edlint", __version__, types.TextDocumentSyncKind.Full, max_workers=1)
        self.live = LiveSession(options, self._heard)
        self.drafts: dict[str, Draft] = {}
        self.linted: dict[str, Linted] = {}
        self.shown_elsewhere: set[str] = set()  # drafts that are not open and have diagnostics all the same
        self.parent: int | None = None  # the number of the editor's process
        self.stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lints: dict[str, asyncio.Task[None]] = {}
        self._thread = ThreadPoolExecutor(1)
        self._took = 0.0
        self._versions = 0  # linted since the rules were read
        self._said: set[str] = set()

    async def work(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a job gives that needs the LiveSession."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(job, *args, **kwargs))

    @property
    def encoding(self) -> str:
        """How positions are counted: what the editor asked for."""
        return types.PositionEncodingKind(self.workspace.position_encoding).value

    @property
    def roots(self) -> list[str]:
        """The paths of the folders that the editor has open."""
        folders = [to_fs_path(folder.uri) for folder in self.workspace.folders.values()]
        return [path for path in folders or [self.workspace.root_path] if path]

    @property
    def abilities(self) -> Abilities:
        """What the editor can do with a code action."""
        able = self.client_capabilities
        edits = able.workspace.workspace_edit if able.workspace else None
        action = able.text_document.code_action if able.text_document else None
        resolves = action.resolve_support if action else None
        creates = types.ResourceOperationKind.Create in (edits.resource_operations or ()) if edits else False
        return Abilities(bool(edits and edits.document_changes), creates, bool(resolves and "edit" in resolves.properties))

    def open(self, uri: str, version: int, text: str, language: str) -> None:
        """A draft was opened: it is linted now."""
        path = path_of(uri, self.roots)
        format = format_of_document(path, language)
        self._loop = asyncio.get_running_loop()
        if format:
            self.drafts[uri] = Draft(uri, path, format, version, text)
            self.lint_soon(uri, 0.0)

    def change(self, uri: str, version: int, text: str) -> None:
        """A draft that is open has a new text; one that is older than what is known is passed over."""
        draft = self.drafts.get(uri)
        if draft and version > draft.version:
            self.drafts[uri] = draft._replace(version=version, text=text)
            self.lint_soon(uri, 0.0 if self._took <= AT_ONCE else min(self._took / 4, LATEST))

    def close(self, uri: str) -> None:
        """A draft was closed: what was said of it is taken back."""
        draft, pending = self.drafts.pop(uri, None), self._lints.pop(uri, None)
        self.linted.pop(uri, None)
        if pending:
            pending.cancel()
        if draft:
            self.live.close(draft.path)
            self.publish(uri, [])

    def _heard(self, path: str) -> None:
        """A second reader has said more of a draft, in a thread of its own: what it says is shown at once."""
        if self._loop and not self.stopped:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._read_on, path)

    def _read_on(self, path: str) -> None:
        for uri in [uri for uri, draft in self.drafts.items() if draft.path == path]:
            self.lint_soon(uri, 0.0)

    def lint_soon(self, uri: str, delay: float) -> None:
        """Lint a draft when it has been left alone for so many seconds."""
        if pending := self._lints.get(uri):
            pending.cancel()
        self._lints[uri] = asyncio.get_running_loop().create_task(self._lint(uri, delay))

    async def _lint(self, uri: str, delay: float) -> None:
        """Lint a draft and say what was found, unless it has changed meanwhile."""
        await asyncio.sleep(delay)
        draft = self.drafts.get(uri)
        if draft is None or self.stopped:
            return
        began = perf_counter()
        linted, shown = await self.work(self._judged, draft, self.encoding)
        self._took = perf_counter() - began
        if uri not in self.linted:
            self._thread.submit(self.live.warm, draft.path)
        if self.drafts.get(uri) is draft:
            self.linted[uri] = linted
            self.publish(uri, shown, draft.version)
            self.note(linted.result)
        self._thread.submit(self._tidy)

    def _tidy(self) -> None:
        """Free what earlier versions left: much of it refers to itself, and Python looks for that seldom. Rules are passed over."""
        self._versions += 1
        if self._versions == 1:
            gc.unfreeze()
        if self._versions % TIDY == 1:
            gc.collect()
        if self._versions == 1:
            gc.freeze()

    def _judged(self, draft: Draft, encoding: str) -> tuple[Linted, list[types.Diagnostic]]:
        return self.told(self.live.lint(draft.path, draft.text, draft.format), draft.uri, encoding)

    def told(self, result: FileResult, uri: str, encoding: str) -> tuple[Linted, list[types.Diagnostic]]:
        """A result with the rules behind it, and what the editor shows of it. Done where the work is done."""
        linter = self.live.linter_for(result.path) if result.findings else None
        names = {finding.rule for finding in result.findings}
        rules = {name: rule for name in names if (rule := linter.rule_named(name))} if linter else {}
        linted = Linted(result, rules)
        return linted, diagnostics(linted, uri, encoding)

    def current(self, uri: str) -> tuple[Draft, Linted] | None:
        """A draft and what is known of it; None where it changed since it was linted."""
        draft, linted = self.drafts.get(uri), self.linted.get(uri)
        if draft is None or linted is None or linted.result.source is None or linted.result.source.text is not draft.text:
            return None
        return draft, linted

    def linter(self, draft: Draft) -> Linter:
        """The Linter for a draft. Raises EdlintError. To be called where the work is done."""
        return self.live.linter_for(draft.path)

    def publish(self, uri: str, shown: list[types.Diagnostic], version: int | None = None) -> None:
        """Show diagnostics in the place of all others of that draft."""
        with suppress(BrokenPipeError, ValueError):  # the editor has gone, which the stream will say
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def note(self, result: FileResult) -> None:
        """Write each notice into the editor's log once."""
        for notice in (*result.notices, *result.faults, *([result.error] if result.error else [])):
            if notice not in self._said:
                self._said.add(notice)
                self.window_log_message(types.LogMessageParams(types.MessageType.Info, visible(notice)))

    async def look(self) -> float:
        """Lint the open drafts again if a configuration or a rule changed. Gives the seconds that looking took."""
        if not self.drafts:
            return 0.0
        changed, seconds = await self.work(self._looked)
        if changed:
            self._versions = 0
            for uri in self.drafts:
                self.lint_soon(uri, 0.0)
        return seconds

    def _looked(self) -> tuple[bool, float]:
        began = perf_counter()
        return self.live.refresh(), perf_counter() - began

    async def keep_looking(self) -> None:
        """Look every few seconds, but spend no more than a twentieth of the time."""
        while not self.stopped:
            await asyncio.sleep(max(LOOK, 20 * await self.look()))
