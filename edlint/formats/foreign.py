"""Passages in another language than the draft's: rules that know one language say nothing of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edlint.model.document import Block, Document
from edlint.text.language import NAMES, is_plainly, may_be, tongue

_UNKNOWN = ("und", "zxx", "mul", "x")  # tags that name no language
_SHOWN = 6  # places that the notice names


def mark_foreign(document: Document, language: str) -> tuple[Document, str]:
    """The document, its blocks in another language than `language` marked as such, and what to say of them; "" where there are none.

    A layered document is left as it is. What the draft says of itself counts (`lang` in its front matter or its markup),
    unless the words plainly say otherwise.
    """
    home = language.partition("-")[0].lower()
    if home in ("", "auto") or document.layers is not None:
        return document, ""
    whole = _whole(document, home)
    blocks = [_marked(block, whole, home) for block in document.blocks]
    if not any(block.language for block in (*blocks, *document.blocks)):
        return document, ""
    marked = replace(document, blocks=tuple(_with_neighbours(blocks, home)))
    foreign = [block for block in marked.blocks if block.language]
    return marked, _notice(marked, foreign) if foreign else ""


def _whole(document: Document, home: str) -> str:
    """The language that the draft says it is in, where that is another than `home` and most of its text does not belie it; else ""."""
    said = document.language.partition("-")[0].lower()
    if said in ("", home, *_UNKNOWN):
        return ""
    long = [block for block in document.blocks if len(block.text.split(None, 8)) > 8]
    return "" if sum(is_plainly(block.text, home) for block in long) * 2 > len(long) else said


def _marked(block: Block, whole: str, home: str) -> Block:
    """The block with the tag of its language where that is not `home`, and without one where it is."""
    said = block.language.partition("-")[0].lower() or whole
    if said in _UNKNOWN or block.kind == "code":
        found = ""
    elif said and said != home:
        found = "" if is_plainly(block.text, home) else said
    else:
        found = tongue(block.text, home)
    return block._replace(language=found) if found != block.language else block


def _with_neighbours(blocks: list[Block], home: str) -> Iterator[Block]:
    """The blocks; a short one, such as a heading, goes with those about it."""
    for before, block, after in zip([None, *blocks[:-1]], blocks, [*blocks[1:], None], strict=True):
        beside = [other.language for other in (before, after) if other and other.language]
        if beside and not block.language and block.kind != "code" and may_be(block.text, beside[0], home):
            yield block._replace(language=beside[0])
        else:
            yield block


def _notice(document: Document, foreign: list[Block]) -> str:
    """What was not judged, by lines."""
    lines = document.source.lines
    ranges: list[tuple[int, int]] = []
    for block in foreign:
        first, last = lines.position(block.whole.start).line, lines.last_line(block.whole)
        if ranges and first <= ranges[-1][1] + 2:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_SHOWN])
    more = f" and {len(ranges) - _SHOWN} more places" if len(ranges) > _SHOWN else ""
    tags = dict.fromkeys(block.language for block in foreign)
    named = " and ".join(NAMES.get(tag, "another language" if tag == "und" else repr(tag)) for tag in tags)
    single = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    return f"line{'' if single else 's'} {shown}{more}: in {named}, so not checked for grammar, spelling, claims or headlines"
