"""`edlint completion`: the script by which a shell completes commands, options and paths."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_EDLINT_COMPLETE"  # by which the script asks the program; click derives the same name from the program's


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print what makes a shell complete edlint's commands and options.

    \b
    bash:  edlint completion bash > ~/.local/share/bash-completion/completions/edlint
    zsh:   edlint completion zsh > a file _edlint in a folder of $fpath
    fish:  edlint completion fish > ~/.config/fish/completions/edlint.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(context.find_root().command, {}, "edlint", VARIABLE)
    click.echo(ShellComplete.source(script))  # not kind.source, which starts a shell to ask for its version
    return 0
