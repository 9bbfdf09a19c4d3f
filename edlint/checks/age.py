"""`age`: one person with two ages, or an age that the year of birth does not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import Sentence, sentences_with
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from edlint.text.people import Aged

_TERMS = (
    Term(r"[a-z](?:, (?:aged )?| \()\d\d?\d?(?=[,.;) ])", literal=False),
    Term(r"\d-year-old\b", literal=False),
    Term("years old", literal=True),
    Term("born", literal=True),
)
_THEN = lazy(r"\b(?:then|at the time|later|ago|once|turn\w*|became|will be|would be|son|daughter|father|mother|jr|sr|junior)\b", re.I)
_REACH = 3  # blocks: how far "the 45-year-old" may stand from the name
_FAR = 5_000  # and how many characters


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Age(Check):
    """The ages that a draft gives one person are compared, and those beside a year of birth are worked out."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "born": Key("text", "", "the message where an age and a year of birth differ: the words, the age, the years that the dates make"),
    }
    rule: Rule
    born: str

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, options["born"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return _TERMS

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        from edlint.text.people import ages

        known: dict[str, tuple[Sentence, Aged]] = {}
        last: tuple[Sentence, Aged] | None = None
        for sentence in sentences_with(scan, self.rule.scope, _TERMS):
            yield from self._born(scan, sentence)
            for aged in ages(sentence.text):
                if _THEN.search(sentence.text, max(0, aged.start - 40), aged.end + 30):
                    continue
                before = known.get(aged.name) if aged.name else self._meant(last, sentence)
                if before is not None and before[1].age != aged.age and not _name_between(scan, before, sentence, aged):
                    seen = before[0].text[before[1].start : before[1].end]
                    found = sentence.match(scan, (aged.start, aged.end), (before[1].name, str(before[1].age), str(aged.age)))
                    yield found._replace(related=(before[0].related(scan, before[1][:2], seen),))
                if aged.name:
                    known.setdefault(aged.name, (sentence, aged))
                    last = (sentence, aged)

    @staticmethod
    def _meant(last: tuple[Sentence, Aged] | None, sentence: Sentence) -> tuple[Sentence, Aged] | None:
        """Whom "the 45-year-old" means: the person whose age was given last, if that is not far."""
        return last if last and sentence.block - last[0].block <= _REACH else None

    def _born(self, scan: Scan, sentence: Sentence) -> Iterator[Match]:
        """As in "Ana Ruiz, 54, was born in 1950" in a draft of 2020; "born in 1950, she died in 2010 aged 54"."""
        from edlint.text.dates import dated

        source = scan.document.source
        for number, pattern in enumerate(_births()):
            for found in pattern.finditer(sentence.text):
                today = dated(source.text, source.path) if number == 0 else None
                until = int(found["until"]) if number else today.year if today else 0
                real, age = until - int(found["born"]), int(found["age"])
                if until and not (number == 0 and _THEN.search(sentence.text)) and not real - 1 <= age <= real:
                    yield sentence.match(scan, found.span(), (str(age), f"{real - 1} or {real}"), self.born)


@cache
def _births() -> tuple[re.Pattern[str], ...]:
    from edlint.text.people import FULL_NAME

    born = r"born (?:on [A-Z\d][\w ]{2,14},? |in [A-Z]\w+ )?(?:in )?(?P<born>(?:1[89]|20)\d\d)\b"
    died = r"(?:died|passed away|was killed) (?:on [A-Z\d][\w ]{2,14},? )?in (?P<until>(?:1[89]|20)\d\d),?"
    died += r" (?:aged|at(?: the age of)?|at age) (?P<age>\d{1,3})\b(?!,\d)"
    return (
        re.compile(rf"\b{FULL_NAME}, (?P<age>\d{{1,3}}),(?: who)? (?:was )?{born}"),
        re.compile(rf"\b[Bb]{born[1:]}[^;\d]{{1,120}}?\b{died}"),
    )


def _name_between(scan: Scan, before: tuple[Sentence, Aged], sentence: Sentence, aged: Aged) -> bool:
    """Whether another full name stands between a person's age and "the 45-year-old", which may then mean somebody else."""
    if aged.name:
        return False
    from edlint.text.people import FULL_NAME, is_person

    at = before[0].start + before[1].end
    blocks, end = scan.document.blocks, sentence.start + aged.start
    if sum(len(block.text) for block in blocks[before[0].block : sentence.block]) + end - at > _FAR:
        return True  # so far away it is not clear who is meant
    if sentence.block == before[0].block:
        between = [scan.plain(sentence.block)[at:end]]
    else:
        passed = (scan.plain(number) for number in range(before[0].block + 1, sentence.block))
        between = [scan.plain(before[0].block)[at:], *passed, scan.plain(sentence.block)[:end]]
    own = before[1].name.split()
    names = (found for text in between for found in re.findall(FULL_NAME, text))
    return any(is_person(name) and name.split()[0] not in own for name in names)
