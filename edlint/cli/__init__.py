"""The command line: a thin door. Options in, the Report's exit code out."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from edlint.cli.console import say
from edlint.errors import EdlintError
from edlint.helpers import end_all
from edlint.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# command → module, attribute; a module is imported when its command runs
COMMANDS: dict[str, str] = {
    "check": "edlint.cli.check:check",
    "baseline": "edlint.cli.baseline:baseline",
    "rules": "edlint.cli.rules:rules",
    "explain": "edlint.cli.rules:explain",
    "test": "edlint.cli.rules:test",
    "try": "edlint.cli.tryout:tryout",
    "init": "edlint.cli.setup:init",
    "config": "edlint.cli.setup:config",
    "schema": "edlint.cli.schema:schema",
    "style": "edlint.cli.style:style",
    "languagetool": "edlint.cli.languagetool:languagetool",
    "completion": "edlint.cli.completion:completion",
}


class Door(click.Group):
    """The group of commands; paths without a command mean `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order to show them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `check` in front of anything that is neither a command nor an option of the group."""
        if ctx.resilient_parsing and not args:  # a shell completes the first word: see below
            return super().parse_args(ctx, args)
        if not args or (args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version")):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What the first word may be: a command, an option of the group or of `check`, or else a path."""
        from click.shell_completion import CompletionItem

        found = super().shell_complete(ctx, incomplete)
        check = self.get_command(ctx, "check")
        if incomplete.startswith("-") and check:
            known = {item.value for item in found}
            inner = check.make_context("check", [], parent=ctx, resilient_parsing=True)
            found += [item for item in check.shell_complete(inner, incomplete) if item.value not in known]
        return found or [CompletionItem(incomplete, type="file")]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a closed pipe and Ctrl-C are met here, before click answers them in its own way."""
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return result
        except BrokenPipeError:
            ctx.exit(_pipe_closed())
        except KeyboardInterrupt:
            ctx.exit(_fail("interrupted", 130))


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edlint")
def cli() -> None:
    """The linter that stands between a draft and publication.

    `edlint PATHS` checks drafts: files, folders, globs, or - for standard input. Exit status: 0 nothing at or above
    --fail-on, 1 findings, 2 something could not be checked.
    """


def main(args: list[str] | None = None) -> None:
    """The console script. Every failure becomes one line on standard error and exit status 2; never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal or locale that cannot show a character gets its number
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(100_000)  # rules and findings are many small objects that live to the end: looking for garbage finds none
    status = run(args)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # a reader that went away has been answered in run()
                stream.flush()
    end_all()
    os._exit(status)  # taking so many objects apart one by one would take as long as linting a draft


def run(args: list[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    try:
        result: Any = cli.main(args=args, prog_name="edlint", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", 130)
    except click.UsageError as fault:
        command = fault.ctx.command_path if fault.ctx else "edlint"
        return _fail(f"{fault.format_message()} (see {command} --help)", 2)
    except click.ClickException as fault:
        return _fail(fault.format_message(), 2)
    except EdlintError as fault:
        return _fail(str(fault), 2)
    except Exception as fault:
        if os.environ.get("EDLINT_TRACEBACK"):
            raise
        return _fail(f"edlint itself failed: {type(fault).__name__}: {fault} (set EDLINT_TRACEBACK=1 to see where)", 2)


def _fail(message: str, status: int) -> int:
    from edlint.report.style import visible

    say(f"edlint: {visible(message)}", err=True)
    return status


def _pipe_closed() -> int:
    """The reader went away. Nothing is lost; standard output is pointed elsewhere so that closing it does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # what a shell shows for a writer ended by SIGPIPE
