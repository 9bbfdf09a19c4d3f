"""`edlint archive`: questions that are asked of all published pieces at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict, Unpack

import click

from edlint.archive.articles import FIELDS, Reading
from edlint.cli.console import Progress, say
from edlint.errors import UsageError, did_you_mean
from edlint.model.config import Config
from edlint.report.summary import count
from edlint.report.terminal import visible

_OUT = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


class Given(TypedDict):
    """The options of the commands here."""

    out: Path
    config: Path | None
    field: tuple[str, ...]
    source_format: str
    by: str
    jobs: int
    runner: str
    seconds: float
    prune: bool
    part: int


@click.group()
def archive() -> None:
    """Audit a whole archive of published pieces. Needs `pip install 'edlint[archive]'`."""


@archive.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "out", type=_OUT, required=True, help="The folder to write to; a run that was stopped goes on there.")
@click.option("--config", type=_FILE, help="The configuration for all articles.  [default: the shipped rules]")
@click.option("--field", multiple=True, metavar="NAME=COLUMN", help=f"Which column holds what: {', '.join(FIELDS)} (repeatable).")
@click.option("--source-format", default="", metavar="FORMAT", help="The format of all texts.  [default: as each is]")
@click.option("--by", type=click.Choice(["rule", "month"]), default="rule", show_default=True, help="What the findings are partitioned by.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many processes to use.  [default: the number of processors]"
)
@click.option("--runner", default="", metavar="ray://HOST:PORT", help="A Ray cluster, or `ray` for one on this machine.")
@click.option("--seconds", type=click.FloatRange(0.1), default=60.0, show_default=True, help="How long one document may take.")
@click.option("--prune", is_flag=True, help="Forget the documents of earlier runs that the sources no longer hold.")
@click.option("--part", type=click.IntRange(1), default=2000, show_default=True, help="After how many documents to save.")
def audit(sources: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Check every article of SOURCE: folders, globs, .jsonl, .csv, .parquet, .warc and .wxr files, or their addresses (s3://…).

    Writes `findings` and `documents` as Parquet, and `summary.json`. What was checked before is checked again only if it or a rule changed.
    Exit status: 0, or 2 when it could not be done.
    """
    needs("daft")
    from edlint.archive.audit import State, Wanted
    from edlint.archive.audit import audit as run
    from edlint.archive.plan import Job

    config = config_of(given["config"])
    job = Job(sources, reading(config, given), config, given["seconds"], jobs=given["jobs"], runner=given["runner"])
    with Progress() as progress:

        def tell(state: State) -> None:
            progress.tell(str(state))

        summary = run(job, Wanted(given["out"], given["by"], given["prune"], given["part"]), tell)
    for line in told(summary, given["out"]):
        say(visible(line))
    return 0


def told(summary: dict[str, object], out: Path) -> list[str]:
    """What an audit came to, in lines."""
    number = {name: value for name, value in summary.items() if isinstance(value, int)}
    now = f"{number['linted']:,} checked now, {number['unchanged']:,} unchanged, in {summary['seconds']} s"
    lines = [
        f"{count(number['documents'], 'document')}: {now}",
        f"{count(number.get('findings', 0), 'row')} in {out / 'findings'}",
    ]
    if faulty := number.get("documents_with_faults"):
        lines.append(f"{count(faulty, 'document')} could not be checked in full: see the level `fault`")
    if number["same_id"]:
        lines.append(f"{count(number['same_id'], 'document')} left out: an earlier one has the same id (--field id=COLUMN)")
    return lines


def needs(library: str) -> None:
    """Raise UsageError where the extra is not installed."""
    from importlib.util import find_spec

    if not find_spec(library):
        raise UsageError(f"`edlint archive` needs {library}", hint="pip install 'edlint[archive]'")


def config_of(path: Path | None) -> Config:
    """The configuration in a file, or the default. Raises ConfigError."""
    from edlint.archive.batch import as_config

    return as_config(path)


def reading(config: Config, given: Given) -> Reading:
    """How the options say that sources are read. Raises UsageError."""
    from edlint.formats import format_for

    fields = {}
    for text in given["field"]:
        name, found, column = text.partition("=")
        if not found or name not in FIELDS:
            raise UsageError(f"--field {text}: not NAME=COLUMN", hint=did_you_mean(name, FIELDS) or f"names: {', '.join(FIELDS)}")
        fields[name] = column
    if given["source_format"]:
        format_for("", given["source_format"])
    return Reading(int(config.max_size * 1_000_000), given["source_format"], fields)
