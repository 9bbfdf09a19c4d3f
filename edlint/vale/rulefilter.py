"""Vale's rule filters: an expression over a rule's fields, such as `.Level in ["error"] and .Name != "demo.Cap"`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from edlint.errors import UsageError
from edlint.files.inputs import read_text
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.regexes.syntax import PatternError
from edlint.text.lazy import lazy

_TOKEN = lazy(r"""\s*(?:(\.\w+)|"([^"]*)"|'([^']*)'|(==|!=|&&|\|\||[()\[\],!])|(\w+))""")
_FIELDS: dict[str, Callable[[Rule], object]] = {
    ".Name": lambda rule: rule.name,
    ".Level": lambda rule: rule.level.word if rule.level else "",
    ".Scope": lambda rule: list(rule.scope),
    ".Extends": lambda rule: rule.extends,
    ".Message": lambda rule: rule.message,
    ".Description": lambda rule: rule.description,
    ".Link": lambda rule: rule.link,
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "in": lambda a, b: a in b,
    "contains": lambda a, b: b in a,
    "matches": lambda a, b: compiled(b).search(a) is not None,
}
DEEPEST = 80  # brackets, lists and negations inside one another; a pair of round brackets counts twice
Value = Callable[[Rule], object]


def rule_filter(given: str, styles: Path | None) -> Callable[[Rule], bool]:
    """The test of a rule filter: an expression (see `compile_filter`), or the name of an .expr file in the styles' config/filters."""
    file = (styles or Path()) / "config" / "filters" / given
    return compile_filter(read_text(file) if given.endswith(".expr") and file.is_file() else given)


def compile_filter(expression: str) -> Callable[[Rule], bool]:
    """The test an expression stands for, which raises UsageError for a rule whose fields it does not fit.

    Raises UsageError when it is not well formed.
    """
    parser = _Parser(expression)
    value = parser.either()
    if parser.at < len(parser.tokens):
        raise parser.error()

    def test(rule: Rule) -> bool:
        try:
            return bool(value(rule))
        except (TypeError, PatternError, TimeoutError) as fault:
            raise UsageError(f"the rule filter {expression!r} cannot be worked out for {rule.name}: {fault}") from None

    return test


class _Parser:
    """Reads an expression by descent; `at` is the next token."""

    def __init__(self, expression: str) -> None:
        self.expression, self.at, self.depth = expression, 0, 0
        self.tokens: list[tuple[str, str]] = []
        end = 0
        while found := _TOKEN.match(expression, end):
            end = found.end()
            kind = ("field", "text", "text", "sign", "word")[(found.lastindex or 1) - 1]
            self.tokens.append((kind, found[found.lastindex or 1]))
        if expression[end:].strip():
            raise self.error()

    def error(self) -> UsageError:
        """What to raise for an expression that cannot be read."""
        return UsageError(f"not a rule filter: {self.expression!r}", hint="such as .Level in ['error', 'warning']")

    def _take(self, *wanted: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at][0] in ("sign", "word") and self.tokens[self.at][1] in wanted:
            self.at += 1
            return True
        return False

    def either(self) -> Value:
        """Parts joined by `or`."""
        parts = [self._both()]
        while self._take("or", "||"):
            parts.append(self._both())
        return lambda rule: any(part(rule) for part in parts) if len(parts) > 1 else parts[0](rule)

    def _both(self) -> Value:
        parts = [self._compared()]
        while self._take("and", "&&"):
            parts.append(self._compared())
        return lambda rule: all(part(rule) for part in parts) if len(parts) > 1 else parts[0](rule)

    def _compared(self) -> Value:
        return self._deeper(lambda: self._negated() if self._take("not", "!") else self._comparison())

    def _deeper(self, read: Callable[[], Value]) -> Value:
        """What `read` reads, one level deeper."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error()
        value = read()
        self.depth -= 1
        return value

    def _negated(self) -> Value:
        inner = self._compared()
        return lambda rule: not inner(rule)

    def _comparison(self) -> Value:
        left = self._value()
        inverse = self._take("not")
        for sign, compare in _COMPARE.items():
            if self._take(sign):
                right = self._value()
                return lambda rule: compare(left(rule), right(rule)) is not inverse
        return left

    def _value(self) -> Value:
        if self._take("("):
            inner = self.either()
            self._expect(")")
            return inner
        if self._take("["):
            parts = []
            while not self._take("]"):
                parts.append(self._deeper(self._value))
                if not self._take(","):
                    self._expect("]")
                    break
            return lambda rule: [part(rule) for part in parts]
        if self.at >= len(self.tokens):
            raise self.error()
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "field" and text in _FIELDS:
            return _FIELDS[text]
        if kind == "text" or text in ("true", "false"):
            constant = text if kind == "text" else text == "true"
            return lambda rule: constant
        raise self.error()

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self.error()
