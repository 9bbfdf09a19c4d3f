"""The pages say what is so: made pages are fresh, commands run, snippets give what they show, rules that are shown work."""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import pytest
from manuscripts import plain_runs

from edlint.authoring.pack import new_files
from edlint.authoring.ruletest import SelfTest
from edlint.checks import CHECKS
from edlint.cli import COMMANDS, run
from edlint.cli.setup import TEMPLATE
from edlint.config.file import load_config
from edlint.files.yamlfile import load_yaml
from edlint.linter import Linter
from edlint.ruleset.load import read_rule
from edlint.session.baselinefile import NAME, dump_baseline
from tests.docs import ROOT
from tests.docs.pages import PAGES
from tests.docs.reading import Block, anchors, blocks, commands, files, links, ours, pages

# Commands that do nothing alone, one that waits for an editor, and one that tries every rule, as tests/test_rules.py does.
BARE = (
    *(["check"], ["lsp"], ["explain"], ["config"], ["style", "import"], ["test"], ["try"], ["gate"], ["verify"]),
    *(["try", "--judge"], ["pack", "build"], ["archive"], ["archive", "audit"], ["archive", "index"]),
)
# Each command once for the same files around it. --watch would watch for ever.
PAGES_OF_COMMANDS = [
    page for page in reversed(pages()) if page.name != "archive.md"
]  # whose commands have a test of their own, in their order
DISTINCT = {(line, *files(page)): (page, line) for page in PAGES_OF_COMMANDS for line in commands(page) if "--watch" not in line}
COMMAND_LINES = sorted(DISTINCT.values())


def named(value: object) -> str:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else str(value)


@cache
def self_test() -> SelfTest:
    return SelfTest(Linter().all_rules)


@pytest.mark.parametrize("name", PAGES)
def test_pages_made_from_the_code_are_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), f"{name} is out of date: run `make docs`"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the drafts, rules and files that the pages speak of: always the same, so that rules are compiled once."""
    tmp_path = tmp_path_factory.getbasetemp() / "desk"
    shutil.rmtree(tmp_path, ignore_errors=True)
    examples = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", examples)
    for folder in ("drafts", "2026/may"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(examples / "clean.md", tmp_path / folder)
        shutil.copy(examples / "op-ed.txt", tmp_path / folder)
    shutil.copy(examples / "post.md", tmp_path / "draft.md")
    shutil.copy(examples / "page.html", tmp_path / "draft.html")
    (tmp_path / "draft.docx").write_bytes(WORD)
    shutil.copytree(examples / "house" / "rules", tmp_path / "house" / "rules")
    for name, text in new_files("Acme").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    shutil.copy(examples / "house" / "names.txt", tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / NAME).write_text(dump_baseline(()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


WORD = plain_runs()


def write(desk: Path, page: Path) -> list[Path]:
    """The files that a page shows, written; one that stands twice keeps the last version."""
    written = []
    for name, text in files(page):
        path = desk / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (time := crc32(text.encode()), time))  # the same time for the same text
        written.append(path)
    return list(dict.fromkeys(written))


@pytest.mark.parametrize(("page", "line"), COMMAND_LINES, ids=named)
def test_commands_run_as_printed(
    page: Path, line: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    configs = [path for path in write(desk, page) if path.name == ".edlint.yml"]
    source, _, command = line.rpartition("| ")
    if source:
        draft = (desk / source.split()[1]).read_bytes()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(draft)))
    if "baseline create" in command:
        (desk / NAME).unlink()
    if "pack new" in command:
        shutil.rmtree(desk / "edlint-pack-acme")
    if "edlint init" in command:
        for config in configs:
            config.unlink()
    args = shlex.split(command.replace("RULE", "Captions.Repeated"))[1:]
    unstarted = args[0] in ("languagetool", "reader", "serve") or (args[0] == "archive" and (not find_spec("daft") or "--runner" in args))
    if args[0] == "archive" and args not in BARE and not unstarted:  # Daft leaves pipes open, which would be warned of in this process
        assert subprocess.run([sys.executable, "-m", "edlint", *args]).returncode == 0
        return
    status = run([*args, "--help"] if args in BARE or unstarted else args)  # nothing is fetched, started or asked here
    assert status in (0, 1), capsys.readouterr().err


CONSOLES = [(page, block) for page in pages() for block in blocks(page, "console")]


@pytest.mark.parametrize(("page", "block"), CONSOLES, ids=lambda value: named(value) if isinstance(value, Path) else str(value.line))
@pytest.mark.usefixtures("desk")
def test_sessions_in_a_terminal_show_what_happens(page: Path, block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    command, _, shown = block.text.partition("\n")
    assert command.startswith("$ edlint "), f"{page}:{block.line}"
    run([*shlex.split(command)[2:], "--color", "never"])
    wanted = ".*".join(re.escape(part) for part in shown.split("\u2026\n"))
    out = capsys.readouterr().out
    assert re.fullmatch(wanted, out, re.DOTALL), out


def test_the_commands_are_all_named_in_the_readme() -> None:
    printed = " ".join(commands(ROOT / "README.md"))
    assert [name for name in COMMANDS if f"edlint {name}" not in printed] == []


def test_the_readme_is_short() -> None:
    """In words outside code."""
    prose = re.sub(r"^```.*?^```$|<!--.*?-->", "", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert len(prose.split()) <= 700


@pytest.mark.parametrize("page", [p for p in pages() if any(files(p))], ids=named)
def test_rules_and_configurations_that_are_shown_work(page: Path, desk: Path) -> None:
    rules = {}
    for path in write(desk, page):
        if path.name == ".edlint.yml":
            assert Linter(load_config(path)).all_rules
        elif ours(path.relative_to(desk).as_posix()):
            rule = read_rule(path)
            rules[rule.name] = rule
    tests = SelfTest({**Linter().all_rules, **rules})
    assert [(rule.name, failure.message) for rule in rules.values() for failure in tests.run(rule)] == []


def test_every_yaml_block_that_is_shown_names_its_file() -> None:
    shown = [(page, block) for page in pages() for block in blocks(page, "yaml") if block.text != TEMPLATE]
    assert [named(page) for page, block in shown if not block.text.startswith("# ")] == []


def test_every_check_type_is_explained() -> None:
    assert set(CHECKS) <= anchors(ROOT / "docs" / "rules-howto.md")


def test_the_configuration_that_init_writes_shows_every_key() -> None:
    from edlint.config.file import READERS

    assert list(load_yaml(TEMPLATE)[0]) == list(READERS)


@pytest.mark.parametrize("page", [p for p in pages() if blocks(p, "python")], ids=named)
@pytest.mark.usefixtures("desk")
def test_python_snippets_give_what_they_show(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        if ">>>" not in block.text:
            exec(compile(block.text, named(page), "exec"), names)
            assert capsys.readouterr().out, "the snippet prints nothing"
            continue
        test = doctest.DocTestParser().get_doctest(block.text, names, named(page), str(page), block.line - 1)
        outcome = doctest.DocTestRunner().run(test, clear_globs=False)
        assert outcome.failed == 0, capsys.readouterr().out
        names = test.globs


@pytest.mark.parametrize("page", pages(), ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), target
        assert not anchor or anchor in anchors(aim), target
