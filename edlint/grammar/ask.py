"""Asking the grammar engine about a draft: its blocks go out as one text, and the remarks come back by block."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from edlint.config import GrammarConfig
from edlint.document import Document
from edlint.errors import EngineError
from edlint.grammar import Engines
from edlint.grammar.base import Question, Remark

GRAMMAR_LIMIT = 1_000_000  # code points; an engine that reads some 200 KB a second is not asked about more text at once
GRAMMAR_UNCHECKED = "GRAMMAR WAS NOT CHECKED"  # how a notice begins that stands for all that an engine would have found
_UNREAD = ("code", "alt")  # kinds of block no engine is asked about


def remarks(document: Document, asked: Question, grammar: GrammarConfig, engines: Engines, notices: list[str]) -> list[tuple[int, Remark]]:
    """The engine's remarks on a document, each with the number of the block it falls in.

    A draft too long for the engine adds a notice instead. Raises EngineError when the engine cannot be had, also for a draft
    of which it need not read anything; where the configuration only warns of that, a notice says it.
    """
    found: list[tuple[int, Remark]] = []
    if not document.blocks or not asked.slices:
        return found
    numbers = [n for n in asked.blocks if document.blocks[n].kind not in _UNREAD]
    text, starts = _joined(document, numbers)
    if len(text) > GRAMMAR_LIMIT:
        notices.append(f"grammar was not checked: the draft is longer than {GRAMMAR_LIMIT:,} characters")
        return found
    try:
        engine = engines.get(grammar, notices.append)
        said = engine.check(text, asked.slices) if text.strip() else ()
    except EngineError as fault:
        if grammar.on_failure == "error":
            raise
        notices.append(f"{GRAMMAR_UNCHECKED}: {fault}")
        return found
    for remark in said:
        at = bisect_right(starts, remark.start) - 1
        number = numbers[at]
        start, end = remark.start - starts[at], remark.end - starts[at]
        if end <= len(document.blocks[number].text):
            found.append((number, remark._replace(start=start, end=end)))
    return found


def _joined(document: Document, numbers: Sequence[int]) -> tuple[str, list[int]]:
    """The text of some blocks, parted by blank lines, and where each block starts in it."""
    starts, at = [], 0
    for number in numbers:
        starts.append(at)
        at += len(document.blocks[number].text) + 2
    return "\n\n".join(document.blocks[n].text for n in numbers), starts
