"""What fixes made of drafts, on standard output: the text that came from standard input, or a diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from edlint.document import Source
from edlint.gate.fix import Change, encoded
from edlint.report.model import Report
from edlint.report.style import visible
from edlint.text.diff import unified


def echo_draft(report: Report, path: str) -> None:
    """Write the draft that was read from standard input and is shown as `path` to standard output, in its own encoding."""
    out = sys.stdout.buffer
    for file in report.files:
        if file.path == path and file.source is not None:
            out.write(encoded(file.source))
    out.flush()


def show_diff(changes: Iterable[Change], *, watched: bool) -> bool:
    """Write what changed as a unified diff, and tell whether anything did.

    A program gets the bytes of the drafts, as `patch` needs them. For a person who watches they are text, and characters
    that could steer the terminal are written out.
    """
    out = sys.stdout.buffer
    changed = False
    for before, after in changes:
        old, new = (as_text(before), as_text(after)) if watched else (encoded(before), encoded(after))
        for line in unified(inside(before.path), old, new):
            changed = True
            out.write(visible(line.decode("utf-8", "replace").removesuffix("\n")).encode() + b"\n" if watched else line)
    out.flush()
    return changed


def as_text(source: Source) -> bytes:
    """The text of a draft in UTF-8, without a byte order mark."""
    return source.text.encode("utf-8", "replace")


def inside(path: str) -> str:
    """The path from this folder on, where the file lies below it: `patch` does not take a path from the root on."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return path if relative.startswith(os.pardir) else relative.replace(os.sep, "/")
