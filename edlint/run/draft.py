"""Linting one draft of many: whatever goes wrong with it is its own error, and the others are linted."""

from __future__ import annotations

import os
import sys

from edlint.errors import EdlintError, SourceError
from edlint.formats import format_for
from edlint.reading import StoredSource, digest, read_draft
from edlint.report.model import FileResult
from edlint.run.desk import Desk


def lint_draft(desk: Desk, path: str) -> FileResult:
    """Lint a file. Its text is not kept but read again when it is asked for. Raises EdlintError for faulty configurations and rules."""
    _ = desk.linter  # what is wrong with it is wrong for every draft
    try:
        return _lint_file(desk, path)
    except EdlintError:
        raise
    except Exception as fault:
        return failed(path, fault)


def lint_piped(desk: Desk, name: str) -> FileResult:
    """Lint standard input as if it were the file `name` ("": it has none). Raises EdlintError as above."""
    shown = name or "<stdin>"
    linter = desk.linter
    try:
        data = sys.stdin.buffer.read(linter.max_bytes + 1)
    except (OSError, ValueError, AttributeError):  # Python has no stream at all where it was closed at the start
        return FileResult(shown, error=f"{shown}: standard input cannot be read; is it closed?")
    try:
        return linter.lint_bytes(data, shown, format=format_for(name), encoding=desk.config.encoding)
    except EdlintError:
        raise
    except Exception as fault:
        return failed(shown, fault)


def failed(shown: str, fault: Exception) -> FileResult:
    """The result of a draft that took more memory than there is, or on which edlint itself failed."""
    if isinstance(fault, MemoryError):
        return FileResult(shown, error=f"{shown}: there is not enough memory to check it")
    if os.environ.get("EDLINT_TRACEBACK"):
        raise fault
    hint = "set EDLINT_TRACEBACK=1 to see where"
    return FileResult(shown, error=f"{shown}: edlint itself failed: {type(fault).__name__}: {fault} ({hint})")


def _lint_file(desk: Desk, path: str) -> FileResult:
    encoding = desk.config.encoding
    try:
        data, stamp = read_draft(path, int(desk.config.max_size * 1_000_000))
    except SourceError as fault:
        return FileResult(path, error=str(fault))
    result = desk.linter.lint_bytes(data, path, encoding=encoding)
    return result if result.error else result._replace(source=StoredSource(path, encoding, digest(data), stamp))
