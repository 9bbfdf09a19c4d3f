"""Features: documented properties of a unit that a scored rule may weigh. Each takes a Scan and a Unit and gives a number."""

from __future__ import annotations

import re

from edlint.checks.base import Feature, Scan, Unit
from edlint.document import Mark
from edlint.text.prose import words as split_words

_NUMBER = re.compile(r"\d")
_STOPS = ".!?\u2026"
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
    return float(not scan.document.blocks[unit.block].text[unit.end :].strip())


def listed(scan: Scan, unit: Unit) -> float:
    """1 inside a list."""
    return float(scan.document.blocks[unit.block].kind == "list")


def aside(scan: Scan, unit: Unit) -> float:
    """1 inside a page's navigation, aside, footer or form."""
    return float(not {"nav", "aside", "footer", "form"}.isdisjoint(scan.document.blocks[unit.block].within))


FEATURES: dict[str, Feature] = {
    f.__name__: f
    for f in (
        words, characters, number, link, link_share, note, code, quoted_share, question, full_stop, capitals, names,
        symbols_only, section, section_question, first, position, blocks_left, before_prose, after_prose, outside_prose, opens_block,
        closes_block, listed, aside,
    )
}  # fmt: skip
