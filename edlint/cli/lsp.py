"""`edlint lsp`: a language server for text editors."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Unpack

import click

from edlint.cli.options import Given, choosing, configuring, options_of
from edlint.errors import UsageError


@click.command(context_settings={"auto_envvar_prefix": "EDLINT"})
@choosing
@configuring
@click.option("--stdio", is_flag=True, help="Talk on standard input and output, as always; some editors add this option.")
def lsp(stdio: bool, **given: Unpack[Given]) -> int:
    """Check drafts while you write them: a language server for text editors.

    An editor starts this command and talks to it on standard input and output; docs/editors.md has the lines for several.
    """
    if find_spec("pygls") is None:
        raise UsageError("edlint lsp needs pygls, which is not installed", hint="pip install 'pygls>=2'")
    from edlint.lsp.run import serve

    return serve(options_of({"baseline": None, "jobs": 1, **given}))
