"""`edlint completion`: the script by which a shell completes commands, options and paths."""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_EDLINT_COMPLETE"  # by which the script asks the program; click derives the same name from the program's


@add_completion_class
class PowerShell(ShellComplete):
    """PowerShell, which click does not know. It is asked with one word to a line, since words may hold any other character.

    An answer is a line with tabs: the kind (plain, file or dir), the word, and its help.
    """

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $position)
    $env:%(complete_var)s = 'powershell_complete'
    $env:COMP_WORDS = ($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    }) -join "`n"
    $env:COMP_CWORD = $word
    try {
        %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if ($kind -eq 'plain') {
                if (-not $help) { $help = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
            } else {
                [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
            }
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_CWORD -ErrorAction SilentlyContinue
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is completed, without the program's name, and that one."""
        return os.environ.get("COMP_WORDS", "").splitlines()[1:], os.environ.get("COMP_CWORD", "")

    def format_completion(self, item: CompletionItem) -> str:
        """One answer."""
        return f"{item.type}\t{item.value}\t{' '.join((item.help or '').split())}"


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print what makes a shell complete edlint's commands and options.

    \b
    bash:        edlint completion bash > ~/.local/share/bash-completion/completions/edlint
    zsh:         edlint completion zsh > a file _edlint in a folder of $fpath
    fish:        edlint completion fish > ~/.config/fish/completions/edlint.fish
    PowerShell:  edlint completion powershell >> $PROFILE
    """
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(context.find_root().command, {}, "edlint", VARIABLE)
    click.echo(ShellComplete.source(script))  # not kind.source, which starts a shell to ask for its version
    return 0
