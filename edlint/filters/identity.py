"""What makes a finding the same one tomorrow: its rule, its words, and the words around them, wherever they stand by then."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from edlint.document import Document
from edlint.finding import Finding
from edlint.text.span import Span

REACH = 10  # words on either side that count as the neighbourhood
_LONGEST = 200  # code points of a finding's words that are written out; of longer ones the rest is a checksum
_CHARACTERS = 160  # as many words as may stand in so many code points
_WORD = re.compile(r"\w+")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def apply(document: Document, findings: Iterable[Finding], seen: Counter[tuple[str, str, str]]) -> tuple[Finding, ...]:
    """The findings, each with its neighbourhood and fingerprint. `seen` counts equal ones, so that each name stands once in a draft.

    Neither depends on the position, on line breaks, or on what stands outside the sentence. A finding that speaks for all places
    of a group is known by the group, however many places there are.
    """
    neighbourhood = _Neighbourhood(document)
    named = []
    for finding in findings:
        near = "" if finding.group else neighbourhood.of(finding.span)
        known = finding.rule, words_of(finding), near
        seen[known] += 1
        named.append(finding._replace(near=known[2], fingerprint=digest("\0".join((*known, str(seen[known]))))))
    return tuple(named)


def words_of(finding: Finding) -> str:
    """The words by which a finding is known again."""
    return folded(finding.group or finding.match)


def folded(text: str) -> str:
    """A finding's words as they are compared: lower case, straight quotation marks, one blank for all white space (unless there is nothing
    else); cut when long."""
    words = " ".join(text.lower().translate(_STRAIGHT).split()) or text
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}… {digest(words)}"


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that differ for different texts."""
    from hashlib import blake2b  # loads OpenSSL, so only where there is something to name

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class _Neighbourhood:
    """The words around spans of one document. Each span, and the starts of each block and its sentences, are looked up once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks: list[tuple[int, int]] = []
        self._starts: dict[int, list[int]] = {}
        self._known: dict[Span, str] = {}

    def of(self, span: Span) -> str:
        """See `_around`."""
        known = self._known.get(span)
        if known is None:
            known = self._known[span] = self._around(span)
        return known

    def _around(self, span: Span) -> str:
        """Up to REACH words before and after `span` within its sentences, lower-cased, with an ellipsis for the span itself."""
        if not self._blocks:
            self._blocks = sorted((block.span(0, 0).start, number) for number, block in enumerate(self._document.blocks))
        at = bisect_right(self._blocks, (span.start, len(self._blocks))) - 1
        if at < 0:
            return ""
        text, number = self._document.source.text, self._blocks[at][1]
        first = self._sentence(number, span.start)
        last = first if span.end <= first.end else self._sentence(number, max(span.start, span.end - 1))
        before = _last(text[max(first.start, span.start - _CHARACTERS) : span.start].lower())
        after = _first(text[span.end : min(last.end, span.end + _CHARACTERS)].lower())
        return f"{' '.join(before)} … {' '.join(after)}".strip() if before or after else ""

    def _sentence(self, number: int, offset: int) -> Span:
        """The source span of the sentence of a block that holds an offset of the source, or stands before it; empty without any."""
        block, ranges = self._document.blocks[number], self._document.sentences(number)
        if number not in self._starts:
            self._starts[number] = [block.span(start, start).start for start, _ in ranges]
        at = bisect_right(self._starts[number], offset) - 1
        return block.span(*ranges[max(at, 0)]) if ranges else Span(offset, offset)


def _last(text: str) -> list[str]:
    """The last REACH words of a text. Half of it mostly holds one more, so that these are whole."""
    near = _WORD.findall(text[-_CHARACTERS // 2 :])
    return (near if len(near) > REACH else _WORD.findall(text))[-REACH:]


def _first(text: str) -> list[str]:
    """The first REACH words of a text."""
    near = _WORD.findall(text[: _CHARACTERS // 2])
    return (near if len(near) > REACH else _WORD.findall(text))[:REACH]
