"""The protocol's requests and notifications, each handed to the part that answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from edlint.errors import EdlintError
from edlint.lsp.actions import FIX_ALL, OPEN_RULE, SILENCE, Actions
from edlint.lsp.drafts import uri_of
from edlint.lsp.folders import CHECK_FOLDERS, check_folders
from edlint.lsp.hover import hover
from edlint.lsp.server import Server
from edlint.report.links import rule_url
from edlint.session.options import Options

_KINDS = [types.CodeActionKind.QuickFix, SILENCE, FIX_ALL]


def make(options: Options) -> Server:
    """A server that answers all that it can."""
    server = Server(options)
    handlers: dict[str, Callable[..., Any]] = {
        types.INITIALIZE: _initialize,
        types.SHUTDOWN: _shutdown,
        types.TEXT_DOCUMENT_DID_OPEN: _opened,
        types.TEXT_DOCUMENT_DID_CHANGE: _changed,
        types.TEXT_DOCUMENT_DID_CLOSE: _closed,
        types.TEXT_DOCUMENT_DID_SAVE: _saved,
        types.TEXT_DOCUMENT_HOVER: _hover,
        types.CODE_ACTION_RESOLVE: _resolve,
    }
    for name, handler in handlers.items():
        server.feature(name)(handler)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(_KINDS, resolve_provider=True))(_actions)
    server.command(OPEN_RULE)(_open_rule)
    server.command(CHECK_FOLDERS)(check_folders)
    return server


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    """Remember the editor's process, unless it cannot be seen from here, as from inside a container."""
    from psutil import pid_exists

    if params.process_id is not None and pid_exists(params.process_id):
        ls.parent = params.process_id


def _shutdown(ls: Server, params: None) -> None:
    ls.stopped = True


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    ls.open(document.uri, document.version, document.text, str(getattr(document.language_id, "value", document.language_id)))


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """The whole text comes with each change: that is what the server asks for. Parts of it cannot be trusted to fit."""
    change = params.content_changes[-1] if params.content_changes else None
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        ls.change(params.text_document.uri, params.text_document.version, change.text)


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.close(params.text_document.uri)


async def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    await ls.look()


def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    current = ls.current(params.text_document.uri)
    able = ls.client_capabilities.text_document
    formats = able.hover.content_format if able and able.hover else None
    markdown = not formats or types.MarkupKind.Markdown in formats
    return hover(current[1], params.position, ls.encoding, markdown) if current else None


async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    current = ls.current(params.text_document.uri)
    if not current:
        return []
    actions = Actions(*current, ls.encoding, ls.abilities).offered(params.range, params.context)
    return actions if ls.abilities.resolves else [action for each in actions if _able(action := await _resolve(ls, each))]


def _able(action: types.CodeAction) -> bool:
    return bool(action.edit or action.command)


async def _resolve(ls: Server, params: types.CodeAction) -> types.CodeAction:
    """The action with its edit. Raises JsonRpcContentModified where the draft is another by now."""
    data: Any = params.data
    if params.edit or not isinstance(data, dict):
        return params
    current = ls.current(str(data.get("uri")))
    if current is None or current[0].version != data.get("version"):
        raise JsonRpcContentModified("the draft has changed since the action was offered")
    draft, actions, roots = current[0], Actions(*current, ls.encoding, ls.abilities), ls.roots
    with suppress(EdlintError):
        params.edit = await ls.work(lambda: actions.resolved(data, ls.linter(draft), ls.live.lint_source, roots))
    return params


async def _open_rule(ls: Server, uri: str, name: str) -> str | None:
    """Show the page of a rule in the browser, or the file of a rule that has none. Gives the address."""
    draft = ls.drafts.get(uri)
    if draft is None:
        return None
    rule = await ls.work(lambda: ls.linter(draft).rule_named(name))
    url = rule_url(rule)
    target = url or (uri_of(rule.path) if rule and rule.path else "")
    window = ls.client_capabilities.window
    if target and window and window.show_document and window.show_document.support:
        params = types.ShowDocumentParams(target, external=bool(url), take_focus=True)
        await asyncio.wait_for(ls.window_show_document_async(params), 10)
    elif target:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, f"{name}: {target}"))
    return target or None
