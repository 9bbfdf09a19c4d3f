"""The noun Source: one draft as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from edlint.errors import SourceError
from edlint.text.decode import encode
from edlint.text.span import LineIndex, Span, edited


class Remark(NamedTuple):
    """What to write into a draft as a comment: the span it speaks of, and its text, a paragraph a line."""

    span: Span
    text: str


class Container(Protocol):
    """The file behind a Source whose text was extracted from it: `data` are its bytes. In that text, a line is a paragraph."""

    data: bytes

    def allows(self, edits: Sequence[tuple[Span, str]]) -> bool:
        """Whether the file can be changed so that its text is changed by these edits and nothing else is."""

    def edited(self, edits: Sequence[tuple[Span, str]]) -> Source:
        """The draft after edits that do not overlap. Raises SourceError where they are not allowed."""

    def annotated(self, remarks: Sequence[Remark]) -> tuple[bytes, int]:
        """The file with these comments added, and how many were; not those that it has already. Raises SourceError where it cannot be."""


@dataclass(frozen=True)
class Source:
    """One draft: its path as shown to the user, its decoded text (line ends and all, without a byte order mark), and how it was encoded.

    Where the text was extracted from a file of another kind, such as Word's, `container` is that file.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False
    container: Container | None = field(default=None, repr=False, compare=False)

    @property
    def unit(self) -> str:
        """What a line of the text is called."""
        return "paragraph" if self.container else "line"

    @property
    def data(self) -> bytes:
        """The draft's bytes. Raises SourceError for a character that its encoding does not have."""
        return self.container.data if self.container else encode(self.text, self.encoding, self.bom)

    def edited(self, edits: Sequence[tuple[Span, str]]) -> Source:
        """The draft after edits that do not overlap. Raises SourceError for a container that does not allow them."""
        if self.container:
            return self.container.edited(edits)
        return Source(self.path, edited(self.text, edits), self.encoding, self.bom)

    @property
    def digest(self) -> str:
        """The SHA-256 of the draft's bytes, in hexadecimal digits; "" for a text that its encoding cannot hold."""
        from hashlib import sha256

        try:
            return sha256(self.data).hexdigest()
        except SourceError:
            return ""

    @cached_property
    def lines(self) -> LineIndex:
        """The line index of the text, made when first asked for."""
        return LineIndex(self.text)
