"""`edlint check --watch`: lint again whenever a draft, a rule, a list of words or the configuration is written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from edlint.cli.console import clear, say
from edlint.errors import EdlintError, UsageError
from edlint.grammar import Engines
from edlint.reading import stamp
from edlint.report.terminal import visible
from edlint.session.cachedlinter import STDIN
from edlint.session.options import Options
from edlint.session.session import Session

PAUSE = 0.3  # seconds between two looks at the files
SHARE = 5  # a look may take one part of so many of the time
Seen = Mapping[str, object]
NAMED = 3  # changed files that are named; more are counted


def watch(paths: Sequence[str], options: Options, once: Callable[[Session], object], target: Path | None = None) -> None:
    """Call `once`, which may write the file `target`, at the start and after every change, until the user stops it.

    Raises UsageError for standard input.
    """
    if STDIN in paths:
        raise UsageError("--watch needs files, and - is not a file")
    engines = Engines()
    own = os.path.realpath(target) if target else ""
    for changed in changes(lambda: snapshot(Session(options), paths, own)):
        clear()
        say(f"{time.strftime('%H:%M:%S')}  {heading(changed)}  (Ctrl-C ends)\n", err=True)
        engines.shared.clear()  # a second reader has its budgets anew
        try:
            once(Session(options, engines))
        except EdlintError as fault:
            say(f"edlint: {visible(str(fault))}", err=True)


def changes(see: Callable[[], Seen], sleep: Callable[[float], None] = time.sleep) -> Iterator[list[str]]:
    """The files that came, went or were written since the last time, again and again; first of all an empty list.

    What is in the middle of being written counts when it has been left alone for one look.
    """
    known = see()
    yield []
    while True:
        began = time.perf_counter()
        now = see()
        pause = max(PAUSE, SHARE * (time.perf_counter() - began))
        if now == known:
            sleep(pause)
            continue
        settled: Seen = {}
        while settled != now:
            sleep(pause)
            settled, now = now, see()
        yield sorted(path for path in {**known, **now} if known.get(path) != now.get(path))
        known = now


def snapshot(session: Session, paths: Sequence[str], own: str = "") -> Seen:
    """The stamp of every file that a run over `paths` depends on, save the one that it writes itself (`own`, a real path).

    If that cannot be told, the error is in its place, so that the next change of the error counts as a change.
    """
    seen: dict[str, object] = {}
    try:
        for file in session.inputs(paths):
            if own and os.path.realpath(file) == own:
                continue
            try:
                seen[file] = stamp(os.stat(file))  # noqa: PTH116
            except OSError as fault:
                seen[file] = fault.errno
    except EdlintError as fault:
        seen[""] = str(fault)
    return seen


def heading(changed: Sequence[str]) -> str:
    """What changed, in words."""
    names = [visible(os.path.relpath(path)) for path in changed if path]
    if not names:
        return "watching"
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more} changed"
