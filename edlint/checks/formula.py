"""Formulas of `metric` rules: a small arithmetic grammar of our own, so that a formula can do nothing but reckon.

either     = both { ("||" | "or") both }
both       = compared { ("&&" | "and") compared }
compared   = "not" compared | sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
sum        = product { ("+" | "-") product }
product    = signed { ("*" | "/" | "%") signed }
signed     = { "+" | "-" | "!" } value
value      = number | name | "math." function "(" [ either { "," either } ] ")" | "(" either ")"
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from edlint.text.lazy import lazy

LONGEST = 2_000  # characters of a formula
DEEPEST = 30  # brackets inside one another
Formula = Callable[[Mapping[str, float]], float]  # the counts by name → the value; raises ArithmeticError, ValueError or TypeError
FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "abs": abs, "max": max, "min": min, "round": round, "ceil": math.ceil, "floor": math.floor, "trunc": math.trunc,
    "sqrt": math.sqrt, "cbrt": lambda x: math.copysign(abs(x) ** (1 / 3), x), "pow": math.pow, "exp": math.exp,
    "exp2": lambda x: math.pow(2, x), "expm1": math.expm1, "log": math.log, "log10": math.log10, "log2": math.log2,
    "log1p": math.log1p, "mod": math.fmod, "hypot": math.hypot, "copysign": math.copysign, "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan, "atan2": math.atan2, "sinh": math.sinh,
    "cosh": math.cosh, "tanh": math.tanh,
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "e": math.e}
_TOKEN = lazy(r"\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][\w.]*)|(&&|\|\||[<>=!]=|[-+*/%(),<>!]))")
_SIGNS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_BEFORE: Mapping[str, Callable[[float], float]] = {"+": operator.pos, "-": operator.neg, "!": operator.not_}


def parse(text: str) -> Formula:
    """What works a formula out; a name that is not among the counts is 0. Raises ValueError, which says what is wrong, for other text."""
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST:,} characters")
    reader = _Reader(text)
    formula = reader.either()
    if reader.token:
        raise reader.unexpected()
    return formula


class _Reader:
    """Reads a formula by descent; `token` is the next token, "" at the end, and `kind` its group in _TOKEN."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text.rstrip(), 0, 0
        self.token, self._kind = "", 0
        self._next()

    def _next(self) -> str:
        """The token passed over."""
        passed = self.token
        found = _TOKEN.match(self._text, self._at)
        if found is None and self._at < len(self._text):
            raise ValueError(f"{self._text[self._at :].lstrip()[:12]!r} is no arithmetic")
        self.token, self._kind = (found[found.lastindex or 1], found.lastindex or 1) if found else ("", 0)
        self._at = found.end() if found else self._at
        return passed

    def unexpected(self) -> ValueError:
        """What to raise for a token that cannot stand where it does."""
        return ValueError(f"{self.token!r} cannot stand here" if self.token else "it ends too early")

    def _take(self, *wanted: str) -> str:
        return self._next() if self.token in wanted and self._kind > 1 else ""

    def either(self) -> Formula:
        """A whole formula, or what stands in brackets."""
        parts = [self._both()]
        while self._take("||", "or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda counts: any(part(counts) for part in parts)

    def _both(self) -> Formula:
        parts = [self._compared()]
        while self._take("&&", "and"):
            parts.append(self._compared())
        return parts[0] if len(parts) == 1 else lambda counts: all(part(counts) for part in parts)

    def _compared(self) -> Formula:
        negations = 0
        while self._take("not"):
            negations += 1
        left = self._sum()
        sign = self._take("<", "<=", ">", ">=", "==", "!=")
        compared = _chain(left, [(_SIGNS[sign], self._sum())]) if sign else left
        return compared if not negations else lambda counts: bool(compared(counts)) is (negations % 2 == 0)

    def _sum(self) -> Formula:
        first, rest = self._product(), []
        while sign := self._take("+", "-"):
            rest.append((_SIGNS[sign], self._product()))
        return _chain(first, rest) if rest else first

    def _product(self) -> Formula:
        first, rest = self._signed(), []
        while sign := self._take("*", "/", "%"):
            rest.append((_SIGNS[sign], self._signed()))
        return _chain(first, rest) if rest else first

    def _signed(self) -> Formula:
        signs = []
        while sign := self._take("+", "-", "!"):
            signs.append(_BEFORE[sign])
        value = self._value()

        def signed(counts: Mapping[str, float]) -> float:
            found = value(counts)
            for apply in reversed(signs):
                found = apply(found)
            return found

        return signed if signs else value

    def _value(self) -> Formula:
        if self._kind == 1:
            number = float(self._next())
            return lambda counts: number
        if self._take("("):
            return self._bracketed()[0]
        if self._kind != 2 or self.token in ("and", "or", "not"):
            raise self.unexpected()
        name = self._next()
        module, _, function = name.rpartition(".")
        if module != "math":
            key = name.replace(".", "_")
            return lambda counts: counts.get(key, 0)
        if function in CONSTANTS:
            return lambda counts: CONSTANTS[function]
        if function not in FUNCTIONS:
            raise ValueError(f"there is no function {name!r}: one of {', '.join(FUNCTIONS)}")
        given = self._bracketed() if self._take("(") else None
        if given is None:
            raise self.unexpected()
        return lambda counts: FUNCTIONS[function](*(each(counts) for each in given))

    def _bracketed(self) -> list[Formula]:
        """The parts up to a closing bracket, with commas between them."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"brackets are nested more than {DEEPEST} levels deep")
        parts = [] if self.token == ")" else [self.either()]
        while self._take(","):
            parts.append(self.either())
        if not parts or not self._take(")"):
            raise self.unexpected()
        self._depth -= 1
        return parts


def _chain(first: Formula, rest: list[tuple[Callable[[float, float], float], Formula]]) -> Formula:
    """A formula of several parts, reckoned from left to right."""

    def reckoned(counts: Mapping[str, float]) -> float:
        value = first(counts)
        for apply, part in rest:
            value = apply(value, part(counts))
        return value

    return reckoned
