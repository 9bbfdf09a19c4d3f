"""The house: imports point one way, every module is in its registry, modules and functions stay small, start-up stays lean."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from importlib import import_module
from pathlib import Path

import pytest

from edlint.checks import CHECKS
from edlint.formats import FORMATS
from edlint.grammar import ENGINES
from edlint.model.finding import Finding, Level
from edlint.report import REPORTERS
from edlint.text.span import Span
from tests.bench.imports import REMEMBERED, Start, excess

ROOT = Path(__file__).resolve().parent.parent
FINDING_FIELDS = {field.name for field in fields(Finding)}
MODULES = sorted((ROOT / "edlint").rglob("*.py"))


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_few_modules_know_of_vale() -> None:
    """All that exists for its sake is in edlint/vale; what stands elsewhere is a hook."""
    named = re.compile(r"(?:\b|_)vale(?:\b|_|[A-Z])", re.IGNORECASE)
    outside = [path.relative_to(ROOT).as_posix() for path in MODULES if "vale" not in path.parts and named.search(path.read_text("utf-8"))]
    assert len(outside) <= 8, outside


MOST_ANY = 80  # lines


def test_any_stands_only_where_a_library_gives_no_type() -> None:
    """For JSON, marshal, plug-ins and events of parsers. Elsewhere a TypedDict, a Protocol, `object` or the type itself says more."""
    lines = {
        (module, node.lineno)
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Name) and node.id == "Any"
    }
    assert len(lines) <= MOST_ANY


def test_every_module_is_in_a_layer_of_the_contract() -> None:
    text = (ROOT / ".importlinter").read_text("utf-8").partition("[importlinter:contract:pipeline]")[2].partition("\n[")[0]
    layers = [name for line in text.partition("layers =")[2].splitlines() for name in line.replace("|", " ").split()]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    assert {*layers} <= {*names}
    parted = {name for name in names if name != "edlint" and any(layer.startswith(f"{name}.") for layer in layers)}
    for name in parted:  # folders whose modules are in several layers, which therefore import nothing themselves
        assert "import" not in (ROOT / name.replace(".", "/") / "__init__.py").read_text("utf-8")
    doors = {"edlint", "edlint.__main__"}
    lost = [name for name in names if name not in parted | doors and not any(f"{name}.".startswith(f"{layer}.") for layer in layers)]
    assert lost == []


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_fit_on_a_few_screens(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
            arguments = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            assert len([a for a in arguments if a not in ("self", "cls")]) <= 5, node.name


def test_every_check_type_is_in_the_registry() -> None:
    registered = {home.partition(":")[0] for home in CHECKS.values()}
    classes = set()
    for module in (ROOT / "edlint" / "checks").glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        if any(isinstance(n, ast.FunctionDef) and n.name == "find" for c in tree.body if isinstance(c, ast.ClassDef) for n in c.body):
            classes.add(f"edlint.checks.{module.stem}")
    assert classes - {"edlint.checks.base"} == registered


PARTS = {
    **{f"format {name}": (format.module, "read") for name, format in FORMATS.items()},
    **{f"engine {name}": (home.module, "make") for name, home in ENGINES.items()},
    **{f"reporter {name}": (module, "write") for name, module in REPORTERS.items()},
    **{f"check {name}": (home.partition(":")[0], home.partition(":")[2]) for name, home in CHECKS.items()},
}


@pytest.mark.parametrize(("module", "offers"), PARTS.values(), ids=PARTS)
def test_what_a_registry_names_can_be_imported_and_called(module: str, offers: str) -> None:
    assert callable(getattr(import_module(module), offers))


def test_every_engine_is_in_the_registry() -> None:
    folder = ROOT / "edlint" / "grammar"
    makers = {path for path in folder.rglob("*.py") if re.search(r"^def make\(", path.read_text("utf-8"), re.M)}
    assert {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in makers} == {home.module for home in ENGINES.values()}


HEAVY = (
    *("yaml", "requests", "language_tool_python", "harper", "pyromark", "html.parser", "importlib.metadata", "concurrent.futures"),
    *("zipfile", "defusedxml", "xml.parsers.expat", "docutils", "colorama", "pygls", "starlette", "uvicorn", "asyncio"),
    *("edlint.formats.docx", "edlint.formats.odt", "edlint.formats.rst", "edlint.lsp", "edlint.web", "edlint.ledger", "edlint.verdict"),
    *("edlint.archive", "daft", "pyarrow", "rensa", "warcio", "sqlite3"),
    *("edlint.reader", "edlint.exchange"),
)


def test_a_plain_text_run_imports_nothing_it_does_not_need(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The council met on Monday.\n", encoding="utf-8")
    code = (
        "import sys; from edlint.cli import run\n"
        f"args = [{str(draft)!r}, '--isolated', '--ignore', 'Grammar']\n"
        "run(args); before = set(sys.modules); status = run(args)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules]); sys.exit(status)"
    )
    env = {"XDG_CACHE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    first = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert first.returncode == 0, first.stderr
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert again.stdout.splitlines()[-1] == "[]"


MAKERS = {"edlint/findings.py:_made", "edlint/session/serialize.py:_finding"}  # of a match that passed all filters, and of its packed form


def test_a_finding_is_complete_when_it_is_made_and_never_changed() -> None:
    """It has no `_replace`, which the type checker sees to; nothing else in the source makes one or a changed copy of one."""
    assert not hasattr(Finding, "_replace")
    with pytest.raises(FrozenInstanceError):
        Finding("A.b", Level.ERROR, "m", Span(0, 1)).level = Level.WARNING  # type: ignore[misc]
    made, copied = set(), []
    for module in MODULES:
        for function in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
                if name == "Finding":
                    made.add(f"{module.relative_to(ROOT).as_posix()}:{function.name}")
                changed = {keyword.arg for keyword in call.keywords}
                if name in ("replace", "__setattr__") and changed & {None, *FINDING_FIELDS} and ast.unparse(call.args[0]) != "config":
                    copied.append(f"{module.relative_to(ROOT).as_posix()}:{call.lineno}")
    assert made == MAKERS
    assert copied == []


def test_the_nouns_read_and_write_nothing() -> None:
    """The modules of the model import nothing that reaches files, processes or the network, and define frozen values only."""
    banned = {"os", "io", "sys", "subprocess", "socket", "shutil", "tempfile", "threading"}
    for module in (path for path in MODULES if path.parent.name == "model"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not banned & {name.partition(".")[0] for name in names}, module
        for kind in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            made = [ast.unparse(base) for base in kind.bases] + [ast.unparse(decorator) for decorator in kind.decorator_list]
            assert any(name in ("NamedTuple", "IntEnum", "Protocol") or "frozen=True" in name for name in made), kind.name


def test_a_plain_start_imports_what_its_budget_allows(tmp_path: Path) -> None:
    """`python -m tests.bench.imports` prints the modules with their times."""
    assert list(excess(*Start(tmp_path).imported())) == []


def test_the_budget_notices_what_is_over_it() -> None:
    more = {"yaml.nodes", "edlint.linter"}
    said = list(excess(REMEMBERED - {"edlint.cli"} | more, REMEMBERED | more | {"edlint.web.app"}))
    assert said == [
        "edlint.linter is imported for a draft that is remembered",
        "edlint.cli is in the budget and not imported",
        "edlint.web.app is imported for a new draft",
        "yaml is imported",
    ]
