"""The page on security names a test for each promise, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_every_promise_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and not re.match(r"\|(-|\s*promise)", line)]
    assert len(rows) > 20 and len(rows) == len(NAMED)


def test_the_tests_that_are_named_exist() -> None:
    for file, name in NAMED:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{file}::{name}"


def test_the_page_is_in_the_navigation() -> None:
    assert ": security.md\n" in (ROOT / ".mkdocs.yml").read_text("utf-8")
