"""`edlint pack`: a pack to give away, made, tested and built as a Python package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Unpack

import click

from edlint.authoring.pack import PAGE, RESERVED, Pack, failures, new_files, page, read_pack, runs_code
from edlint.authoring.ruletest import Failure, Trial, trials
from edlint.cli.check import faults
from edlint.cli.console import Progress, say
from edlint.cli.options import Given, configured, remote
from edlint.cli.rules import complaint
from edlint.cli.style import write_new
from edlint.errors import UsageError
from edlint.files.atomic import replace_file
from edlint.files.inputs import read_text_or
from edlint.model.report import exit_status
from edlint.report.summary import count
from edlint.report.terminal import visible
from edlint.session.options import Options

_PACK = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def pack() -> None:
    """Make a pack that others can install: rules with their examples, words, a licence and a page."""


@pack.command()
@click.argument("name")
@click.option(
    "--in", "folder", type=click.Path(file_okay=False, path_type=Path), default=".", show_default=True, help="The folder to put it in."
)
@click.option("--licence", default=RESERVED, show_default=True, metavar="SPDX", help="The licence of the pack, such as MIT or CC-BY-4.0.")
def new(name: str, folder: Path, licence: str) -> int:
    """Make the pack NAME, such as Acme: a project with a first rule to change."""
    write_new({folder / path: text for path, text in new_files(name, licence).items()}, "--in")
    return 0


@pack.command()
@click.argument("folder", type=_PACK, default=".")
@click.argument("paths", nargs=-1, metavar="[DRAFTS]...", type=click.Path())
@remote
@configured
def test(folder: Path, paths: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Run every example of the pack in FOLDER; with DRAFTS, also count what its rules find there, and how often they are right.

    Your answers to `edlint try --judge` say how often a rule is right. Exit status: 1 when something in the pack is wrong,
    2 when a rule cannot work or a draft could not be read.
    """
    found = read_pack(folder)
    wrong = list(failures(found))
    for fault in wrong:
        say(visible(complaint(fault) if isinstance(fault, Failure) else fault))
    examples = sum(len(rule.bad) + len(rule.good) for rule in found.rules.values())
    say(f"{count(len(found.rules), 'rule')}, {count(examples, 'example')}: {count(len(wrong), 'fault') if wrong else 'all pass'}")
    status = 0
    if paths:
        options = Options(config=given["config"], isolated=given["isolated"], allow_remote=given["allow_remote"])
        with Progress() as progress:
            tried = trials(list(found.rules.values()), paths, options, progress)
        for line in faults(tried[0].report):
            say(f"edlint: {visible(line)}", err=True)
        for line in table(tried):
            say(visible(line))
        status = exit_status(tried[0].report, zero=True)
    return status or (1 if wrong else 0)


def table(tried: list[Trial]) -> Iterator[str]:
    """A line for each rule: findings, findings per 1,000 drafts, and how often those that were judged are right."""
    width = max(len(one.rule.name) for one in tried)
    yield ""
    yield f"{count(tried[0].read, 'draft')} with {tried[0].words:,} words"
    for one in tried:
        found = f"{count(one.findings, 'finding')}, {one.rate:,g} per 1,000 drafts"
        yield f"{one.rule.name:<{width}}  {found}; {one.precision}"


@pack.command()
@click.argument("folder", type=_PACK, default=".")
@click.option(
    "--output", "-o", "target", type=click.Path(file_okay=False, path_type=Path), help="The folder for the wheel.  [default: FOLDER/dist]"
)
def build(folder: Path, target: Path | None) -> int:
    """Test the pack in FOLDER, write its rules into its page, and build the wheel that pip installs."""
    if find_spec("hatchling") is None:
        raise UsageError("edlint pack build needs hatchling, which is not installed", hint="pip install 'hatchling>=1.26'")
    found = read_pack(folder)
    if runs_code(folder):
        raise UsageError(f"{folder}: building it would run code, by hooks or for its version", hint="`pip wheel`, if you trust that code")
    if wrong := sum(1 for _ in failures(found)):
        raise UsageError(f"{count(wrong, 'fault')} in {folder}", hint=f"`edlint pack test {folder}` names them")
    _renew_page(found)
    say(f"built {visible(str(_wheel(folder, (target or folder / 'dist').absolute())))}")
    return 0


def _renew_page(found: Pack) -> None:
    path = found.root / PAGE
    text = read_text_or(UsageError, path)
    renewed = page(found, text)
    if renewed != text:
        replace_file(path, renewed.encode())
        say(f"wrote the rules into {visible(str(path))}")


def _wheel(folder: Path, target: Path) -> Path:
    """Build the wheel of a project in a folder into another, and give its path. Raises UsageError."""
    from contextlib import chdir

    from hatchling.build import build_wheel

    try:
        target.mkdir(parents=True, exist_ok=True)
        with chdir(folder):
            return target / build_wheel(str(target))
    except (OSError, ValueError, TypeError) as fault:
        raise UsageError(f"{folder} cannot be built: {fault}") from None
