"""Mutation testing: `python -m tests.mutants [--sample 20] [--seed 1] [--all] [MODULE…]`.

Each mutant is one small fault put into a copy of a module; the module's own tests should fail on it. Prints every mutant that survives,
and the score of each module. Functions that end processes are left as they are: a fault there could end those of other people.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import hypothesis  # noqa: F401 (imported once here, not once for each mutant)
import pytest

ROOT = Path(__file__).resolve().parent.parent
TESTS = {
    **{path.relative_to(ROOT).as_posix(): ("tests/filters",) for path in sorted((ROOT / "edlint/filters").glob("[!_]*.py"))},
    "edlint/filters/fixes.py": ("tests/filters", "tests/session/test_session_harmful_fixes.py"),
    "edlint/findings.py": ("tests/test_findings.py", "tests/filters"),
    "edlint/session/fix.py": ("tests/session/test_session_fix.py", "tests/session/test_session_harmful_fixes.py"),
    "edlint/files/atomic.py": ("tests/test_atomic.py",),
    "edlint/files/yamlfile.py": ("tests/test_yamlfile.py",),
    "edlint/grammar/languagetool/state.py": ("tests/grammar/test_grammar_state.py",),
    "edlint/grammar/languagetool/server.py": ("tests/grammar/test_grammar_server.py",),
}
NEEDED = ("edlint", "rules", "tests", "examples", "docs", "pyproject.toml", "README.md", "action.yml", ".ci")
LOG = "mutant.log"
MEMORY = 4 << 30  # bytes of address space for the tests of one mutant
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
Change = Callable[[], None]


def changes(tree: ast.Module) -> Iterator[tuple[int, str, Change]]:
    """(line, description, function that makes it in the tree) of each fault that can be put into a module."""
    kept = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _ends_processes(node) for inner in ast.walk(node)}
    kept |= {id(inner) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) for inner in ast.walk(node.annotation)}
    for node in ast.walk(tree):
        if id(node) not in kept:
            for what, attribute, value in _faults(node):
                yield getattr(node, "lineno", 0), what, partial(setattr, node, attribute, value)


def _ends_processes(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in ("kill", "killpg", "terminate") for node in ast.walk(function))


def _faults(node: ast.AST) -> Iterator[tuple[str, str, object]]:
    """(description, attribute, its wrong value) of a node."""
    match node:
        case ast.Compare(ops=[first, *rest]) if type(first) in COMPARED:
            wrong = COMPARED[type(first)]
            yield f"{type(first).__name__} -> {wrong.__name__}", "ops", [wrong(), *rest]
        case ast.BoolOp(op=ast.And()):
            yield "and -> or", "op", ast.Or()
        case ast.BoolOp(op=ast.Or()):
            yield "or -> and", "op", ast.And()
        case ast.BinOp(op=ast.Add()) if not isinstance(node.left, ast.JoinedStr):
            yield "+ -> -", "op", ast.Sub()
        case ast.BinOp(op=ast.Sub()):
            yield "- -> +", "op", ast.Add()
        case ast.Constant(value=bool(value)):
            yield f"{value} -> {not value}", "value", not value
        case ast.Constant(value=int(value)):
            yield f"{value} -> {value + 1}", "value", value + 1
        case ast.If() | ast.IfExp() | ast.While():
            yield f"the condition {ast.unparse(node.test)} is negated", "test", ast.UnaryOp(ast.Not(), node.test)
        case ast.comprehension(ifs=[_, *_]):
            yield f"without its condition {ast.unparse(node.ifs[0])}", "ifs", node.ifs[1:]
        case ast.Return(value=ast.expr() as value):
            yield f"return {ast.unparse(value)} -> None", "value", ast.Constant(None)
        case ast.Expr(value=ast.Call() | ast.Yield()):
            yield f"without {ast.unparse(node)}", "value", ast.Constant(None)
        case _:
            pass


def passes(copy: Path, tests: tuple[str, ...], seconds: float) -> bool:
    """Whether tests pass in a copy of the project within so many seconds. Whatever they started is ended with them."""
    child = multiprocessing.get_context("fork").Process(target=_run, args=(copy, tests))
    child.start()
    child.join(seconds)
    passed = child.exitcode == 0
    child.kill()
    child.join()
    with suppress(ProcessLookupError):
        assert child.pid
        os.killpg(child.pid, signal.SIGKILL)
    return passed


def _run(copy: Path, tests: tuple[str, ...]) -> None:
    """Run tests in this process, which has imported pytest already and nothing of edlint."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(copy)
    os.environ.update(HOME=str(copy), XDG_CACHE_HOME=str(copy / "cache"), TMPDIR=str(copy / "tmp"), CI="1")
    tempfile.tempdir = None
    sys.path[:] = [str(copy), *(path for path in sys.path if path not in ("", str(ROOT)))]
    sys.modules.pop("tests", None)  # the copy has its own
    sys.dont_write_bytecode = False
    log = os.open(copy / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(log, stream)
    os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-o", "filterwarnings=", *tests]))


def try_module(copy: Path, name: str, given: argparse.Namespace) -> tuple[int, int]:
    """(mutants killed, mutants tried) of a module; prints those that survive. Raises SystemExit when its tests fail without any."""
    source = (ROOT / name).read_text(encoding="utf-8")
    count = sum(1 for _ in changes(ast.parse(source)))
    chosen = range(count) if given.all else sorted(random.Random(given.seed).sample(range(count), min(given.sample, count)))
    began = time.monotonic()
    if not passes(copy, TESTS[name], 900):
        raise SystemExit((copy / LOG).read_text()[-3000:] + f"{name}: its tests fail before anything is changed: {' '.join(TESTS[name])}")
    limit = 30 + 5 * (time.monotonic() - began)
    killed = 0
    for number, index in enumerate(chosen):
        tree = ast.parse(source)
        line, what, change = list(changes(tree))[index]
        change()
        (copy / name).write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
        os.utime(copy / name, (number, number))  # compiled files are told apart by this time
        if passes(copy, TESTS[name], limit):
            print(f"survives: {name}:{line}: {what}", flush=True)
        else:
            killed += 1
    shutil.copy2(ROOT / name, copy / name)
    print(f"{name}: {killed} of {len(chosen)} killed ({count} can be made)", flush=True)
    return killed, len(chosen)


def main() -> None:
    """Try the mutants that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Do the tests notice small faults?")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="paths such as edlint/files/atomic.py (default: all that are known)")
    parser.add_argument("--sample", type=int, default=20, help="how many mutants of each module (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: 1)")
    parser.add_argument("--all", action="store_true", help="every mutant; takes hours")
    given = parser.parse_args()
    if unknown := sorted(set(given.modules) - set(TESTS)):
        parser.error(f"{unknown[0]} is not one of {', '.join(TESTS)}")
    with tempfile.TemporaryDirectory(prefix="edlint-mutants-") as folder:
        copy = Path(folder) / "edlint"
        (copy / "tmp").mkdir(parents=True)
        Path(folder).chmod(0o755)  # some tests become another user, who must find the copy
        for name in filter(lambda name: (ROOT / name).exists(), NEEDED):
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy2)(ROOT / name, copy / name)
        tried = [try_module(copy, name, given) for name in given.modules or TESTS]
    killed, total = (sum(column) for column in zip(*tried, strict=True))
    print(f"{killed} of {total} mutants killed ({killed / total:.0%}), seed {given.seed}")


if __name__ == "__main__":
    main()
