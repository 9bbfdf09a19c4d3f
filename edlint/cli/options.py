"""Options that several commands share, in groups. Each group is a decorator for a command."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar

import click

from edlint.cli.console import say
from edlint.files.folders import cache_folder, cache_place, is_own
from edlint.model.finding import LEVELS
from edlint.plugins import Registry
from edlint.report.terminal import visible
from edlint.session.options import Options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from edlint.linter import Linter

Command = TypeVar("Command", bound=Callable[..., int])
FAIL_ON = click.Choice([*LEVELS, "never"])
FILE = click.Path(dir_okay=False, path_type=Path)
HERE = Path("draft.txt")  # stands for any draft in the working folder


class Given(TypedDict, total=False):
    """The values of a command's options, by name. Each command has some of them."""

    allow_remote: bool
    annotate: Path | None
    against: Path | None
    baseline: Path | None
    by: str
    cache_dir: Path | None
    check: bool
    color: str
    config: Path | None
    date: str
    diff: bool
    diff_base: str
    encoding: str
    exit_non_zero_on_fix: bool
    exit_zero: bool
    fail_on: str | None
    fix: bool
    fix_only: bool
    force_exclude: bool
    ignore: tuple[str, ...]
    isolated: bool
    jobs: int
    kinds: tuple[str, ...]
    log: Path | None
    max_warnings: int | None
    no_cache: bool
    note: str
    only_open: bool
    output_file: Path | None
    output_format: str
    overrides: tuple[str, ...]
    quiet: bool
    reader: bool | None
    reason: str
    receipt: str
    respect_gitignore: bool | None
    rule_filter: str
    sample: int
    select: tuple[str, ...]
    sets: tuple[tuple[str, str], ...]
    show: str | None
    show_files: bool
    statistics: bool
    stdin_filename: str
    trace: bool
    unsafe_fixes: bool
    watch: bool


class Named(click.ParamType):  # type: ignore[type-arg]
    """The name of something in a registry. Plug-ins are looked for only for a name that is not edlint's own."""

    name = "name"

    def __init__(self, registry: Registry[str]) -> None:
        self._registry = registry

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click.ParamType."""
        if value not in self._registry:
            self.fail(f"{value!r} is not one of {', '.join(map(repr, self._registry))}.", param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """See click.ParamType."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in self._registry if name.startswith(incomplete)]


def grouped(*options: Callable[[Callable[..., int]], Callable[..., int]]) -> Callable[[Command], Command]:
    """One decorator for several options, which keep their order in the help."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def jobs(text: str) -> int:
    """The value of --jobs. Raises BadParameter."""
    if text == "auto":
        return cores()
    if not text.isdecimal() or int(text) < 1:
        raise click.BadParameter(f"{text!r} is neither auto nor a number from 1 on")
    return int(text)


def day(text: str) -> str:
    """The value of --date. Raises BadParameter."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date; write it as 2026-11-29") from None


choosing = grouped(
    click.option("--select", multiple=True, metavar="RULES", help="Run only these rules or packs (comma-separated, repeatable)."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Skip these rules or packs."),
    click.option(
        "--filter",
        "rule_filter",
        default="",
        metavar="EXPR",
        help="Run only rules for which this expression is true, such as '.Level == \"error\"'.",
    ),
)
configured = grouped(
    click.option("--config", type=FILE, envvar="EDLINT_CONFIG", help="Use this configuration."),
    click.option("--isolated", is_flag=True, envvar="EDLINT_ISOLATED", help="Ignore all configuration files."),
)
remote = click.option(
    "--allow-remote",
    is_flag=True,
    envvar="EDLINT_ALLOW_REMOTE",
    help="Allow sending text to a configured server (LanguageTool, the second reader) on another machine.",
)
second = click.option("--reader/--no-reader", default=None, help="Whether the model of `reader:` reads along.  [default: if configured]")
configuring = grouped(
    click.option("--config", type=FILE, help="Use this configuration for every draft."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
    click.option("--encoding", default="", metavar="NAME", help="How drafts are encoded.  [default: utf-8]"),
    *(remote, second),
)
gating = grouped(
    click.option("--fail-on", type=FAIL_ON, help="The lowest level that makes the exit status 1.  [default: error]"),
    click.option("--max-warnings", type=click.IntRange(-1), metavar="N", help="Exit 1 if there are more warnings; -1: no limit."),
    click.option("--exit-zero", is_flag=True, help="Exit 0 even if there are findings."),
    click.option("--baseline", type=FILE, metavar="FILE", help="Report only findings that this baseline does not accept."),
    click.option("--diff-base", default="", metavar="REV", help="Report only findings introduced since this git revision."),
)
discovering = grouped(
    click.option("--force-exclude", is_flag=True, help="Skip files that are excluded or ignored by git, even if they are named."),
    click.option("--respect-gitignore/--no-respect-gitignore", default=None, help="Whether folders and globs skip what git ignores."),
)
running = grouped(
    click.option("--jobs", "-j", type=jobs, default="auto", metavar="N", help="How many processes to use.  [default: auto]"),
    click.option("--no-cache", is_flag=True, help="Neither read nor write caches."),
    click.option(
        "--cache-dir",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Where to cache results of unchanged drafts.",
    ),
    click.option("--watch", is_flag=True, help="Check again whenever something is saved, until Ctrl-C."),
)
fixing = grouped(
    click.option("--fix", is_flag=True, help="Apply safe fixes to the drafts, and report what is left."),
    click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: include fixes that a person should review."),
    click.option("--diff", is_flag=True, help="Print what the fixes would change without writing anything; exit 1 if there are changes."),
    click.option("--fix-only", is_flag=True, help="Apply fixes, and neither report what is left nor fail because of it."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 if anything was fixed, even if nothing is left."),
)


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """The names in options that take several, comma-separated or repeated."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def fix_mode(given: Given) -> Literal["no", "show", "write"]:
    """The mode that the fixing options ask for. With --diff nothing is written, whatever else is given."""
    return "show" if given["diff"] else "write" if given["fix"] or given["fix_only"] else "no"


def _cache(given: Given) -> Path | None:
    """The folder in which results are remembered. One that others may write to is not used, and that is said."""
    if given.get("no_cache"):
        return None
    folder = given.get("cache_dir") or cache_place()
    if folder and not is_own(folder):
        say(f"edlint: nothing is cached in {visible(str(folder))}, because other users can write to it (chmod 700)", err=True)
        return None
    return folder if given.get("cache_dir") else cache_folder()


def options_of(given: Given) -> Options:
    """The options of a Session. Options that a command does not have count as not given."""
    wanted = given.get("fail_on")
    return Options(
        select=split(given["select"]),
        ignore=split(given["ignore"]),
        rule_filter=given.get("rule_filter", ""),
        config=given["config"],
        isolated=given["isolated"],
        fail_on=LEVELS.get(wanted, "never") if wanted else None,
        encoding=given["encoding"],
        allow_remote=given["allow_remote"],
        reader=given.get("reader"),
        stdin_filename=given.get("stdin_filename", ""),
        max_warnings=given.get("max_warnings"),
        baseline=given["baseline"],
        diff_base=given.get("diff_base", ""),
        fix=fix_mode(given) if "fix" in given else "no",
        unsafe_fixes=given.get("unsafe_fixes", False),
        cache=_cache(given),
        jobs=given.get("jobs") or cores(),
        force_exclude=given.get("force_exclude", False),
        respect_gitignore=given.get("respect_gitignore"),
        date=given.get("date", ""),
    )


def linter_of(given: Given, draft: Path = HERE) -> Linter:
    """The Linter for a draft under the configuration that the options name, else the nearest."""
    from edlint.session.session import Session

    named = Options(config=given["config"], isolated=given["isolated"])
    return Session(named._replace(allow_remote=given.get("allow_remote", False), reader=given.get("reader"))).linter_for(draft)
