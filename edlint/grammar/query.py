"""Asking the grammar engine about a draft: its blocks are sent as texts, and the remarks are assigned to blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edlint.errors import EngineError
from edlint.grammar import Engines
from edlint.grammar.base import Question, Remark
from edlint.model.config import GrammarConfig
from edlint.model.document import Document

GRAMMAR_LIMIT = 500_000  # code points in one text; an engine that reads some 200 KB a second is not asked about more at once
GRAMMAR_UNCHECKED = "GRAMMAR WAS NOT CHECKED"  # how a notice or a fault begins that stands for all that an engine would have found
_UNREAD = ("code", "alt")  # kinds of block no engine is asked about
_GAP = "\n\n"


class EngineMessages(NamedTuple):
    """What an engine reports about its own work on a draft: `notices` for the user, and `faults`, which make the exit status 2."""

    notices: list[str]
    faults: list[str]


def remarks(
    document: Document, asked: Question, grammar: GrammarConfig, engines: Engines, messages: EngineMessages
) -> list[tuple[int, Remark]]:
    """The engine's remarks on a document, each with the number of the block it falls in.

    When the engine fails or is not available, also for a draft of which it need not read anything, that is a fault, or a notice
    where the configuration only warns of it.
    """
    found: list[tuple[int, Remark]] = []
    if not document.blocks or not asked.slices:
        return found
    numbers = [n for n in asked.blocks if document.blocks[n].kind not in _UNREAD]
    try:
        engine = engines.get(grammar, messages.notices.append)
        for part in _parts(document, numbers):
            if part.text.strip():
                found += part.placed(engine.check(part.text, asked.slices))
    except EngineError as fault:
        (messages.faults if grammar.on_failure == "error" else messages.notices).append(f"{GRAMMAR_UNCHECKED}: {fault}")
        return []
    return found


class _Part(NamedTuple):
    """A text for the engine, made of pieces of blocks: where each starts in the text, in its block, and its block's number."""

    text: str
    starts: list[int]
    pieces: list[tuple[int, int, int]]
    """For each piece: the number of its block, its start in the block, its length."""

    def placed(self, said: Sequence[Remark]) -> Iterator[tuple[int, Remark]]:
        """Remarks on the text, each with the number of its block and in the block's offsets; none that reach beyond their piece."""
        for remark in said:
            at = bisect_right(self.starts, remark.start) - 1
            number, begin, length = self.pieces[at]
            start, end = remark.start - self.starts[at], remark.end - self.starts[at]
            if end <= length:
                yield number, remark._replace(start=start + begin, end=end + begin)


def _parts(document: Document, numbers: Sequence[int]) -> Iterator[_Part]:
    """The text of some blocks, parted by blank lines, in as few texts as the limit allows."""
    texts: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, int]] = []
    at = 0
    for number in numbers:
        for begin, text in _cut(document.blocks[number].text):
            if texts and at + len(text) > GRAMMAR_LIMIT:
                yield _Part(_GAP.join(texts), starts, pieces)
                texts, starts, pieces, at = [], [], [], 0
            texts.append(text)
            starts.append(at)
            pieces.append((number, begin, len(text)))
            at += len(text) + len(_GAP)
    if texts:
        yield _Part(_GAP.join(texts), starts, pieces)


def _cut(text: str) -> Iterator[tuple[int, str]]:
    """A block's text, each piece with its start: in one unless it is longer than the limit, then cut after sentences or words."""
    at = 0
    while len(text) - at > GRAMMAR_LIMIT:
        found = (text.rfind(mark, at, at + GRAMMAR_LIMIT) for mark in (". ", " "))
        cut = next((place for place in found if place > at), at + GRAMMAR_LIMIT - 1) + 1
        yield at, text[at:cut]
        at = cut
    yield at, text[at:]
