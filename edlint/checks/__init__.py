"""Check types: one module each, named in one dict; plug-ins add theirs as entry points `edlint.checks`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from edlint.model.rule import Rule
from edlint.plugins import Registry, load

if TYPE_CHECKING:
    from edlint.checks.base import Check

# extends: value → module and class; a module is imported when some rule needs it.
OWN: dict[str, str] = {
    "acronym": "edlint.checks.acronym:Acronym",
    "age": "edlint.checks.age:Age",
    "agreement": "edlint.checks.agreement:Agreement",
    "announced": "edlint.checks.announced:Announced",
    "backwards": "edlint.checks.backwards:Backwards",
    "bracket": "edlint.checks.bracket:Bracket",
    "calendar": "edlint.checks.calendar:Calendar",
    "capitalization": "edlint.checks.capitalization:Capitalization",
    "change": "edlint.checks.change:Change",
    "conditional": "edlint.checks.conditional:Conditional",
    "consistency": "edlint.checks.consistency:Consistency",
    "duplicate": "edlint.checks.duplicate:Duplicate",
    "enumeration": "edlint.checks.enumeration:Enumeration",
    "existence": "edlint.checks.existence:Existence",
    "garbled": "edlint.checks.garbled:Garbled",
    "grammar": "edlint.checks.grammar:Grammar",
    "metric": "edlint.checks.metric:Metric",
    "mixture": "edlint.checks.mixture:Mixture",
    "occurrence": "edlint.checks.occurrence:Occurrence",
    "persons": "edlint.checks.persons:Persons",
    "phrase": "edlint.checks.phrase:Phrase",
    "readability": "edlint.checks.readability:Readability",
    "reference": "edlint.checks.reference:Reference",
    "repetition": "edlint.checks.repetition:Repetition",
    "restated": "edlint.checks.restated:Restated",
    "unmentioned": "edlint.checks.unmentioned:Unmentioned",
    "score": "edlint.checks.score:Score",
    "sequence": "edlint.checks.sequence:SequenceCheck",
    "share": "edlint.checks.share:Share",
    "signal": "edlint.checks.score:Signal",
    "spelling": "edlint.checks.spelling:Spelling",
    "substitution": "edlint.checks.substitution:Substitution",
    "total": "edlint.checks.total:Total",
    "typo": "edlint.checks.typo:Typo",
    "unpaired": "edlint.checks.unpaired:Unpaired",
    "variants": "edlint.checks.variants:Variants",
}
CHECKS = Registry("checks", OWN, str)
_SPOKEN = {"directive": "edlint.checks.base:Spoken"}  # what the rules extend that a filter speaks for; no rule file may


@cache
def check_class(extends: str) -> type[Check]:
    """The class behind an `extends:` value. Raises KeyError for a name that is not in CHECKS."""
    return cast("type[Check]", load(_SPOKEN.get(extends) or CHECKS[extends]))


def kind_of(rule: Rule) -> type[Check]:
    """The class behind a rule, which may be one that a filter speaks for."""
    return check_class(rule.extends)
