"""`edlint archive`: questions that are asked of all published pieces at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from edlint.archive.articles import FIELDS, Reading
from edlint.cli.archived import FOLDER, TABLE, needs, precision, report, sample
from edlint.cli.console import Progress, say
from edlint.cli.options import split
from edlint.cli.rules import chosen_rules
from edlint.errors import UsageError, did_you_mean
from edlint.model.config import Config, RuleSetting
from edlint.model.rule import Rule
from edlint.report.summary import count
from edlint.report.terminal import visible

if TYPE_CHECKING:
    from edlint.archive.plan import Job

Command = TypeVar("Command", bound=Callable[..., int])


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
    rules: str
    least: int
    show: int


@click.group()
def archive() -> None:
    """Audit a whole archive of published pieces. Needs `pip install 'edlint[archive]'`."""


for command in (report, sample, precision):
    archive.add_command(command)


def _sourced(command: Command) -> Command:
    """The sources of a command, and how they are read."""
    for option in (
        click.option("--runner", default="", metavar="ray://HOST:PORT", help="A Ray cluster, or `ray` for one on this machine."),
        click.option(
            "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Number of processes.  [default: one per processor]"
        ),
        click.option("--source-format", default="", metavar="FORMAT", help="The format of all texts.  [default: detected for each]"),
        click.option("--field", multiple=True, metavar="NAME=COLUMN", help=f"The column for a field: {', '.join(FIELDS)} (repeatable)."),
        click.option("--config", type=TABLE, help="The configuration for all articles.  [default: the shipped rules]"),
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    ):
        command = option(command)
    return command


@archive.command()
@_sourced
@click.option("-o", "out", type=FOLDER, required=True, help="The folder to write to; a run that was stopped resumes there.")
@click.option("--by", type=click.Choice(["rule", "month"]), default="rule", show_default=True, help="How to partition the findings.")
@click.option("--seconds", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Time limit for one document.")
@click.option("--prune", is_flag=True, help="Forget documents from earlier runs that are no longer in the sources.")
@click.option("--try", "rules", default="", metavar="RULE.yml", help="Check with this rule, or this folder of rules, only.")
@click.option("--part", type=click.IntRange(1), default=2000, show_default=True, help="Save progress after this many documents.")
def audit(sources: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Check every article of SOURCE: folders, globs, .jsonl, .csv, .parquet, .warc and .wxr files, or their addresses (s3://…).

    Writes `findings` and `documents` as Parquet, and `summary.json`. An article is checked again only if it
    or a rule has changed. Exit status: 0, or 2 when the audit could not be done.
    """
    job = _job(sources, given)
    if given["rules"]:
        job = job._replace(config=trying(job.config, list(chosen_rules(split((given["rules"],)), {}).values())))
    from edlint.archive.audit import State, Wanted
    from edlint.archive.audit import audit as run

    with Progress() as progress:

        def tell(state: State) -> None:
            progress.tell(str(state))

        summary = run(job._replace(seconds=given["seconds"]), Wanted(given["out"], given["by"], given["prune"], given["part"]), tell)
    for line in told(summary, given["out"]):
        say(visible(line))
    return 0


@archive.command()
@_sourced
@click.option("-o", "out", type=TABLE, required=True, help="The index to write.")
def index(sources: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Index the paragraphs of SOURCE for the option --against of `edlint check`."""
    job = _job(sources, given)
    given["out"].parent.mkdir(parents=True, exist_ok=True)
    from edlint.archive.copies import build
    from edlint.archive.plan import lines

    unread: set[str] = set()
    documents, paragraphs = build(given["out"], _watched(lines(job), unread))
    _say_unread(unread)
    size = given["out"].stat().st_size
    each = f", {size / paragraphs:.0f} bytes each" if paragraphs else ""
    say(visible(f"{count(documents, 'article')} with {count(paragraphs, 'paragraph')} of 8 words or more in {given['out']}{each}"))
    return 0


@archive.command()
@_sourced
@click.option("-o", "out", type=TABLE, required=True, help="The rule to write, such as house/boilerplate.yml.")
@click.option("--least", type=click.IntRange(2, 65_000), default=20, show_default=True, help="How many articles a line must appear in.")
@click.option("--show", type=click.IntRange(0), default=10, metavar="N", show_default=True, help="How many lines to list.")
def boilerplate(sources: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Find the lines that many articles of SOURCE share, and write a rule that flags them.

    Learn from one outlet at a time, read the rule, and try it with `edlint try` before you switch it on.
    """
    job = _job(sources, given)
    from edlint.archive.boilerplate import frequent, rule
    from edlint.archive.plan import lines

    unread: set[str] = set()
    found, articles = frequent(lambda: _watched(lines(job), unread), given["least"])
    _say_unread(unread)
    if not found:
        raise UsageError(f"no line appears in as many as {given['least']} of {articles:,} articles", hint="try a lower --least")
    from edlint.files.atomic import replace_file

    given["out"].parent.mkdir(parents=True, exist_ok=True)
    replace_file(given["out"], rule(found, articles, given["out"].as_posix()).encode())
    for line, number in found[: given["show"]]:
        say(visible(f"{number:>8,}  {line[:100]}"))
    say(visible(f"{count(len(found), 'line')} in {given['least']} or more of {articles:,} articles: {given['out']}"))
    return 0


def _watched(articles: Iterator[tuple[str, list[str] | None]], unread: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The articles that can be read, with the progress shown; the ids of the others go into `unread`."""
    with Progress() as progress:
        for number, (doc_id, lines) in enumerate(articles, 1):
            progress.tell(f"{number:,} articles")
            if lines is None:
                unread.add(doc_id)
            else:
                yield doc_id, lines


def _say_unread(unread: set[str]) -> None:
    if unread:
        named = ", ".join(sorted(unread)[:3]) + ", …" * (len(unread) > 3)
        say(visible(f"{count(len(unread), 'article')} could not be read: {named}"), err=True)


def _job(sources: tuple[str, ...], given: Given) -> Job:
    """What the options ask of the engine. Raises EdlintError."""
    needs("daft")
    from edlint.archive.batch import as_config
    from edlint.archive.plan import Job

    config = as_config(given["config"])
    return Job(sources, _reading(config, given), config, jobs=given["jobs"], runner=given["runner"])


def trying(config: Config, rules: Sequence[Rule]) -> Config:
    """The configuration with rules on trial, alone. Raises RuleError for one that cannot work."""
    from edlint.linter import Linter

    config = replace(config, trial=tuple(rules)).at_every_level()
    packs = {name.partition(".")[0] for name in Linter(config).all_rules}
    off, on = RuleSetting("off"), {rule.name: RuleSetting(rule.level) for rule in rules}
    return replace(config, rules={**dict.fromkeys(packs, off), **on}, overrides=())


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


def _reading(config: Config, given: Given) -> Reading:
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
