"""`announced`: "three reasons", and another number of them in the list or the sentences that follow."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import Sentence, sentences_with, words
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

_ITEM = lazy(r"([ \t>]*)(?:[-*+•]|\d{1,3}[.)])[ \t]+\W*")
_MOST = 12  # of what is announced; a longer list is seldom counted
_LONG = 300  # blocks; a list that is longer is not counted
_REACH = 12  # sentences within which "First, ... Second, ..." follow
_SOON = 3  # sentences after which "First" counts something else
_NO_PROMISE = "at least|more than|over|about|of|these|those|other|another|all|every|each|last|first|next|top|up to|or|to"
_STEPS = (
    ("first", "firstly", "the first"), ("second", "secondly", "the second"), ("third", "thirdly", "the third"),
    ("fourth", "fourthly", "the fourth"), ("fifth", "fifthly", "the fifth"), ("sixth", "sixthly", "the sixth"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Announced(Check):
    """A count of what follows is compared with the items of the list right below, or with the sentences that number them."""

    needs_term = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "nouns": Key("texts", (), "what is announced with a count: reasons, ways, steps"),
    }
    rule: Rule
    nouns: tuple[str, ...]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, options["nouns"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return words(self.nouns)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        from edlint.text.numbers import figures

        for sentence in sentences_with(scan, self.rule.scope, self.terms):
            written = figures(sentence.text)
            for found in _count(self.nouns).finditer(written.text) if written.values else ():
                told = written.value(found, "count")
                if not 2 <= told <= _MOST or _at_least(sentence.text, found.start()):
                    continue
                listed = _items(scan, sentence) or _steps(scan, sentence, int(told))
                if listed and listed != told:
                    yield sentence.match(scan, (found.start("count"), found.end()), (str(listed),))
                break


def _at_least(text: str, at: int) -> bool:
    """Whether a count is no promise: "at least three reasons", "one of three reasons", "the other two ways"."""
    return bool(re.search(rf"\b(?:{_NO_PROMISE})(?: the| these| our| my)? $", text[:at], re.I))


def _parted(scan: Scan, first: int, last: int) -> bool:
    """Whether a heading stands between two blocks."""
    return any(block.kind == "heading" for block in scan.document.blocks[first + 1 : last])


@lru_cache(maxsize=8)
def _count(nouns: tuple[str, ...]) -> re.Pattern[str]:
    from edlint.text.numbers import NUMBER

    return re.compile(rf"(?P<count>{NUMBER}) (?:[a-z-]+ ){{0,2}}?(?:{'|'.join(map(re.escape, nouns))})\b", re.I)


def _items(scan: Scan, sentence: Sentence) -> int:
    """How many items of its own depth the list has that stands right below a block which ends in a colon; 0 without one."""
    blocks, source = scan.document.blocks, scan.document.source
    if not blocks[sentence.block].text.rstrip().endswith(":") or sentence.start + len(sentence.text) < len(
        blocks[sentence.block].text.rstrip()
    ):
        return 0
    depth, count, end = None, 0, blocks[sentence.block].whole.end
    for block in blocks[sentence.block + 1 : sentence.block + 1 + _LONG]:
        if block.kind != "list" or (depth is not None and source.text[end : block.whole.start].count("\n") > 3):
            break
        start = source.text.rfind("\n", 0, block.whole.start) + 1
        item = _ITEM.fullmatch(source.text, start, block.whole.start)
        if item and (depth is None or item[1] == depth):
            depth, count = item[1], count + 1
        end = block.whole.end
    return count if count < _LONG else 0


def _steps(scan: Scan, sentence: Sentence, told: int) -> int:
    """How many sentences after it number what was announced ("First, ...", "Second, ..."); 0 where the series is not plain to see."""
    units = scan.units(("paragraph", "list"), "sentence")
    at = bisect_right(units, (sentence.block, sentence.start), key=lambda unit: (unit.block, unit.start))
    seen = 0
    for after, unit in enumerate(units[at : at + _REACH]):
        if (after == _SOON and not seen) or _parted(scan, sentence.block, unit.block):
            return 0
        opening = scan.plain(unit.block)[unit.start : unit.start + 20].lower()
        for number, step in enumerate(_STEPS, 1):
            if any(opening.startswith((f"{word},", f"{word} is ", f"{word} was ")) for word in step):
                if number not in (seen + 1, seen):
                    return 0
                seen = number
        if re.match(r"(?:finally|lastly|last),", opening) and seen:
            seen += 1
            break
    return seen if seen > told else 0
