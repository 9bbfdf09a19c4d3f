"""`edlint reader`: the examination of a second reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from edlint.cli.console import Progress, say
from edlint.cli.options import FILE, HERE, Given, configured, remote
from edlint.errors import UsageError
from edlint.report.summary import count
from edlint.report.terminal import visible
from edlint.session.configs import require_consent
from edlint.session.options import Options
from edlint.session.session import Session

if TYPE_CHECKING:
    from edlint.reader.exam import Result


@click.group()
def reader() -> None:
    """Examine the language model that `reader:` in the configuration names, before it may read along."""


@reader.command()
@click.argument("file", required=False, type=FILE)
@click.option("--price", nargs=2, type=click.FloatRange(0), metavar="IN OUT", help="The price of a million tokens, in and out.")
@configured
@remote
def exam(file: Path | None, price: tuple[float, float] | None, **given: Unpack[Given]) -> int:
    """Have the reader judge texts whose answers are known, and print how well it did.

    Without FILE it judges those that come with edlint, and the result is kept: the reader is used for a pack once it has passed there. With
    FILE (JSON lines of labelled sentences or headlines) the result is only printed. Exit status: 0 passed, 1 failed, 2 could not be asked.
    """
    from edlint.reader import exam as examination

    config = Session(Options(config=given["config"], isolated=given["isolated"], allow_remote=given["allow_remote"])).config_for(HERE)
    if config.reader is None:
        raise UsageError(
            "there is no `reader:` in the configuration", hint="such as reader: {server: http://127.0.0.1:8080/v1, model: qwen3}"
        )
    require_consent([config])
    sentences, headlines = examination.read(file) if file else examination.shipped()
    rows = {"Claims": sentences, "Headlines": headlines}
    with Progress() as progress:
        results = [examination.examine(config.reader, pack, rows[pack], progress.tell) for pack in config.reader.packs if rows[pack]]
    say(visible(f"{config.reader.model} at {config.reader.server}"))
    for result in results:
        for line in table(result, price):
            say(line)
    if not file and not examination.keep(config.reader, results):
        say("edlint: the result cannot be kept, so the reader will not be used (is there a home folder?)", err=True)
        return 2
    return 0 if all(result.passed for result in results) else 1


def table(result: Result, price: tuple[float, float] | None = None) -> Iterator[str]:
    """A result in lines: precision and recall by kind, what reading took for a thousand words, and the verdict."""
    from edlint.reader.exam import LEAST_PRECISION, LEAST_RECALL
    from edlint.reader.guideline import FAULTS

    counts = result.counts
    yield f"\n{result.pack}: {count(result.rows, 'text')}, {result.words:,} words"
    yield f"  {'kind':14} {'flagged':>8} {'precision':>10} {'at fault':>9} {'recall':>7}"
    for kind in (*FAULTS[result.pack], ""):
        precision = f"{counts.precision(kind):.2f}" if counts.flagged[kind] else "-"
        recall = f"{counts.recall(kind):.2f}" if counts.fault[kind] else "-"
        yield f"  {kind or 'all':14} {counts.flagged[kind]:8} {precision:>10} {counts.fault[kind]:9} {recall:>7}"
    thousand = 1000 / max(result.words, 1)
    into, out = (tokens * thousand for tokens in result.tokens)
    cost = f", {(into * price[0] + out * price[1]) / 1e6:.4f} in your currency" if price else ""
    took = f"{into:,.0f} tokens in and {out:,.0f} out" if any(result.tokens) else "the server does not count tokens"
    yield f"  a thousand words: {result.seconds * thousand:.1f} s, {took}{cost}"
    if result.unread:
        yield f"  without an answer that could be used: {count(result.unread, 'text')}, counted as not flagged"
    need = f"precision {LEAST_PRECISION:.2f} and recall {LEAST_RECALL:.2f} are needed"
    yield f"  {'passed' if result.passed else 'failed'}: {need}"
