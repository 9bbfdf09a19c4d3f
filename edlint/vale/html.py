"""HTML for Vale's rules: tags and text from the tokenizer to the walker."""

from __future__ import annotations

import re
from html import unescape

from edlint.formats.html import ATTRIBUTE, TOKEN
from edlint.vale.walk import Piece, Walker

_ODD = re.compile(r"\r\n?|&#?[0-9a-zA-Z]{1,32};?")
_RAW = frozenset(("script", "style", "textarea", "xmp"))


def feed(walker: Walker, text: str, start: int, end: int, *, plain: bool = True) -> None:
    """Read text[start:end]. Without `plain`, what stands between tags is left to the caller."""
    at = start
    while token := TOKEN.search(text, at, end):
        if plain:
            prose(walker, text, at, token.start())
        at = token.end()
        if token["name"]:
            name = token["name"].lower()
            if token["end"]:
                walker.end(name)
            else:
                _start(walker, text, name, token.span("attributes"))
                if name in _RAW:
                    close = re.compile(rf"</{name}", re.IGNORECASE).search(text, at, end)
                    at = close.start() if close else end
        elif token["comment"] is not None:
            walker.comment(token["comment"], token.start(), at)
    if plain:
        prose(walker, text, at, end)


def _start(walker: Walker, text: str, name: str, span: tuple[int, int]) -> None:
    attributes = ((found, found.lastindex or 0) for found in ATTRIBUTE.finditer(text, *span))
    values = {found[1].lower(): found.span(last) for found, last in attributes if last > 1}
    if name == "img" and "alt" in values:
        walker.alt(pieces(text, *values["alt"]))
    shown = {key: unescape(text[slice(*values[key])]) for key in ("class", "href") if key in values}
    walker.start(name, shown.get("class", ""), shown.get("href", ""))


def prose(walker: Walker, text: str, start: int, end: int) -> None:
    """Hand text to the walker, entities decoded."""
    for piece in pieces(text, start, end):
        walker.text(*piece)


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """text[start:end] with entities decoded and every line end as LF."""
    found: list[Piece] = []
    at = start
    for odd in _ODD.finditer(text, start, end):
        first, last = odd.span()
        if first > at:
            found.append((text[at:first], at, first))
        decoded = "\n" if text[first] == "\r" else "'" if odd[0] == "&rsquo;" else unescape(odd[0])
        found.append((decoded, first, last))
        at = last
    if end > at:
        found.append((text[at:end], at, end))
    return found
