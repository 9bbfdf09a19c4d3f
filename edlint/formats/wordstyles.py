"""What the styles of a word processor say of a paragraph: its kind, by the style's own name or by that of a style it is based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from edlint.formats.archive import Reader, attribute
from edlint.model.document import Kind
from edlint.text.lazy import lazy

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADING = lazy(r"heading[ _]?([1-9])")
# English names, which Word and LibreOffice keep in files whatever language they show; those of pandoc among them.
_KINDS: tuple[tuple[re.Pattern[str], Kind | None], ...] = (
    (re.compile(r"toc\b.*|contents .*|table of (?:figures|authorities)|(?:table|illustration|object|figure) index .*|index(?: .*)?"), None),
    (re.compile(r"(?:.* )?caption|legend|illustration|drawing|figure|(?:photo )?credit"), "caption"),
    (re.compile(r"(?:.* )?quote|quotations?|block text|blockquote"), "quote"),
    (re.compile(r"list(?: .*)?|numbering.*|definition(?: term)?"), "list"),
    (re.compile(r"source code|(?:html )?preformatted(?: text)?|macro text|code(?: block)?"), "code"),
    (re.compile(r"title"), "title"),
    (re.compile(r"subtitle"), "heading"),
)
_CODE = lazy(r"verbatim char|source text|html (?:code|typewriter|keyboard|sample)|(?:inline )?code(?: char)?|teletype")


class Style(NamedTuple):
    """A style as its file has it. `outline` is the level of a heading, 0 for none; `listed` says that it numbers or bullets."""

    name: str
    parent: str = ""
    outline: int = 0
    listed: bool = False
    language: str = ""


class Meaning(NamedTuple):
    """What a style says: the kind of a paragraph (None: no prose of the author's) and the level of a heading."""

    kind: Kind | None = "paragraph"
    level: int = 0


def meaning(identity: str, styles: Mapping[str, Style]) -> Meaning:
    """What the style `identity` means; styles may be based on one another in a circle."""
    seen: set[str] = set()
    while identity and identity not in seen:
        seen.add(identity)
        style = styles.get(identity, Style(identity))
        name = style.name.lower().replace("_20_", " ").strip()
        if found := _HEADING.fullmatch(name):
            return Meaning("heading", min(int(found[1]), 6))
        for pattern, kind in _KINDS:
            if pattern.fullmatch(name):
                return Meaning(kind, {"title": 1, "heading": 2}.get(kind or "", 0))
        if style.outline:
            return Meaning("heading", min(style.outline, 6))
        if style.listed:
            return Meaning("list")
        identity = style.parent
    return Meaning()


def is_code(identity: str, styles: Mapping[str, Style]) -> bool:
    """Whether a style for characters sets code."""
    return bool(identity) and _CODE.fullmatch(styles.get(identity, Style(identity)).name.lower().replace("_20_", " ")) is not None


class StyleReader(Reader):
    """Reads the part of a Word file that holds its styles, which may be larger than a short text: what means nothing costs little.

    `styles` are the styles by their identity; "" is what holds without any.
    """

    closes = False

    def __init__(self) -> None:
        super().__init__()
        self.styles: dict[str, Style] = {}
        self._identity = ""
        acts = {
            "docDefaults": self._open, "style": self._open, "name": self._named, "basedOn": self._based,
            "outlineLvl": self._outlined, "numId": self._listed, "lang": self._spoken,
        }  # fmt: skip
        self._acts = {f"{namespace} {name}": act for namespace in (TRANSITIONAL, STRICT) for name, act in acts.items()}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See Reader."""
        if act := self._acts.get(name):
            act(attributes)

    def _open(self, given: dict[str, str]) -> None:
        self._identity = attribute(given, "styleId")
        self.styles[self._identity] = Style("")

    def _set(self, **values: Any) -> None:
        if self._identity in self.styles:
            self.styles[self._identity] = self.styles[self._identity]._replace(**values)

    def _named(self, given: dict[str, str]) -> None:
        self._set(name=attribute(given, "val"))

    def _based(self, given: dict[str, str]) -> None:
        self._set(parent=attribute(given, "val"))

    def _outlined(self, given: dict[str, str]) -> None:
        level = attribute(given, "val")
        if level.isdecimal() and int(level) < 9:
            self._set(outline=int(level) + 1)

    def _listed(self, given: dict[str, str]) -> None:
        self._set(listed=attribute(given, "val") != "0")

    def _spoken(self, given: dict[str, str]) -> None:
        self._set(language=attribute(given, "val"))
