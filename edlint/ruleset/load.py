"""Rule files: YAML to Rule, with errors for the person who wrote the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from edlint.checks import CHECKS, check_class
from edlint.checks.base import Key
from edlint.checks.fixing import ACTION
from edlint.checks.values import text_of, typed
from edlint.errors import Place, RuleError, UnsupportedError, did_you_mean
from edlint.files.line_numbers import KeyLines
from edlint.files.yamlfile import load_yaml
from edlint.formats import FORMATS, text_formats
from edlint.matching.scope import KNOWN, unknown_word
from edlint.model.finding import LEVELS, Level
from edlint.model.rule import PARENTS, TITLE, Delete, Example, Quotes, Rule, Status
from edlint.ruleset.places import pack_of
from edlint.ruleset.proof import prove
from edlint.ruleset.wordlists import with_lists
from edlint.vale.inherit import inherited, is_reference
from edlint.vale.syntax import INLINE_SCOPES, NOT_RUN, as_compat

COMMON: dict[str, Key] = {
    "extends": Key("text", "", "the check type", CHECKS),
    "message": Key("text", "", "what a finding says; %s stands for what was found"),
    "title": Key("text", "", f"what is wrong, for a reader who does not know the rule, in at most {TITLE} letters", own=True),
    "level": Key("text", "warning", "how serious a finding is", tuple(LEVELS)),
    "scope": Key("texts", ("text",), "which blocks are read: title, heading, paragraph, quote, list, caption, table, alt …"),
    "quotes": Key("text", "skip", "what to do with words in quotation marks", get_args(Quotes), own=True),
    "language": Key("text", "", "the language the rule is written for, such as en; for drafts in another it is off", own=True),
    "status": Key("text", "stable", "preview rules run only when they are asked for by name", get_args(Status), own=True),
    "covers": Key("bool", False, "other findings inside this one's span are dropped", own=True),
    "merge": Key(
        "bool", False, "findings of the pack's merging rules become one when nothing but figures and symbols lies between them", own=True
    ),
    "once": Key(
        "bool", False, "all findings of the rule in a draft are reported as one, at the first place, with the others listed", own=True
    ),
    "delete": Key(
        "text", "", "offer to delete the whole lines of a finding; safe: --fix may do it without asking", get_args(Delete), own=True
    ),
    "lists": Key(
        "mapping", {}, "named lists of words: `{name}` in a pattern, or as an entry of `any`, stands for the words of the list", own=True
    ),
    "limit": Key("int", 0, "most findings in one file; 0 sets no limit"),
    "why": Key("text", "", "why this is a fault, for the reader of the report", own=True),
    "instead": Key("text", "", "what to do about it", own=True),
    "description": Key("text", "", "a longer explanation"),
    "link": Key("text", "", "an address to read on"),
    "examples": Key("mapping", {}, "the rule's own tests: bad texts it must flag, good ones it must not", own=True),
}


def load_rules(files: Iterable[Path], notices: list[str] | None = None, read: Callable[[Path], Rule] | None = None) -> dict[str, Rule]:
    """The rules of many files by name, each as `read` (default: `read_rule`) gives it.

    Raises RuleError for a broken file and for two files of one name.

    In a pack of rules that are all `compat` (see Rule) one that cannot be read is named in `notices` and the rest of the style runs; of two
    files of one name the first counts.
    """
    rules: dict[str, Rule] = {}
    faults: list[tuple[str, RuleError]] = []
    for path in files:
        try:
            rule = (read or read_rule)(path)
        except RuleError as broken:
            faults.append((pack_of(path), broken))
            continue
        other = rules.setdefault(rule.name, rule)
        if other.path != rule.path and not (other.compat and rule.compat):
            raise RuleError(f"a second rule named {rule.name}", Place(str(path)), f"the first is {other.path}")
    ours = {rule.pack for rule in rules.values() if not rule.compat}
    for pack, fault in faults:
        foreign = pack not in ours and any(rule.pack == pack for rule in rules.values())
        if notices is None or not (foreign or isinstance(fault, UnsupportedError)):
            raise fault
        notices.append(f"rule left out: {fault}")
    return rules


def rule_keys(extends: str) -> dict[str, Key]:
    """Every key that a rule of one check type may have. Raises KeyError for a type that is not in CHECKS."""
    return {"action": ACTION, **COMMON, **check_class(extends).keys}


def read_rule(path: Path) -> Rule:
    """One rule file. Its name is the pack's folder and its own up to the first dot. Raises RuleError."""
    data, lines = load_yaml(path, str(path), RuleError)
    name = f"{pack_of(path)}.{path.name.partition('.')[0]}"
    extends = next((value for key, value in data.items() if str(key).lower() == "extends"), None) if isinstance(data, Mapping) else None
    if not is_reference(extends):
        return make_rule(name, data, lines, str(path))
    place = Place(str(path), lines.get("extends"))
    data, parents = inherited(data, path, place)
    rule = make_rule(name, data, lines, str(path))
    return rule._replace(options={**rule.options, PARENTS: tuple(map(str, parents))})


def make_rule(name: str, data: object, lines: Mapping[str, int], path: str) -> Rule:
    """A checked Rule from what the YAML says. Raises RuleError with file, line, key and the nearest right key."""
    if not isinstance(data, Mapping):
        raise RuleError("a rule is a mapping of keys such as `extends:` and `message:`", Place(path, 1))
    raw = {str(key).lower(): value for key, value in data.items()}
    shell = Rule(name, "", path=path, lines=lines.lowered() if isinstance(lines, KeyLines) else lines)
    extends = raw.get("extends")
    if isinstance(extends, str) and extends in NOT_RUN:
        raise UnsupportedError(f"rules of type `{extends}` are not run", shell.place("extends"), NOT_RUN[extends])
    if not isinstance(extends, str) or extends not in CHECKS:
        what = f"unknown check type {extends!r}" if extends else "the key `extends` is missing"
        raise RuleError(what, shell.place("extends"), did_you_mean(str(extends or ""), CHECKS) or "one of " + ", ".join(CHECKS))
    kind, keys = check_class(extends), rule_keys(extends)
    if kind.lenient:
        raw = {key: value for key, value in raw.items() if key in keys}
    compat = kind.shared and not any(keys[key].own for key in raw if key in keys)
    if compat:
        raw = as_compat(raw)
    values = {key: _typed(shell, key, value, keys) for key, value in with_lists(shell, raw).items()}
    given = {key: values.get(key, spec.default) for key, spec in COMMON.items()}
    if not given["message"] and kind.reports:
        at = shell.place("message" if "message" in raw else "extends")
        raise RuleError("the key `message` is missing", at, "say what is wrong; %s stands for what was found")
    if len(given["title"].strip()) > TITLE:
        raise RuleError(f"the title has more than {TITLE} letters", shell.place("title"), "name the fault in three or four words")
    given["quotes"] = "check" if compat else given["quotes"]
    bad, good = _examples(shell, given["examples"])
    options = {k: v for k, v in values.items() if k not in COMMON or k in kind.keys}
    rule = Rule(
        name=name, extends=extends, message=given["message"], level=LEVELS.get(given["level"], Level.WARNING),
        scope=tuple(given["scope"]), quotes=given["quotes"], language=given["language"], status=given["status"], covers=given["covers"],
        merge=given["merge"], once=given["once"], limit=given["limit"], why=given["why"].strip(), instead=given["instead"].strip(),
        description=given["description"], link=given["link"], bad=bad, good=good, compat=compat, delete=given["delete"],
        title=given["title"].strip(),
        options=options, path=path, lines=shell.lines,
    )  # fmt: skip
    validate(rule)
    return rule


def validate(rule: Rule) -> None:
    """Build the rule's check, compile its regexes once, and look at its scopes. Raises RuleError placed at the key at fault."""
    prove(rule)
    for selector in rule.scope:
        unknown = unknown_word(selector)
        if unknown and not (rule.compat and (unknown in INLINE_SCOPES or not did_you_mean(unknown, KNOWN))):
            raise RuleError(f"unknown scope {unknown!r}", rule.place("scope"), did_you_mean(unknown, KNOWN))


def _typed(rule: Rule, key: str, value: object, keys: Mapping[str, Key]) -> Any:
    """A key's value in the type the key asks for. Raises RuleError."""
    if key not in keys:
        raise RuleError(f"unknown key {key!r}", rule.place(key), "use `scope: raw`" if key == "code" else did_you_mean(key, keys))
    try:
        return typed(value, keys[key])
    except ValueError as fault:
        raise RuleError(f"{key}: {fault}", rule.place(key)) from None


def _examples(rule: Rule, given: Mapping[str, Any]) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    for side in given:
        if side not in ("bad", "good"):
            raise RuleError(f"unknown key {side!r} in examples", rule.place(f"examples.{side}"), "bad, good")
        if not isinstance(given[side], list | None):
            raise RuleError(f"examples.{side}: must be a list of texts", rule.place(f"examples.{side}"))
    bad, good = (
        tuple(_example(rule, f"examples.{side}.{n}", entry) for n, entry in enumerate(given.get(side) or ())) for side in ("bad", "good")
    )
    return bad, good


def _example(rule: Rule, key: str, entry: object) -> Example:
    if not isinstance(entry, Mapping):
        return Example(text_of(entry))
    for name in entry:
        if name not in ("text", "match", "format"):
            hint = did_you_mean(name, ("text", "match", "format"))
            raise RuleError(f"unknown key {name!r} in an example", rule.place(f"{key}.{name}"), hint)
    if "text" not in entry:
        raise RuleError("an example has a `text`", rule.place(key))
    kind = str(entry.get("format", "plain"))
    if kind not in FORMATS or FORMATS[kind].container:
        raise RuleError(f"the format of an example cannot be {kind!r}", rule.place(f"{key}.format"), "one of " + ", ".join(text_formats()))
    return Example(text_of(entry["text"]), text_of(entry.get("match", "")), kind)
