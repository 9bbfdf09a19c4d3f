"""The pages that are made from the rules and the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from edlint.authoring.schema import SCHEMAS, dumped
from edlint.checks import CHECKS, check_class
from edlint.checks.base import Check, Key
from edlint.checks.cues import CUE_KEYS
from edlint.checks.features import FEATURES
from edlint.checks.fixing import ACTION_KEYS
from edlint.matching.scope import words
from edlint.model.document import KINDS, Block
from edlint.report.links import PAGES as RULE_PAGES
from edlint.ruleset.load import COMMON
from edlint.text.sourcemap import SourceMap

from . import NOTE, ROOT
from .commands import cli_page, configuration_page
from .marked import MARKED
from .rules import rule_pages, site
from .suffixes import HOLDING
from .terminal import PICTURES, picture

SCOPES = """\
A scope selects blocks by the words in this table. Titles and headings can also be selected by level (`h1` to `h6`), blocks by the
containers around them (`list`, `quote`, `table`, `figure`, `note`, `nav`, `aside`, `footer`, `form`, and `template` for those of a
whole HTML page), and front matter by the names of its fields."""
_TYPES = {"texts": "text or list", "int": "whole number", "bool": "true or false", "any": "anything"}


def keys_page() -> str:
    """Every key of rule files and cues."""
    lines = ["# Keys", "", NOTE, "", "## All rules", "", *_table(COMMON), ""]
    lines += ["### Scopes", "", SCOPES, "", "| block | its words |", "|---|---|"]
    lines += [*(f"| {kind} | {_words(kind)} |" for kind in KINDS), "", "## By check type", ""]
    for name in CHECKS:
        kind = check_class(name)
        lines += [f"### {name}", "", _first(kind.__doc__), "", *_table(kind.keys), ""]
        for heading, keys in _entries(kind):
            lines += [heading, "", *_table(keys), ""]
    lines += ["## Cues", "", "Each entry of `cues:` has `any`, `pattern` or both, or else `feature` or `signal`.", ""]
    lines += [*_table(CUE_KEYS), "", "### Features", "", "| feature | value |", "|---|---|"]
    lines += [f"| `{name}` | {_cell(_first(feature.__doc__))} |" for name, feature in FEATURES.items()]
    return "\n".join([*lines, ""])


def _entries(kind: type[Check]) -> Iterator[tuple[str, Mapping[str, Key]]]:
    """(heading, keys) of the mappings that a check type reads, but for cues and actions."""
    for name, key in kind.keys.items():
        if key.entries and key.entries not in (CUE_KEYS, ACTION_KEYS):
            yield (f"Each entry of `{name}`:" if key.type == "list" else f"In `{name}`:"), key.entries


def _words(kind: str) -> str:
    block = Block(kind, "x", SourceMap.verbatim(0))  # type: ignore[arg-type]
    return ", ".join(f"`{word}`" for word in sorted(words(block)))


def _table(keys: Mapping[str, Key]) -> Iterable[str]:
    yield from ("| key | value | default | meaning |", "|---|---|---|---|")
    for name, key in keys.items():
        kind = ", ".join(f"`{c}`" for c in key.choices if c) or _TYPES.get(key.type, key.type)
        yield f"| `{name}` | {kind} | {_default(key)} | {_cell(key.help)} |"


def _default(key: Key) -> str:
    if key.default in (None, "", (), {}):
        return ""
    if isinstance(key.default, tuple):
        return f"`[{', '.join(key.default)}]`"
    return f"`{str(key.default).lower()}`" if isinstance(key.default, bool) else f"`{key.default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _first(doc: str | None) -> str:
    return " ".join((doc or "").split("\n\n")[0].split())


PAGES: dict[str, Callable[[], str]] = {
    ".mkdocs.yml": site,
    **rule_pages(),
    "docs/keys.md": keys_page,
    "docs/cli.md": partial(cli_page, NOTE),
    "docs/configuration.md": partial(configuration_page, NOTE),
    **{f"docs/schema/{name}.json": partial(dumped, name) for name in SCHEMAS},
    **MARKED,
    **{name: partial(picture, scheme) for name, scheme in PICTURES.items()},
    **HOLDING,
}


def stale_pages() -> list[Path]:
    """Pages in the folder of the rule pages whose rule is gone."""
    return [path for path in (ROOT / RULE_PAGES).rglob("*.md") if path.relative_to(ROOT).as_posix() not in PAGES]
