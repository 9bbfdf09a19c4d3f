"""The noun Rule: one YAML file, read and checked, before it is turned into a Check."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from edlint.errors import Place
from edlint.model.finding import Level
from edlint.text.lazy import lazy

Quotes = Literal["skip", "check", "only"]
Status = Literal["preview", "stable", "deprecated"]
Delete = Literal["", "unsafe", "safe"]
TITLE = 28  # the longest title, in code points: what fits beside a column of text
PARENTS = "parents"  # among a rule's options: the files of the rules that it extends
_WORD_START = lazy(r"(?<=[a-z])(?=[A-Z])")


class Example(NamedTuple):
    """One of a rule's own tests. `match` is the exact text a finding must hold ("" = anywhere); `format` is how `text` is read."""

    text: str
    match: str = ""
    format: str = "plain"


class Rule(NamedTuple):
    """What one rule file says. `options` holds the keys that belong to the check type `extends`, as read from the file.

    `level` is None where the configuration switched the rule off. `lines` maps a dotted key ("examples.bad.0") to its
    1-based line in `path`, for error messages. `compat`: the file keeps to the
    keys and check types that edlint shares with another linter, so the rule reads drafts as that one does.
    `once`: all its findings in a draft become one, with their places.
    `delete` says whether, and how safely, the lines of a finding may be deleted as a fix. `title` names the fault to somebody who
    does not know the rule, in at most TITLE code points; see `plain_title`.
    """

    name: str
    extends: str
    message: str = ""
    level: Level | None = Level.WARNING
    scope: tuple[str, ...] = ("text",)
    quotes: Quotes = "skip"
    language: str = ""
    status: Status = "stable"
    covers: bool = False
    merge: bool = False
    once: bool = False
    limit: int = 0
    why: str = ""
    instead: str = ""
    description: str = ""
    link: str = ""
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    options: Mapping[str, Any] = MappingProxyType({})
    path: str = ""
    lines: Mapping[str, int] = MappingProxyType({})
    compat: bool = False
    delete: Delete = ""
    title: str = ""

    @property
    def pack(self) -> str:
        """The pack's name, the part before the dot."""
        return self.name.partition(".")[0]

    @property
    def plain_title(self) -> str:
        """The title; for a rule without one, its own name in words: "Oxford comma" of `Google.OxfordComma`."""
        return self.title or _WORD_START.sub(" ", self.name.rpartition(".")[2].replace("_", " ")).capitalize()

    def place(self, key: str = "") -> Place:
        """Where `key` stands in the rule file; the nearest enclosing key when it has no line of its own."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return Place(self.path, self.lines.get(key))
