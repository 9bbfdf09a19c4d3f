"""`edlint style import` and `edlint style export`: a house's table of words becomes rules, a pack becomes a style for Vale."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Unpack

import click

from edlint.authoring.style_import import imported
from edlint.cli.console import say
from edlint.cli.options import Given, configured, linter_of
from edlint.errors import UsageError, did_you_mean
from edlint.files.atomic import create_file
from edlint.report.terminal import visible
from edlint.ruleset.places import rule_files, shipped_packs
from edlint.vale.convert import exported

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def style() -> None:
    """Turn a house's word list into rules, or a pack into a Vale style."""


@style.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--output", "-o", "folder", type=_FOLDER, default="House", show_default=True, help="The pack to write into.")
def import_(file: Path, folder: Path) -> int:
    """Turn a table of wrong terms, right terms and optional notes (CSV, TSV, Markdown or Excel) into substitution rules."""
    written = imported(file, folder.resolve().name)
    write_new({folder / name: text for name, text in written.items()})
    path = folder.as_posix()
    entry = path if folder.is_absolute() or path.startswith(".") else f"./{path}"
    say(f"now put this into .edlint.yml: extends: [default, {visible(entry)}]")
    return 0


@style.command("export")
@click.option("--vale", "pack", required=True, metavar="PACK", help="The pack to export: its name or folder.")
@click.option("--output", "-o", "folder", type=_FOLDER, help="The style's folder.  [default: styles/PACK]")
@configured
def export(pack: str, folder: Path | None, **given: Unpack[Given]) -> int:
    """Write the rules of a pack that Vale can read, and name those left out."""
    source = _pack_folder(pack, given)
    written, left = exported(rule_files(source))
    if not written:
        raise UsageError(f"{pack} has no rule that Vale can read", hint="they are " + ", ".join(left))
    target = folder or Path("styles") / source.resolve().name
    write_new({target / path.relative_to(source): text for path, text in written.items()})
    for name in left:
        say(visible(f"left out: {name}"))
    return 0


def _pack_folder(pack: str, given: Given) -> Path:
    """The folder of a pack given by its path or its name. Raises UsageError."""
    if Path(pack).is_dir():
        return Path(pack)
    linter = linter_of(given)
    folders = {rule.pack: Path(rule.path).parent for rule in linter.all_rules.values() if rule.path} | shipped_packs()
    if pack not in folders:
        raise UsageError(f"there is no pack {pack!r}", hint=did_you_mean(pack, folders) or "one of " + ", ".join(sorted(folders)))
    return folders[pack]


def write_new(files: Mapping[Path, str], option: str = "-o") -> None:
    """Write new files, and name them. `option` is the one that chooses another folder.

    Raises UsageError when a file already exists or cannot be written: then none is left.
    """
    for path in files:
        if path.exists():
            raise UsageError(f"{path} already exists", hint=f"delete it first, or write to another folder with {option}")
    written: list[Path] = []
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_file(path, text.encode())
        except OSError as fault:
            for done in written:
                done.unlink(missing_ok=True)
            raise UsageError(f"{path} cannot be written: {fault.strerror}", hint="nothing was written") from None
        written.append(path)
    for path in files:
        say(f"wrote {visible(str(path))}")
