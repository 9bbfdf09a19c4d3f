"""Features that tell what stands below a heading or an announcement, and so belongs to the piece. See edlint.checks.features."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from edlint.checks.base import Scan, Unit
from edlint.checks.neighbours import SHORT, STOPS
from edlint.model.document import Block
from edlint.text.prose import word_texts

_HEADING = 2  # words of a line that plain text may mean as a heading, though it is a button elsewhere
_CLOSERS = "\"'\u201d\u2019)]}\u00bb*_ \t\n\u00a0"


def introduced(scan: Scan, unit: Unit) -> float:
    """1 in a list below a line that ends with a colon."""
    return float(scan.shared(("announced",), lambda: _announced(scan.document.blocks))[unit.block])


def _announced(blocks: Sequence[Block]) -> bytearray:
    """For each block, whether (1 or 0) it stands in a list below a line that ends with a colon."""
    found = bytearray()
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        colon = before is not None and (found[-1] if before.kind == "list" else before.text.rstrip(_CLOSERS).endswith(":"))
        found.append(block.kind == "list" and colon)
    return found


def heads_text(scan: Scan, unit: Unit) -> float:
    """1 in the title of a document with running text, and in a heading with a sentence, a table or code below it, in Markdown also a list
    that is more than links. In plain text, where layout alone tells a heading, only for one of at most two words."""
    blocks, at = scan.document.blocks, unit.block
    if blocks[at].kind == "title":
        said = scan.document.format != "plain" and any(_is_sentence(block.text) for block in islice(blocks, at + 1, at + 9))
        return float(said or scan.document.last_prose > at)
    if blocks[at].kind != "heading" or (scan.document.format == "plain" and len(word_texts(blocks[at].text)) > _HEADING):
        return 0.0
    below = next((blocks[number] for number in range(at + 1, len(blocks)) if blocks[number].kind != "alt"), None)
    if below is None:
        return 0.0
    listed = below.kind == "list" and scan.document.format == "markdown" and not _is_link(below)
    return float(listed or below.kind in ("code", "table") or _is_code(below) or _is_sentence(below.text))


def headed(scan: Scan, unit: Unit) -> float:
    """1 in a Markdown list below a heading, such as the changes of a release below "Added"."""
    return float(scan.document.format == "markdown" and scan.shared((headed,), lambda: _headed(scan.document.blocks))[unit.block])


def _headed(blocks: Sequence[Block]) -> bytearray:
    """For each block, whether (1 or 0) it stands in a list with nothing between it and a heading."""
    found = bytearray()
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        below = before is not None and (found[-1] if before.kind == "list" else before.kind == "heading")
        found.append(block.kind == "list" and below)
    return found


def guessed(scan: Scan, unit: Unit) -> float:
    """1 in a heading below the title of plain text, where layout alone tells a heading."""
    return float(scan.document.blocks[unit.block].kind == "heading" and scan.document.format == "plain")


def _is_link(block: Block) -> bool:
    """Whether a block is a link and nothing else."""
    return any(m.kind == "link" and len(block.text[: m.start].strip() + block.text[m.end :].strip()) < SHORT for m in block.marks)


def _is_code(block: Block) -> bool:
    """Whether a block opens with inline code, as the address of a request does."""
    return any(mark.kind == "code" and not block.text[: mark.start].strip() for mark in block.marks)


def _is_sentence(text: str) -> bool:
    """Whether a block reads as a sentence: five words or more, and a stop or colon at its end."""
    return text.rstrip(_CLOSERS)[-1:] in (*STOPS, ":") and len(text.split(None, 5)) > 4
