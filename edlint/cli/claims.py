"""`edlint claims`: the fact-checker's ledger of a draft."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

import click

from edlint.cli.console import say
from edlint.cli.options import Given, configured, linter_of, remote, second
from edlint.errors import UsageError
from edlint.files.inputs import read_bytes
from edlint.findings import folded
from edlint.formats import open_source
from edlint.ledger import ledger
from edlint.ledgerfile import MOST, NAME, Entry, load_entries, matched, save_entries, with_statuses
from edlint.linter import Linter
from edlint.model.claim import KINDS, STATUSES, Claim
from edlint.model.source import Source
from edlint.reading import read_draft
from edlint.report.ledger import WRITERS
from edlint.report.terminal import visible
from edlint.session.configs import require_consent


@click.command("claims")
@click.argument("draft", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--output-format", "-f", type=click.Choice(list(WRITERS)), default="text", show_default=True, help="How to write the ledger.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only claims of this kind (repeatable).")
@click.option("--open", "only_open", is_flag=True, help="Only claims that are still open.")
@click.option(
    "--set", "sets", nargs=2, multiple=True, metavar="ID STATUS", help="Set a claim's status: open, checked or declined (repeatable)."
)
@click.option("--note", default="", help="With --set: a note, such as the source that was found, or why the claim is declined.")
@click.option("--by", default="", help="With --set: who says so.")
@click.option("--check", is_flag=True, help="Exit 1 while claims are open of the kinds that `check_claims` in the configuration names.")
@configured
@remote
@second
def claims(draft: Path, **given: Unpack[Given]) -> int:
    """List every statement of DRAFT that can be checked, with what it rests on, and keep track of what has been checked.

    Statuses are kept in `.edlint-claims.jsonl` beside the draft. A claim keeps its status when it moves or is edited, unless a figure in it
    changes.
    """
    linter = linter_of(given)
    require_consent([linter.config])
    source = source_of(linter, draft)
    rows = ledger(linter, source, say=lambda notice: say(f"edlint: {visible(notice)}", err=True))
    file = draft.parent / NAME
    if given["sets"]:
        _set(file, draft.name, rows, given)
    rows = with_statuses(rows, load_entries(file), draft.name)
    if given["sets"]:
        changed = {name for name, _ in given["sets"]}
        say(WRITERS["text"](source, [row for row in rows if row.id in changed]), nl=False)
        return 0
    wanted = given["kinds"] or KINDS
    shown = [row for row in rows if row.kind in wanted and (row.status == "open" or not given["only_open"])]
    say(WRITERS[given["output_format"]](source, shown), nl=False)
    if given["check"]:
        must = given["kinds"] or linter.config.check_claims or KINDS
        left = [row for row in rows if row.status == "open" and row.kind in must]
        if left:
            say(f"edlint: {len(left)} claims of the kinds {', '.join(must)} are open", err=True)
            return 1
    return 0


def source_of(linter: Linter, draft: Path) -> Source:
    """A draft, read. Raises SourceError."""
    data, _ = read_draft(str(draft), linter.max_bytes)
    return open_source(data, str(draft), linter.config.encoding)


def _set(file: Path, draft: str, rows: tuple[Claim, ...], given: Given) -> None:
    """Write what was said of some claims. Raises UsageError for an id or a status that is none, or a claim declined without a note."""
    try:
        was = read_bytes(file, MOST)
    except FileNotFoundError:
        was = None
    entries = load_entries(file)
    mine = [entry for entry in entries if entry.draft == draft]
    told = dict(matched(rows, mine))
    numbers = {row.id: number for number, row in enumerate(rows)}
    today = datetime.now(UTC).date().isoformat()
    for name, status in given["sets"]:
        if name not in numbers:
            raise UsageError(f"there is no claim {name!r} in {visible(draft)}", hint="`edlint claims` lists them, each with its id first")
        if status not in STATUSES:
            raise UsageError(f"{status!r} is no status", hint=f"one of {', '.join(STATUSES)}")
        if status == "declined" and not given["note"]:
            raise UsageError("a claim is declined for a reason", hint="--note 'common knowledge'")
        told[numbers[name]] = Entry(draft, folded(rows[numbers[name]].text), status, given["by"], today, given["note"])
    current = {number: entry._replace(text=folded(rows[number].text)) for number, entry in told.items()}
    gone = set(mine) - set(matched(rows, mine).values())
    save_entries(file, [*(entry for entry in entries if entry.draft != draft), *gone, *current.values()], was=was)
