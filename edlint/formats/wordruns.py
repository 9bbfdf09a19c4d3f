"""What stands in the runs of a Word paragraph: text, breaks, fields, links, pictures, and what its properties say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from edlint.formats.archive import Reader, attribute
from edlint.formats.paragraphs import FIXED, Paragraph
from edlint.formats.wordstyles import STRICT, TRANSITIONAL, Style, is_code
from edlint.model.document import Mark, MarkKind
from edlint.text.lazy import lazy

NAMESPACES = {
    TRANSITIONAL: "w",
    STRICT: "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
_OFF = ("0", "false", "off", "none")
_LINE_ENDS = str.maketrans("\r\n\t", "   ")
_LINK = lazy(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)


class Node(NamedTuple):
    """A text node: the part it stands in, where its start tag and its end tag begin, in bytes, and the number of its run."""

    part: int
    start: int
    end: int
    run: int


class Run(NamedTuple):
    """A run: the part, where its start tag begins, where its properties begin and end (0 without any), where its end tag begins."""

    part: int
    start: int
    properties: tuple[int, int] = (0, 0)
    end: int = 0


class Field(NamedTuple):
    """An open field: its instruction so far, and where its result begins; -1 while that has not begun."""

    instruction: list[str]
    start: int = -1
    link: str = ""


class Shared:
    """What the readers of the parts of one file have in common: the styles, and all text nodes and runs, numbered through."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self.nodes: list[Node] = []
        self.runs: list[Run] = []


class RunReader(Reader):
    """Reads the text of the paragraph that a subclass has opened. `links` are the targets of relations by their identity."""

    def __init__(self, shared: Shared, part: int, links: Mapping[str, str]) -> None:
        super().__init__()
        self.shared, self.part, self.links = shared, part, links
        self.paragraphs: list[Paragraph] = []
        self.paragraph: Paragraph | None = None
        self.run = -1
        self.describing = False  # whether the properties of a paragraph are being read, among them those of its end
        self._text: list[str] | None = None
        self._at = 0
        self._kept = False
        self._said: dict[str, str] = {}
        self._begun = 0
        self._links: list[tuple[int, str]] = []
        self._fields: list[Field] = []
        self.starts = {
            "w:r": self._start_run, "w:rPr": self._start_run_properties, "w:t": self._start_text, "w:instrText": self._start_text,
            "w:tab": self._tab, "w:br": self._break, "w:cr": self._break, "w:noBreakHyphen": self._hyphen, "w:fldChar": self._field,
            "w:hyperlink": self._start_link, "w:fldSimple": self._start_simple_field, "wp:docPr": self._picture, "v:shape": self._picture,
            **{f"w:{name}": self._property(name) for name in ("rStyle", "lang", "vanish", "b", "i")},
        }  # fmt: skip
        self.ends = {
            "w:r": self._end_run, "w:rPr": self._end_run_properties, "w:t": self._end_text, "w:instrText": self._end_instruction,
            "w:hyperlink": self._end_link, "w:fldSimple": lambda: self._field({"fldCharType": "end"}),
        }  # fmt: skip

    def suspend(self) -> Sequence[Any]:
        """What is open in the paragraph, taken away while a text box in it is read."""
        state = self.run, self._said, self._begun, self._links, self._fields
        self.run, self._said, self._begun, self._links, self._fields = -1, {}, 0, [], []
        return state

    def resume(self, state: Sequence[Any]) -> None:
        """Go on with what `suspend` gave."""
        self.run, self._said, self._begun, self._links, self._fields = state

    def data(self, text: str) -> None:
        """See Reader."""
        if self._text is not None:
            self._text.append(text)

    def _start_run(self, given: dict[str, str]) -> None:
        self.run = len(self.shared.runs)
        self.shared.runs.append(Run(self.part, self.parser.CurrentByteIndex))
        self._said = {}
        self._begun = self.paragraph.length if self.paragraph else 0

    def _end_run(self) -> None:
        runs, paragraph, said = self.shared.runs, self.paragraph, self._said
        runs[self.run] = runs[self.run]._replace(end=self.parser.CurrentByteIndex)
        if paragraph and said and self._begun < paragraph.length:
            if "lang" in said:
                paragraph.languages[said["lang"]] += paragraph.length - self._begun
            kinds: dict[str, MarkKind] = {"b": "strong", "i": "emphasis"}
            for name, kind in kinds.items():
                if name in said and said[name] not in _OFF:
                    paragraph.mark(kind, self._begun)
            if is_code(said.get("rStyle", ""), self.shared.styles):
                paragraph.mark("code", self._begun)
        self.run, self._said = -1, {}

    def _start_run_properties(self, given: dict[str, str]) -> None:
        if self.run >= 0 and not self.describing:
            run = self.shared.runs[self.run]
            self.shared.runs[self.run] = run._replace(properties=(self.parser.CurrentByteIndex, 0))

    def _end_run_properties(self) -> None:
        if self.run >= 0 and not self.describing:
            run = self.shared.runs[self.run]
            self.shared.runs[self.run] = run._replace(properties=(run.properties[0], self.parser.CurrentByteIndex))

    def _property(self, name: str) -> Callable[[dict[str, str]], None]:
        def note(given: dict[str, str]) -> None:
            if self.run >= 0 and not self.describing:
                self._said[name] = attribute(given, "val")

        return note

    @property
    def _unseen(self) -> bool:
        """Whether text is not shown: it is hidden, or belongs to the instruction of a field."""
        return self._said.get("vanish", "0") not in _OFF or any(field.start < 0 for field in self._fields)

    def _start_text(self, given: dict[str, str]) -> None:
        self._text, self._at = [], self.parser.CurrentByteIndex
        self._kept = attribute(given, "space") == "preserve"

    def _end_text(self) -> None:
        text = "".join(self._text or ()).translate(_LINE_ENDS)
        self._text = None
        if not self._kept:
            text = text.strip(" ")
        if text and self.paragraph and not self._unseen:
            if self.run >= 0 and all(field.link for field in self._fields):
                node = len(self.shared.nodes)
                self.shared.nodes.append(Node(self.part, self._at, self.parser.CurrentByteIndex, self.run))
            else:
                node = FIXED
            self.paragraph.add(text, node)

    def _end_instruction(self) -> None:
        if self._fields:
            self._fields[-1].instruction.append("".join(self._text or ()))
        self._text = None

    def _field(self, given: dict[str, str]) -> None:
        kind, paragraph = attribute(given, "fldCharType"), self.paragraph
        if kind == "begin":
            self._fields.append(Field([]))
        elif kind == "separate" and self._fields:
            found = _LINK.match("".join(self._fields[-1].instruction))
            self._fields[-1] = Field([], paragraph.length if paragraph else 0, found[1] if found else "")
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.link and paragraph:
                paragraph.mark("link", field.start, field.link)
        if paragraph:
            paragraph.removable = False

    def _start_simple_field(self, given: dict[str, str]) -> None:
        self._fields.append(Field([attribute(given, "instr")]))
        self._field({"fldCharType": "separate"})

    def _tab(self, given: dict[str, str]) -> None:
        if self.paragraph and self.run >= 0 and not self._unseen:
            self.paragraph.add("\t")

    def _break(self, given: dict[str, str]) -> None:
        if self.paragraph and not self._unseen:
            self.paragraph.stop()

    def _hyphen(self, given: dict[str, str]) -> None:
        if self.paragraph and not self._unseen:
            self.paragraph.add("-")

    def _start_link(self, given: dict[str, str]) -> None:
        anchor = attribute(given, "anchor")
        target = self.links.get(attribute(given, "id"), f"#{anchor}" if anchor else "")
        self._links.append((self.paragraph.length if self.paragraph else 0, target))

    def _end_link(self) -> None:
        if self._links:
            start, target = self._links.pop()
            if self.paragraph:
                self.paragraph.mark("link", start, target)

    def _picture(self, given: dict[str, str]) -> None:
        """A picture: the text that stands for it, in the drawings of today or of old."""
        text = " ".join((attribute(given, "descr") or attribute(given, "alt")).split())
        if self.paragraph:
            self.paragraph.removable = False
            self.paragraph.pictures.append((text, self.run))
            self.paragraph.marks.append(Mark("image", self.paragraph.length, self.paragraph.length))
