"""`phrase`: patterns whose named groups must be, or must not be, certain words or parts of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit, Units
from edlint.checks.dialect import translate
from edlint.checks.tags import TAGS
from edlint.errors import did_you_mean
from edlint.model.document import Document
from edlint.model.finding import Edit, Fix
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from regex import Match as Found

LONGEST = 5_000  # characters; a longer "sentence" is a table or a dump, not worth the tagger's time
_ANY = lazy(r"\(\?P<(\w+)>\\w\+\)(?=\\b| |$)")  # a group that takes any one word
_GROUP = lazy(r"\(\?P?<(\w+)>")
_REFERENCE = lazy(r"\$(?:(\d+)|\{(\w+)\})")
CASE_KEYS: dict[str, Key] = {
    "pattern": Key("text", "", "a regex, read in a sentence with straight quotes and plain blanks; the group `at`, if any, is reported"),
    "tags": Key("mapping", {}, "group: the Penn tags one of which each of its words must have"),
    "not": Key("mapping", {}, "group: the Penn tags none of which a word of it may have"),
    "among": Key("mapping", {}, "group: the words one of which it must be, or the name of one of `lists`"),
    "except": Key("mapping", {}, "group: the words none of which it may be, or the name of one of `lists`"),
    "replace": Key("text", "", "the replacement; $1 and ${name} stand for groups"),
    "message": Key("text", "", "instead of the rule's message"),
    "cased": Key("bool", False, "compare with regard to case"),
}

Demand = tuple[str, frozenset[str], bool]  # a group, a set, and whether what the group holds must be in it or must not


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case:
    """One entry of `cases`."""

    term: Term
    words: tuple[Demand, ...]
    tags: tuple[Demand, ...]
    replace: str
    message: str

    def fits(self, found: Found[str]) -> bool:
        """Whether the words of a match's groups are as they must be. A group that took no part is as it should be."""
        return all((found[group].lower() in listed) is wanted for group, listed, wanted in self.words if found[group] is not None)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Phrase(Check):
    """Every match of a case, inside one sentence. Only where its words fit is the sentence tagged."""

    keys: ClassVar[Mapping[str, Key]] = {
        "cases": Key("list", (), "what to look for: mappings of " + ", ".join(CASE_KEYS), entries=CASE_KEYS),
        "lists": Key("mapping", {}, "name: words, for use in `among` and `except`"),
    }
    rule: Rule
    cases: tuple[Case, ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError, placed at the entry, for cases that cannot work."""
        if not options["cases"]:
            raise options.error("cases", "a phrase rule needs at least one case")
        lists = {str(name): _words(options, f"lists.{name}", words) for name, words in options["lists"].items()}
        return cls(rule, tuple(_case(options, f"cases.{n}", entry, lists) for n, entry in enumerate(options["cases"])))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [case.term for case in self.cases]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "sentence")
        found = (m for case in self.cases if scan.possible(case.term) for m in _matches(scan, case, units))
        yield from sorted(found, key=lambda match: match.span)


def _matches(scan: Scan, case: Case, units: Units) -> Iterator[Match]:
    """What a case has to say about a document."""
    for number, hits in groupby(scan.hits(case.term, units), key=lambda hit: hit.unit):
        unit = units[number]
        text = scan.plain(unit.block)[unit.start : unit.end]
        for hit in hits:
            found = compiled(case.term.pattern, case.term.ignorecase).match(text, hit.start - unit.start)
            if found and case.fits(found) and (not case.tags or _tagged_so(scan.document, unit, case, found)):
                yield _match(scan.document, case, unit, found)


def _match(document: Document, case: Case, unit: Unit, found: Found[str]) -> Match:
    whole = "at" if "at" in found.groupdict() else 0
    start, end = unit.start + found.start(whole), unit.start + found.end(whole)
    block = document.blocks[unit.block]
    span, seen = block.span(start, end), block.text[start:end]
    better = _expand(case.replace, found, seen) if case.replace else ""
    fixes = (Fix(f"replace by {better!r}", (Edit(span, better),)),) if better else ()
    return Match(span, seen, (better, seen) if better else (seen,), fixes=fixes, template=case.message)


def _tagged_so(document: Document, unit: Unit, case: Case, found: Found[str]) -> bool:
    """Whether the words of a match's groups are the parts of speech they must be; no in what is too long to be a sentence."""
    if unit.end - unit.start > LONGEST:
        return False
    words = document.tagged(unit.block, (unit.start, unit.end))
    for group, tags, wanted in case.tags:
        start, end = (unit.start + offset for offset in found.span(group))
        if any((tag in tags) is not wanted for (a, b), tag in words if a < end and b > start):
            return False
    return True


def _expand(template: str, found: Found[str], seen: str) -> str:
    """The replacement, with a capital where what it replaces has one."""
    better = _REFERENCE.sub(lambda ref: found[int(ref[1]) if ref[1] else ref[2]] or "", template)
    return better[:1].upper() + better[1:] if seen[:1].isupper() else better


def _case(options: Options, key: str, entry: object, lists: Mapping[str, frozenset[str]]) -> Case:
    if not isinstance(entry, Mapping):
        raise options.error(key, "a case is a mapping such as {pattern: discuss about, replace: discuss}")
    for name in entry:
        if name not in CASE_KEYS:
            raise options.error(f"{key}.{name}", f"unknown key {name!r} in a case", did_you_mean(str(name), CASE_KEYS))
    value = {name: entry.get(name, spec.default) for name, spec in CASE_KEYS.items()}
    if not isinstance(value["pattern"], str) or not value["pattern"]:
        raise options.error(key, "a case needs a `pattern`")
    groups = set(_GROUP.findall(value["pattern"]))
    demands: dict[str, list[Demand]] = {side: [] for side in ("among", "except", "tags", "not")}
    for side, demanded in demands.items():
        for group, given in value[side].items():
            if group not in groups:
                raise options.error(key, f"the pattern has no group {group!r}", did_you_mean(group, groups))
            place = f"{key}.{side}.{group}"
            known = _listed(options, place, given, lists) if side in ("among", "except") else _tags(options, place, given)
            demanded.append((group, known, side in ("among", "tags")))
    words, tags = (*demands["among"], *demands["except"]), (*demands["tags"], *demands["not"])
    among = {} if value["cased"] else {group: listed for group, listed, _ in demands["among"]}
    term = _term(options, key, _narrowed(value["pattern"], among), ignorecase=not value["cased"])
    return Case(term, words, tags, str(value["replace"]), str(value["message"]))


def _narrowed(pattern: str, among: Mapping[str, frozenset[str]]) -> str:
    """The pattern with the words that a group must be in place of any word: so it is tried only where one of them stands."""

    def words(found: re.Match[str]) -> str:
        listed = among.get(found[1])
        return f"(?P<{found[1]}>{'|'.join(map(re.escape, sorted(listed)))})(?!\\w)" if listed else found[0]

    return _ANY.sub(words, pattern)


def _term(options: Options, key: str, pattern: str, *, ignorecase: bool) -> Term:
    try:
        return Term(translate(pattern), literal=False, ignorecase=ignorecase)
    except ValueError as fault:
        raise options.error(f"{key}.pattern", f"the pattern does not compile: {fault}") from None


def _listed(options: Options, key: str, given: object, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words given as they are, or by the name of a list. Raises RuleError."""
    if not isinstance(given, str):
        return _words(options, key, given)
    if given not in lists:
        raise options.error(key, f"there is no list {given!r}", did_you_mean(given, lists))
    return lists[given]


def _tags(options: Options, key: str, given: object) -> frozenset[str]:
    tags = [given] if isinstance(given, str) else given
    if not isinstance(tags, list | tuple) or not all(isinstance(tag, str) and tag == tag.upper() for tag in tags):
        raise options.error(key, "a tag of the Penn Treebank such as NN is wanted, or a list of them")
    for tag in tags:
        if tag not in TAGS:
            raise options.error(key, f"there is no tag {tag!r}", did_you_mean(tag, TAGS))
    return frozenset(tags)


def _words(options: Options, key: str, given: object) -> frozenset[str]:
    if not isinstance(given, list | tuple) or not all(isinstance(word, str) for word in given):
        raise options.error(key, "a list of words is wanted; in YAML, words such as no and on need quotation marks")
    return frozenset(word.lower() for word in given)
