"""`metric`: a formula over the whole draft."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from edlint.checks.base import Key, Match, Options, Scan, Term
from edlint.document import Block, Document
from edlint.rule import Rule
from edlint.text.measure import counts
from edlint.text.span import Span

_STRUCTURE = re.compile(r"\bheading\.(h[1-6])")
_VALUE = "value"  # how the condition calls the formula's value
_READ = ("paragraph", "list", "quote")
_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Mod: operator.mod,
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_KNOWN = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.And, ast.Or, ast.Name, ast.Load, ast.Constant, ast.Call, ast.Attribute,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Metric:
    """A draft is reported when the value of a formula meets a condition."""

    keys: ClassVar[Mapping[str, Key]] = {
        "formula": Key("text", "", "arithmetic over words, sentences, characters, syllables, heading.h2, list and other counts"),
        "condition": Key("text", "", "what is put after the value, such as `> 8`"),
    }
    rule: Rule
    formula: ast.expr
    condition: ast.expr

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a formula or condition that is not arithmetic."""
        for key in ("formula", "condition"):
            if not options[key].strip():
                raise options.error(key, f"a metric rule needs a `{key}`")
        try:
            formula = parse(options["formula"])
            condition = parse(f"{_VALUE} {options['condition']}")
        except (SyntaxError, ValueError):
            raise options.error("formula", "the formula or its condition is not arithmetic") from None
        return cls(rule, formula, condition)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. The whole draft is measured, so nothing is looked for."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        known = measures(scan)
        if not known:
            return
        try:
            value = float(evaluate(self.formula, known))
            met = evaluate(self.condition, {_VALUE: round(value, 6)})
        except (ArithmeticError, ValueError, TypeError):
            return  # a division by a count of nothing has no value to judge
        if met:
            yield Match(Span(0, 0), "", (f"{value:.2f}",))


def measures(scan: Scan) -> Mapping[str, float]:
    """What formulas are about: the counts of the running text and the structures of the draft; nothing where there is no text."""

    def measure() -> Mapping[str, float]:
        text = summary(scan.document)
        return {**counts(text), **structures(scan.document)} if text.strip() else {}

    return scan.shared(("measures",), measure)


def summary(document: Document) -> str:
    """The running text of a draft: its paragraphs, list items and quotations, parted by blank lines."""
    whole = [block.text for block in document.blocks if "summary" in block.scope]
    if not whole and not any(block.scope for block in document.blocks):
        whole = [f"{block.text}\n\n" for block in document.blocks if block.kind in _READ]
    return "".join(whole)


def structures(document: Document) -> Counter[str]:
    """How many headings of each level, list items, quotations and code blocks a draft has."""
    return Counter(filter(None, map(_structure, document.blocks)))


def _structure(block: Block) -> str:
    if block.level and block.kind in ("heading", "title"):
        return f"heading_h{block.level}"
    return {"list": "list", "quote": "blockquote", "code": "pre"}.get(block.kind, "")


def parse(formula: str) -> ast.expr:
    """A formula as a tree. Raises SyntaxError, or ValueError for anything that is not arithmetic."""
    text = _STRUCTURE.sub(r"heading_\1", formula.strip()).replace("&&", " and ").replace("||", " or ")
    tree = ast.parse(text, mode="eval").body
    for node in ast.walk(tree):
        if not isinstance(node, _KNOWN) and type(node) not in _OPERATORS:
            raise ValueError(f"{type(node).__name__} is no arithmetic")
    return tree


def evaluate(node: ast.expr, names: Mapping[str, float]) -> Any:
    """The value of a parsed formula. Raises ArithmeticError, ValueError or TypeError where it has none."""
    match node:
        case ast.Constant(value=int() | float()):
            return node.value
        case ast.Name():
            return names.get(node.id, 0)
        case ast.BinOp():
            return _OPERATORS[type(node.op)](evaluate(node.left, names), evaluate(node.right, names))
        case ast.UnaryOp():
            return _OPERATORS[type(node.op)](evaluate(node.operand, names))
        case ast.BoolOp():
            parts = (evaluate(value, names) for value in node.values)
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        case ast.Compare(ops=[one], comparators=[right]):
            return _OPERATORS[type(one)](evaluate(node.left, names), evaluate(right, names))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="math"), attr=name), keywords=[]):
            function = getattr(math, name, None) or {"abs": abs, "max": max, "min": min, "round": round}.get(name)
            if callable(function):
                return function(*(evaluate(argument, names) for argument in node.args))
    raise ValueError("not arithmetic")
