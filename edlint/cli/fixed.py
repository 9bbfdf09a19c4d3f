"""What fixes made of drafts, on standard output: the text that came from standard input, or a diff."""

from __future__ import annotations

import sys
from collections.abc import Iterable

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
    """Write what changed as a unified diff in UTF-8, and tell whether anything did.

    For a person who watches, characters that could steer the terminal are written out; a program gets them as they are.
    """
    out = sys.stdout.buffer
    changed = False
    for change in changes:
        for line in unified(change.before.path, change.before.text, change.after.text):
            changed = True
            shown = "\n".join([*map(visible, line.split("\n")[:-1]), ""]) if watched else line
            out.write(shown.encode("utf-8", "surrogateescape"))
    out.flush()
    return changed
