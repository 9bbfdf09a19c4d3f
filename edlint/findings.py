"""The last step of linting: findings are made of the matches that passed all filters, each with all that belongs to it.

A fingerprint makes a finding the same one tomorrow: its rule, its words, and the words around them, wherever they stand by then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from edlint.files.digest import digest as digest_of
from edlint.model.document import Document
from edlint.model.finding import Finding, Suppressed
from edlint.model.match import Match
from edlint.ruleset.message import fill
from edlint.text.lazy import lazy
from edlint.text.span import Span

OPENING = 6  # words of a paragraph by which people find it
REACH = 10  # words on either side that count as the neighbourhood
_LONGEST = 200  # code points of a finding's words that are written out; of longer ones the rest is a checksum
_CHARACTERS = 160  # as many words as may stand in so many code points
_WORD = lazy(r"\w+")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def make_findings(document: Document, matches: Sequence[Match]) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """The findings in a document, those that directives silence apart; each in order of place and rule.

    Fingerprints depend neither on the position, nor on line breaks, nor on what stands outside the sentence. Equal findings are
    counted, so that each name stands once in a draft: first those that are shown, so that what is silenced changes none of theirs.
    A finding that speaks for all places of a group is known by the group, however many places there are.
    """
    neighbourhood = _Neighbourhood(document)
    unit = "paragraph" if document.in_paragraphs else "line"
    seen: Counter[tuple[str, str, str]] = Counter()
    findings, suppressed = [], []
    for match in sorted(matches, key=lambda m: (m.silenced is not None, m.span, m.name)):
        near = "" if match.group else neighbourhood.of(match.span)
        known = match.name, folded(match.group or match.text), near
        seen[known] += 1
        finding = _made(match, near, digest("\0".join((*known, str(seen[known])))), unit, neighbourhood.where(match.span))
        if match.silenced is None:
            findings.append(finding)
        else:
            suppressed.append(Suppressed(finding, match.silenced))
    return tuple(findings), tuple(suppressed)


def _made(match: Match, near: str, fingerprint: str, unit: str, where: str) -> Finding:
    """The finding that is made of a match."""
    return Finding(
        rule=match.name,
        level=match.severity,
        message=_message(match, unit),
        span=match.span,
        match=match.text,
        related=match.related,
        fixes=match.fixes,
        cues=match.cues,
        fingerprint=fingerprint,
        near=near,
        group=match.group,
        where=where,
    )


def _message(match: Match, unit: str) -> str:
    """The rule's message, in which a line of the draft is called a `unit`; after a merger it names the other rules."""
    message = fill((match.template or match.rule.message).replace("line %s", f"{unit} %s"), match.values)
    others = dict.fromkeys(part.name.partition(".")[2] for part in match.parts if part.name != match.name)
    return f"{message} Also here: {', '.join(others)}." if others else message


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
    return digest_of(text.encode("utf-8", "surrogatepass"), 8).hex()


class _Neighbourhood:
    """The words around spans of one document. Each span, and the starts of each block and its sentences, are looked up once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts: dict[int, list[int]] = {}
        self._known: dict[Span, str] = {}

    def of(self, span: Span) -> str:
        """See `_around`."""
        known = self._known.get(span)
        if known is None:
            known = self._known[span] = self._around(span)
        return known

    def where(self, span: Span) -> str:
        """Which paragraph a span is in, by its number and first words; "" in a draft whose lines tell that."""
        document = self._document
        if not document.in_paragraphs:
            return document.part
        name, number = f"paragraph {document.line(span.start)}", document.block_at(span.start)
        name = f"{document.part}, {name}" if document.part else name
        if number < 0:
            return name
        block = document.blocks[number]
        name = "alternative text" if block.kind == "alt" else "note" if "note" in block.within else name
        words = block.text.split(None, OPENING)
        opening = " ".join(words[:OPENING]) + ("…" if len(words) > OPENING else "")
        return f"{name}, “{opening[:_CHARACTERS]}”"

    def _around(self, span: Span) -> str:
        """Up to REACH words before and after `span` within its sentences, lower-cased, with an ellipsis for the span itself."""
        number = self._document.block_at(span.start)
        if number < 0:
            return ""
        text = self._document.source.text
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
