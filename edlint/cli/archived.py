"""`edlint archive report`, `sample` and `precision`: what an audit came to, and whether its findings are right."""

from __future__ import annotations

from pathlib import Path

import click

from edlint.cli.console import say
from edlint.errors import UsageError, did_you_mean
from edlint.report.summary import count
from edlint.report.terminal import visible

FOLDER = click.Path(file_okay=False, path_type=Path)
TABLE = click.Path(dir_okay=False, path_type=Path)
_AUDIT = click.argument("out", type=FOLDER)


@click.command()
@_AUDIT
@click.option("-o", "page", type=TABLE, required=True, help="The page to write.")
@click.option("--verdicts", multiple=True, type=TABLE, help="A judged sample (repeatable).")
def report(out: Path, page: Path, verdicts: tuple[Path, ...]) -> int:
    """Write a page about the audit in OUT: rules by month, the worst sections, precision, repeated lines."""
    needs("pyarrow")
    import json

    from edlint.archive import judging
    from edlint.archive.boilerplate import frequent
    from edlint.archive.page import page as written
    from edlint.files.atomic import replace_file

    judged = judging.precision(verdicts)
    lines, _ = frequent(lambda: ((str(row["doc_id"]), [str(row["excerpt"])]) for row in judging.findings(out)), 2)
    try:
        summary = json.loads((out / "summary.json").read_text("utf-8"))
        made = written(summary, judged, lines)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{out / 'summary.json'} is damaged", hint="the same `edlint archive audit` writes it anew") from None
    replace_file(page, made.encode())
    say(visible(f"{page}: {count(summary['documents'], 'article')}"))
    return 0


@click.command()
@_AUDIT
@click.option("--rule", required=True, help="The rule whose findings to judge.")
@click.option("-n", "size", type=click.IntRange(1), default=50, show_default=True, help="How many findings to draw.")
@click.option("-o", "table", type=TABLE, help="The CSV file to write.  [default: standard output]")
def sample(out: Path, rule: str, size: int, table: Path | None) -> int:
    """Draw a sample of a rule's findings from the audit in OUT. Judge each: write `right` or `wrong` in its first column."""
    needs("pyarrow")
    from edlint.archive import judging
    from edlint.files.atomic import create_file

    rows = judging.sample(judging.findings(out, rule), size)
    if not rows:
        raise UsageError(
            f"--rule {rule}: no findings in {out}", hint=did_you_mean(rule, {str(row["rule"]) for row in judging.findings(out)})
        )
    text = judging.to_csv(rows)
    if table is None:
        say(text.replace("\r\n", "\n"), nl=False)
        return 0
    try:
        create_file(table, text.encode("utf-8-sig"))
    except FileExistsError:
        raise UsageError(f"-o: {table} already exists, and may contain verdicts", hint="name another file") from None
    say(visible(f"{count(len(rows), 'finding')} of {rule} in {table}"))
    return 0


@click.command()
@click.argument("tables", nargs=-1, required=True, metavar="SAMPLE...", type=TABLE)
def precision(tables: tuple[Path, ...]) -> int:
    """Say how often each rule was right in judged samples, with a confidence interval."""
    from edlint.archive.judging import precision as judged

    found = judged(tables)
    if not found:
        raise UsageError("nothing is judged yet", hint="write `right` or `wrong` into the column `verdict`")
    for rule, told in found.items():
        say(visible(f"{rule}: {told}"))
    return 0


def needs(library: str) -> None:
    """Raise UsageError where the extra is not installed."""
    from importlib.util import find_spec

    if not find_spec(library):
        raise UsageError(f"`edlint archive` needs {library}", hint="pip install 'edlint[archive]'")
