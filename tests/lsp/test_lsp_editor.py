"""A whole session with one editor (pytest-lsp, with what Visual Studio Code says it can do)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_lsp
from doors import PROGRAM
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
VAGUE = "# Harbour closes\n\nCritics say the plan failed.\n"
SLIP = "# Post\n\nWe recieve the post.\n"


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders, each with a configuration of its own."""
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for root in (one, other):
        (root / ".git").mkdir()
    (other / ".edlint.yml").write_text("extends: [Claims]\nrules: {Claims: error}\ngrammar: {engine: none}\n", "utf-8")
    (one / ".edlint.yml").write_text("extends: [Claims, Grammar]\ngrammar: {engine: none}\n", "utf-8")
    return one, other


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    scope="module", config=ClientServerConfig(server_command=[*PROGRAM, "lsp"])
)
async def client(lsp_client: LanguageClient, roots: tuple[Path, Path]) -> AsyncIterator[None]:
    folders = [types.WorkspaceFolder(root.as_uri(), root.name) for root in roots]
    able = client_capabilities("visual-studio-code")
    await lsp_client.initialize_session(types.InitializeParams(able, workspace_folders=folders))
    yield
    await lsp_client.shutdown_session()


async def until(client: LanguageClient, holds: Callable[[], bool]) -> None:
    """Wait for notifications until something holds."""
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it never came")


async def opened(client: LanguageClient, uri: str, text: str, language: str = "markdown") -> list[types.Diagnostic]:
    client.diagnostics.pop(uri, None)
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text)))
    await until(client, lambda: uri in client.diagnostics)
    return list(client.diagnostics[uri])


async def changed(client: LanguageClient, uri: str, text: str, version: int) -> list[types.Diagnostic]:
    client.diagnostics.pop(uri, None)
    document = types.VersionedTextDocumentIdentifier(version, uri)
    whole = types.TextDocumentContentChangeWholeDocument(text)
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
    await until(client, lambda: uri in client.diagnostics)
    return list(client.diagnostics[uri])


def close(client: LanguageClient, uri: str) -> None:
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))


def at(uri: str, line: int, character: int) -> types.CodeActionParams:
    place = types.Position(line, character)
    return types.CodeActionParams(types.TextDocumentIdentifier(uri), types.Range(place, place), types.CodeActionContext([]))


async def test_findings_follow_the_typing(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    uri = (roots[0] / "a.md").as_uri()
    assert [d.code for d in await opened(client, uri, VAGUE)] == ["Claims.VagueSource"]
    assert await changed(client, uri, VAGUE.replace("Critics say", "Ana Ruiz says"), 2) == []
    assert [d.range.start.line for d in await changed(client, uri, f"{VAGUE}\nMany believe it.\n", 3)] == [2, 4]
    close(client, uri)
    await until(client, lambda: not client.diagnostics[uri])


async def test_each_root_has_its_own_configuration(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    shown = [await opened(client, (root / "a.md").as_uri(), VAGUE) for root in roots]
    assert [[d.severity for d in found] for found in shown] == [[types.DiagnosticSeverity.Warning], [types.DiagnosticSeverity.Error]]
    for root in roots:
        close(client, (root / "a.md").as_uri())


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("a.txt", "plaintext", "Harbour closes\n\nCritics say the plan failed.\n"),
        ("a.html", "html", "<h1>Harbour</h1>\n<p>Critics say the plan failed.</p>\n"),
        ("a.md", "markdown", f"---\ntitle: Harbour\n---\n\n{VAGUE}"),
    ],
)
async def test_every_format(client: LanguageClient, roots: tuple[Path, Path], name: str, language: str, text: str) -> None:
    uri = (roots[0] / name).as_uri()
    assert [d.code for d in await opened(client, uri, text, language)] == ["Claims.VagueSource"]
    close(client, uri)


async def test_a_draft_that_was_never_saved(client: LanguageClient) -> None:
    assert [d.code for d in await opened(client, "untitled:Untitled-1", VAGUE)] == ["Claims.VagueSource"]
    close(client, "untitled:Untitled-1")


async def test_a_fix_and_a_hover(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    uri = (roots[0] / "b.md").as_uri()
    [shown] = await opened(client, uri, SLIP)
    params = at(uri, 2, 5)
    params.context.diagnostics = [shown]
    offered = await client.text_document_code_action_async(params)
    fix = next(a for a in offered or () if isinstance(a, types.CodeAction) and a.edit)
    assert list(fix.diagnostics or ()) == [shown] and fix.edit and fix.edit.document_changes
    change = fix.edit.document_changes[0]
    assert isinstance(change, types.TextDocumentEdit) and change.text_document.version == 1
    assert (change.edits[0].range, change.edits[0].new_text) == (shown.range, "receive")  # type: ignore[union-attr]
    place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(2, 5))
    told = await client.text_document_hover_async(place)
    assert told and "Instead:" in told.contents.value  # type: ignore[union-attr]
    close(client, uri)


async def test_an_action_gets_its_edit_when_it_is_chosen(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    uri = (roots[0] / "c.md").as_uri()
    await opened(client, uri, SLIP)
    offered = await client.text_document_code_action_async(at(uri, 2, 5))
    later = [a for a in offered or () if isinstance(a, types.CodeAction) and a.data]
    assert len(later) == 3 and not any(a.edit for a in later)
    chosen = await client.code_action_resolve_async(later[0])
    assert chosen.edit and "edlint-disable-next-line Grammar.Misspelling" in str(chosen.edit)
    await changed(client, uri, f"{SLIP}\nMore.\n", 2)
    from pygls.exceptions import JsonRpcException

    with pytest.raises(JsonRpcException):
        await client.code_action_resolve_async(later[1])
    close(client, uri)


async def test_the_page_of_a_rule_is_opened(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    uri = (roots[0] / "d.md").as_uri()
    await opened(client, uri, VAGUE)
    params = types.ExecuteCommandParams("edlint.openRule", [uri, "Claims.VagueSource"])
    assert str(await client.workspace_execute_command_async(params)).endswith("Claims/VagueSource.md")
    assert client.shown_documents[-1].uri.startswith("https://") and client.shown_documents[-1].external
    close(client, uri)


async def test_all_drafts_of_the_open_folders(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    for number in range(3):
        (roots[0] / f"saved{number}.md").write_text(VAGUE, "utf-8")
    said = await client.workspace_execute_command_async(types.ExecuteCommandParams("edlint.checkFolders"))
    assert said == "3 drafts checked: 0 errors, 3 warnings, 0 suggestions"
    uris = [(roots[0] / f"saved{number}.md").as_uri() for number in range(3)]
    assert all(client.diagnostics[uri] for uri in uris)
    [reports] = client.progress_reports.values()
    assert [type(report).__name__ for report in reports] == ["WorkDoneProgressBegin", "WorkDoneProgressReport", "WorkDoneProgressEnd"]
    for number in range(3):
        (roots[0] / f"saved{number}.md").unlink()
    await client.workspace_execute_command_async(types.ExecuteCommandParams("edlint.checkFolders"))
    assert not any(client.diagnostics[uri] for uri in uris)


async def test_a_configuration_that_is_saved_holds_at_once(client: LanguageClient, roots: tuple[Path, Path]) -> None:
    uri, config = (roots[1] / "e.md").as_uri(), roots[1] / ".edlint.yml"
    before = config.read_text("utf-8")
    await opened(client, uri, VAGUE)
    config.write_text("rulez: {}\n", "utf-8")
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    await until(client, lambda: [d.code for d in client.diagnostics[uri]] == ["not-checked"])
    config.write_text(before, "utf-8")  # nobody tells: the server looks
    await until(client, lambda: [d.code for d in client.diagnostics[uri]] == ["Claims.VagueSource"])
    close(client, uri)


if sys.platform == "win32":
    pytestmark.append(pytest.mark.skip("asyncio's pipes"))
