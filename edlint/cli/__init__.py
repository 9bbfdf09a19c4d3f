"""The command line: options in, the exit status of the Report out."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from edlint.cli.console import say
from edlint.cli.process import OutputError, Signals, Stopped, prepare_streams
from edlint.errors import EdlintError
from edlint.subprocesses import end_all
from edlint.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# command → module, attribute; a module is imported when its command runs
COMMANDS: dict[str, str] = {
    "check": "edlint.cli.check:check",
    "baseline": "edlint.cli.baseline:baseline",
    "claims": "edlint.cli.claims:claims",
    "gate": "edlint.cli.gate:gate",
    "verify": "edlint.cli.gate:verify",
    "rules": "edlint.cli.rules:rules",
    "explain": "edlint.cli.rules:explain",
    "test": "edlint.cli.rules:test",
    "try": "edlint.cli.tryout:tryout",
    "init": "edlint.cli.setup:init",
    "config": "edlint.cli.setup:config",
    "sync": "edlint.cli.sync:sync",
    "schema": "edlint.cli.setup:schema",
    "style": "edlint.cli.style:style",
    "pack": "edlint.cli.pack:pack",
    "serve": "edlint.cli.serve:serve",
    "reader": "edlint.cli.reader:reader",
    "languagetool": "edlint.cli.languagetool:languagetool",
    "archive": "edlint.cli.archive:archive",
    "lsp": "edlint.cli.lsp:lsp",
    "completion": "edlint.cli.completion:completion",
}


class DefaultCommandGroup(click.Group):
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

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. Ctrl-C is handled here, before click does it in its own way."""
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return result
        except KeyboardInterrupt as fault:
            ctx.exit(_interrupted(fault))


@click.group(cls=DefaultCommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edlint")
def cli() -> None:
    """The linter that stands between a draft and publication.

    `edlint PATHS` checks drafts: files, folders, globs, or - for standard input. Exit status: 0 nothing at or above
    --fail-on, 1 findings, 2 something could not be checked.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line as a program. Every failure becomes one line on standard error and exit status 2; never a traceback."""
    signals = Signals()
    signals.install()
    try:
        prepare_streams()
        gc.set_threshold(500_000)  # rules and findings are many small objects that live to the end: looking for garbage finds none
        status = run(args)
        end_all()
    except KeyboardInterrupt as fault:
        status = _interrupted(fault)
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(signals.status or status)  # taking so many objects apart one by one would take as long as linting a draft


def run(args: list[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    if os.environ.get("_EDLINT_COMPLETE", "").startswith("powershell"):
        cli.get_command(click.Context(cli), "completion")  # its module makes PowerShell known to click
    try:
        result: object = cli.main(args=args, prog_name="edlint", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except (KeyboardInterrupt, click.Abort) as fault:
        return _interrupted(fault if isinstance(fault, KeyboardInterrupt) else fault.__cause__)
    except click.UsageError as fault:
        command = fault.ctx.command_path if fault.ctx else "edlint"
        return _fail(f"{fault.format_message()} (see {command} --help)", 2)
    except click.ClickException as fault:
        return _fail(fault.format_message(), 2)
    except OutputError as fault:
        return 2 if fault.gone else _fail(str(fault), 2)
    except EdlintError as fault:
        return _fail(str(fault), 2)
    except Exception as fault:
        return _unexpected(fault)


def _unexpected(fault: Exception) -> int:
    """The exit status after a fault of the system or of edlint itself."""
    if os.environ.get("EDLINT_TRACEBACK"):
        raise fault
    if isinstance(fault, OSError):
        return _fail(f"{fault.filename}: {fault.strerror}" if fault.filename else fault.strerror or type(fault).__name__, 2)
    if isinstance(fault, MemoryError):
        return _fail("there is not enough memory", 2)
    return _fail(f"edlint itself failed: {type(fault).__name__}: {fault} (set EDLINT_TRACEBACK=1 to see where)", 2)


def _interrupted(fault: BaseException | None) -> int:
    """The exit status after a signal; only Ctrl-C is told, to the person who pressed it."""
    status = fault.status if isinstance(fault, Stopped) else 130
    return _fail("interrupted", status) if status == 130 else status


def _fail(message: str, status: int) -> int:
    from edlint.report.terminal import visible

    with suppress(OSError, ValueError):  # standard error can fail as well; the status still tells
        say(f"edlint: {visible(message)}", err=True)
    return status
