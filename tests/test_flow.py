"""The page on how a draft flows names functions that exist, and that call each other in the order of the page."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from edlint.cli import COMMANDS
from tests.docs import ROOT
from tests.docs.reading import blocks

PAGE = ROOT / "docs" / "flow.md"
TREES = [block.text for block in blocks(PAGE, "text")]
_LINE = re.compile(r"^((?:  )*)(\S+) {2,}\S.*$")

Node = tuple[str, list[Any]]  # a dotted name, and the nodes below it


def tree(text: str) -> Node:
    """The names of a list, each with those indented below it."""
    path: list[Node] = []
    for line in text.splitlines():
        found = _LINE.match(line)
        assert found, line
        depth = len(found[1]) // 2
        node: Node = (found[2], [])
        assert depth <= len(path) and (depth or not path), line
        path[depth:] = [node]
        if depth:
            path[depth - 1][1].append(node)
    return path[0]


def resolved(name: str) -> Any:
    """The object behind a dotted name: modules first, then attributes. A command is the function it runs."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(f"edlint.{'.'.join(parts[:cut])}")
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return getattr(found, "callback", found)
    raise AssertionError(name)


def mentions(function: Any) -> list[str]:
    """The names that a function mentions, in the order of its text; those after a dot with the dot."""
    found = []
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))):
        match node:
            case ast.Name(id=name) | ast.alias(name=name):
                found.append((node.end_lineno or 0, node.end_col_offset or 0, name))
            case ast.Attribute(attr=name):
                found.append((node.end_lineno or 0, node.end_col_offset or 0, f".{name}"))
    return [name for _, _, name in sorted(found)]


def missing(node: Node) -> list[str]:
    """Calls that the page names below a function and its text does not hold in that order."""
    name, below = node
    rest, lost = iter(mentions(resolved(name))) if below else iter(()), []
    for child, _ in below:
        owner, dot, last = child.rpartition(".")
        if (dot + last if inspect.isclass(resolved(owner)) else last) not in rest:  # takes names from the iterator up to this one
            lost.append(f"{name} -> {child}")
    return [*lost, *(call for child in below for call in missing(child))]


@pytest.mark.parametrize("text", TREES, ids=lambda text: text.split()[0])
def test_the_functions_call_each_other_in_the_order_of_the_page(text: str) -> None:
    assert missing(tree(text)) == []


def names(node: Node) -> set[str]:
    return {node[0]}.union(*map(names, node[1]))


def test_every_name_exists() -> None:
    assert all(resolved(name) is not None for text in TREES for name in names(tree(text)))


def test_each_list_takes_up_what_another_leaves_off_with() -> None:
    """The page goes from the start of the program to the filters without a gap."""
    start, *others = map(tree, TREES)
    told = names(start) | {COMMANDS["check"].removeprefix("edlint.").replace(":", ".")}
    for other in others:
        assert other[0] in told
        told |= names(other)


def test_what_is_out_of_order_is_noticed() -> None:
    turned = "cli.check.run_once  x\n  model.report.exit_status  x\n  session.session.Session.run  x\n"
    invented = "cli.check.run_once  x\n  cli.check.colored  x\n"
    assert missing(tree(turned)) and missing(tree(invented))
    with pytest.raises(AttributeError):
        resolved("cli.check.twice")


def test_the_page_is_short() -> None:
    assert Path(PAGE).read_text(encoding="utf-8").count("\n") < 120
