"""The draft in the HTML report: its blocks in the form they have, with the notes; what a finding covers at length is folded away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from edlint.filters.directives import read_directive
from edlint.model.document import Comment
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.report.markup import Piece, shown
from edlint.report.notes import Notes
from edlint.text.lazy import lazy

_INSIDE = r"\s*(?:<(?!/?(?:li|ul|ol)\b)[^<>]*>\s*)*\Z"  # markup between the mark of an item and its words
_ORDERED = lazy(rf"(?:\d+[.)]|<ol\b[^<>]*>\s*<li\b[^<>]*>){_INSIDE}", re.IGNORECASE)
_ITEM = lazy(rf"(?:[-*+\u2022]|\d+[.)]|<li\b[^<>]*>)\s*(?:\[[ xX]\])?{_INSIDE}", re.IGNORECASE)
_NEW_ROW = lazy(r"<tr\b|\n", re.IGNORECASE)
_NEW_TABLE = lazy(r"<table\b|\n[ \t]*\n", re.IGNORECASE)
_MARKS = lazy(r"^(?:<!--|\{?/\*|#|\[)\s*|\s*(?:-->|\*/\}?|\])\s*$")
_ALONE = {"title": "h2", "heading": "h3", "quote": "blockquote", "code": "pre", "raw": "pre"}
Read = Callable[[Piece], str]


class Article:
    """One draft. `deeper` is by how much its headings stand below those of a page with one draft only."""

    def __init__(self, file: FileResult, rules: dict[str, Rule], name: str, notes: Notes, deeper: int) -> None:
        self._file, self._rules, self._name, self._notes, self._deeper = file, rules, name, notes, deeper

    def html(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """The article's lines."""
        yield '<div class="article">'
        for (fold, shape, _), group in groupby(_runs(pieces), key=lambda run: run[0]):
            inside = [piece for _, piece in group]
            if fold:
                yield from self._folded(fold, inside)
            elif shape == "list":
                yield from self._list(inside)
            elif shape == "table":
                yield from self._table(inside)
            else:
                for piece in inside:
                    yield from self._alone(piece)
        if self._file.source and not self._file.source.text.strip():
            yield '<p class="soft">The draft is empty.</p>'
        yield "</div>"

    def _alone(self, piece: Piece) -> Iterator[str]:
        kind, id = piece.block.kind, f"{self._name}-b{piece.at}"
        if str(kind) == "directive":
            yield f'<p class="b quieted" id="{id}">{_line(piece)}{self._silencer(piece)}</p>'
        elif piece.copy:
            level = self._file.findings[piece.copy - 1].level.word
            yield f'<div class="b copy {level}" id="{id}">{_line(piece)}{self._label(piece)}{_tagged("p", piece)}</div>'
        else:
            tag = _ALONE.get(kind, "p")
            tag = f"h{min(6, int(tag[1]) + self._deeper)}" if tag[0] == "h" else tag
            key = f"<b>{shown(piece.block.key)}</b> " if piece.block.key else ""
            label = '<span class="soft">Picture: </span>' if kind == "alt" else ""
            yield f'<div class="b {kind}" id="{id}">{_line(piece)}{_tagged(tag, piece, key + label)}</div>'
        yield from self._beside([piece])

    def _label(self, piece: Piece) -> str:
        """What stands above a second copy."""
        number = piece.copy
        finding = self._file.findings[number - 1]
        first = next(related for related in finding.related if not related.same)
        to, level = self._notes.target(first.span), finding.level.word
        said = "Second copy of" if to.whole else "Also in"
        link = f'id="{self._name}-m{number}" href="#{self._name}-n{number}" aria-label="{level.capitalize()}, note {number}"'
        return f'<p class="label"><a class="no {level}" {link}>{number}</a> {said} <a href="#{to.id}">line {to.line} ↑</a></p>'

    def _silencer(self, piece: Piece) -> str:
        """A comment that silences findings, in words."""
        text = self._file.source.text[slice(*piece.block.whole)] if self._file.source else ""
        found = read_directive(Comment(_MARKS.sub("", text), piece.block.whole))
        reason = getattr(found, "reason", "")
        return "<b>Silenced in the draft</b>" + (f": <q>{shown(reason)}</q>" if reason else "")

    def _list(self, items: Sequence[Piece]) -> Iterator[str]:
        """Items one after the other; those of an inner list are set in further."""
        tag = "ol" if _ORDERED.search(items[0].gap) else "ul"
        start = re.search(r"(\d+)[.)]\s*\Z", items[0].gap) if tag == "ol" else None
        yield f'<{tag} start="{int(start[1][:6])}">' if start else f"<{tag}>"
        for piece in items:
            depth = max(1, piece.block.within.count("list"))
            classes = f"b depth{min(depth, 5)}" + ("" if _ITEM.search(piece.gap) or not piece.block.within else " more-of-it")
            yield f'<li class="{classes}" id="{self._name}-b{piece.at}" dir="auto">{_line(piece)}{_broken(piece)}'
            yield from self._beside([piece])
            yield "</li>"
        yield f"</{tag}>"

    def _table(self, cells: Sequence[Piece]) -> Iterator[str]:
        yield '<div class="b grid"><table>'
        for number, (_, row) in enumerate(groupby(_rows(cells), key=lambda pair: pair[0])):
            yield "<tr>" if not number else "</tr><tr>"
            for at, (_, piece) in enumerate(row):
                tag = "th" if "header" in piece.block.within else "td"
                line = _line(piece) if not at else ""
                yield f'<{tag} id="{self._name}-b{piece.at}" dir="auto">{line}{_broken(piece)}</{tag}>'
        yield "</tr></table></div>"
        yield from self._beside(cells)

    def _folded(self, number: int, inside: Sequence[Piece]) -> Iterator[str]:
        finding = self._file.findings[number - 1]
        level, lines = finding.level.word, f"lines {inside[0].first} to {inside[-1].last}"
        anchor = f'style="anchor-name:--{self._name}-m{number}"'
        head = f'<span class="no {level}">{number}</span> <b>{self._notes.title(finding)}</b>, {lines}, folded'
        yield f'<div class="b fold" {anchor}><details><summary>{head} <span class="more" aria-hidden="true"></span></summary>'
        for piece in inside:
            yield f'<div id="{self._name}-b{piece.at}">{_line(piece)}{_tagged("p", piece)}</div>'
        yield "</details></div>"
        yield from self._beside(inside)

    def _beside(self, pieces: Sequence[Piece]) -> Iterator[str]:
        first, last = pieces[0].first, pieces[-1].last
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        yield from self._notes.beside((number for piece in pieces for number in piece.notes), lines)


def _runs(pieces: Iterable[Piece]) -> Iterator[tuple[tuple[int, str, int], Piece]]:
    """The pieces, each with what it has in common with its neighbours: the fold, the shape, and the number of the list or table."""
    number, before = 0, ""
    ordered = False
    for piece in pieces:
        kind = piece.block.kind
        shape = "" if piece.copy else kind if kind in ("list", "table") else ""
        marked = bool(_ITEM.search(piece.gap)) and piece.block.within.count("list") < 2
        other = shape == "list" and marked and bool(_ORDERED.search(piece.gap)) is not ordered and "<" not in piece.gap
        if shape != before or other or (shape == "table" and _NEW_TABLE.search(piece.gap)):
            number += 1
            ordered = bool(_ORDERED.search(piece.gap))
        before = shape
        yield (piece.fold, "", 0) if piece.fold else (0, shape, number), piece


def _rows(cells: Iterable[Piece]) -> Iterator[tuple[int, Piece]]:
    row = 0
    for at, piece in enumerate(cells):
        markup = "<" in piece.gap
        row += bool(at and (re.search(r"<tr\b", piece.gap, re.IGNORECASE) if markup else _NEW_ROW.search(piece.gap)))
        yield row, piece


def _tagged(tag: str, piece: Piece, before: str = "") -> str:
    return f'<{tag} dir="auto">{before}{_broken(piece)}</{tag}>'


def _broken(piece: Piece) -> str:
    """The block's text, with the line ends that its author set."""
    return f'<span class="lines">{piece.html}</span>' if "\n" in piece.block.text.strip() else piece.html


def _line(piece: Piece) -> str:
    return f'<span class="ln"><span class="vh">line </span>{piece.first}</span>'
