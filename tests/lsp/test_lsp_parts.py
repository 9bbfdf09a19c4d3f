"""Positions in every encoding, hovers, directives in every kind of place, additions to the vocabulary: without a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from doors import RULE
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from edlint.linter import Linter
from edlint.lsp.actions import Abilities, Actions
from edlint.lsp.diagnostics import UNCHECKED, Linted, diagnostics
from edlint.lsp.drafts import Draft, format_of_document, path_of
from edlint.lsp.hover import hover
from edlint.lsp.positions import Positions
from edlint.lsp.vocabulary import additions, is_name
from edlint.model.config import Config, GrammarConfig
from edlint.model.finding import Finding, Fix, Level
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.session.silence import REASON
from edlint.text.span import Span

ENCODINGS = ("utf-8", "utf-16", "utf-32")
PLACE = types.Position(0, 0)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Claims.VagueSource", "Grammar.Misspelling", "Captions"])


def linted(linter: Linter, text: str, path: str = "draft.md") -> Linted:
    result = linter.lint_text(text, path)
    assert not result.error
    return Linted(result, {f.rule: rule for f in result.findings if (rule := linter.rule_named(f.rule))})


def actions(found: Linted, uri: str = "file:///draft.md", format: str = "markdown", abilities: Abilities | None = None) -> Actions:
    source = found.result.source
    assert source
    able = abilities or Abilities(True, True, True)
    return Actions(Draft(uri, source.path, format, 3, source.text), found, "utf-16", able)


def everywhere() -> types.Range:
    return types.Range(PLACE, types.Position(1_000, 0))


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 8), ("utf-16", 5), ("utf-32", 4)])
def test_a_column_counts_the_units_agreed_upon(encoding: str, column: int) -> None:
    positions = Positions(Source("a.txt", "one\r\n\u00e9a\U0001f600b\u2028c\x0cd\n"), encoding)
    assert positions.at(9) == types.Position(1, column)
    assert positions.offset(types.Position(1, column)) == 9


@given(st.text(st.sampled_from("a\u00e9\U0001f600\u2028\x0c\r\n\x85")), st.sampled_from(ENCODINGS))
def test_every_offset_comes_back_but_for_the_middle_of_a_line_end(text: str, encoding: str) -> None:
    positions = Positions(Source("a.txt", text), encoding)
    for offset in range(len(text) + 1):
        inside = text[max(0, offset - 1) : offset + 1] == "\r\n"
        assert positions.offset(positions.at(offset)) == offset - inside


NUMBERS = st.integers(0, 9) | st.just(2**31 - 1)


@given(st.text(max_size=20), NUMBERS, NUMBERS, st.sampled_from(ENCODINGS))
def test_no_position_is_outside_of_the_text(text: str, line: int, character: int, encoding: str) -> None:
    place = types.Position(line, character)
    positions = Positions(Source("a.txt", text), encoding)
    assert 0 <= positions.offset(place) <= len(text)
    assert positions.span(types.Range(types.Position(9, 9), place)).start <= len(text)


def test_a_diagnostic_has_all_that_a_finding_has(linter: Linter) -> None:
    text = "# Ferries\n\nThe ferry to the northern islands runs every hour until the new one opens.\n\n"
    found = linted(linter, text + text.partition("\n\n")[2])
    [shown] = diagnostics(found, "file:///draft.md", "utf-16")
    [finding] = found.result.findings
    assert (shown.code, shown.source, shown.data) == ("Captions.Repeated", "edlint", finding.fingerprint)
    assert shown.range.start == types.Position(4, 0)
    assert shown.severity == types.DiagnosticSeverity[finding.level.name.capitalize()]
    assert shown.code_description and shown.code_description.href.endswith("Captions/Repeated.md")
    [related] = shown.related_information or []
    assert (related.location.uri, related.location.range.start) == ("file:///draft.md", types.Position(2, 0))


def test_what_was_not_checked_is_an_error_at_the_start() -> None:
    for result in (FileResult("a.txt", error="no such thing"), FileResult("a.txt", Source("a.txt", ""), faults=("no such thing",))):
        [shown] = diagnostics(Linted(result, {}), "file:///a.txt", "utf-16")
        assert (shown.code, shown.message, shown.severity) == (UNCHECKED, "no such thing", types.DiagnosticSeverity.Error)


def test_a_hover_says_why_what_to_do_and_what_counted(linter: Linter) -> None:
    found = linted(linter, "Harbour closes\n\nCritics say the plan failed.\n", "draft.txt")
    shown = hover(found, types.Position(2, 4), "utf-16")
    assert shown and isinstance(shown.contents, types.MarkupContent) and shown.range
    rule = linter.rule_named("Claims.VagueSource")
    assert rule and rule.plain_title in shown.contents.value
    for part in ("**Instead:**", "What counted:", "2.5", "(https://"):
        assert part in shown.contents.value
    assert hover(found, types.Position(0, 0), "utf-16") is None
    plain = hover(found, types.Position(2, 4), "utf-16", markdown=False)
    assert plain and "**" not in plain.contents.value  # type: ignore[union-attr]


def test_a_hover_makes_no_markup_of_what_a_rule_or_a_draft_says() -> None:
    finding = Finding("A.b", Level.ERROR, "[x](command:run) <img src=y> `z` \x1b[31m", Span(0, 3))
    found = Linted(FileResult("a.txt", Source("a.txt", "abc"), (finding,)), {"A.b": Rule("A.b", "", why="# no\n![heading](http://x)")})
    shown = hover(found, PLACE, "utf-16")
    assert shown and isinstance(shown.contents, types.MarkupContent)
    text = shown.contents.value
    assert "](command" not in text and "<img" not in text.replace("\\<img", "") and "\x1b" not in text and "\n# no" not in text


WRAPPED = "The plan for the harbour was old, and the\ntown knew it, but it came. Critics say the\nplan failed, as all had said it would.\n"
PLACES = {
    "a paragraph": ("draft.md", "# News\n\nFirst.\n\nCritics say the plan failed.\n"),
    "a wrapped paragraph": ("draft.md", f"# News\n\n{WRAPPED}"),
    "a heading": ("draft.md", "# News\n\nFirst.\n\n## Critics say the plan failed\n\nMore.\n"),
    "an item of a list": ("draft.md", "# News\n\n- First.\n- Critics say the plan failed.\n- Last.\n"),
    "a nested item": ("draft.md", "# News\n\n1. First.\n   - Critics say the plan failed.\n2. Last.\n"),
    "a quotation": ("draft.md", "# News\n\n> Critics say the plan failed.\n"),
    "a table": ("draft.md", "# News\n\n| a | b |\n|---|---|\n| Critics say the plan failed. | c |\n"),
    "after front matter": ("draft.md", "---\ntitle: News\n---\n\nCritics say the plan failed.\n"),
    "the last line": ("draft.md", "Critics say the plan failed."),
    "carriage returns": ("draft.md", "# News\r\n\r\nCritics say the plan failed.\r\n"),
    "plain text": ("draft.txt", "News\n\nFirst line.\n\nCritics say the plan failed.\n"),
    "wrapped plain text": ("draft.txt", f"News\n\n{WRAPPED}"),
    "HTML": ("draft.html", "<h1>News</h1>\n<p>First.</p>\n<p>Critics say the plan failed.</p>\n"),
    "an item in HTML": ("draft.html", "<ul>\n  <li>First.</li>\n  <li>Critics say the plan failed.</li>\n</ul>\n"),
    "MDX": ("draft.mdx", "# News\n\nCritics say the plan failed.\n"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """One rule that reads everything."""
    folder = tmp_path_factory.mktemp("rules") / "House"
    folder.mkdir()
    scope = "[title, heading, paragraph, list, quote, table]"
    rule = RULE.format(name="vague", level="error", token="Critics say") + f"scope: {scope}\nquotes: check\n"
    (folder / "Vague.yml").write_text(rule, "utf-8")
    return Linter(Config(extends=(folder,), grammar=GrammarConfig("none")))


@pytest.mark.parametrize("work", ["here", "rule"])
@pytest.mark.parametrize("place", PLACES)
def test_a_directive_silences_the_finding_and_nothing_else_changes(house: Linter, place: str, work: str) -> None:
    linter = house
    path, text = PLACES[place]
    found = linted(linter, text, path)
    [finding] = found.result.findings
    format = {".md": "markdown", ".txt": "plain", ".html": "html", ".mdx": "markdown"}[Path(path).suffix]
    made = actions(found, format=format).resolved({"do": work, "finding": finding.fingerprint}, linter, linter.lint, [])
    assert made and made.document_changes
    change = made.document_changes[0]
    assert isinstance(change, types.TextDocumentEdit) and change.text_document.version == 3
    after = applied(found, change.edits[0])  # type: ignore[arg-type]
    result = linter.lint_text(after, path)
    assert not result.findings
    assert [(s.finding.rule, s.reason) for s in result.suppressed] == [("House.Vague", REASON)]
    assert "\r\n" not in text or "\n" not in after.replace("\r\n", "")


def applied(found: Linted, edit: types.TextEdit) -> str:
    source = found.result.source
    assert source
    return source.edited([(Positions(source, "utf-16").span(edit.range), edit.new_text)]).text


def test_what_no_directive_can_silence_gets_none() -> None:
    locked = Linter(Config(locked=("Claims",)), select=["Claims.VagueSource"])
    found = linted(locked, "Critics say the plan failed.\n")
    [finding] = found.result.findings
    for work in ("here", "rule"):
        assert actions(found).resolved({"do": work, "finding": finding.fingerprint}, locked, locked.lint, []) is None


def test_what_a_baseline_accepts_stays_as_it_is(tmp_path: Path) -> None:
    from edlint.cli import run
    from edlint.session.live import LiveSession

    draft = tmp_path / "draft.md"
    draft.write_text("We recieve the post.\n", "utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [Grammar]\ngrammar: {engine: none}\nbaseline: .edlint-baseline.json\n", "utf-8")
    assert run(["baseline", "create", "--baseline", str(tmp_path / ".edlint-baseline.json"), str(tmp_path)]) == 0
    live, text = LiveSession(), "We recieve the post.\n\nThey recieve the mail.\n"
    result = live.lint(str(draft), text)
    [finding] = result.findings
    assert len(result.accepted) == 1
    found = Linted(result, {})
    made = actions(found).resolved({"do": "here", "finding": finding.fingerprint}, live.linter_for(str(draft)), live.lint_source, [])
    assert made and "edlint-disable-next-line" in str(made)
    assert "They" in applied(found, made.document_changes[0].edits[0]).partition("say why -->")[2]  # type: ignore[index, union-attr, arg-type]


def test_fixes_are_offered_as_they_are_graded(linter: Linter) -> None:
    found = linted(linter, "We recieve the post.\n")
    [finding] = found.result.findings
    offered = actions(found).offered(everywhere(), types.CodeActionContext([]))
    assert offered[0].title == finding.fixes[0].title.capitalize()
    edit = offered[0].edit
    assert edit and edit.document_changes
    assert applied(found, edit.document_changes[0].edits[0]) == "We receive the post.\n"  # type: ignore[union-attr, arg-type]
    assert [a.is_preferred for a in offered if a.edit] == [True if finding.fix() else None]
    assert any("vocabulary" in a.title for a in offered)


def test_a_fix_for_display_is_not_offered() -> None:
    fix = Fix("rewrite", (), "display")
    finding = Finding("A.b", Level.ERROR, "m", Span(0, 3), fixes=(fix,))
    found = Linted(FileResult("a.txt", Source("a.txt", "abc"), (finding,)), {})
    assert not [a for a in actions(found).offered(everywhere(), types.CodeActionContext([])) if a.edit]


def test_all_safe_fixes_are_one_edit_of_what_changes(linter: Linter) -> None:
    ferry = "The ferry to the northern islands runs every hour until the new one opens.\n"
    found = linted(linter, f"# Ferries\n\n{ferry}\n{ferry}\nThe end is near \U0001f600.\n")
    only = types.CodeActionContext([], only=["source.fixAll"])
    [offered] = actions(found).offered(types.Range(PLACE, PLACE), only)
    made = actions(found, abilities=Abilities()).resolved(offered.data, linter, linter.lint, [])  # type: ignore[arg-type]
    assert made and made.changes
    [edit] = made.changes["file:///draft.md"]
    assert applied(found, edit) == f"# Ferries\n\n{ferry}\nThe end is near \U0001f600.\n"
    assert edit.new_text == "" and edit.range.end.line <= 6


@pytest.mark.parametrize(("only", "kept"), [(["refactor"], 0), (["quickfix"], 5), ([""], 5), ([], 5), (["quickfix.edlint"], 2)])
def test_only_the_kinds_that_are_asked_for(linter: Linter, only: list[str], kept: int) -> None:
    found = linted(linter, "We recieve the post.\n")
    assert len(actions(found).offered(everywhere(), types.CodeActionContext([], only=only))) == kept


def test_a_name_is_something_that_no_dictionary_has(linter: Linter) -> None:
    rule = linter.rule_named("Grammar.Misspelling")
    vague = linter.rule_named("Claims.VagueSource")
    assert is_name(Finding("Grammar.Misspelling", Level.WARNING, "m", Span(0, 1), "Kybernetz Recieve"), rule)
    assert not is_name(Finding("Grammar.Misspelling", Level.WARNING, "m", Span(0, 1), "the mayor"), rule)
    assert not is_name(Finding("Grammar.Misspelling", Level.WARNING, "m", Span(0, 1), "a Kybernetz that was far too long"), rule)
    assert not is_name(Finding("Claims.VagueSource", Level.WARNING, "m", Span(0, 1), "Kybernetz"), vague)
    assert not is_name(Finding("A.b", Level.WARNING, "m", Span(0, 1), "Kybernetz"), None)


def test_a_name_goes_to_the_end_of_the_list(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Osprey", "utf-8")
    config = Config(vocabulary=(names,), root=tmp_path)
    assert additions("Kybernetz", config, str(tmp_path / "a.md"), [str(tmp_path)]) == [(names, "Osprey", "\nKybernetz\n")]


def test_without_a_list_one_is_made_and_named_in_the_configuration(tmp_path: Path) -> None:
    names, settings = tmp_path / "names.txt", tmp_path / ".edlint.yml"
    line = "vocabulary: [names.txt]\n"
    made = additions("Kybernetz", Config(), str(tmp_path / "a.md"), [str(tmp_path)])
    assert made == [(names, None, "Kybernetz\n"), (settings, None, line)]
    settings.write_text("fail_on: error", "utf-8")
    config = Config(path=settings, root=tmp_path)
    assert additions("Kybernetz", config, str(tmp_path / "a.md"), [str(tmp_path)])[1] == (settings, "fail_on: error", f"\n{line}")


def test_a_configuration_that_would_break_is_left_alone(tmp_path: Path) -> None:
    settings = tmp_path / ".edlint.yml"
    settings.write_text("{fail_on: error}\n", "utf-8")
    assert additions("Kybernetz", Config(path=settings, root=tmp_path), str(tmp_path / "a.md"), [str(tmp_path)]) == []
    (tmp_path / "names.txt").write_text("somebody's list\n", "utf-8")
    assert additions("Kybernetz", Config(), str(tmp_path / "a.md"), [str(tmp_path)]) == []


def test_nothing_is_written_outside_of_the_open_folders(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.txt"
    root.mkdir()
    outside.write_text("x\n", "utf-8")
    (root / "link.txt").symlink_to(outside)
    for words in (outside, root / ".." / "outside.txt", root / "link.txt"):
        assert additions("Kybernetz", Config(vocabulary=(words,), root=root), str(root / "a.md"), [str(root)]) == []
    assert additions("Kybernetz", Config(), str(tmp_path / "a.md"), [str(root)]) == []
    assert additions("Kybernetz", Config(), str(root / "a.md"), []) == []


def test_an_editor_that_cannot_make_files_is_not_asked_to(linter: Linter, tmp_path: Path) -> None:
    found = linted(linter, "We recieve the post.\n", str(tmp_path / "a.md"))
    data = {"do": "name", "finding": found.result.findings[0].fingerprint}
    assert actions(found, abilities=Abilities(True, False, True)).resolved(data, linter, linter.lint, [str(tmp_path)]) is None
    made = actions(found).resolved(data, linter, linter.lint, [str(tmp_path)])
    assert made and [type(change).__name__ for change in made.document_changes or ()] == ["CreateFile", "TextDocumentEdit"] * 2
    (tmp_path / "names.txt").write_text("Osprey\n", "utf-8")
    named = Linter(Config(vocabulary=(tmp_path / "names.txt",), root=tmp_path), select=["Grammar.Misspelling"])
    simple = actions(found, abilities=Abilities()).resolved(data, named, named.lint, [str(tmp_path)])
    assert simple and [edit.new_text for edits in (simple.changes or {}).values() for edit in edits] == ["recieve\n"]


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b%20c.md", "/a/b c.md"),
        ("file:///a/../b.md", "/b.md"),
        ("file://localhost/a.md", "/a.md"),
        ("untitled:Untitled-1", "/root/Untitled-1"),
        ("file://elsewhere/share/a.md", "/root/a.md"),
        ("file:////elsewhere/share/a.md", "/root/a.md"),
        ("file:///a%00b.md", "/root/ab.md"),
        ("http://example.org/x/y.md?z", "/root/y.md"),
        ("file:", "/root/untitled"),
        ("http://[", "/root/untitled"),
    ],
)
def test_the_path_of_an_address(uri: str, path: str) -> None:
    assert path_of(uri, ["/root"]) == path


@pytest.mark.parametrize(
    ("path", "language", "format"),
    [
        ("/a.md", "plaintext", "markdown"),
        ("/a", "markdown", "markdown"),
        ("/a", "mdx", "markdown"),
        ("/a.tmpl", "html", "html"),
        ("/a", "", "plain"),
        ("/a.py", "python", ""),
        ("/a.docx", "plaintext", ""),
        ("/COMMIT_EDITMSG", "gitcommit", ""),
        ("/a.text", "text", "plain"),
    ],
)
def test_the_format_of_a_document(path: str, language: str, format: str) -> None:
    assert format_of_document(path, language) == format
