"""`edlint init`, `config` and `schema`: making a configuration, seeing the one in force, trying one, and help for editors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Unpack

import click

from edlint.cli.console import say
from edlint.cli.options import Given, configured, linter_of
from edlint.config.reader import READER_KEYS
from edlint.errors import EdlintError, UsageError
from edlint.files.atomic import create_file
from edlint.linter import Linter
from edlint.model.config import Config, RuleSetting
from edlint.model.finding import Level
from edlint.report.terminal import visible

TEMPLATE = """\
# edlint: https://github.com/edlint/edlint
# Every key is optional; the values here are the defaults.

extends: [default]        # every shipped pack; add folders of your own rules, or packs of others: [default, ./house]

rules: {}                 # off, suggestion, warning or error for a rule or a pack, such as
                          #   Headlines.Clickbait: error
                          #   Claims: off

grammar:
  engine: harper          # or languagetool (see edlint languagetool --help), or none
  language: en-US         # en-GB, en-CA, en-AU, en-IN; with languagetool also de, fr … or auto

reader: {}                # a language model of your own that reads along: {server: "http://127.0.0.1:8080/v1", model: qwen3 …}
vocabulary: []            # files of names and terms, one to a line, that no rule should correct
include: []               # which files in folders are drafts, such as ["*.md", "notes/*"]; if empty: those with known suffixes
exclude: []               # files that folders and globs skip, such as archive/**
respect_gitignore: true   # folders and globs skip what git ignores
overrides: []             # other rules, grammar engine or language for some drafts:
                          #   [{files: ["opinion/**"], rules: {Claims: off}}, {files: ["uk/**"], grammar: {language: en-GB}}]

fail_on: error            # the lowest level that makes the exit status 1; or never
max_warnings: -1          # more warnings than this also make the exit status 1; -1: no limit
baseline: ""              # the file of accepted findings (see edlint baseline --help)
locked: []                # rules or packs that no directive, baseline or configuration in a folder below can silence
require_reason: false     # directives in drafts must give a reason
check_claims: []          # claims of these kinds must be checked before a draft passes edlint gate: figure, accusation, event …
may_override: []          # levels, packs and rules that edlint gate --override may let pass, such as [warning, Captions]
encoding: utf-8           # how drafts are encoded
max_size: 25              # megabytes; a larger draft is an error, the others are checked
fields: {}                # what further fields of front matter hold, such as {hed: title, pull: quote, notes: off}

vale: {}                  # for rules written for Vale: styles (the folder), vocab, min_level, ignores … (see docs/vale.md)
"""


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--from-vale", "vale", is_flag=True, help="Convert the folder's .vale.ini.")
def init(folder: Path, vale: bool) -> int:
    """Write a commented .edlint.yml into a folder (default: this one)."""
    target = folder / ".edlint.yml"
    text = TEMPLATE
    if vale:
        from edlint.vale.convert import from_vale

        text = from_vale(folder)
    try:
        create_file(target, text.encode())
    except FileExistsError:
        raise UsageError(f"{target} already exists", hint="edit it, or delete it first") from None
    except OSError as fault:
        raise UsageError(f"{target} cannot be written: {fault.strerror}") from None
    say(f"wrote {visible(str(target))}")
    return 0


@click.group()
def config() -> None:
    """Show the configuration in force, or test one."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path))
@configured
def show(file: Path, **given: Unpack[Given]) -> int:
    """Show every setting that applies to a draft, and where it was set."""
    linter = linter_of(given, file)
    linter.rules_for(str(file))  # a rule that does not exist is an error here as it is in a check
    effective = linter.config
    rows = [("file", str(effective.path) if effective.path else "none", ""), *describe(effective, file)]
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        say(visible(f"{key:<{width}}  {value or '-'}" + (f"  ({origin})" if origin else "")))
    return 0


@config.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILES]...")
def try_configurations(files: tuple[Path, ...]) -> int:
    """Test configuration files with all their rules; without FILES, the one in force in this folder.

    A rule or a list of words stands for the configuration that uses it where it lies; any other file is tried as a configuration.
    The exit status is 2 when one cannot work.
    """
    from edlint.config.nearest import find_config

    paths = dict.fromkeys(map(_configuration, files) if files else [find_config(Path("draft.txt"))])
    return max([_try(path) for path in paths])


def _try(path: Path | None) -> int:
    """Print how many rules a configuration (None: the defaults) switches on, or what is wrong with it. Gives the exit status."""
    from edlint.config.file import load_config

    try:
        rules = Linter(load_config(path) if path else None).rules_for("draft.txt")
    except EdlintError as fault:
        say(f"edlint: {visible(str(fault))}", err=True)
        return 2
    on = sum(1 for rule in rules.values() if rule.level is not None)
    say(visible(f"{path or 'no configuration file: the defaults'}: {on} of {len(rules)} rules are on"))
    return 0


def _configuration(path: Path) -> Path | None:
    """The configuration to try for a file: itself, or the one that uses it as a rule or a list of words (None: the defaults)."""
    from edlint.config.file import load_config
    from edlint.config.nearest import find_config, is_config
    from edlint.session.cache import files_of

    if is_config(path):
        return path
    around = find_config(path)
    if around is None:
        return path
    try:
        used = {file.resolve() for file in files_of(load_config(around))}
    except EdlintError:
        return around  # which says what is wrong with it
    return around if path.resolve() in used else path


@click.command()
@click.argument("name", type=click.Choice(["rule", "config"]))
def schema(name: str) -> int:
    """Print the JSON Schema of rule files, or of .edlint.yml."""
    from edlint.authoring.schema import dumped

    say(dumped(name), nl=False)
    return 0


def describe(config: Config, draft: Path | None = None) -> Iterator[tuple[str, str, str]]:
    """(key, value, origin) of each value, in a fixed order; an origin is "file:line" or "default".

    With a draft, the rules are shown as they hold for it.
    """
    grammar = config.grammar_for(draft) if draft else config.grammar
    shown = {
        "extends": ", ".join(str(e) for e in config.extends),
        "grammar.engine": grammar.engine,
        "grammar.language": grammar.language,
        "grammar.server": config.grammar.server,
        "grammar.timeout": f"{config.grammar.timeout:g}",
        "grammar.on_failure": config.grammar.on_failure,
        **({f"reader.{key}": _plain(getattr(config.reader, key)) for key in READER_KEYS} if config.reader else {}),
        "vocabulary": ", ".join(p.as_posix() for p in config.vocabulary),
        "include": ", ".join(config.include),
        "exclude": ", ".join(config.exclude),
        "respect_gitignore": "true" if config.respect_gitignore else "false",
        "fail_on": config.fail_on.word if config.fail_on else "never",
        "max_warnings": "" if config.max_warnings is None else str(config.max_warnings),
        "baseline": config.baseline.as_posix() if config.baseline else "",
        **{key: ", ".join(getattr(config, key)) for key in ("locked", "check_claims", "may_override")},
        "require_reason": "true" if config.require_reason else "false",
        "encoding": config.encoding,
        "max_size": f"{config.max_size:g}",
        "fields": ", ".join(f"{name}: {kind}" for name, kind in config.fields.items()),
    }
    for key, value in shown.items():
        yield key, value, _origin(config, _nearest(config, key, draft))
    yield from _describe_rules(config, draft)


def _describe_rules(config: Config, draft: Path | None) -> Iterator[tuple[str, str, str]]:
    """What is locked above, the rules, and the overrides, in the manner of `describe`."""
    for above in config.above:
        yield "locked above", ", ".join(above.locked), str(above.path)
        yield "require_reason above", "true" if above.require_reason else "false", str(above.path)
    rules = config.for_file(draft) if draft else config.rules
    for name, setting in sorted(rules.items()):
        yield f"rules.{name}", _shown(setting), _origin(config, _nearest(config, f"rules.{name}", draft))
    for index, override in enumerate(() if draft else config.overrides):
        told = [*((name, _shown(s)) for name, s in sorted(override.rules.items())), *sorted(override.grammar.items())]
        values = "; ".join(f"{name}: {value}" for name, value in told)
        yield f"overrides.{index}", f"{', '.join(override.files)} ({values})", _origin(config, f"overrides.{index}")


def _nearest(config: Config, key: str, draft: Path | None) -> str:
    """The key that says what holds for a draft: the one of an override that applies to it, or else the same one outside of them."""
    nearer = (f"overrides.{i}.{key}" for i in reversed(config.overrides_for(draft))) if draft else ()
    return next((name for name in nearer if name in config.origins), key)


def _plain(value: object) -> str:
    """A value as a configuration file would have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else "-1" if value is None else str(value)


def _origin(config: Config, key: str) -> str:
    return str(config.origins[key]) if key in config.origins else "default"


def _shown(setting: RuleSetting) -> str:
    level = setting.level.word if isinstance(setting.level, Level) else setting.level
    return ", ".join(filter(None, [level, *(f"{name}: {value}" for name, value in setting.options.items())]))
