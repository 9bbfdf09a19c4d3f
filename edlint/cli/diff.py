"""Fixed drafts on standard output: the text of a draft that came from standard input, or a diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from edlint.cli.console import redirected, say
from edlint.model.report import Report
from edlint.model.source import Source
from edlint.report.terminal import harmless, steers, visible
from edlint.session.fix import Change, encoded
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

    A file on disk gets the bytes of the drafts, as `patch` needs them. For a person who watches they are text, and characters that
    could steer the terminal are written out. Anything else may be the log of a CI service: what one would obey there is written
    out too, and a line on standard error says that this is no patch.
    """
    out = sys.stdout.buffer
    changed, raw = False, not watched and redirected()
    for before, after in changes:
        altered = False
        shown = as_text if watched or before.container else encoded
        old, new = shown(before), shown(after)
        for line in unified(inside(before.path), old, new):
            changed = True
            text = line.decode("utf-8", "replace")
            if watched or (not raw and steers(text)):
                altered = True
                line = harmless(visible(text.removesuffix("\n"))).encode() + b"\n"
            out.write(line)
        if altered and not watched:
            out.flush()
            said = "this diff is not a patch: commands that a CI log would obey are escaped; redirect it to a file with >"
            say(f"edlint: {visible(before.path)}: {said}", err=True)
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
