"""The events of a Word part become paragraphs, each text node with its place in the part.

Tracked changes are read as if accepted: deleted text is gone, inserted text counts. Hidden text, placeholders, the instructions of
fields, and what stands in headers and footers are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from edlint.formats.archive import attribute
from edlint.formats.paragraphs import Paragraph
from edlint.formats.wordruns import NAMESPACES, RunReader, Shared
from edlint.formats.wordstyles import meaning
from edlint.model.document import Kind, Mark
from edlint.text.lazy import lazy

_ON_ITS_OWN = 3  # open elements at a paragraph of the document that is in no table, text box or control
# What has two ends of which one may stand in another paragraph, or is spoken of elsewhere: such a paragraph cannot go as a whole.
_ANCHORS = (
    "commentRangeEnd commentReference drawing pict object sectPr sdt permStart permEnd"
    " moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd"
).split()
_TABLES = lazy(r"table of contents|bibliograph|index|table of figures", re.IGNORECASE)
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class WordReader(RunReader):
    """Reads a part into `paragraphs`.

    `anchors` tells where comments begin; `references` from which run a note is referred to, by "footnote 3".
    """

    namespaces = NAMESPACES
    hidden = frozenset(
        "w:moveFrom w:pPrChange w:rPrChange w:tblPrChange w:trPrChange w:tcPrChange"
        " w:rt w:tblGrid w:tblPr w:tcPr w:sdtEndPr mc:Fallback".split()
    )

    def __init__(self, shared: Shared, part: int, links: Mapping[str, str]) -> None:
        super().__init__(shared, part, links)
        self.anchors: dict[str, tuple[Paragraph, int]] = {}
        self.references: dict[str, int] = {}
        self._waiting: list[str] = []  # comments that begin before the next paragraph
        self._joined: Paragraph | None = None  # goes on in the next paragraph, as its end was deleted
        self._within: list[str] = []
        self._note = ""
        self._unread = 0
        self._controls: list[dict[str, bool]] = []
        self._bookmarks: list[str] = []
        self._outer: list[tuple[Any, ...]] = []
        self._ending = False
        self.starts |= {
            "w:p": self._start_paragraph, "w:pPr": self._start_properties, "w:pStyle": self._styled, "w:numId": self._listed,
            "w:outlineLvl": self._outlined, "w:tbl": self._start_table, "w:tr": self._start_row, "w:tblHeader": self._header,
            "w:del": self._delete, "w:sdt": self._start_control, "w:showingPlcHdr": self._placeholder, "w:sdtContent": self._controlled,
            "w:docPartGallery": self._gallery, "w:txbxContent": self._start_box,
            "w:footnote": self._start_note, "w:endnote": self._start_note,
            "w:commentRangeStart": self._commented, "w:bookmarkStart": self._bookmark, "w:bookmarkEnd": self._bookmark_end,
            "w:footnoteReference": lambda given: self._refer("footnote", given),
            "w:endnoteReference": lambda given: self._refer("endnote", given),
        }  # fmt: skip
        self.starts |= {f"w:{name}": self._anchor for name in _ANCHORS if f"w:{name}" not in self.starts}
        self.ends |= {
            "w:p": self._end_paragraph, "w:pPr": self._end_properties, "w:tbl": self._end_table, "w:tr": self._end_row,
            "w:sdt": self._end_control, "w:txbxContent": self._end_box,
        }  # fmt: skip

    @property
    def _around(self) -> tuple[str, ...]:
        """What stands around a paragraph that begins here, each name once."""
        return tuple(dict.fromkeys(filter(None, self._within)))

    def _start_paragraph(self, given: dict[str, str]) -> None:
        if self._joined:
            self.paragraph, self._joined = self._joined, None
            self.paragraph.removable = False
            return
        kind: Kind | None = None if self._unread else "table" if "table" in self._within else "paragraph"
        self.paragraph = Paragraph(kind, 0, self._around, self._note, self.part, self.parser.CurrentByteIndex)
        self.paragraph.removable = self._depth == _ON_ITS_OWN and not self._note
        self.paragraphs.append(self.paragraph)
        self.anchors.update((identity, (self.paragraph, 0)) for identity in self._waiting)
        self._waiting.clear()
        self._bookmarks.clear()

    def _end_paragraph(self) -> None:
        paragraph = self.paragraph
        if paragraph is None:
            return
        paragraph.last = self.parser.CurrentByteIndex
        if self._bookmarks:
            paragraph.removable = False
        if self._ending:
            self._joined, self._ending = paragraph, False
        self.paragraph = None

    def _start_properties(self, given: dict[str, str]) -> None:
        self.describing = True

    def _end_properties(self) -> None:
        self.describing = False

    def _styled(self, given: dict[str, str]) -> None:
        if not (self.describing and self.paragraph):
            return
        kind, level = meaning(attribute(given, "val"), self.shared.styles)
        if self._unread or kind is None:
            self.paragraph.kind = None
        elif kind in ("title", "heading", "caption", "code") or "table" not in self._within:
            self.paragraph.kind, self.paragraph.level = kind, level
        if kind in ("quote", "list"):
            self.paragraph.within = (*dict.fromkeys((*self._around, kind)),)

    def _listed(self, given: dict[str, str]) -> None:
        paragraph = self.paragraph
        if self.describing and paragraph and attribute(given, "val") != "0" and paragraph.kind == "paragraph":
            paragraph.kind = "list"
            paragraph.within = (*dict.fromkeys((*self._around, "list")),)

    def _outlined(self, given: dict[str, str]) -> None:
        level = attribute(given, "val")
        if self.describing and self.paragraph and self.paragraph.kind == "paragraph" and level.isdecimal() and int(level) < 9:
            self.paragraph.kind, self.paragraph.level = "heading", min(int(level) + 1, 6)

    def _start_table(self, given: dict[str, str]) -> None:
        self._within.append("table")

    def _end_table(self) -> None:
        del self._within[-1:]  # which is empty where tables are not where they may be

    def _start_row(self, given: dict[str, str]) -> None:
        self._within.append("")

    def _end_row(self) -> None:
        del self._within[-1:]

    def _header(self, given: dict[str, str]) -> None:
        if self._within and not self._within[-1]:
            self._within[-1] = "header"

    def _delete(self, given: dict[str, str]) -> None:
        """Deleted text; among the properties of a paragraph its end, so that it and the next one are one."""
        self._ending = self._ending or self.describing
        self.hide()

    def _start_control(self, given: dict[str, str]) -> None:
        self._anchor(given)
        self._controls.append({"placeholder": False, "gallery": False})

    def _placeholder(self, given: dict[str, str]) -> None:
        if self._controls:
            self._controls[-1]["placeholder"] = attribute(given, "val") not in ("0", "false", "off")

    def _gallery(self, given: dict[str, str]) -> None:
        if self._controls:
            self._controls[-1]["gallery"] = _TABLES.search(attribute(given, "val")) is not None

    def _controlled(self, given: dict[str, str]) -> None:
        if self._controls and self._controls[-1]["placeholder"]:
            self.hide()
        elif self._controls and self._controls[-1]["gallery"]:
            self._unread += 1

    def _end_control(self) -> None:
        if not self._controls:
            return
        control = self._controls.pop()
        self._unread -= control["gallery"] and not control["placeholder"]

    def _start_box(self, given: dict[str, str]) -> None:
        self._outer.append((self.paragraph, self._within, *self.suspend()))
        self._within = ["aside"]
        self.paragraph = None

    def _end_box(self) -> None:
        self.paragraph, self._within, *state = self._outer.pop()
        self._joined, self._ending = None, False
        self.resume(state)
        self._anchor({})

    def _start_note(self, given: dict[str, str]) -> None:
        if attribute(given, "type") in _SEPARATORS:
            self.hide()
        kind = "footnote" if self.part_name.endswith("footnotes.xml") else "endnote"
        self._note = f"{kind} {attribute(given, 'id')}"
        self._within = ["note"]

    def _refer(self, kind: str, given: dict[str, str]) -> None:
        if self.paragraph:
            identity = attribute(given, "id")
            self.paragraph.marks.append(Mark("note", self.paragraph.length, self.paragraph.length, identity))
            self.references[f"{kind} {identity}"] = self.run
            self._anchor(given)

    def _commented(self, given: dict[str, str]) -> None:
        if self.paragraph:
            self.anchors[attribute(given, "id")] = self.paragraph, self.paragraph.length
            self._anchor(given)
        else:
            self._waiting.append(attribute(given, "id"))

    def _bookmark(self, given: dict[str, str]) -> None:
        self._bookmarks.append(attribute(given, "id"))

    def _bookmark_end(self, given: dict[str, str]) -> None:
        identity = attribute(given, "id")
        if identity in self._bookmarks:
            self._bookmarks.remove(identity)
        else:
            self._anchor(given)

    def _anchor(self, given: dict[str, str]) -> None:
        if self.paragraph:
            self.paragraph.removable = False
