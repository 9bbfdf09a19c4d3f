"""`edlint check`: lint drafts and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Unpack

import click

from edlint.cli.console import Progress, joined, open_report, say
from edlint.cli.options import Given, Named, choosing, configuring, day, discovering, fixing, gating, options_of, running
from edlint.errors import UsageError
from edlint.files.folders import without_caches
from edlint.model.finding import Level
from edlint.model.report import Report, ReportOptions, exit_status
from edlint.report import REPORTERS, reporter, traits
from edlint.report.summary import account, fixed_summary, left_out, notices, remedies, sent
from edlint.report.terminal import prepare_console, visible
from edlint.session.cachedlinter import STDIN
from edlint.session.session import Session

COLORS = ("auto", "always", "never")
FORMATS = Named(REPORTERS)
SHOW = {f"{level.word}s": level for level in Level}


def colored(color: str, file: bool) -> bool:
    """Whether to write colours: --color, then NO_COLOR, then FORCE_COLOR, then whether a person watches."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR") or file:
        return False
    return bool(os.environ.get("FORCE_COLOR")) or watched()


def watched() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


@click.command(context_settings={"auto_envvar_prefix": "EDLINT"})
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", type=click.Path())
@choosing
@discovering
@gating
@fixing
@click.option(
    "--output-format",
    "-f",
    type=FORMATS,
    default="text",
    metavar="FORMAT",
    show_default=True,
    help=f"The output format: {', '.join(REPORTERS.own)}.",
)
@click.option("--output-file", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@configuring
@running
@click.option(
    "--annotate",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a copy of a Word or OpenDocument draft with each finding as a comment at its place.",
)
@click.option("--date", type=day, default="", metavar="DAY", help="The day of drafts that do not say theirs, as 2026-11-29.")
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="INDEX",
    help="Say which paragraphs stand in older articles, by an index from `edlint archive index`.",
)
@click.option("--color", type=click.Choice(COLORS), default="auto", show_default=True, help="When to use colours.")
@click.option("--quiet", "-q", is_flag=True, help="Report errors only.")
@click.option("--show", type=click.Choice(list(SHOW)), help="The lowest level that the text report shows in full; lower ones are counted.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("--trace", is_flag=True, help="Show the cues and weights behind each scored finding (text report).")
@click.option("--show-files", is_flag=True, help="List the drafts that would be checked, and stop.")
@click.option(
    "--stdin-filename", default="", metavar="PATH", help="The file name of standard input, which sets its format and configuration."
)
def check(paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Check drafts: files, folders, globs, or - for standard input."""
    if given["no_cache"]:
        click.get_current_context().with_resource(without_caches())
    options = options_of(given)
    if given["watch"]:
        from edlint.cli.watch import watch

        watch(paths, options, lambda session: run_once(session, paths, given), given["output_file"])
    session = Session(options)
    if given["show_files"]:
        for path in session.drafts(paths):
            say(visible(path))
        return 0
    return run_once(session, paths, given)


def run_once(session: Session, paths: tuple[str, ...], given: Given) -> int:
    """One run: lint, and report as the options say. Gives the exit status."""
    with Progress() as progress:
        session.watch(progress.tell)
        run = session.run(paths, progress)
    report = run.report if given["against"] is None else copies_told(session, run.report, given["against"])
    target, special = given["output_file"], traits(given["output_format"])
    piped = session.options.fix == "write" and STDIN in paths
    in_report = target is None and not given["diff"] and not (given["fix_only"] and special.people)
    if not in_report or not (piped or joined()):
        for fault in faults(report):
            say(f"edlint: {visible(fault)}", err=True)
    if not report.files and not special.people:
        say(f"edlint: nothing was checked. {visible(left_out(report))}", err=True)
    if special.bare:
        for line in (*sent(report), *(() if given["quiet"] else (*notices(report), *account(report)))):
            say(f"edlint: {visible(line)}", err=True)
    if given["diff"]:
        from edlint.cli.diff import show_diff

        changed = show_diff(run.changes, watched=watched())
        return exit_status(report, changed=changed, zero=given["exit_zero"])
    if piped:
        from edlint.cli.diff import echo_draft

        echo_draft(report, session.options.stdin_filename or "<stdin>")
    if given["fix_only"]:
        report = report._replace(files=tuple(file._replace(findings=()) for file in report.files), stale=())
    left = remedies([finding for file in run.report.files for finding in file.findings])
    if special.detailed:
        report = session.detailed(report)
    if given["annotate"]:
        from edlint.cli.annotate import annotate

        annotate(run.report, given["annotate"], ReportOptions(quiet=given["quiet"], show=SHOW.get(given["show"] or "")))
    publish(report, given, f"{fixed_summary(run.report)}{left}.", aside=piped)
    return exit_status(report, fixing_fails=given["exit_non_zero_on_fix"], zero=given["exit_zero"])


def copies_told(session: Session, report: Report, against: Path) -> Report:
    """The report with a notice for each paragraph that stands in an older article. Raises UsageError for an index that is none."""
    from importlib.util import find_spec

    if not find_spec("rensa"):
        raise UsageError("--against needs rensa", hint="pip install 'edlint[archive]'")
    from edlint.archive.copies import Index, copied

    index = Index(against)
    files = (f._replace(notices=(*f.notices, *copied(index, d.document))) if d.document else f
             for f, d in zip(report.files, session.detailed(report).files, strict=True))  # fmt: skip
    return report._replace(files=tuple(files))


def publish(report: Report, given: Given, brief: str, *, aside: bool) -> None:
    """Write the report, or with --fix-only for people `brief`, where the options say.

    With `aside` that is standard error instead of standard output, which holds a draft then.
    """
    target: Path | None = given["output_file"]
    style = ReportOptions(
        color=colored(given["color"], target is not None),
        width=terminal_width() if target is None and watched() else 80,
        quiet=given["quiet"],
        statistics=given["statistics"],
        trace=given["trace"],
        show=SHOW.get(given["show"] or ""),
    )
    write, special = reporter(given["output_format"]), traits(given["output_format"])
    short = given["fix_only"] and special.people
    if style.color and target is None:
        prepare_console()
    with open_report(target, err=aside, color=style.color, commands=special.commands) as out:
        if short:
            out.write(f"{brief}\n")
        else:
            write.write(report, out, style)
    if special.page:
        append_summary(special.page, write.summary(report, style))  # type: ignore[attr-defined]


def terminal_width() -> int:
    """How many columns the terminal has."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def faults(report: Report) -> Iterator[str]:
    """What could not be checked, a line each, with the draft's path. A fault that several drafts share gets one line."""
    shared: dict[str, list[str]] = {}
    for file in report.files:
        if file.error:
            yield file.error
        for fault in file.faults:
            shared.setdefault(fault, []).append(file.path)
    for fault, (first, *others) in shared.items():
        more = f" and {len(others)} more" if others else ""
        yield f"{first}{more}: {fault}"


def append_summary(variable: str, text: str) -> None:
    """Append a summary to the file that an environment variable names, if it is set. A failure here does not change the exit status."""
    page = os.environ.get(variable)
    if not page:
        return
    try:
        with Path(page).open("a", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError as fault:
        say(f"edlint: {visible(page)} cannot be written: {fault.strerror}", err=True)
