"""`persons`: what a draft says of its people: titles that change, a name nobody introduced, a quotation of two speakers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ClassVar, NamedTuple, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import Sentence, sentences_with
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

_SAID = r"(?:said|says|told [A-Z]\w+|added|adds|replied|explained|insisted|argued|wrote|asked|warned|claimed)"
_APART = 4  # blocks between two introductions that make the second one superfluous


class Titled(NamedTuple):
    """A use of a surname with a title before it."""

    sentence: Sentence
    place: tuple[int, int]
    title: str
    first: str
    surname: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Persons(Check):
    """The uses of a person's name are compared with one another."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key(
            "text",
            "title",
            "what is looked at: titles that change, surnames never introduced, introductions that come twice, speakers, pronouns",
            ("title", "unintroduced", "twice", "speakers", "pronoun"),
        ),
        "titles": Key("list", (), "lists of titles; nobody has titles of two of the lists"),
    }
    rule: Rule
    kind: str
    titles: tuple[tuple[str, ...], ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for titles that are no lists, and for titles where they are not wanted or are wanted and missing."""
        for number, listed in enumerate(options["titles"]):
            if not isinstance(listed, list | tuple):
                raise options.error(f"titles.{number}", "a list of titles is wanted")
        if bool(options["titles"]) is (options["kind"] in _STARTS):
            raise options.error("titles", "kinds title and unintroduced need lists of titles, the other kinds take none")
        return cls(rule, options["kind"], tuple(tuple(map(str, listed)) for listed in options["titles"]))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        if self.titles:
            return [Term(title, literal=True, ignorecase=False) for listed in self.titles for title in listed]
        return [Term(pattern, literal=False, ignorecase=False) for pattern in _STARTS[self.kind]]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        sentences = list(sentences_with(scan, self.rule.scope, self.terms))
        if self.titles:
            yield from _titles(scan, self, sentences)
        elif sentences:
            yield from _FINDERS[self.kind](scan, sentences)


_STARTS: Mapping[str, tuple[str, ...]] = {
    "twice": (r"[a-z], (?:the|a|an) [a-z]",),
    "speakers": (rf"\b{_SAID}\b",),
    "pronoun": (r"\bsaid (?:that )?(?:he|she)\b",),
}


def _titled(check: Persons, sentences: Sequence[Sentence]) -> Iterator[Titled]:
    for sentence in sentences:
        for found in _title_pattern(check.titles).finditer(sentence.text):
            yield Titled(sentence, found.span(), found["title"], (found["first"] or "").split(" ")[0], re.sub(r"'s$", "", found["surname"]))


_BEFORE = ("Deputy", "Vice", "Lord", "Major", "Attorney", "Inspector", "Mr and", "Mr. and", "Mr &")  # with them it is another title


@lru_cache(maxsize=8)
def _title_pattern(titles: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    listed = sorted((title for group in titles for title in group), key=len, reverse=True)
    name = r"[A-Z][^\W\d_]+(?:['-][^\W\d_]+)*"
    return re.compile(
        rf"{''.join(f'(?<!{word} )' for word in _BEFORE)}(?<!-)\b(?P<title>{'|'.join(map(re.escape, listed))})\.? "
        rf"(?P<first>(?:{name} |[A-Z]\. ){{0,2}})(?P<surname>{name})\b(?! and\b|&)"
    )


def _titles(scan: Scan, check: Persons, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """A title that changes; or a surname with a title for which no first name is ever given."""
    sort = {title: number for number, listed in enumerate(check.titles) for title in listed}
    uses: dict[str, list[Titled]] = {}
    for use in _titled(check, sentences):
        uses.setdefault(use.surname, []).append(use)
    suspect = _unintroduced if check.kind == "unintroduced" else _changed
    suspects = {surname: suspected for surname, group in uses.items() if (suspected := suspect(group, sort))}
    for surname, firsts in _first_names(scan, suspects).items():
        here, given = suspects[surname], firsts - sort.keys()
        if check.kind == "unintroduced":
            if not given:
                yield here.sentence.match(scan, here.place, (surname,))
        elif len(given) < 2:
            first = uses[surname][0]
            before = first.sentence.text[slice(*first.place)]
            found = here.sentence.match(scan, here.place, (before,))
            yield found._replace(related=(first.sentence.related(scan, first.place, before),))


def _unintroduced(group: Sequence[Titled], sort: Mapping[str, int]) -> Titled | None:
    """The first use of a surname that stands more than once, and never with a first name behind its title."""
    return group[0] if len(group) > 1 and not any(use.first for use in group) else None


def _changed(group: Sequence[Titled], sort: Mapping[str, int]) -> Titled | None:
    """The first use of a surname under another sort of title, where it has two titles in all."""
    if len({use.title for use in group}) != 2:
        return None
    return next((use for use in group if sort[use.title] != sort[group[0].title]), None)


_FULL = lazy(r"\b([A-Z][^\W\d_]+)(?=(?: [A-Z]\.)* ([A-Z][^\W\d_]*\b(?:['-][^\W\d_]+\b){0,5}))")
_PART_END = lazy(r"['-]|$")  # Lee of "Ana Lee-Ruiz" and of "Ana Lee's" is a surname too


def _first_names(scan: Scan, surnames: Collection[str]) -> Mapping[str, set[str]]:
    """For each surname the words with a capital that stand right before it anywhere in the draft. All are looked for in one pass."""
    from edlint.text.people import HONORIFICS, OPENERS

    firsts: dict[str, set[str]] = {surname: set() for surname in surnames}
    for number in range(len(scan.document.blocks) if firsts else 0):
        past: dict[str, int] = {}  # in "Ana Ruiz Ruiz" the second Ruiz has no first name
        for found in _FULL.finditer(scan.plain(number)):
            for part in _PART_END.finditer(found[2]):
                surname = found[2][: part.start()]
                if surname in firsts and found.start() >= past.get(surname, 0):
                    firsts[surname].add(found[1])
                    past[surname] = found.start(2) + part.start()
    return {surname: given.difference(HONORIFICS, OPENERS) for surname, given in firsts.items()}


@cache
def _introduction() -> re.Pattern[str]:
    from edlint.text.people import FULL_NAME

    return re.compile(rf"\b(?P<name>{FULL_NAME}), (?P<role>(?:the|an?) [a-z][a-z' -]{{3,60}}?)(?=[,.;])")


def _twice(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """As in "Ana Ruiz, the mayor of the town, ..." and, paragraphs later, the same again."""
    from edlint.text.people import is_person, trimmed

    seen: dict[str, tuple[Sentence, tuple[int, int], str]] = {}
    for sentence in sentences:
        for found in _introduction().finditer(sentence.text):
            name, role = trimmed(found["name"]), found["role"]
            if not is_person(name):
                continue
            place = (found.end("name") - len(name), found.end())
            before = seen.setdefault(name, (sentence, place, role))
            if sentence.block - before[0].block >= _APART and _alike(role, before[2]):
                again = sentence.match(scan, place, (name,))
                yield again._replace(related=(before[0].related(scan, before[1], "introduced here"),))


def _alike(role: str, before: str) -> bool:
    a, b = set(role.lower().split()[1:]), set(before.lower().split()[1:])
    return len(a & b) * 2 > len(a | b)


@cache
def _two() -> re.Pattern[str]:
    who = r"(?:[A-Z][\w.'-]+ ){0,2}[A-Z][\w'-]+"
    quoted = r'"[^"]{8,300}"'
    return re.compile(
        rf"\b(?P<a>{who}) {_SAID}[,:] {quoted},? (?:(?P<b>{who}) {_SAID}\b|{_SAID} (?P<c>{who}))(?! (?:that|he|she|they|it)\b)"
    )


def _speakers(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """'Ruiz said, "We will not pay," said Li': one quotation, two who say it."""
    from edlint.text.people import surname

    for sentence in sentences:
        for found in _two().finditer(sentence.text):
            second = found["b"] or found["c"]
            if surname(found["a"]) != surname(second) and surname(second) not in found["a"]:
                yield sentence.match(scan, found.span(), (found["a"], second))


_HE_SAID = lazy(r"\b(?P<name>[A-Z][a-z'-]+) said (?:that )?(?P<pronoun>he|she)\b(?! and\b)")


def _pronouns(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """As in "Ruiz said she" here, and "Ruiz said he" there."""
    from edlint.text.people import is_person, surname

    seen: dict[str, tuple[Sentence, tuple[int, int], str]] = {}
    changed: list[tuple[str, Sentence, tuple[int, int], str]] = []
    for sentence in sentences:
        for found in _HE_SAID.finditer(sentence.text):
            name, pronoun = surname(found["name"]), found["pronoun"]
            if is_person(found["name"]) and seen.setdefault(name, (sentence, found.span(), pronoun))[2] != pronoun:
                changed.append((name, sentence, found.span(), pronoun))
    firsts = _first_names(scan, [name for name, *_ in changed])
    for name, sentence, place, pronoun in changed:
        if len(firsts[name]) < 2:
            before = seen[name]
            other = sentence.match(scan, place, (name, before[2], pronoun))
            yield other._replace(related=(before[0].related(scan, before[1], f"'{before[2]}' here"),))


_FINDERS: Mapping[str, Callable[[Scan, Sequence[Sentence]], Iterator[Match]]] = {
    "twice": _twice,
    "speakers": _speakers,
    "pronoun": _pronouns,
}
