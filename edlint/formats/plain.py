"""Plain text: pasted copy, wire copy, hard-wrapped mail. Layout is all there is to go by, so the layout is read closely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from edlint.formats.flow import LABEL
from edlint.formats.wrapping import NARROWEST, WIDEST, flows, has_room
from edlint.formats.writer import BLANKS
from edlint.model.document import Block, Comment, Document, Kind
from edlint.model.source import Source
from edlint.text.lazy import lazy
from edlint.text.sourcemap import SourceMap, TextBuilder
from edlint.text.span import Span

TITLE_WORDS, HEADING_WORDS = 20, 15

_LINE = lazy(r"[^\r\n]+")
_COMMENT = lazy(r"#[ \t]*(edlint-.*)|\[[ \t]*(edlint-[^\]]*)\]", re.DOTALL)
_BREAK = lazy(r"(?:[*\-_=~#•·][ \t]*){3,}")
_MARKERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("list", re.compile(r"(?:[-*•‣▪]|\d{1,3}[.)])[ \t\f\v]+(?=\S)")),
    ("quote", re.compile(r">[ \t\f\v]*")),
)
_BYLINE = lazy(r"By [A-Z][\w.’'-]*(?:[ ,&]+(?:[A-Z][\w.’'-]*|and)){0,7}")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = lazy(
    rf"(?:(?:first |last )?(?:published|posted|updated)\b.*\d|.*\b(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}),? \d{{4}}\b).*", re.IGNORECASE
)
_CLOSERS = "\"'”’»)]* \u00a0\t"


class _Line(NamedTuple):
    """One line without its marker and outer blanks: where its text starts in the source, and how wide it was printed."""

    start: int
    text: str
    kind: Kind
    width: int

    @property
    def end(self) -> int:
        """Where its text ends in the source."""
        return self.start + len(self.text)


def read(source: Source) -> Document:
    """Parse a plain-text draft: one block a line, unless the lines are hard-wrapped; a blank line always ends a block."""
    comments: list[Comment] = []
    blocks: list[Block] = []
    for group, after in pairwise(chain(_groups(source.text, comments), [[]])):
        for lines in _paragraphs(group) if len(group) > 1 else (group,):
            kind = lines[0].kind
            if kind == "paragraph" and len(lines) == 1:
                more = bool(after) or lines[0] is not group[-1]
                kind = rank(lines[0].text, blocks, alone=len(group) == 1, more=more)
            blocks.append(_block(lines, kind))
    return Document(source, "plain", tuple(blocks), tuple(comments))


def _groups(text: str, comments: list[Comment]) -> Iterator[list[_Line]]:
    """The runs of lines between blank lines; directive lines go to `comments` and end a run too."""
    group: list[_Line] = []
    previous = -1
    for found in _LINE.finditer(text):
        start, end = found.span()
        if group and start - previous > 1 and text[previous:start] != "\r\n":
            yield group
            group = []
        previous = end
        line = _line(found.group(), start, comments)
        if line is not None:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _line(raw: str, start: int, comments: list[Comment]) -> _Line | None:
    """Read one line; None when it holds no prose: it is blank, a row of stars, or a directive."""
    text = raw.strip(BLANKS)
    if not text or text.isspace():
        return None
    start += raw.index(text[0])
    width = len(raw)
    first = text[0]
    if first.isalpha():
        caption = first in "PpCcIi" and LABEL.match(text)
        return _Line(start, text, "caption" if caption else "paragraph", width)
    if first in "#[" and (comment := _COMMENT.fullmatch(text)):
        comments.append(Comment((comment[1] or comment[2]).strip(BLANKS), Span(start, start + len(text))))
        return None
    if len(text) <= 2 * WIDEST and _BREAK.fullmatch(text):
        return None
    for kind, marker in _MARKERS:
        if found := marker.match(text):
            rest = text[found.end() :]
            return _Line(start + found.end(), rest, kind, width) if rest else None
    return _Line(start, text, "paragraph", width)


def _paragraphs(group: list[_Line]) -> Iterator[list[_Line]]:
    """Cut a run of lines into paragraphs. A list marker and a caption label open one; a quote is one run of `>` lines."""
    first = 0
    for at in range(1, len(group) + 1):
        if at < len(group) and group[at].kind == group[at - 1].kind and group[at].kind in ("paragraph", "quote"):
            continue
        if at < len(group) and group[at].kind == "paragraph" and group[at - 1].kind != "quote":
            continue
        yield from _unwrap(group[first:at])
        first = at


def _unwrap(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Join hard-wrapped lines. A wrapped line has no room for the next one's first word; where it had, the author ended it."""
    count = len(lines)
    full = max(line.width for line in lines) if count > 1 else 0
    if not NARROWEST <= full <= WIDEST:
        yield from ([line] for line in lines)
        return
    wrapped = [not has_room(lines[i].width, lines[i + 1].text, full) for i in range(count - 1)]
    flowing = sum(wrap and flows(lines[i].text, lines[i + 1].text) for i, wrap in enumerate(wrapped))
    # Captions and headlines printed one below the other start with a capital; running text mostly breaks before a small letter.
    if flowing == 0 or flowing * 3 < sum(wrapped):
        yield from ([line] for line in lines)
        return
    first = 0
    for at in range(1, count + 1):
        if at == count or not wrapped[at - 1]:
            yield lines[first:at]
            first = at


def rank(text: str, before: Sequence[Block], *, alone: bool, more: bool) -> Kind:
    """What a single unmarked line is: title, heading or paragraph. `more` says that text follows it."""
    if not more or len(text) > 200 or not (alone or not before):
        return "paragraph"
    words = len(text.split())
    end = text.rstrip(_CLOSERS)[-1:]
    ellipsis = text.endswith(("...", "…"))
    if not before:
        return "title" if words <= TITLE_WORDS and (ellipsis or end not in ".,;:") and _named(text) else "paragraph"
    if words > HEADING_WORDS or end in ".,;:!?…" or not _named(text):
        return "paragraph"
    return "paragraph" if (len(before) <= 3 and _BYLINE.fullmatch(text)) or _DATE.fullmatch(text) else "heading"


def _named(text: str) -> bool:
    """Whether a line starts as a headline does (with a capital, a figure, a quotation mark) and holds words, not an address."""
    letters = next((c for c in text if c.isalpha()), "")
    return bool(letters) and not letters.islower() and text[0] not in "+@#" and "://" not in text


def _block(lines: list[_Line], kind: Kind) -> Block:
    """One block from the lines of a wrapped paragraph, joined by blanks."""
    within = (kind,) if kind in ("list", "quote") else ()
    level = 1 if kind == "title" else 2 if kind == "heading" else 0
    if len(lines) == 1:
        line = lines[0]
        return Block(kind, line.text, SourceMap.verbatim(line.start), level, within)
    built = TextBuilder()
    for number, line in enumerate(lines):
        if number:
            built.add(" ", lines[number - 1].end, line.start)
        built.add(line.text, line.start, line.end)
    text, map = built.build()
    return Block(kind, text, map, level, within)
