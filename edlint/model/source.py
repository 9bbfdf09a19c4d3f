"""The noun Source: one draft as text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from edlint.errors import SourceError
from edlint.text.decode import encode
from edlint.text.span import LineIndex


@dataclass(frozen=True)
class Source:
    """One draft: its path as shown to the user, its decoded text (line ends and all, without a byte order mark), and how it was encoded."""

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False

    @property
    def digest(self) -> str:
        """The SHA-256 of the draft's bytes, in hexadecimal digits; "" for a text that its encoding cannot hold."""
        from hashlib import sha256

        try:
            return sha256(encode(self.text, self.encoding, self.bom)).hexdigest()
        except SourceError:
            return ""

    @cached_property
    def lines(self) -> LineIndex:
        """The line index of the text, made when first asked for."""
        return LineIndex(self.text)
