"""A pack of rules written as a style for Vale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edlint.checks import kind_of
from edlint.errors import RuleError
from edlint.model.rule import Rule
from edlint.ruleset.load import read_rule, rule_keys
from edlint.yamlfile import dumped, load_yaml

# Words of our scopes → those of Vale
_SCOPES = {"title": "heading", "quote": "blockquote", "caption": "figure.caption", "front-matter": "frontmatter"}


def exported(files: Iterable[Path]) -> tuple[dict[Path, str], list[str]]:
    """The rules that Vale can read, as (file → YAML), and the rules left out with their types. Raises RuleError for a broken file."""
    written: dict[Path, str] = {}
    left: list[str] = []
    for path in files:
        rule = read_rule(path)
        if kind_of(rule).shared:
            written[path] = dumped(_for_vale(rule, load_yaml(path, str(path), RuleError)[0]))
        else:
            left.append(f"{rule.name} ({rule.extends})")
    return written, left


def _for_vale(rule: Rule, data: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's keys without those that Vale does not have; the reason becomes the description."""
    keys = rule_keys(rule.extends)
    kept = {key: value for key, value in ((str(name).lower(), v) for name, v in data.items()) if not (key in keys and keys[key].own)}
    if "scope" in kept:
        scopes = dict.fromkeys(re.sub(r"[\w-]+", lambda word: _SCOPES.get(word[0], word[0]), scope) for scope in rule.scope)
        kept["scope"] = list(scopes) if len(scopes) > 1 else next(iter(scopes))
    if kind_of(rule).counts:
        kept["message"] = rule.message.replace("%s", "%v")  # Vale counts in whole numbers, which %s does not print
    if rule.why and not rule.description:
        kept["description"] = " ".join(rule.why.split()).replace("%", "%%")
    return kept
