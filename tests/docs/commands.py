"""docs/cli.md and docs/configuration.md, made from the commands and the file that `edlint init` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from edlint.cli import cli
from edlint.cli.setup import TEMPLATE

_KEY = re.compile(r"^(?P<indent> *)(?P<key>\w+):(?: +(?P<value>[^#]*?))? *(?:# (?P<help>.*))?$")


def cli_page(note: str) -> str:
    """Every command with its arguments and options."""
    lines = [
        "# Commands",
        "",
        note,
        "",
        "Paths without a command mean `check`. Every option of `check` can also be set as an environment variable:",
    ]
    lines += ["`EDLINT_` and the option's name in capitals, such as `EDLINT_COLOR=never`.", ""]
    return "\n".join([*lines, *_commands(cli, "edlint", 2, None)])


def _commands(group: click.Group, path: str, depth: int, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(group, parent, info_name=path, **(group.context_settings if parent is None else {}))
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from (f"{'#' * depth} {path} {name}", "", *_help(command), "")
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}", depth + 1, context)
        else:
            yield from _parameters(command, f"{path} {name}", context)


def _help(command: click.Command) -> Iterator[str]:
    paragraphs = (command.help or "").split("\n\n")
    yield "\n\n".join(map(_paragraph, paragraphs))


def _paragraph(text: str) -> str:
    """A paragraph of help as Markdown; click leaves the lines of those marked with a backspace as they are."""
    if text.lstrip().startswith("\b"):
        lines = (line.strip() for line in text.replace("\b", "").strip().splitlines())
        return "\n".join(["```text", *lines, "```"])
    return " ".join(text.split())


def _parameters(command: click.Command, path: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, parent, info_name=path)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from ("```text", f"{path} {usage}", "```", "")
    rows = [record for param in command.params if isinstance(param, click.Option) and (record := param.get_help_record(context))]
    if rows:
        yield from ("| option | meaning |", "|---|---|")
        for names, meaning in rows:
            yield f"| `{names.replace('|', chr(92) + '|')}` | {' '.join(meaning.split()).replace('|', chr(92) + '|')} |"
        yield ""


def configuration_page(note: str) -> str:
    """Every key of the configuration: its default and what it means."""
    lines = [
        "# Configuration", "", note, "",
        "edlint uses the nearest `.edlint.yml`, `.edlint.yaml` or `[tool.edlint]` in `pyproject.toml`, searching from the draft's folder",
        "up to the root of its repository, and if there is none, a `.vale.ini`. The nearest file replaces all others; use `extends:` to",
        "include packs, folders of rules and other files. `edlint config show draft.md` shows which value applies to a draft, and where it",
        "was set.", "",
        "| key | default | meaning |", "|---|---|---|",
    ]  # fmt: skip
    lines += [f"| `{key}` | {f'`{value}`' if value else ''} | {_cell(meaning)} |" for key, value, meaning in _keys(TEMPLATE)]
    lines += ["", "`edlint init` writes this file:", "", "```yaml", *TEMPLATE.splitlines(), "```", ""]
    return "\n".join(lines)


def _keys(template: str) -> Iterator[tuple[str, str, str]]:
    """(dotted key, default, meaning) of each key in a commented configuration; a remark that runs on over lines is one."""
    path: list[str] = []
    rows: list[list[str]] = []
    for line in template.splitlines():
        if found := _KEY.match(line):
            depth = len(found["indent"]) // 2
            path = [*path[:depth], found["key"]]
            rows.append([".".join(path), (found["value"] or "").strip(), found["help"] or ""])
        elif rows and line.strip().startswith("#"):
            rows[-1][2] += " " + line.strip().lstrip("#").strip()
    yield from ((key, value, meaning) for key, value, meaning in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")
