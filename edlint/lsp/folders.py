"""All drafts in the folders that the editor has open, checked once and on demand, with progress, and in small parts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress

from lsprotocol import types

from edlint.lsp.drafts import uri_of
from edlint.lsp.server import Server
from edlint.model.finding import Level
from edlint.model.report import FileResult

CHECK_FOLDERS = "edlint.checkFolders"  # the command that checks all drafts
Part = tuple[list[tuple[FileResult, str, list[types.Diagnostic]]], int, int]


async def check_folders(ls: Server) -> str:
    """Show the findings of every draft in the open folders, as it is saved. Gives a sentence about them.

    Drafts that are open are passed over: of those the editor shows what they say just now. Can be cancelled where the editor shows
    progress.
    """
    roots, encoding = ls.roots, ls.encoding
    if not roots:
        return "no folder is open"
    progress = await _Progress.begin(ls)
    for uri in ls.shown_elsewhere - ls.drafts.keys():
        ls.publish(uri, [])
    ls.shown_elsewhere.clear()
    parts, counts, done = _parts(ls, roots, encoding), dict.fromkeys(Level, 0), 0
    while not ls.stopped and not progress.cancelled and (part := await ls.work(next, parts, None)):
        shown, done, total = part
        for result, uri, found in shown:
            for finding in result.findings:
                counts[finding.level] += 1
            if uri not in ls.drafts and found:
                ls.publish(uri, found)
                ls.shown_elsewhere.add(uri)
        progress.report(done, total)
    told = ", ".join(f"{count} {level.word}{'' if count == 1 else 's'}" for level, count in reversed(counts.items()))
    said = f"{done} draft{'' if done == 1 else 's'} checked: {told}"
    progress.end(f"stopped after {said}" if progress.cancelled else said)
    return said


def _parts(ls: Server, roots: list[str], encoding: str) -> Iterator[Part]:
    """The results with what is shown of them, some drafts at a time. Runs where the work is done."""
    for results, done, total in ls.live.folders(roots):
        shown = []
        for result in results:
            uri = uri_of(result.path)
            shown.append((result, uri, ls.told(result, uri, encoding)[1]))
        yield shown, done, total


class _Progress:
    """A bar in the editor, where it has any."""

    def __init__(self, ls: Server, token: str) -> None:
        self._ls, self._token = ls, token

    @classmethod
    async def begin(cls, ls: Server) -> _Progress:
        """Show a new bar."""
        window = ls.client_capabilities.window
        token = str(uuid.uuid4()) if window and window.work_done_progress else ""
        if token:
            await ls.work_done_progress.create_async(token)
            begin = types.WorkDoneProgressBegin("edlint", cancellable=True, message="looking for drafts", percentage=0)
            ls.work_done_progress.begin(token, begin)
        return cls(ls, token)

    @property
    def cancelled(self) -> bool:
        """Whether somebody pressed the button."""
        future = self._ls.work_done_progress.tokens.get(self._token)
        return future is not None and future.cancelled()

    def report(self, done: int, total: int) -> None:
        """Show how far the work is."""
        if self._token and total:
            report = types.WorkDoneProgressReport(message=f"{done} of {total} drafts", percentage=100 * done // total)
            self._ls.work_done_progress.report(self._token, report)

    def end(self, said: str) -> None:
        """Take the bar away."""
        if self._token:
            self._ls.work_done_progress.end(self._token, types.WorkDoneProgressEnd(message=said))
            with suppress(KeyError):
                del self._ls.work_done_progress.tokens[self._token]
