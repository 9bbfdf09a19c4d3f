"""`share`: parts of a whole that cannot be: above the whole, past it together, or put in two ways that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import Sentence, sentences_with
from edlint.model.rule import Rule

_TERMS = (Term("%", literal=False, ignorecase=False), Term("per cent", literal=True), Term("percent", literal=True))
_WHOLE = 101.0  # per cent: rounded parts may pass a hundred by one
_NEAR, _PART = 4.0, 0.2  # a fraction is right within so many points, or so much of itself
_EXACT = 1.5  # points by which a percentage of two counts may be off


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Share(Check):
    """Percentages and fractions are compared with the whole, with one another, and with the counts beside them."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key(
            "text",
            "equal",
            "what is looked at: shares of more than the whole, answers that pass it together, or a share put in two ways",
            ("above", "together", "equal"),
        ),
        "groups": Key("texts", (), "what no more than 100 per cent of can be: voters, patients"),
        "answers": Key("list", (), "lists of words for answers of which each person gives one"),
    }
    rule: Rule
    kind: str
    groups: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for answers that are no lists."""
        for number, listed in enumerate(options["answers"]):
            if not isinstance(listed, list | tuple):
                raise options.error(f"answers.{number}", "a list of words for one answer is wanted")
        answers = tuple(tuple(map(str, listed)) for listed in options["answers"])
        return cls(rule, options["kind"], options["groups"], answers)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return _TERMS

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        find = {"above": self._above, "together": self._together, "equal": self._equal}[self.kind]
        for sentence in sentences_with(scan, self.rule.scope, _TERMS):
            for place, values in find(sentence):
                yield sentence.match(scan, place, values)

    def _above(self, sentence: Sentence) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        """As in "120 per cent of voters"."""
        for found in _above(self.groups).finditer(sentence.text):
            if float(found["share"].replace(",", "")) > 100:
                yield found.span(), (found["share"],)

    def _together(self, sentence: Sentence) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        """As in "60 per cent are for, 45 against and 5 undecided"."""
        from edlint.text.numbers import shown

        shares: dict[int, tuple[float, int, int]] = {}
        for number, pattern in enumerate(_answers(self.answers)):
            found = pattern.findall(sentence.text)
            if len(found) > 1:
                return  # two groups of people are compared
            if one := pattern.search(sentence.text):
                shares[number] = (float(one["share"]), *one.span())
        total = sum(share for share, _, _ in shares.values())
        if len(shares) > 1 and total > _WHOLE and max(share for share, _, _ in shares.values()) <= 100:
            start, end = min(s for _, s, _ in shares.values()), max(e for _, _, e in shares.values())
            yield (start, end), (shown(total),)

    def _equal(self, sentence: Sentence) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        """As in "one in five (30 per cent)", "25 of the 40 members, or 70 per cent"."""
        from edlint.text.numbers import figures, share_of, shown

        told = figures(sentence.text)
        if len(told.values) < 2 and "(" not in sentence.text and ", or" not in sentence.text:
            return
        fractions, counts = _twice()
        for found in fractions.finditer(told.text):
            part, share = share_of(told.written(found, "part")), told.value(found, "share")
            if part and abs(part * 100 - share) > max(_NEAR, _PART * part * 100):
                yield found.span(), (told.written(found, "part"), shown(round(part * 100, 1)))
        for found in counts.finditer(told.text):
            part, whole, share = (told.value(found, name) for name in ("a", "b", "share"))
            if whole and part <= whole and abs(100 * part / whole - share) > _EXACT:
                yield found.span(), (f"{told.written(found, 'a')} of {told.written(found, 'b')}", shown(round(100 * part / whole, 1)))


@lru_cache(maxsize=8)
def _above(groups: tuple[str, ...]) -> re.Pattern[str]:
    who = "|".join(map(re.escape, groups))
    return re.compile(
        rf"(?<![\w.,$£€])(?P<share>\d[\d,]*(?:\.\d+)?)(?: ?%| per ?cent) of (?:all |the |its |our |their |those |\w+ )?(?:{who})\b", re.I
    )


@lru_cache(maxsize=8)
def _answers(answers: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], ...]:
    """For each answer a pattern of its share: "45 against", "60 per cent of them are for", "60% said yes"."""
    who = "(?:the )?(?:voters|respondents|people|them|those|asked|members|residents)"
    between = rf"(?: (?:per ?cent|of|{who}|were|are|was|is|said|say|voted|vote))*?"
    share = rf"(?<![\w.,$£€-])(?P<share>\d{{1,3}}(?:\.\d+)?)(?: ?%)?{between} "
    return tuple(re.compile(rf"{share}(?:{'|'.join(map(re.escape, words))})\b", re.I) for words in answers)


@cache
def _twice() -> tuple[re.Pattern[str], re.Pattern[str]]:
    from edlint.text.numbers import FRACTION, NUMBER, PERCENT

    link = r"(?: of [a-z' ]{1,40}?|(?: [a-z'-]+){1,3}?)?"
    loose = "".join(f"(?<!{word} )" for word in ("nearly", "almost", "about", "around", "over", "than"))
    counted = rf"{loose}(?<![$£€])(?P<a>{NUMBER}) (?:out )?of (?:the |its |our |their |all )?(?P<b>{NUMBER})(?: [a-z'-]+){{0,4}}"
    close = r"(?:,? ?\((?:or |about |around |some )?|, or (?:about |around |some |nearly |almost )?)"
    return (
        re.compile(
            rf"(?P<part>{FRACTION}){link}(?:{close}| - (?:or )?)(?P<share>{NUMBER}){PERCENT}(?! (?:more|less|higher|lower|up|down))",
            re.I,
        ),
        re.compile(rf"{counted}{close}(?P<share>{NUMBER}){PERCENT}", re.I),
    )
