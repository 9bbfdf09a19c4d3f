"""Repeats that are meant: a speaker's refrain, a chorus, the same question put to several people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edlint.checks.passages import Passage, View
from edlint.text.lazy import lazy
from edlint.text.prose import sentences

VERSE_WORDS = 12  # of the longest line of verse

_VOICE = lazy(r"\b(?:I|me|my|mine|we|us|our|ours|you|your|yours|oh)\b", re.IGNORECASE)
_ANAPHORA = lazy(r"(?:I|We|Let us)\b")
_QUOTED = lazy(r"[\"“”«»]")
_LABEL = lazy(r"[^\W\d_][\w.'’ -]{0,30}[:.)]\s")


def is_refrain(text: str, words: int, most: int, copies: int) -> bool:
    """Whether a passage that stands `copies` times is a refrain.

    A refrain is one sentence of at most `most` words, spoken by I, we or you, or a question, about nobody by name.
    Twice is enough for a sentence that opens with its speaker, as in a speech; any other must return a third time.
    """
    if words > most or _QUOTED.search(text) or len(sentences(text)) != 1:
        return False
    if copies < 3 and not _ANAPHORA.match(text):
        return False
    spoken = text.rstrip().endswith("?") or _VOICE.search(text) is not None
    return spoken and not View(text).facts(())


def is_verse(passages: Sequence[Passage], number: int) -> bool:
    """Whether a passage is a line of verse: a short line that runs on into the next with a comma, or from the one before."""
    return _runs_on(passages, number) or _runs_on(passages, number - 1)


def _runs_on(passages: Sequence[Passage], number: int) -> bool:
    if not 0 <= number < len(passages) - 1:
        return False
    line, after = passages[number].text.strip(), passages[number + 1].text
    return line.endswith(",") and len(line.split()) <= VERSE_WORDS and len(after.split()) <= VERSE_WORDS


def is_asked_again(passages: Sequence[Passage], first: int, copy: int) -> bool:
    """Whether a question is put again to somebody else: an answer with its speaker's label follows each time."""
    return all(
        passages[number].text.rstrip().endswith("?") and number + 1 < len(passages) and _LABEL.match(passages[number + 1].text)
        for number in (first, copy)
    )
