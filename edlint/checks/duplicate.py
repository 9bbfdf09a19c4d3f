"""`duplicate`: a caption, a pull quote or a paragraph that stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar, NamedTuple, Self, get_args
from weakref import WeakKeyDictionary

from edlint.checks import certainty, layout
from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.passages import Passage, passages, words
from edlint.checks.refrains import is_asked_again, is_refrain, is_verse
from edlint.checks.repeats import FEWEST, FLOOR, Repeat, RepeatKind, find_alts, find_repeats
from edlint.checks.resaid import sentences_again
from edlint.checks.sections import Sections
from edlint.model.document import Document
from edlint.model.finding import Edit, Fix, Related
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.span import Span, whole_lines


class _Repeats(NamedTuple):
    """The passages of a document, what repeats what, and the document's sections."""

    passages: Sequence[Passage]
    found: Sequence[Repeat]
    sections: Sections


_CLOSERS = " \t\"'”’)]»"

# Three rules ask about each document: its repeats are found once for each scope.
_FOUND: WeakKeyDictionary[Scan, dict[tuple[str, ...], _Repeats]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Duplicate(Check):
    """Passages that repeat an earlier one word for word, nearly, or in part. The finding stands at the copy."""

    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key(
            "text",
            "exact",
            "which repeats: exact, near, one contained in a longer one, the alt text of an image, or a sentence twice in a row",
            get_args(RepeatKind),
        ),
        "sure": Key(
            "text", "any", "which exact repeats: those whose places show that they are mistakes, or all others", ("any", "yes", "no")
        ),
        "authored": Key("bool", True, "headings, lists, code and other layout of an author may repeat"),
        "min_words": Key("int", 8, "shorter repeats count as labels and are not reported"),
        "apart": Key("bool", False, "a sentence of running prose that comes again later, not one twice in a row (sentence)"),
        "adjacent_words": Key("int", 5, "an exact copy directly below the first counts from this many words on, if there is no third"),
        "cut_words": Key("int", 5, "a copy that breaks off with an ellipsis counts from this many words on"),
        "containment": Key(
            "number", 0.62, "share of the shorter passage's three-word sequences that the other must contain (near, contained)"
        ),
        "overlap": Key("number", 0.8, "share of the shorter passage's words that the other must contain (near, contained)"),
        "template": Key("int", 20, "one changed name or number in this many words makes a template, not a copy; 0 = never"),
        "refrain": Key("int", 20, "a sentence of at most this many words with I, we or you may recur as a refrain; 0 = never"),
        "verse": Key("bool", True, "lines of verse may recur"),
        "questions": Key("bool", True, "a question may recur if somebody else answers it"),
    }
    copies: ClassVar[bool] = True
    rule: Rule
    kind: str
    sure: str
    authored: bool
    min_words: int
    apart: bool
    adjacent_words: int
    cut_words: int
    containment: float
    overlap: float
    template: int
    refrain: int
    verse: bool
    questions: bool

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for bounds that cannot be measured."""
        for key in ("min_words", "adjacent_words", "cut_words"):
            if options[key] < FEWEST:
                raise options.error(key, f"{options[key]} is too few words to compare", f"at least {FEWEST}")
        for key in ("containment", "overlap"):
            if not FLOOR <= options[key] <= 1:
                raise options.error(key, f"{options[key]} is out of range", f"{FLOOR} to 1")
        return cls(rule, **{key: options[key] for key in cls.keys})

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms: there are none."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find. The values are the line of the first copy and the number of repeated words."""
        if self.kind == "alt":
            yield from self._alts(scan)
            return
        if self.kind == "sentence":
            yield from self._again(scan) if self.apart else self._sentences(scan)
            return
        repeats = _repeats(scan, self.rule.scope)
        for repeat in repeats.found:
            if repeat.kind == self.kind and self._is_fault(repeats.passages, repeat) and self._is_mine(scan, repeats, repeat):
                yield _match(scan.document, repeats.passages, repeat, certain=self.sure != "no")

    def _is_mine(self, scan: Scan, repeats: _Repeats, repeat: Repeat) -> bool:
        """Whether the places of a repeat make it one that the rule reports."""
        passages, sections = repeats.passages, repeats.sections
        first, copy = passages[repeat.first], passages[repeat.copy]
        texts = first.text, copy.text
        blocks = scan.document.blocks[first.block], scan.document.blocks[copy.block]
        places, beside = (first.block, copy.block), repeat.beside
        if self.kind != "exact" and "list" in (block.kind for block in blocks):
            beside = False  # entries of a list are built alike
        labelled = layout.are_labelled(scan.document, passages, repeat.first, repeat.copy)
        if self.authored and scan.document.format != "plain":
            if labelled or (not beside and sections.are_entries(*places)):
                return False
            if layout.is_set_apart(scan.document.source.text, *_spans(scan.document, passages, repeat)):
                return False
            if self.kind == "contained" and any(map(layout.is_instruction, blocks)):
                return False
            if layout.codes(scan.document, blocks[0]) != layout.codes(scan.document, blocks[1]) and self.kind != "contained":
                return False
            if certainty.is_authored(scan.document, texts, blocks, repeat.words, beside=beside):
                return False
        twice = beside or (repeat.copies == 2 and not sections.are_apart(*places))
        sure = twice and not labelled and certainty.is_sure(texts, blocks, repeat.words, beside=beside)
        return self.sure == "any" or sure is (self.sure == "yes")

    def _alts(self, scan: Scan) -> Iterator[Match]:
        """The findings at alternative texts."""
        blocks = scan.document.blocks
        if any(block.kind == "alt" for block in blocks):
            read = passages(blocks, scan.units(self.rule.scope, "block"))
            alts = {number for number, passage in enumerate(read) if blocks[passage.block].kind == "alt"}
            for repeat in find_alts(read, alts):
                if repeat.words >= self.min_words:
                    yield _match(scan.document, read, repeat, certain=False)

    def _sentences(self, scan: Scan) -> Iterator[Match]:
        """The findings at sentences that say again what the one before them says, outside refrains and quotations."""
        document = scan.document
        for number, _ in groupby(unit.block for unit in scan.units(self.rule.scope, "block")):
            block = document.blocks[number]
            for first, copy in pairwise(document.sentences(number)):
                text = block.text[slice(*copy)]
                folded = words(text)
                if len(folded) < self.min_words or folded != words(block.text[slice(*first)]):
                    continue
                parted = document.format != "plain" and layout.is_set_apart(document.source.text, block.span(*first), block.span(*copy))
                if parted or scan.in_quotes(number, *copy) or is_refrain(text, len(folded), self.refrain, 3):
                    continue
                line = document.line(block.span(*first).start)
                fix = Fix("delete the copy", (Edit(block.span(first[1], copy[1]), ""),))
                related = Related(block.span(*first), "first copy here")
                yield Match(block.span(*copy), text, (str(line), str(len(folded))), (related,), (fix,))

    def _again(self, scan: Scan) -> Iterator[Match]:
        """The findings at sentences inside a paragraph that say what one inside an earlier place says. Three of a kind are a formula."""
        document = scan.document
        for group in sentences_again(document, {unit.block for unit in scan.units(self.rule.scope, "block")}, self.min_words):
            (number, first), (other, copy) = group
            spans = document.blocks[number].span(*first), document.blocks[other].span(*copy)
            quoted = scan.in_quotes(number, *first) or scan.in_quotes(other, *copy)
            entries = _repeats(scan, self.rule.scope).sections.are_entries(number, other)
            if quoted or entries or (document.format != "plain" and layout.is_set_apart(document.source.text, *spans)):
                continue
            text = document.blocks[other].text[slice(*copy)]
            values = str(document.line(spans[0].start)), str(len(words(text)))
            yield Match(spans[1], text, values, (Related(spans[0], "first copy here"),))

    def _is_fault(self, passages: Sequence[Passage], repeat: Repeat) -> bool:
        like = repeat.like
        if repeat.words < self._fewest(passages, repeat) or like.containment < self.containment or like.overlap < self.overlap:
            return False
        if like.changes and like.changes * self.template >= repeat.words:
            return False
        return (repeat.adjacent and repeat.words >= self.min_words) or not self._is_meant(passages, repeat)

    def _fewest(self, passages: Sequence[Passage], repeat: Repeat) -> int:
        """The fewest words that such a repeat must have."""
        if repeat.adjacent and repeat.copies == 2:
            return min(self.min_words, self.adjacent_words)
        if repeat.like.containment == 1 and passages[repeat.whole].text.rstrip(_CLOSERS).endswith(("...", "…")):
            return min(self.min_words, self.cut_words)
        return self.min_words

    def _is_meant(self, passages: Sequence[Passage], repeat: Repeat) -> bool:
        """Whether the author repeats on purpose."""
        first, copy = repeat.first, repeat.copy
        if repeat.kind == "exact" and is_refrain(passages[copy].text, repeat.words, self.refrain, repeat.copies):
            return True
        if self.verse and is_verse(passages, first) and is_verse(passages, copy):
            return True
        return self.questions and is_asked_again(passages, first, copy)


def _spans(document: Document, passages: Sequence[Passage], repeat: Repeat) -> tuple[Span, Span]:
    """The source spans of the first copy and of the other: whole passages, or the stretch of one that repeats a shorter one."""
    first, copy = (
        document.blocks[passages[number].block].span(*_range(passages[number], repeat, number)) for number in (repeat.first, repeat.copy)
    )
    return first, copy


def _range(passage: Passage, repeat: Repeat, number: int) -> tuple[int, int]:
    """What a repeat takes of passage `number`, as offsets in the text of its block."""
    if repeat.kind == "contained" and number != repeat.whole:
        return passage.start + repeat.like.start, passage.start + repeat.like.end
    return passage.start, passage.start + len(passage.text)


def _repeats(scan: Scan, scope: tuple[str, ...]) -> _Repeats:
    """The repeats in the blocks that `scope` selects."""
    kept = _FOUND.setdefault(scan, {})
    if scope not in kept:
        found = passages(scan.document.blocks, scan.units(scope, "block"))
        repeats = find_repeats(found)
        apart = ((found[r.first].block, found[r.copy].block) for r in repeats if not r.beside)
        kept[scope] = _Repeats(found, repeats, Sections(scan.document, apart))
    return kept[scope]


def _match(document: Document, passages: Sequence[Passage], repeat: Repeat, *, certain: bool) -> Match:
    """The finding at the copy: the whole passage, or the stretch of it that repeats a shorter one."""
    first, copy = _spans(document, passages, repeat)
    passage = passages[repeat.copy]
    text = document.blocks[passage.block].text[slice(*_range(passage, repeat, repeat.copy))]
    line = document.line(first.start)
    # What stands three times, and apart, may be meant: a refrain, a signature. So may rows of figures, and lines of a program.
    sure = certain and (repeat.adjacent or repeat.copies == 2) and sum(map(str.isalpha, text)) * 2 > len(text)
    fixes = _deletion(document.source, first, copy, sure) if repeat.kind == "exact" else ()
    return Match(
        copy, text, (str(line), str(repeat.words)), (Related(first, "seen here" if repeat.kind == "alt" else "first copy here"),), fixes
    )


def _deletion(source: Source, first: Span, copy: Span, sure: bool) -> tuple[Fix, ...]:
    """The fix that deletes the lines of an exact copy, where they hold nothing else; safe if `sure` and the same to the letter."""
    text = source.text
    lines = whole_lines(text, source.lines, copy)
    same = text[slice(*first)].split() == text[slice(*copy)].split()
    return (Fix("delete the copy", (Edit(lines, ""),), "safe" if same and sure else "unsafe"),) if lines else ()
