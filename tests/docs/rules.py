"""docs/rules/: a page for each shipped rule, their index, and their place in the navigation of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from edlint.checks import CHECKS, check_class, kind_of
from edlint.checks.base import Key
from edlint.filters.directives import RULES as DIRECTIVE_RULES
from edlint.model.rule import Example, Rule
from edlint.report.links import PAGES, REPOSITORY, page_path
from edlint.ruleset.load import load_rules
from edlint.ruleset.measured import measured
from edlint.ruleset.places import rule_files, shipped_folder, shipped_packs

from . import NOTE, ROOT

INDEX = f"{PAGES}/index.md"
QUOTES = {"skip": "not checked", "check": "checked", "only": "only these are checked"}
_READ_AS = {"html": " (in HTML)", "markdown": " (in Markdown)"}
_SITE = ROOT / ".mkdocs.yml"


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Every shipped rule, pack by pack; in each pack those that report something first."""
    rules = load_rules(path for folder in shipped_packs().values() for path in rule_files(folder))
    return (*sorted(rules.values(), key=lambda rule: (rule.pack, not kind_of(rule).reports)), *DIRECTIVE_RULES.values())


def rule_pages() -> dict[str, Callable[[], str]]:
    """The page of each rule, and their index: path in the repository and what writes it."""
    return {INDEX: index, **{page_path(rule): partial(page, rule) for rule in shipped_rules()}}


def index() -> str:
    """All packs, each with a table of its rules."""
    lines = [
        "# The rules", "", NOTE, "",
        "Each rule has a page that says what it looks for, why, and what to do instead. `edlint explain` prints the same in a terminal.",
        "[Writing rules](../rules-howto.md) shows how to add your own.", "",
    ]  # fmt: skip
    for pack, members in groupby(shipped_rules(), key=lambda rule: rule.pack):
        lines += [f"## {pack}", "", "| rule | level | what it is about |", "|---|---|---|"]
        lines += [f"| [{r.name}]({r.name.replace('.', '/')}.md) | {_level(r)} | {_cell(_first_sentence(r.why))} |" for r in members]
        lines.append("")
    return "\n".join(lines)


def page(rule: Rule) -> str:
    """The page of one rule."""
    lines = [f"# {rule.name}", "", NOTE, "", *_facts(rule), ""]
    for title, text in (("Why", rule.why), ("Instead", rule.instead), ("More", rule.description)):
        lines += [f"## {title}", "", " ".join(escaped(text).split()), ""] if text else []
    for title, examples in (("Flagged", rule.bad), ("Not flagged", rule.good)):
        if examples:
            lines += [f"## {title}", "", *(line for example in examples for line in _example(example)), ""]
    lines += _options(rule)
    lines += ["## Measured", "", escaped(told), ""] if (told := measured(rule.name)) else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _facts(rule: Rule) -> Iterator[str]:
    """What can be said of a rule in a word or two, as a table."""
    yield from ("| property | here |", "|---|---|")
    if rule.title:
        yield f"| title | {_cell(escaped(rule.title))} |"
    yield f"| level | {_level(rule)} |"
    if kind_of(rule).reports and re.search("[a-z]{2}", rule.message):  # not only what an engine remarks
        yield f"| message | {_cell(escaped(rule.message))} |"
    if rule.extends in CHECKS:
        yield f"| check type | [{rule.extends}](../../keys.md#{rule.extends}) |"
        yield f"| read in | {', '.join(f'`{scope}`' for scope in rule.scope)} |"
        yield f"| quoted words | {QUOTES[rule.quotes]} |"
    if rule.language:
        yield f"| language | `{rule.language}` |"
    if rule.status != "stable":
        yield f"| status | {rule.status} |"
    if rule.path:
        source = f"rules/{Path(rule.path).relative_to(shipped_folder()).as_posix()}"
        yield f"| source | [{source}]({REPOSITORY}{source}) |"


def _level(rule: Rule) -> str:
    if not kind_of(rule).reports:
        return "none: a signal for other rules"
    return f"**{rule.level.word}**" if rule.level else "off"


def _example(example: Example) -> Iterator[str]:
    """An example as a list item where it is one plain line, else as a block of code."""
    text = example.text.strip("\n")
    if "\n" not in text and "`" not in text and text == text.strip():
        yield f"- `{text}`{_READ_AS.get(example.format, '')}"
        return
    fence = "````" if "```" in text else "```"
    yield from ("", f"{fence}text", *text.split("\n"), fence, "")


def _options(rule: Rule) -> Iterator[str]:
    """The keys of the rule's check type that hold a number, a switch or a choice, with what they are in this rule."""
    keys = check_class(rule.extends).keys if rule.extends in CHECKS else {}
    simple = {name: key for name, key in keys.items() if key.type in ("int", "number", "bool") or key.choices}
    if simple:
        yield from ("## Options", "", f"Set them in the [configuration](../../configuration.md), under `rules: {{{rule.name}: …}}`.", "")
        yield from ("| key | here | meaning |", "|---|---|---|")
        yield from (f"| `{name}` | {_value(rule, name, key)} | {_cell(key.help)} |" for name, key in simple.items())
        yield ""


def _value(rule: Rule, name: str, key: Key) -> str:
    value = rule.options.get(name, key.default)
    if value is None or value == "":
        return "not set"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def site() -> str:
    """The configuration of the site, in which the rule pages and the decision records are listed anew."""
    text = _SITE.read_text(encoding="utf-8")
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    text = _replaced(text, "decisions", [f"decisions/{record.name}" for record in records])
    return _replaced(text, "rules", _navigation())


def _navigation() -> Iterator[str]:
    yield "rules/index.md"
    for pack, members in groupby(shipped_rules(), key=lambda rule: rule.pack):
        yield f"{pack}:"
        for rule in members:
            path = Path(page_path(rule)).relative_to("docs").as_posix()
            yield f"    - {rule.name}: {path}"


def _replaced(text: str, name: str, items: list[str] | Iterator[str]) -> str:
    """The text with the lines between `# made: NAME` and `# end: NAME` replaced by a list, indented as these marks are."""
    head, mark, rest = text.partition(f"# made: {name}\n")
    _, end, tail = rest.partition(f"# end: {name}\n")
    assert mark and end, f"{_SITE} has no marks for {name}"
    margin = head[head.rindex("\n") + 1 :]
    lines = "".join(f"{margin}{item if item.startswith(' ') else f'- {item}'}\n" for item in items)
    return f"{head}{mark}{lines}{margin}{end}{tail}"


def escaped(text: str) -> str:
    """Text of a rule as Markdown in which it means nothing but itself."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _first_sentence(text: str) -> str:
    first, stop, _ = " ".join(escaped(text).split()).partition(". ")
    return first + stop.strip()
