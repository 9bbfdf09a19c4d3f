"""`edlint init` and `edlint config show`: making a configuration, and seeing the one in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from edlint.cli.rules import configured
from edlint.errors import UsageError
from edlint.project import Options, Project
from edlint.report.style import visible

TEMPLATE = """\
# edlint: https://pypi.org/project/edlint/
# Every key is optional; what stands here is what holds without it.

extends: [default]        # every shipped pack; add folders of your own rules: [default, ./house]

rules: {}                 # off, suggestion, warning or error for a rule or a pack, such as
                          #   Headlines.Clickbait: error
                          #   Claims: off

grammar:
  engine: harper          # or languagetool (see edlint languagetool --help), or none
  language: en-US         # en-GB, en-CA, en-AU, en-IN; with languagetool also de, fr … or auto

vocabulary: []            # files of names and terms, one a line, that no rule should correct
exclude: []               # drafts that folders and globs leave out, such as archive/**
overrides: []             # other rules for some drafts: [{files: ["opinion/**"], rules: {Claims: off}}]

fail_on: error            # the lowest level that makes the exit status 1; or never
encoding: utf-8           # how drafts are encoded

vale: {}                  # for rules written for Vale: styles (the folder), vocab, min_level, ignores … (see docs/vale.md)
"""


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--from-vale", "vale", is_flag=True, help="Write what the folder's .vale.ini asks for.")
def init(folder: Path, vale: bool) -> int:
    """Write a commented .edlint.yml into a folder (default: this one)."""
    target = folder / ".edlint.yml"
    text = TEMPLATE
    if vale:
        from edlint.cli.fromvale import from_vale

        text = from_vale(folder)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{target} is already there", hint="edit it, or delete it first") from None
    except OSError as fault:
        raise UsageError(f"{target} cannot be written: {fault.strerror}") from None
    click.echo(f"wrote {visible(str(target))}")
    return 0


@click.group()
def config() -> None:
    """See the configuration in force."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path))
@configured
def show(file: Path, **given: Any) -> int:
    """Show every value that holds for a draft, and where it was set."""
    linter = Project(Options(config=given["config"], isolated=given["isolated"])).linter_for(file)
    linter.rules_for(str(file))  # a rule that does not exist is an error here as it is in a check
    effective = linter.config
    rows = [("file", str(effective.path) if effective.path else "none", ""), *effective.describe(file)]
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        click.echo(visible(f"{key:<{width}}  {value or '-'}" + (f"  ({origin})" if origin else "")))
    return 0
