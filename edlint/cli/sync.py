"""`edlint sync`: fetch and lock the packs that a configuration names by their addresses."""

from __future__ import annotations

from pathlib import Path

import click

from edlint.cli.console import say
from edlint.report.summary import count
from edlint.report.terminal import visible


@click.command()
@click.argument("configs", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[CONFIGURATIONS]...")
@click.option("--upgrade", is_flag=True, help="Fetch every pack as it is now, and lock that instead.")
@click.option("--allow-file", is_flag=True, help="Allow git+file:// addresses: repositories on this machine.")
def sync(configs: tuple[Path, ...], upgrade: bool, allow_file: bool) -> int:
    """Fetch the packs that `extends:` names by their addresses, and record in .edlint.lock exactly what was fetched.

    Without CONFIGURATIONS, it reads the configuration that applies to this folder. Checks never fetch anything: they use what
    `edlint sync` has fetched.
    """
    from edlint.config.nearest import find_config
    from edlint.packs.sync import Fetching, sync_config

    found = configs or tuple(filter(None, [find_config(Path("draft.txt"))]))
    fetching = Fetching(lambda line: say(visible(line)), upgrade=upgrade, allow_file=allow_file)
    for config in found:
        sync_config(config.absolute(), fetching)
    some = fetching.fetched + fetching.kept
    nothing = "nothing to fetch" if found else "no configuration here: nothing to fetch"
    say(f"{count(fetching.fetched, 'pack')} fetched, {fetching.kept} already there" if some else nothing)
    return 0
