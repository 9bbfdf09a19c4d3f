"""The events of an OpenDocument text become paragraphs, each stretch of character data with its place in the part.

Text deleted under change tracking is kept apart in such files, and is not read; nor are tables of contents, forms, and hidden text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from edlint.formats.archive import Reader, attribute
from edlint.formats.odtstyles import NAMESPACES, Look
from edlint.formats.paragraphs import Paragraph, Said
from edlint.formats.wordstyles import Style, is_code, meaning
from edlint.model.document import Mark, MarkKind
from edlint.text.lazy import lazy

_MOST_BLANKS = 1000  # in a row
_ON_ITS_OWN = 4  # open elements at a paragraph of the text that is in no list, table, section or text box
_BLANKS = lazy(r"[ \t\r\n]+")
_UNREAD = "table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography".split()
_ANCHORS = "bookmark-end reference-mark-end change-start change-end change annotation-end".split()


class Data(NamedTuple):
    """A stretch of character data: the part, and where it begins and ends, in bytes. One that begins with `&` is one character."""

    part: int
    start: int
    end: int


class OdtReader(Reader):
    """Reads the text into `paragraphs` and `notes`, and its comments into `said`, each with its paragraph and its offset there."""

    buffered = False
    namespaces = NAMESPACES
    hidden = frozenset(
        "text:tracked-changes text:note-citation text:hidden-text text:ruby-text text:sequence-decls text:variable-decls"
        " office:automatic-styles office:forms office:font-face-decls style:style".split()
    )

    def __init__(self, styles: Mapping[str, Style], looks: Mapping[str, Look]) -> None:
        super().__init__()
        self.paragraphs: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.said: list[tuple[Said, Paragraph | None, int]] = []
        self.nodes: list[Data] = []
        self._styles, self._looks = styles, looks
        self._paragraph: Paragraph | None = None
        self._outer: list[tuple[Paragraph | None, list[str], list[tuple[int, str]]]] = []
        self._within: list[str] = []
        self._spans: list[tuple[int, str]] = []  # of each open span or link: where it begins, and its style or address
        self._annotation: dict[str, str] | None = None
        self._target = ""
        self._texts: dict[str, str] = {}
        self._unread = self._note = 0
        self._last = -1  # the node whose end is where the next event is
        act = self.starts
        act |= {"text:p": self._start_paragraph, "text:h": self._start_paragraph, "text:span": self._start_span, "text:a": self._start_span}
        act |= {"text:s": self._blanks, "text:tab": lambda given: self._add("\t"), "text:line-break": lambda given: self._stop()}
        act |= {"text:list": lambda given: self._enter("list"), "table:table": lambda given: self._enter("table")}
        act |= {
            "table:table-header-rows": lambda given: self._enter("header"),
            "text:note": self._start_note,
            "draw:text-box": self._start_box,
        }
        act |= {"text:note-body": self._start_body, "office:annotation": self._annotate, "dc:creator": lambda given: self._into("author")}
        act |= {"svg:title": lambda given: self._into("title"), "svg:desc": lambda given: self._into("desc"), "draw:frame": self._frame}
        act |= {"text:note": self._start_note, "draw:image": lambda given: self._texts.update(image="shown")}
        act |= {f"text:{name}": lambda given: self._skip(1) for name in _UNREAD}
        act |= {f"text:{name}": lambda given: self._anchor() for name in _ANCHORS}
        ends = self.ends
        ends |= {"text:p": self._end_paragraph, "text:h": self._end_paragraph, "text:span": self._end_span, "text:a": self._end_link}
        ends |= dict.fromkeys(("text:list", "table:table", "table:table-header-rows"), self._leave)
        ends |= {"text:note-body": self._end_outer, "draw:text-box": self._end_outer, "office:annotation": self._end_annotation}
        ends |= {name: lambda: self._into("") for name in ("dc:creator", "svg:title", "svg:desc")}
        ends |= {"draw:frame": self._end_frame, **{f"text:{name}": lambda: self._skip(-1) for name in _UNREAD}}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See Reader."""
        self._finish()
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """See Reader."""
        self._finish()
        super().end(name)

    def _finish(self) -> None:
        """Note where the last stretch of character data ends."""
        if self._last >= 0:
            self.nodes[self._last] = self.nodes[self._last]._replace(end=self.parser.CurrentByteIndex)
            self._last = -1

    def data(self, text: str) -> None:
        """See Reader."""
        self._finish()
        if self._hiding:
            return
        if self._target:
            self._texts[self._target] = self._texts.get(self._target, "") + text
        elif self._annotation is None and self._paragraph:
            self._prose(text)

    def _prose(self, text: str) -> None:
        """Character data of a paragraph: each run of white space is one blank, and none at its start."""
        paragraph, at = self._paragraph, self.parser.CurrentByteIndex
        if paragraph is None or any(self._looks.get(name, Look()).hidden for _, name in self._spans):
            return
        runs = _BLANKS.findall(text)
        if all(run == " " for run in runs) and not (text[0] == " " and self._blank):
            self.nodes.append(Data(0, at, at))
            self._last = len(self.nodes) - 1
            paragraph.add(text, self._last)
            return
        for found in re.finditer(r"[ \t\r\n]+|[^ \t\r\n]+", text):
            if not found[0].isspace():
                start = at + len(text[: found.start()].encode())
                self.nodes.append(Data(0, start, start + len(found[0].encode())))
                paragraph.add(found[0], len(self.nodes) - 1)
            elif not self._blank:
                paragraph.add(" ")

    @property
    def _blank(self) -> bool:
        paragraph = self._paragraph
        return paragraph is None or not paragraph.pieces or paragraph.pieces[-1][0].endswith((" ", "\t"))

    def _add(self, text: str) -> None:
        if self._paragraph and self._annotation is None:
            self._paragraph.add(text)

    def _blanks(self, given: dict[str, str]) -> None:
        count = attribute(given, "c")
        self._add(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))

    def _stop(self) -> None:
        if self._paragraph and self._annotation is None:
            self._paragraph.stop()

    def _start_paragraph(self, given: dict[str, str]) -> None:
        if self._annotation is not None:
            self._texts["lines"] = self._texts.get("lines", "") + ("\n" if "lines" in self._texts else "")
            self._target = "lines"
            return
        kind, level = meaning(attribute(given, "style-name"), self._styles)
        outline = attribute(given, "outline-level")
        if outline.isdecimal() and kind == "paragraph":
            kind, level = "heading", max(1, min(int(outline), 6))
        if kind == "paragraph":
            kind = "table" if "table" in self._within else "list" if "list" in self._within else kind
        paragraph = Paragraph(None if self._unread else kind, level, tuple(dict.fromkeys(self._within)))
        paragraph.first = self.parser.CurrentByteIndex
        paragraph.removable = self._depth == _ON_ITS_OWN
        if kind == "quote":
            paragraph.within = (*paragraph.within, "quote")
        paragraph.note = str(self._note) if self._note and "note" in self._within else ""
        (self.notes if paragraph.note else self.paragraphs).append(paragraph)
        self._paragraph = paragraph
        self._spans = [(0, attribute(given, "style-name"))]

    def _end_paragraph(self) -> None:
        if self._annotation is not None:
            self._target = ""
        elif self._paragraph:
            self._end_span()
            self._paragraph.last = self.parser.CurrentByteIndex
            self._paragraph = None

    def _start_span(self, given: dict[str, str]) -> None:
        start = self._paragraph.length if self._paragraph else 0
        self._spans.append((start, attribute(given, "style-name") if "href" not in "".join(given) else attribute(given, "href")))

    def _end_span(self) -> None:
        paragraph = self._paragraph
        if not self._spans or paragraph is None or self._annotation is not None:
            return
        start, name = self._spans.pop()
        look = self._looks.get(name, Look())
        marks: list[tuple[bool, MarkKind]] = [(look.strong, "strong"), (look.emphasis, "emphasis"), (is_code(name, self._styles), "code")]
        for said, kind in marks:
            if said:
                paragraph.mark(kind, start)
        if look.language and start < paragraph.length:
            paragraph.languages[look.language] += paragraph.length - start

    def _end_link(self) -> None:
        if self._spans and self._paragraph and self._annotation is None:
            start, target = self._spans.pop()
            self._paragraph.mark("link", start, target)

    def _enter(self, name: str) -> None:
        self._within.append(name)

    def _leave(self) -> None:
        del self._within[-1:]

    def _skip(self, by: int) -> None:
        self._unread += by

    def _anchor(self) -> None:
        if self._paragraph:
            self._paragraph.removable = False

    def _start_note(self, given: dict[str, str]) -> None:
        self._anchor()
        self._note += 1
        if self._paragraph:
            self._paragraph.marks.append(Mark("note", self._paragraph.length, self._paragraph.length, str(self._note)))

    def _start_body(self, given: dict[str, str]) -> None:
        self._leave_for(["note"])

    def _start_box(self, given: dict[str, str]) -> None:
        self._anchor()
        self._leave_for(["aside"])

    def _leave_for(self, within: list[str]) -> None:
        """Leave the paragraph for others inside it."""
        self._outer.append((self._paragraph, self._within, self._spans))
        self._paragraph, self._within, self._spans = None, within, []

    def _end_outer(self) -> None:
        if self._outer:
            self._paragraph, self._within, self._spans = self._outer.pop()

    def _into(self, name: str) -> None:
        self._target = name

    def _frame(self, given: dict[str, str]) -> None:
        self._anchor()
        self._texts.clear()

    def _end_frame(self) -> None:
        text = " ".join((self._texts.pop("desc", "") or self._texts.pop("title", "")).split())
        if self._paragraph and (text or "image" in self._texts):
            self._paragraph.pictures.append((text, len(self.nodes) - 1))
            self._paragraph.marks.append(Mark("image", self._paragraph.length, self._paragraph.length))

    def _annotate(self, given: dict[str, str]) -> None:
        self._anchor()
        self._annotation = given
        self._texts.clear()

    def _end_annotation(self) -> None:
        said = Said(self._texts.get("author", ""), self._texts.get("lines", ""), -1)
        self.said.append((said, self._paragraph, self._paragraph.length if self._paragraph else 0))
        self._annotation, self._target = None, ""
