"""Rules in plain values, with all that is worked out of their patterns: what a wheel holds of the shipped packs, and a cache of others."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from edlint.matching.prefilter import Term, keep, prefilter
from edlint.matching.prefilter import restore as restore_prefilters
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.regexes.programs import freeze, restore
from edlint.ruleset.places import rule_files, shipped_folder, shipped_packs
from edlint.version import __version__

COMPILED = "compiled.bin"  # in the folder of the shipped packs
_LEVEL = Rule._fields.index("level")


def packed(rules: Mapping[str, Rule]) -> dict[str, Any]:
    """Rules in plain values, without what only a rule's own page needs, with the prefilters and programs of their patterns."""
    from edlint.ruleset.compile import compile_rules

    terms: set[Term] = set()
    for compat in (False, True):
        terms |= compile_rules({name: rule for name, rule in rules.items() if rule.compat is compat}).terms
    patterns = ((term, (term.pattern, prefilter(term).pattern, prefilter(term).rest)) for term in terms if not term.literal)
    searched = ((pattern, term.ignorecase) for term, each in patterns for pattern in each if pattern)
    return {
        "rules": [tuple(rule._replace(bad=(), good=(), lines={}, level=int(rule.level or 0))) for rule in rules.values()],  # type: ignore[arg-type]
        "prefilters": keep(terms),
        "programs": freeze(sorted(set(searched))),
    }


def unpacked(data: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules of plain values, whose patterns need not be read again. Raises KeyError, TypeError or ValueError for what
    `packed` did not make."""
    restore_prefilters(data["prefilters"])
    restore(data["programs"])
    for fields in data["rules"]:
        yield Rule(*fields)._replace(level=Level(fields[_LEVEL]))


def compile_shipped() -> bytes:
    """Every shipped pack, for the file that a wheel holds beside its rules. Raises RuleError for a broken rule file."""
    from edlint.ruleset.load import load_rules

    home = shipped_folder()
    files = [path for folder in shipped_packs().values() for path in rule_files(folder)]
    rules = {name: rule._replace(path=Path(rule.path).relative_to(home).as_posix()) for name, rule in load_rules(files).items()}
    sizes = {path.relative_to(home).as_posix(): path.stat().st_size for path in files}
    return marshal.dumps({"version": __version__, "sizes": sizes, **packed(rules)}, 2)


@lru_cache(maxsize=1)
def shipped_rules() -> Mapping[Path, Rule] | None:
    """What came compiled, by file; None in a checkout, or where it does not fit the rule files beside it."""
    home = shipped_folder()
    try:
        data = marshal.loads((home / COMPILED).read_bytes())
        if data["version"] != __version__ or any((home / name).stat().st_size != size for name, size in data["sizes"].items()):
            return None
        return {home / rule.path: rule._replace(path=str(home / rule.path)) for rule in unpacked(data)}
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None
