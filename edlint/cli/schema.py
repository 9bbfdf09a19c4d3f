"""`edlint schema`: what editors need to complete and check rule files and configurations."""

from __future__ import annotations

import click

from edlint.cli.console import say
from edlint.schema import SCHEMAS, dumped


@click.command()
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema(name: str) -> int:
    """Print the JSON Schema of rule files, or of .edlint.yml."""
    say(dumped(name), nl=False)
    return 0
