"""The styles of an OpenDocument text: what they are based on, and how they set characters."""

from __future__ import annotations

from typing import NamedTuple

from edlint.formats.archive import Reader, attribute
from edlint.formats.wordstyles import Style

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = {
    f"{_OASIS}:office:1.0": "office",
    f"{_OASIS}:text:1.0": "text",
    f"{_OASIS}:table:1.0": "table",
    f"{_OASIS}:style:1.0": "style",
    f"{_OASIS}:drawing:1.0": "draw",
    f"{_OASIS}:svg-compatible:1.0": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_BOLD = ("bold", "600", "700", "800", "900")


class Look(NamedTuple):
    """What a style says of the characters it sets."""

    strong: bool = False
    emphasis: bool = False
    hidden: bool = False
    language: str = ""


class OdtStyles(Reader):
    """Reads the styles in a part: `styles` by their names, and the `looks` of characters."""

    namespaces = NAMESPACES
    hidden = frozenset(["office:body", "office:master-styles", "office:font-face-decls", "office:scripts"])

    def __init__(self) -> None:
        super().__init__()
        self.styles: dict[str, Style] = {}
        self.looks: dict[str, Look] = {}
        self._name = ""
        self.starts = {"style:style": self._style, "style:default-style": self._style, "style:text-properties": self._look}

    def _style(self, given: dict[str, str]) -> None:
        self._name = attribute(given, "name")
        level = attribute(given, "default-outline-level")
        outline = int(level) if level.isdecimal() else 0
        shown = attribute(given, "display-name") or self._name
        self.styles[self._name] = Style(shown, attribute(given, "parent-style-name"), outline, bool(attribute(given, "list-style-name")))

    def _look(self, given: dict[str, str]) -> None:
        tongue, country = attribute(given, "language"), attribute(given, "country")
        language = "" if tongue in ("", "zxx", "none") else f"{tongue}-{country}" if country not in ("", "none") else tongue
        strong, emphasis = attribute(given, "font-weight") in _BOLD, attribute(given, "font-style") in ("italic", "oblique")
        self.looks[self._name] = Look(strong, emphasis, attribute(given, "display") == "none", language)
