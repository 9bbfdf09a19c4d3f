"""What markup readers share: a Flow of blocks, driven by the events of a parser, whatever the markup.

Every method is constant work on a stack or a list, so that ten thousand open elements cost no more than ten thousand closed ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from edlint.formats.writer import Writer
from edlint.model.document import Block, Comment, Fields, Kind, Mark
from edlint.text.lazy import lazy
from edlint.text.span import Span

LABEL = lazy(r"(?:(?:photo|image|picture)\s+)?(?:caption|credit)s?:|(?:photo|image|picture)(?:graph)?s?:", re.IGNORECASE)


# What stands in an element until a script has filled it, or where a browser cannot show what belongs there.
_ELEMENTS = frozenset(["p", "div", "figure", "section", "center", "details"])
FALLBACK = lazy(
    r"(?:(?:loading|please wait)\b[\w ,’'-]{0,40}(?:\.{2,3}|…)"
    r"|(?:sorry, )?your browser (?:does not|doesn['’]t|cannot|can['’]t)\b[^.]{0,80}\.?)",
    re.IGNORECASE,
)


def _is_filled(writer: Writer, text: str) -> bool:
    """Whether a template fills the whole of a block or an alternative text."""
    return writer.templated and not any(map(str.isalnum, text))


class Frame(NamedTuple):
    """An open container: its name, and what a block inside it is."""

    name: str
    kind: Kind
    level: int
    within: tuple[str, ...]
    language: str = ""


class Flow:
    """The blocks read so far, the containers that are open, and the block being written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.stack = [Frame("", "paragraph", 0, ())]
        self.writer = Writer()
        self.headline: int | None = None
        self.language = ""
        self.fields: Fields = {}
        self._count: dict[str, int] = {}
        self._alts: list[Block] = []
        self._pictured = False

    def push(self, name: str, kind: Kind | None = None, level: int = 0, inside: tuple[str, ...] = ()) -> None:
        """Open a container. It hands its parent's kind on unless it has its own; `inside` are its names in `Block.within`, each once."""
        self.flush()
        top = self.stack[-1]
        within = (*top.within, *(word for word in inside if word not in top.within)) if inside else top.within
        self.stack.append(Frame(name, kind or top.kind, level if kind else top.level, within, top.language))
        self._count[name] = self._count.get(name, 0) + 1

    def speak(self, language: str) -> None:
        """Note that the container opened last says which language its text is in."""
        self.stack[-1] = self.stack[-1]._replace(language=language)

    def pop(self, name: str) -> None:
        """Close the innermost container `name` and all that is open inside it; when there is none only the block ends."""
        self.flush()
        if not self._count.get(name):
            return
        while True:
            frame = self.stack.pop()
            self._count[frame.name] -= 1
            if frame.name == name:
                return

    def inside(self, *names: str) -> bool:
        """Whether a container with one of the names is open."""
        return any(self._count.get(name) for name in names)

    def comment(self, text: str, start: int, end: int) -> None:
        """Note a comment of the draft, unless it is blank: its inner text and the span of the whole."""
        if text := text.strip():
            self.comments.append(Comment(text, Span(start, end)))

    def picture(self, alt: Writer, target: str) -> None:
        """An image in the text; its alternative text becomes a block of its own, after the block it stands in."""
        text, map, _ = alt.build()
        if text and not _is_filled(alt, text):
            self._alts.append(Block("alt", text, map, within=self.stack[-1].within, language=self.stack[-1].language))
        self.writer.point("image", target)

    def flush(self) -> None:
        """End the block being written."""
        writer = self.writer
        if writer.idle:
            return
        self.writer = Writer()
        name, target = writer.link()
        if name:
            self.writer.open(name, "link", target)
        text, map, marks = writer.build()
        image = bool(marks) and any(mark.kind == "image" for mark in marks)
        frame = self.stack[-1]
        if _is_filled(writer, text) or (frame.name in _ELEMENTS and FALLBACK.fullmatch(text)):
            text = ""
        if text:
            kind = self._kind(frame, text, marks, pictured=image or self._pictured)
            self.blocks.append(Block(kind, text, map, frame.level, frame.within, marks, language=frame.language))
        self._pictured = image and not text
        if self._alts:
            self.blocks += self._alts
            self._alts = []

    def _announced(self, text: str) -> bool:
        """Whether a top heading repeats the title in the front matter, which then is a field like any other: one title is enough."""
        before = self.blocks[self.headline] if self.headline is not None else None
        if before is None or not before.key or before.text.split() != text.split():
            return False
        self.blocks[self.blocks.index(before)] = before._replace(kind="front-matter", level=0)
        return True

    def _kind(self, frame: Frame, text: str, marks: tuple[Mark, ...], *, pictured: bool) -> Kind:
        """The kind of a block: its container's, but the first top heading is the title, and captions are known by label or place."""
        if frame.kind == "heading" and frame.level == 1 and (self.headline is None or self._announced(text)):
            self.headline = len(self.blocks)
            return "title"
        if frame.kind == "paragraph":
            emphasised = pictured and any(m.kind in ("emphasis", "strong") and m.end - m.start == len(text) for m in marks)
            if emphasised or LABEL.match(text):
                return "caption"
        return frame.kind
