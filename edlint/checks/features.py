"""Features: documented properties of a unit that a scored rule may weigh. Each takes a Scan and a Unit and gives a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from edlint.checks.base import Feature, Scan, Unit
from edlint.document import Block, Mark
from edlint.text.prose import words as split_words

_NUMBER = re.compile(r"\d")
_STOPS = ".!?\u2026"
_HEADING = 2  # words of a line that plain text may mean as a heading, though it is a button elsewhere
_SHORT = 3  # letters of the longest word that says nothing of what a text is about
_WRAPPED = 30  # code points of the shortest line that was broken for want of room
_CLOSERS = "\"'\u201d\u2019)]}\u00bb*_ \t\n\u00a0"


def _text(scan: Scan, unit: Unit) -> str:
    return scan.document.blocks[unit.block].text[unit.start : unit.end]


def _marks(scan: Scan, unit: Unit, kind: str) -> list[Mark]:
    return [m for m in scan.document.blocks[unit.block].marks if m.kind == kind and m.start < unit.end and unit.start < m.end]


def words(scan: Scan, unit: Unit) -> float:
    """How many words the unit has."""
    return scan.shared((words, unit), lambda: len(split_words(_text(scan, unit))))


def characters(scan: Scan, unit: Unit) -> float:
    """How many code points the unit has."""
    return unit.end - unit.start


def number(scan: Scan, unit: Unit) -> float:
    """1 when a digit stands in the unit."""
    return float(_NUMBER.search(_text(scan, unit)) is not None)


def link(scan: Scan, unit: Unit) -> float:
    """How many links the unit holds or touches."""
    return len(_marks(scan, unit, "link"))


def link_share(scan: Scan, unit: Unit) -> float:
    """Which share of the unit's text is link text, 0 to 1."""
    covered = sum(min(m.end, unit.end) - max(m.start, unit.start) for m in _marks(scan, unit, "link"))
    return covered / max(1, unit.end - unit.start)


def note(scan: Scan, unit: Unit) -> float:
    """How many note references the unit holds."""
    return len(_marks(scan, unit, "note"))


def code(scan: Scan, unit: Unit) -> float:
    """How many stretches of inline code the unit holds."""
    return len(_marks(scan, unit, "code"))


def quoted_share(scan: Scan, unit: Unit) -> float:
    """Which share of the unit stands inside quotation marks, 0 to 1."""
    ranges = scan.document.quoted[unit.block]
    covered = sum(max(0, min(end, unit.end) - max(start, unit.start)) for start, end in ranges)
    return covered / max(1, unit.end - unit.start)


def question(scan: Scan, unit: Unit) -> float:
    """1 when the unit ends with a question mark."""
    return float(_text(scan, unit).rstrip(_CLOSERS).endswith("?"))


def full_stop(scan: Scan, unit: Unit) -> float:
    """1 when the unit ends with a sentence stop (. ! ? …), closing quotes and brackets aside."""
    return float(_text(scan, unit).rstrip(_CLOSERS)[-1:] in _STOPS and _text(scan, unit).strip(_CLOSERS) != "")


def capitals(scan: Scan, unit: Unit) -> float:
    """Which share of the letters are capitals, 0 to 1."""
    letters = "".join(filter(str.isalpha, _text(scan, unit)))
    return sum(map(str.isupper, letters)) / max(1, len(letters))


def names(scan: Scan, unit: Unit) -> float:
    """How many words after the first begin with a capital."""
    text = _text(scan, unit)
    return sum(text[start].isupper() for start, _ in split_words(text)[1:])


def symbols_only(scan: Scan, unit: Unit) -> float:
    """1 when the unit has no letter."""
    return float(not any(c.isalpha() for c in _text(scan, unit)))


def section(scan: Scan, unit: Unit) -> float:
    """1 in a heading below the title."""
    return float(scan.document.blocks[unit.block].kind == "heading")


def section_question(scan: Scan, unit: Unit) -> float:
    """1 in a heading below the title that ends with a question mark, as the questions of an interview do."""
    return section(scan, unit) * question(scan, unit)


def first(scan: Scan, unit: Unit) -> float:
    """1 in the first block of the document."""
    return float(unit.block == 0)


def position(scan: Scan, unit: Unit) -> float:
    """Where the unit's block stands in the document, from 0 (first) to 1 (last)."""
    return unit.block / max(1, len(scan.document.blocks) - 1)


def blocks_left(scan: Scan, unit: Unit) -> float:
    """How many blocks come after the unit's own."""
    return len(scan.document.blocks) - 1 - unit.block


def after_prose(scan: Scan, unit: Unit) -> float:
    """How many blocks after the last running text the unit stands; 0 while running text is still to come, or without any."""
    last = scan.document.last_prose
    return max(0, unit.block - last) if last >= 0 else 0


def before_prose(scan: Scan, unit: Unit) -> float:
    """How many blocks before the first running text the unit stands; 0 from there on, or where there is none."""
    return max(0, scan.document.first_prose - unit.block)


def outside_prose(scan: Scan, unit: Unit) -> float:
    """1 above the first running text and below the last; 0 between them, and where there is none."""
    return float(unit.block < scan.document.first_prose or unit.block > scan.document.last_prose >= 0)


def opens_block(scan: Scan, unit: Unit) -> float:
    """1 for the first unit of its block."""
    return float(not scan.document.blocks[unit.block].text[: unit.start].strip())


def closes_block(scan: Scan, unit: Unit) -> float:
    """1 for the last unit of its block."""
    return float(len(scan.document.blocks[unit.block].text.rstrip()) <= unit.end)


def listed(scan: Scan, unit: Unit) -> float:
    """1 inside a list."""
    return float(scan.document.blocks[unit.block].kind == "list")


def introduced(scan: Scan, unit: Unit) -> float:
    """1 in a list below a line that ends with a colon."""
    return float(scan.shared(("announced",), lambda: _announced(scan.document.blocks))[unit.block])


def _announced(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether it stands in a list below a line that ends with a colon."""
    found: list[bool] = []
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
    if blocks[at].kind != "heading" or (scan.document.format == "plain" and len(split_words(blocks[at].text)) > _HEADING):
        return 0.0
    below = next((block for block in islice(blocks, at + 1, None) if block.kind != "alt"), None)
    if below is None:
        return 0.0
    listed = below.kind == "list" and scan.document.format == "markdown" and not _is_link(below)
    return float(listed or below.kind in ("code", "table") or _is_sentence(below.text))


def guessed(scan: Scan, unit: Unit) -> float:
    """1 in a heading below the title of plain text, where layout alone tells a heading."""
    return section(scan, unit) * (scan.document.format == "plain")


def runs_on(scan: Scan, unit: Unit) -> float:
    """1 in a line that begins or ends inside a sentence of its block."""
    lines = scan.document.blocks[unit.block].text
    before, here, after = lines[: unit.start].rstrip(), _text(scan, unit).strip(), lines[unit.end :].lstrip()
    return float(_flows(before.rpartition("\n")[2], here) or _flows(here, after.partition("\n")[0]))


def repeats(scan: Scan, unit: Unit) -> float:
    """How often the unit's text stands in the document as a line of its own."""
    lines = scan.shared((repeats,), lambda: Counter(line.strip() for block in scan.document.blocks for line in block.text.split("\n")))
    return lines[_text(scan, unit).strip()]


def echoes(scan: Scan, unit: Unit) -> float:
    """How many of the unit's words of four letters or more stand in the block below it too; plurals and capitals do not count."""
    blocks = scan.document.blocks
    below = blocks[unit.block + 1].text if unit.block + 1 < len(blocks) else ""
    return len(_stems(_text(scan, unit)) & _stems(below))


def _stems(text: str) -> set[str]:
    """The longer words of a text, folded, without an ending -s."""
    found = (text[start:end].lower() for start, end in split_words(text))
    return {word.removesuffix("s") for word in found if len(word) > _SHORT}


def _is_link(block: Block) -> bool:
    """Whether a block is a link and nothing else."""
    return any(m.kind == "link" and len(block.text[: m.start].strip() + block.text[m.end :].strip()) < _SHORT for m in block.marks)


def _is_sentence(text: str) -> bool:
    """Whether a block reads as a sentence: five words or more, and a stop or colon at its end."""
    return text.rstrip(_CLOSERS)[-1:] in (*_STOPS, ":") and len(text.split(None, 5)) > 4


def _flows(line: str, after: str) -> bool:
    """Whether a sentence runs on from a line of some length into the next one."""
    return len(line) >= _WRAPPED and line[-1] not in f"{_STOPS}:" and bool(after) and not after[0].isupper()


def aside(scan: Scan, unit: Unit) -> float:
    """1 inside a page's navigation, aside, footer or form."""
    return float(not {"nav", "aside", "footer", "form"}.isdisjoint(scan.document.blocks[unit.block].within))


FEATURES: dict[str, Feature] = {
    f.__name__: f
    for f in (
        words, characters, number, link, link_share, note, code, quoted_share, question, full_stop, capitals, names,
        symbols_only, section, section_question, first, position, blocks_left, before_prose, after_prose, outside_prose, opens_block,
        closes_block, listed, introduced, heads_text, guessed, runs_on, repeats, echoes, aside,
    )
}  # fmt: skip
