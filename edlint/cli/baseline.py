"""`edlint baseline`: accept the findings of the past, so that only new ones are reported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Unpack

import click

from edlint.cli.check import faults
from edlint.cli.console import say
from edlint.cli.options import FILE, HERE, Given, choosing, configuring, grouped, options_of
from edlint.errors import ConfigError, UsageError
from edlint.files.atomic import ChangedError, create_file, replace_file
from edlint.files.inputs import read_bytes
from edlint.model.report import FileResult, Report
from edlint.report.summary import count
from edlint.report.terminal import visible
from edlint.session.baseline import Entry, Outcome
from edlint.session.baselinefile import MAX_BYTES, NAME, dump_baseline, load_baseline
from edlint.session.configs import split_sent
from edlint.session.gate import relative
from edlint.session.session import Session

naming = grouped(
    click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    click.option("--baseline", type=FILE, metavar="FILE", help=f"The baseline file.  [default: as configured, or {NAME}]"),
    configuring,
)
SETTINGS = {"auto_envvar_prefix": "EDLINT"}


class BrokenRunError(UsageError):
    """Drafts could not be checked, so it is not known which findings a baseline would have to accept."""


@click.group()
def baseline() -> None:
    """Accept existing findings, so that only new ones are reported.

    A finding is recognised by its words and those around them, wherever they have moved. Only `create` and `update`
    add to the file.
    """


@baseline.command(context_settings=SETTINGS)
@naming
@choosing
def create(paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Accept all findings in PATHS (default: this folder) in a new file."""
    session = Session(options_of(given))
    file = _to_write(session)
    if os.path.lexists(file):
        raise UsageError(f"{file} already exists", hint="`edlint baseline update` adds to it, `edlint baseline prune` removes")
    outcome = _compare(session, paths, file, ())
    _write(file, outcome.found, None)
    say(f"{_sum(outcome.found)}: {visible(str(file))}")
    if session.config_for(HERE).baseline is None or given["baseline"]:
        say(f"Put `baseline: {visible(file.as_posix())}` into .edlint.yml, or check with --baseline {visible(file.as_posix())}.")
    return 0


@baseline.command(context_settings=SETTINGS)
@naming
@choosing
def update(paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Accept all findings in PATHS (default: this folder), and remove entries without a finding."""
    session = Session(options_of(given))
    file = _to_write(session)
    was, old = _held(file), load_baseline(file)
    outcome = _compare(session, paths, file, old)
    new = (*outcome.unjudged, *outcome.found)
    _write(file, new, was)
    added = len(outcome.found) - len(outcome.kept)
    say(f"{_sum(new)}, {added} of them new; {len(outcome.stale)} removed: {visible(str(file))}")
    return 0


@baseline.command(context_settings=SETTINGS)
@naming
@choosing
def prune(paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Remove entries without a finding in PATHS (default: this folder). Add nothing."""
    session = Session(options_of(given))
    file = _to_write(session)
    was, old = _held(file), load_baseline(file)
    outcome = _compare(session, paths, file, old)
    left = (*outcome.unjudged, *outcome.kept)
    _write(file, left, was)
    say(f"{_sum(left)}; {len(outcome.stale)} removed: {visible(str(file))}")
    return 0


@baseline.command(context_settings=SETTINGS)
@naming
def show(paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """List the accepted findings, in all drafts or in PATHS (files or folders)."""
    file = _file(Session(options_of({"select": (), "ignore": (), **given})))
    folder = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120
    wanted = [relative(path, folder) for path in paths]
    entries = [e for e in load_baseline(file) if not wanted or any(w in (".", e.path) or e.path.startswith(f"{w}/") for w in wanted)]
    for path, group in groupby(sorted(entries), key=lambda entry: entry.path):
        say(visible(path))
        for entry in group:
            say(visible(f"  {entry.rule}: {entry.text}" + (f"  ({entry.near})" if entry.near else "")))
    say(f"{_sum(entries)}.")
    return 0


def _file(session: Session) -> Path:
    """The baseline file: the one named, else the configured one, else one with the usual name in this folder."""
    configured = session.config_for(HERE).baseline
    return Path(os.path.relpath(configured)) if configured else Path(NAME)


def _to_write(session: Session) -> Path:
    """The baseline file, where it may be written: a configuration names one in its own folder only. Raises ConfigError."""
    file, config = _file(session), session.config_for(HERE)
    if config.path and not session.options.baseline and not file.resolve().is_relative_to(config.path.parent.resolve()):
        hint = f"--baseline {file.as_posix()} writes it all the same"
        raise ConfigError("baseline: lies outside the folder of the configuration that names it", config.place("baseline"), hint)
    return file


def _compare(session: Session, paths: Sequence[str], file: Path, entries: Sequence[Entry]) -> Outcome:
    """The findings in the drafts that have this baseline, compared with what it accepts. Raises BrokenRunError."""
    paths = paths or (".",)
    files, notes = split_sent(session.lint(paths))
    for note in notes:
        say(f"edlint: {visible(note)}", err=True)
    results = [result for result in files if _is_of(session, result, file)]
    broken = list(faults(Report(tuple(results))))
    if broken:
        raise BrokenRunError("\n".join([*broken, f"{file} is as it was: first let every draft be checked"]))
    return session.compare(results, entries, file, paths)


def _is_of(session: Session, result: FileResult, file: Path) -> bool:
    own = session.config_for(Path(result.path)).baseline
    return own is None or os.path.abspath(own) == os.path.abspath(file)  # noqa: PTH100


def _held(file: Path) -> bytes | None:
    """The bytes of a baseline, so that nothing that is added to it meanwhile is overwritten. None when it cannot be read."""
    try:
        return read_bytes(file, MAX_BYTES)
    except OSError:
        return None  # reading it as a baseline says why


def _write(file: Path, entries: Iterable[Entry], was: bytes | None) -> None:
    """Write a baseline whose file holds `was`; a new one without it. Raises UsageError."""
    data = dump_baseline(entries).encode()
    try:
        if was is None:
            create_file(file, data)
        else:
            replace_file(file, data, was)
    except ChangedError:
        raise UsageError(f"{file} was changed in the meantime, and has not been written", hint="run the command again") from None
    except OSError as fault:
        raise UsageError(f"{file} cannot be written: {fault.strerror}") from None


def _sum(entries: Sequence[Entry]) -> str:
    return f"{count(len(entries), 'finding')} accepted in {count(len({entry.path for entry in entries}), 'draft')}"
