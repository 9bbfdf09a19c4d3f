"""`edlint check`: lint drafts and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from edlint.errors import UsageError
from edlint.finding import LEVELS
from edlint.project import Options, Project
from edlint.report import REPORTERS, render
from edlint.report.model import Report, ReportOptions
from edlint.report.style import harmless, visible

COLORS = ("auto", "always", "never")


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """The names in options that take several, comma-separated or repeated."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


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
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--select", multiple=True, metavar="RULES", help="Run only these rules or packs (comma-separated, repeatable).")
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules or packs out.")
@click.option("--fail-on", type=click.Choice([*LEVELS, "never"]), help="The lowest level that makes the exit status 1.  [default: error]")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when there are findings.")
@click.option("--output-format", "-f", type=click.Choice(list(REPORTERS)), default="text", show_default=True, help="How to report.")
@click.option("--output-file", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration for every draft.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option("--color", type=click.Choice(COLORS), default="auto", show_default=True, help="When to use colours.")
@click.option("--quiet", "-q", is_flag=True, help="Report errors only.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("--trace", is_flag=True, help="Show the cues and weights behind each scored finding (text report).")
@click.option("--show-files", is_flag=True, help="List the drafts that would be checked, and stop.")
@click.option("--encoding", default="", metavar="NAME", help="How drafts are encoded.  [default: utf-8]")
@click.option("--stdin-filename", default="", metavar="PATH", help="The name, and so the format and configuration, of standard input.")
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Lint drafts: files, folders, globs, or - for standard input."""
    project = Project(options(given))
    if given["show_files"]:
        for path in project.drafts(paths):
            click.echo(harmless(visible(path)))
        return 0
    report = project.check(paths)
    target: Path | None = given["output_file"]
    style = ReportOptions(
        color=colored(given["color"], target is not None),
        width=terminal_width() if target is None and watched() else 80,
        quiet=given["quiet"],
        statistics=given["statistics"],
        trace=given["trace"],
    )
    if target is not None or not watched():  # a person at a terminal reads the same in the report
        for fault in faults(report):
            click.echo(harmless(f"edlint: {visible(fault)}"), err=True)
    if target is None:
        click.echo(render(report, given["output_format"], style), nl=False, color=True)
    else:
        write_whole(target, render(report, given["output_format"], style))
    if given["output_format"] == "github":
        append_summary(report, style)
    return 0 if given["exit_zero"] and report.exit_code == 1 else report.exit_code


def options(given: Mapping[str, Any]) -> Options:
    """What the command line asks of a Project. Raises UsageError for options that exclude each other."""
    wanted = given["fail_on"]
    return Options(
        select=split(given["select"]),
        ignore=split(given["ignore"]),
        config=given["config"],
        isolated=given["isolated"],
        fail_on=LEVELS.get(wanted, "never") if wanted else None,
        encoding=given["encoding"],
        stdin_filename=given["stdin_filename"],
    )


def terminal_width() -> int:
    """How many columns the terminal has."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def faults(report: Report) -> Iterator[str]:
    """What could not be checked, a line each, with the draft's path."""
    for file in report.files:
        if file.error:
            yield file.error
        yield from (f"{file.path}: {fault}" for fault in file.faults)


def append_summary(report: Report, style: ReportOptions) -> None:
    """Put the summary on the page of a GitHub Actions run, if this is one. Not to reach the page changes nothing for the drafts."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    from edlint.report.github import summary

    try:
        with Path(page).open("a", encoding="utf-8", newline="\n") as out:
            out.write(summary(report, style))
    except OSError as fault:
        click.echo(f"edlint: {visible(page)} cannot be written: {fault.strerror}", err=True)


def write_whole(target: Path, text: str) -> None:
    """Write a report so that the file holds all of it or what it held before. Raises UsageError when it cannot be written."""
    try:
        if target.exists() and not target.is_file():  # a device or a pipe is written to, not replaced
            target.write_text(text, encoding="utf-8", newline="\n")
            return
        real = Path(os.path.realpath(target))  # a link goes on pointing to the file
        temporary = real.with_name(f".{real.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.replace(real)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except OSError as fault:
        raise UsageError(f"--output-file: {target} cannot be written: {fault.strerror}") from None
