"""Remarks as comments of a Word file: each begins and ends at its own words, for which runs are parted where need be."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from edlint.errors import Place, SourceError
from edlint.formats.archive import get
from edlint.formats.editing import element_end, escaped, patched, tag_end, tag_name
from edlint.formats.paragraphs import AUTHOR, FIXED
from edlint.formats.wordstyles import STRICT, TRANSITIONAL
from edlint.model.source import Remark
from edlint.text.lazy import lazy
from edlint.text.span import Span

if TYPE_CHECKING:
    from edlint.formats.docx import WordFile

INITIALS = "ed"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NO_TEXT = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = lazy(rb"""<([A-Za-z_][^\s/>]*)((?:[^>"'/]|"[^"]*"|'[^']*')*)(/?)>""")
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Mark(NamedTuple):
    """What to put before character `offset` of the text node `node`; where `node` is FIXED, at the byte `offset` of the part.

    At one place, marks that end a comment (`rank` 0) come before those that begin one.
    """

    node: int
    offset: int
    rank: int
    xml: bytes


def annotated(file: WordFile, remarks: Sequence[Remark]) -> tuple[bytes, int]:
    """See edlint.model.source.Container. A remark on a note or a picture stands where that stands in the text."""
    data = file.archive.part(file.main)
    if not all(file.archive.editable(name) for name in (file.main, file.comments) if name):
        raise SourceError("not annotated: its text is not in UTF-8", Place(file.path), "open it and save it again")
    identity = 1 + max((int(number) for number in _identities(file) if number.isdecimal()), default=-1)
    known = {(said.text, file.laid.paragraph(said.at)) for said in file.said if said.author == AUTHOR and said.at >= 0}
    marks: list[Mark] = []
    texts: list[bytes] = []
    for span, text in remarks:
        ends = _ends(file, data, span)
        if ends is None or (text, file.laid.paragraph(_place(file, span.start))) in known:
            continue
        marks += _around(file, data, identity, *ends)
        texts.append(_comment(identity, text))
        identity += 1
    if not texts:
        return file.data, 0
    parts = {file.main: patched(data, _changes(file, data, marks)), **_with_comments(file, b"".join(texts))}
    return file.archive.changed(parts), len(texts)


def _identities(file: WordFile) -> Iterator[str]:
    root = file.archive.tree(file.comments)
    return (get(element, "id") for element in (root if root is not None else ()))


def _place(file: WordFile, offset: int) -> int:
    """The offset in the body of what a text after the body belongs to; any other as it is."""
    laid = file.laid
    for start, run in reversed(laid.pictures):
        if offset >= start:
            return _offset_of(file, run)
    paragraph = laid.paragraphs[laid.paragraph(offset)]
    return _offset_of(file, file.references.get(paragraph.note, FIXED)) if paragraph.note else offset


def _offset_of(file: WordFile, run: int) -> int:
    """An offset in the paragraph in which a run stands."""
    if run == FIXED:
        return 0
    byte = file.runs[run].start
    numbers = (n for n, paragraph in enumerate(file.laid.paragraphs) if paragraph.part == 0 and paragraph.first < byte <= paragraph.last)
    return file.laid.starts[next(numbers, 0)]


def _ends(file: WordFile, data: bytes, span: Span) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where a comment on a span begins and ends, each as node and offset (see Mark); None where the file has no place for it."""
    laid = file.laid
    run = next((run for start, run in reversed(laid.pictures) if span.start >= start), None)
    if run is None and (note := laid.paragraphs[laid.paragraph(span.start)].note):
        run = file.references.get(note, FIXED)
    if run is not None:
        if run == FIXED or file.runs[run].part:
            return None
        found = file.runs[run]
        return (FIXED, found.start), (FIXED, element_end(data, found.start, found.end))
    first, last = laid.piece(span.start), laid.piece(max(span.start, span.end - 1))
    inside = [number for number in range(max(first, 0), last + 1) if laid.nodes[number] != FIXED]
    if not inside:  # only a break, or a paragraph without text: the words before it, or else those after it
        before = (number for number in range(max(last, 0), -1, -1) if laid.nodes[number] != FIXED)
        after = (number for number in range(max(last, 0), len(laid.nodes)) if laid.nodes[number] != FIXED)
        number = next(before, next(after, FIXED))
        if number == FIXED or file.nodes[laid.nodes[number]].part:
            return None
        return (laid.nodes[number], 0), (laid.nodes[number], len(file.text_of(number)))
    start, end = inside[0], inside[-1]
    at = max(0, min(span.start - laid.offsets[start], len(file.text_of(start))))
    to = max(0, min(span.end - laid.offsets[end], len(file.text_of(end))))
    return (laid.nodes[start], at), (laid.nodes[end], to)


def _around(file: WordFile, data: bytes, identity: int, start: tuple[int, int], end: tuple[int, int]) -> Iterator[Mark]:
    """The marks that begin and end a comment."""
    run = file.runs[file.nodes[start[0]].run].start if start[0] != FIXED else start[1]
    prefix = tag_name(data, run)[:-1]
    if not prefix:
        raise SourceError("not annotated: its elements have no prefix", Place(file.path), "open it and save it again")
    number = str(identity).encode()
    begin = b'<%scommentRangeStart %sid="%s"/>' % (prefix, prefix, number)
    close = b'<%scommentRangeEnd %sid="%s"/>' % (prefix, prefix, number)
    close += b'<%sr><%scommentReference %sid="%s"/></%sr>' % (prefix, prefix, prefix, number, prefix)
    if start == end:
        yield Mark(*start, 1, begin + close)
    else:
        yield Mark(*start, 1, begin)
        yield Mark(*end, 0, close)


def _changes(file: WordFile, data: bytes, marks: Iterable[Mark]) -> Iterator[tuple[int, int, bytes]]:
    """The changes that put marks into a part: between runs where they stand at the ends of one, else inside, which parts the run."""
    between: list[tuple[int, int, bytes]] = []
    for node, group in groupby(sorted(marks, key=lambda mark: mark.node), key=lambda mark: mark.node):
        cuts = []
        for mark in group:
            place = mark.offset if node == FIXED else _beside(file, data, node, mark.offset)
            if place is None:
                cuts.append(mark)
            else:
                between.append((place, mark.rank, mark.xml))
        if cuts:
            yield _parted(file, data, node, sorted(cuts, key=lambda mark: mark[1:3]))
    between.sort(key=lambda mark: mark[:2])
    for place, group_ in groupby(between, key=lambda mark: mark[0]):
        yield place, place, b"".join(xml for _, _, xml in group_)


def _beside(file: WordFile, data: bytes, number: int, offset: int) -> int | None:
    """The byte before or after the run of a text node, where an offset in it stands at the run's own start or end; else None."""
    node = file.nodes[number]
    run = file.runs[node.run]
    if offset == 0 and node.start == (element_end(data, *run.properties) if run.properties[1] else tag_end(data, run.start)):
        return run.start
    if offset == len(file.text_of(file.pieces[number])) and tag_end(data, node.end) == run.end:
        return tag_end(data, run.end)
    return None


def _parted(file: WordFile, data: bytes, number: int, cuts: Iterable[Mark]) -> tuple[int, int, bytes]:
    """The change that parts the run of a text node at each mark: what follows it is in a run of the same properties."""
    node = file.nodes[number]
    run = file.runs[node.run]
    names = tag_name(data, run.start), tag_name(data, node.start)
    properties = data[run.properties[0] : element_end(data, *run.properties)] if run.properties[1] else b""
    text, at = file.text_of(file.pieces[number]), 0
    opening = b'<%s xml:space="preserve">' % names[1]
    made = [opening]
    for mark in cuts:
        made.append(escaped(text[at : mark.offset]) + b"</%s></%s>" % (names[1], names[0]))
        made.append(mark.xml + b"<%s>" % names[0] + properties + opening)
        at = mark.offset
    return node.start, node.end, b"".join([*made, escaped(text[at:])])


def _comment(identity: int, text: str) -> bytes:
    """A comment; each line of its text is a paragraph."""
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = f'<w:comment xmlns:w="%s" w:id="{identity}" w:author="{AUTHOR}" w:initials="{INITIALS}" w:date="{when}">'
    lines = _NO_TEXT.sub("\ufffd", text).split("\n")
    body = b"".join(b'<w:p><w:r><w:t xml:space="preserve">' + escaped(line) + b"</w:t></w:r></w:p>" for line in lines)
    return head.encode() + body + b"</w:comment>"


def _with_comments(file: WordFile, comments: bytes) -> dict[str, bytes]:
    """The parts that hold the comments and lead to them."""
    strict = STRICT.encode() in file.archive.part(file.main)[:4000]
    comments = comments.replace(b'xmlns:w="%s"', b'xmlns:w="' + (STRICT if strict else TRANSITIONAL).encode() + b'"')
    if file.comments in file.archive.names:
        return {file.comments: inside_root(file.archive.part(file.comments), comments)}
    folder, base = posixpath.split(file.main)
    name = next(n for k in range(1000) if (n := posixpath.join(folder, f"comments{k or ''}.xml")) not in file.archive.names)
    space = (STRICT if strict else TRANSITIONAL).encode()
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    empty = f'<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'.encode()
    kind = f"{_STRICT_RELATIONS if strict else _RELATIONS}/comments"
    identity = next(i for k in range(10_000) if (i := f"edlint{k or ''}") not in file.relations)
    link = f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{identity}" Type="{kind}" Target="{posixpath.basename(name)}"/>'
    content = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{name}" ContentType="{_KIND}"/>'
    known = file.archive.part(relations) if relations in file.archive.names else _HEAD + empty
    return {
        name: _HEAD + b'<w:comments xmlns:w="' + space + b'">' + comments + b"</w:comments>",
        relations: inside_root(known, link.encode()),
        "[Content_Types].xml": inside_root(file.archive.part("[Content_Types].xml"), content.encode()),
    }


def inside_root(data: bytes, xml: bytes) -> bytes:
    """A part with more at the end of its root element."""
    root = _ROOT.search(data)
    if root and root[3]:
        return data[: root.start()] + b"<" + root[1] + root[2] + b">" + xml + b"</" + root[1] + b">" + data[root.end() :]
    end = data.rindex(b"</")
    return data[:end] + xml + data[end:]
