"""The pages that are made from the rules and the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from edlint.checks import CHECKS, check_class, kind_of
from edlint.checks.base import Check, Key
from edlint.checks.cues import CUE_KEYS
from edlint.checks.features import FEATURES
from edlint.checks.fixing import ACTION_KEYS
from edlint.document import KINDS, Block
from edlint.filters.directives import RULES as DIRECTIVE_RULES
from edlint.rule import Example, Rule
from edlint.ruleset.load import COMMON, load_rules
from edlint.ruleset.measured import measured
from edlint.ruleset.places import rule_files, shipped_packs
from edlint.ruleset.scope import words
from edlint.schema import SCHEMAS, dumped
from edlint.text.sourcemap import SourceMap

from .commands import cli_page, configuration_page

NOTE = "*This page is made from the code by `make docs`; change it there.*"
SCOPES = """\
A scope names blocks by their words. Besides the words below, titles and headings have their level (`h1` to `h6`), every block
the containers around it (`list`, `quote`, `table`, `figure`, `note`, `nav`, `aside`, `footer`, `form`,
and `template` for those of a whole HTML page), and a field of the
front matter its name."""
_TYPES = {"texts": "text or list", "int": "whole number", "bool": "true or false", "any": "anything"}


def rules_page() -> str:
    """Every shipped rule, by pack."""
    rules = load_rules(path for folder in shipped_packs().values() for path in rule_files(folder))
    packs: dict[str, list[Rule]] = {}
    for rule in (*rules.values(), *DIRECTIVE_RULES.values()):
        packs.setdefault(rule.pack, []).append(rule)
    lines = [
        "# The rules", "", NOTE, "",
        "`edlint explain RULE` shows the same in a terminal. [Writing rules](rules-howto.md) tells how to add your own.", "",
    ]  # fmt: skip
    for pack, members in packs.items():
        lines += [f"## {pack}", ""]
        for rule in sorted(members, key=lambda r: not kind_of(r).reports):
            lines += _rule(rule)
    return "\n".join(lines)


def _rule(rule: Rule) -> list[str]:
    level = rule.level.word if rule.level and kind_of(rule).reports else "reports nothing"
    kind = f", type [{rule.extends}](keys.md#{rule.extends})" if rule.extends in CHECKS else ""
    status = "" if rule.status == "stable" else f", {rule.status}"
    lines = [f"### {rule.name}", "", f"**{level}**{kind}{status}", ""]
    for label, text in (("", rule.why), ("**Instead:** ", rule.instead)):
        lines += [label + " ".join(_escape(text).split()), ""] if text else []
    lines += [f"**Measured:** {_escape(told)}", ""] if (told := measured(rule.name)) else []
    for title, examples in (("Found", rule.bad), ("Left alone", rule.good)):
        if examples:
            lines += [f"{title}:", "", *(line for example in examples for line in _example(example)), ""]
    return lines


def _example(example: Example) -> list[str]:
    text = example.text.strip("\n")
    if "\n" not in text and "`" not in text and text == text.strip():
        return [f"- `{text}`"]
    return ["- ```text", *(f"  {line}".rstrip() for line in text.split("\n")), "  ```"]


def keys_page() -> str:
    """Every key of rule files and cues."""
    lines = ["# Keys", "", NOTE, "", "## Of every rule", "", *_table(COMMON), ""]
    lines += ["### Scopes", "", SCOPES, "", "| block | its words |", "|---|---|"]
    lines += [*(f"| {kind} | {_words(kind)} |" for kind in KINDS), "", "## Of one check type", ""]
    for name in CHECKS:
        kind = check_class(name)
        lines += [f"### {name}", "", _first(kind.__doc__), "", *_table(kind.keys), ""]
        for heading, keys in _entries(kind):
            lines += [heading, "", *_table(keys), ""]
    lines += ["## Of a cue", "", "An entry of `cues:` has `any` or `pattern` (or both), or `feature`, or `signal`.", ""]
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


def _escape(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _first(doc: str | None) -> str:
    return " ".join((doc or "").split("\n\n")[0].split())


PAGES: dict[str, Callable[[], str]] = {
    "docs/rules.md": rules_page,
    "docs/keys.md": keys_page,
    "docs/cli.md": partial(cli_page, NOTE),
    "docs/configuration.md": partial(configuration_page, NOTE),
    **{f"docs/schema/{name}.json": partial(dumped, name) for name in SCHEMAS},
}
