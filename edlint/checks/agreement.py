"""`agreement`: a verb whose number is not that of its subject, where a noun phrase opens the sentence and the tagger is sure of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.model.rule import Rule

LONGEST, OPENING = 600, 120  # characters: a longer "sentence" is a list or a table; where the verb of a subject is looked for
_FINITE = frozenset(("VBZ", "VBP", "VBD", "MD"))
_MODIFIERS = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "NN", "NNP", "RB"))
_ONE = frozenset(("a", "an", "this", "that", "each", "every", "another"))
_POSSESSIVE = frozenset(("my", "your", "his", "her", "its", "our", "their"))
_DETERMINERS = _ONE | _POSSESSIVE | {"the", "these", "those", "some", "many", "most", "several", "all", "both", "few"}
_INSIDE = frozenset(
    ("of", "in", "for", "with", "on", "from", "to", "between", "at", "by", "among", "behind", "under", "about", "against", "within")
)
_AFTER = frozenset(("IN", "DT", "PRP$", "PRP", "TO", "RB", "JJ", "JJR", "NNS", "CD", "WRB", "VBN"))
_VERBAL = _FINITE | {"VB", "VBG", "WP", "WDT", "WRB", "EX", "POS"}  # a verb, or what may hide one
_OBJECT = frozenset(("DT", "PRP$", "JJ", "NNS"))  # what may follow a verb that looks like a noun
_WHEN = frozenset(("each", "every", "last", "next", "this", "that"))
_ADVERBS = frozenset(
    "also always certainly clearly never often rarely really seldom simply sometimes still usually typically generally".split()
)

# Forms that no rule makes; every rule of this type looks at them.
_PLURAL_BE = frozenset(("are", "were", "aren't", "weren't"))
_SINGULAR = frozenset(("is", "was", "has"))
_AFTER_BE = frozenset(("VBN", "VBG", "JJ", "RB", "IN"))  # not a noun: in "the problem with cars are the fumes" the verb looks ahead
_AMOUNTS = frozenset(("nothing", "little", "much", "something", "everything"))

# Words that open a sentence without being part of a noun phrase, so that no tagger need look at it.
_OPENERS = frozenset(
    "about after all although as at because before both by during even for from he here how however i if in into it just like no not "
    "now of on once one or over she since that's there they they're though through to under until we what when where which while who "
    "why with without would you".split()
)


class Word(NamedTuple):
    """A word of a sentence: its range in the block's text, itself in small letters, and its tag."""

    start: int
    end: int
    low: str
    tag: str


class Phrase(NamedTuple):
    """A noun phrase with what is put after its noun: the noun, whether it is plural, and the number of the word behind it all."""

    head: Word
    plural: bool
    end: int
    last: Word  # the word before `end`
    determined: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Agreement(Check):
    """The first verb of a sentence, and one joined to it by "and", compared with the subject before them."""

    keys: ClassVar[Mapping[str, Key]] = {
        "groups": Key("texts", (), "nouns that take a verb of either number"),
        "verbs": Key("texts", (), "the verbs to check, in their base form"),
    }
    rule: Rule
    groups: frozenset[str]
    verbs: frozenset[str]
    thirds: frozenset[str]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Never raises: its options are lists of words."""
        verbs = frozenset(options["verbs"])
        return cls(rule, frozenset(options["groups"]), verbs, frozenset(map(third_person, verbs)))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. Sentences are parsed, not searched."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        watched = self.verbs | self.thirds | _PLURAL_BE | _SINGULAR
        for unit in scan.units(self.rule.scope, "sentence"):
            block = scan.document.blocks[unit.block]
            text = block.text[unit.start : unit.end]
            opening = text[:OPENING].lower().split()
            if watched.isdisjoint(opening[1:]) or not _OPENERS.isdisjoint(opening[:1]):
                continue
            if len(text) > LONGEST or not text[:1].isupper() or text.rstrip()[-1:] not in ".;:":
                continue
            tagged = scan.document.tagged(unit.block, (unit.start, unit.end))
            words = [Word(a, b, block.text[a:b].lower(), tag) for (a, b), tag in tagged]
            if verb := self._wrong(words) or (self._hidden(words) if block.kind == "paragraph" else None):
                seen = block.text[verb.start : verb.end]
                yield Match(block.span(verb.start, verb.end), seen, (seen,))

    def _wrong(self, words: Sequence[Word]) -> Word | None:
        """The verb that does not agree with the subject that opens a sentence, if there is one."""
        subject = self._subject(words)
        if subject is None:
            return None
        at = subject.end
        while at < len(words) and (words[at].low in _ADVERBS or (words[at].tag == "RB" and words[at].low.endswith("ly"))):
            at += 1
        if at + 1 >= len(words):
            return None
        verb = words[at]
        if subject.plural:
            return verb if self._is_third(verb, words[at + 1 :], subject) else None
        if self._is_plain(verb, words[at + 1 :], subject):
            return verb
        return self._joined(words, at) if verb.tag == "VBZ" or verb.low in self.thirds else None

    def _subject(self, words: Sequence[Word]) -> Phrase | None:
        """The noun phrase that opens a sentence, with its phrases of "of", "in" and the like; None where it is not plain to see."""
        at = 1 if words and words[0].low in ("but", "and", "so", "yet") else 0
        subject = _noun_phrase(words, at)
        if subject is None or subject.head.low in self.groups or subject.head.low.endswith("ics"):
            return None
        while subject.end < len(words) and words[subject.end].low in _INSIDE:
            if words[subject.end].low == "of" and words[at].low in ("a", "an"):
                return None  # 'a row of houses stand' is a matter of sense
            inner = _noun_phrase(words, subject.end + 1)
            if inner is None:
                return None
            subject = subject._replace(end=inner.end, last=inner.last)
        return subject

    def _hidden(self, words: Sequence[Word]) -> Word | None:
        """In "The festival draw large crowds" the verb, which the tagger takes for a noun: the sentence would have none without it."""
        if len(words) < 4 or words[0].low not in _ONE | _POSSESSIVE | {"the"} or words[1].low in self.groups:
            return None
        for at in range(1, len(words) - 1):
            word, before, behind = words[at], words[at - 1], words[at + 1]
            if word.low in self.verbs and word.tag in ("NN", "VB", "VBP") and before.tag == "NN" and before.low not in self.groups:
                alone = all(other is word or other.tag not in _VERBAL for other in words)
                told = behind.tag in _OBJECT or (behind.tag in ("CD", "IN") and word.tag != "NN")
                often = behind.low in _WHEN and at < 3  # "the school run each day" is no sentence
                return word if alone and told and not often and behind.low not in self.thirds else None
            if word.tag not in ("NN", "JJ", "DT", "PRP$") and word.low not in _INSIDE:
                return None
        return None

    def _is_third(self, verb: Word, rest: Sequence[Word], subject: Phrase) -> bool:
        """Whether a word after a subject in the plural is a verb in the third person, and the only verb of its sentence."""
        if verb.low in _SINGULAR:
            known = subject.determined  # "Tools for All" may be a name
        else:
            known = verb.tag == "VBZ" and verb.low in self.thirds and (subject.determined or subject.last is not subject.head)
        return known and (rest[0].tag in _AFTER or rest[0].low in _AMOUNTS) and _is_only_verb(rest)

    def _is_plain(self, verb: Word, rest: Sequence[Word], subject: Phrase) -> bool:
        """Whether a word is a verb in its plain form: tagged so, or known for one and the only verb of its sentence."""
        if verb.low in _PLURAL_BE:
            drawn = subject.last is not subject.head and subject.last.tag == "NNS"
            return drawn and rest[0].tag in _AFTER_BE and _is_only_verb(rest)
        if verb.low not in self.verbs or rest[0].tag not in _AFTER:
            return False
        sure = verb.tag in ("VBP", "VB") or (verb.tag in ("NN", "JJ") and subject.last.tag == "NNS")
        return sure and _is_only_verb(rest)

    def _joined(self, words: Sequence[Word], at: int) -> Word | None:
        """In "the plan sparks ideas and help children" the second verb; none where a clause or an infinitive comes between."""
        if words[at].low in _GOVERNING:
            return None
        for number in range(at + 1, len(words) - 2):
            word = words[number]
            if word.tag in (*_FINITE, "VB", "TO", "WP", "WDT", "WRB", ",", ":", "VBG", "IN"):
                return None
            if word.tag == "CC":
                verb = words[number + 1]
                plain = verb.tag in ("VBP", "VB") and not verb.low.endswith("s") and word.low == "and"
                return verb if plain and verb.low in self.verbs and words[number + 2].tag in _AFTER - {"TO", "RB"} else None
        return None


# Verbs that take another verb in its plain form, or a clause.
_GOVERNING = frozenset("does is has makes lets helps sees hears watches feels says thinks means believes knows hopes".split())


def third_person(verb: str) -> str:
    """A verb with the ending of the third person: passes, tries, goes, plays."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "s"


def _is_only_verb(rest: Sequence[Word]) -> bool:
    """Whether no other verb stands in the rest of the clause, which ends at a comma, a conjunction or a relative pronoun."""
    opens = (
        n for n, word in enumerate(rest) if word.tag in (",", ":", "CC", "WDT", "WP", "WRB") or word.low in ("that", "because", "if", "as")
    )
    return not any(word.tag in _FINITE for word in rest[: next(opens, len(rest))])


def _noun_phrase(words: Sequence[Word], at: int) -> Phrase | None:
    """The noun phrase that begins at a word; None where there is none, or where it may not end where it seems to."""
    first = at
    determined = at < len(words) and words[at].low in _DETERMINERS
    at += determined
    while at < len(words) and words[at].tag in _MODIFIERS and not (words[at].tag == "RB" and words[at].low in _ADVERBS):
        at += 1
    if at < len(words) and words[at].tag == "NNS":
        at += 1
    head = words[at - 1] if at > first else None
    if head is None or head.tag not in ("NN", "NNS") or at >= len(words) or words[at].tag in ("NNS", "NNPS", "CC", ",", "POS", "WP", "WDT"):
        return None
    while words[at - 1].tag == "RB":
        at -= 1
    if any(word.tag in ("CD", "NNPS") for word in words[first:at]) or (words[first].tag == "VBG" and not determined):
        return None
    return Phrase(head, head.tag == "NNS", at, words[at - 1], determined)
