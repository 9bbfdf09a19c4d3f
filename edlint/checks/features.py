"""Features: documented properties of a unit that a scored rule may weigh. Each takes a Scan and a Unit and gives a number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from operator import itemgetter

from edlint.checks.base import Feature, Scan, Unit
from edlint.checks.headings import guessed, headed, heads_text, introduced
from edlint.checks.neighbours import STOPS, echoes, repeats, runs_on, text_of
from edlint.model.document import Block, Mark
from edlint.text.lazy import lazy
from edlint.text.prose import word_texts
from edlint.text.ranges import Overlaps

_NUMBER, _VISIBLE = lazy(r"\d"), lazy(r"\S")
_FEW = 16  # marks of a block that are looked through one by one
_TELLING = 8  # sentences of the shortest text whose share of figures means something
_KNOWN = 512  # units whose number of words is kept: rules ask for the same ones in turn
_CLOSERS = "\"'\u201d\u2019)]}\u00bb*_ \t\n\u00a0"


def _marks(scan: Scan, unit: Unit, kind: str) -> list[Mark]:
    marks = scan.document.blocks[unit.block].marks
    if len(marks) > _FEW:
        own, places = scan.shared((_marks, unit.block, kind), lambda: _placed(marks, kind))
        return [own[number] for number in places.meeting(unit.start, unit.end)]
    return [m for m in marks if m.kind == kind and m.start < unit.end and unit.start < m.end]


def _placed(marks: Sequence[Mark], kind: str) -> tuple[list[Mark], Overlaps]:
    """The marks of a kind, and where they stand."""
    own = [mark for mark in marks if mark.kind == kind]
    return own, Overlaps((mark.start, mark.end) for mark in own)


def words(scan: Scan, unit: Unit) -> float:
    """How many words the unit has."""
    known = scan.shared((words,), dict[Unit, int])
    count = known.get(unit)
    if count is None:
        if len(known) >= _KNOWN:
            known.clear()
        count = known[unit] = len(word_texts(text_of(scan, unit)))
    return count


def characters(scan: Scan, unit: Unit) -> float:
    """How many code points the unit has."""
    return unit.end - unit.start


def number(scan: Scan, unit: Unit) -> float:
    """1 when a digit stands in the unit."""
    return float(_NUMBER.search(text_of(scan, unit)) is not None)


def figures(scan: Scan, unit: Unit) -> float:
    """Which share of the document's sentences hold a digit, 0 to 1; 0 in a text of fewer than eight sentences, which cannot tell."""
    return scan.shared((figures,), lambda: _with_digits(scan))


def _with_digits(scan: Scan) -> float:
    sentences = scan.units(("paragraph", "list", "quote"), "sentence")
    return sum(number(scan, sentence) for sentence in sentences) / len(sentences) if len(sentences) >= _TELLING else 0.0


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
    covered = 0
    for number in range(bisect_right(ranges, unit.start, key=itemgetter(1)), len(ranges)):
        start, end = ranges[number]
        if start >= unit.end:
            break
        covered += min(end, unit.end) - max(start, unit.start)
    return covered / max(1, unit.end - unit.start)


def question(scan: Scan, unit: Unit) -> float:
    """1 when the unit ends with a question mark."""
    return float(text_of(scan, unit).rstrip(_CLOSERS).endswith("?"))


def full_stop(scan: Scan, unit: Unit) -> float:
    """1 when the unit ends with a sentence stop (. ! ? …), closing quotes and brackets aside."""
    return float(text_of(scan, unit).rstrip(_CLOSERS)[-1:] in STOPS and text_of(scan, unit).strip(_CLOSERS) != "")


def capitals(scan: Scan, unit: Unit) -> float:
    """Which share of the letters are capitals, 0 to 1."""
    letters = "".join(filter(str.isalpha, text_of(scan, unit)))
    return sum(map(str.isupper, letters)) / max(1, len(letters))


def names(scan: Scan, unit: Unit) -> float:
    """How many words after the first begin with a capital."""
    return sum(word[0].isupper() for word in islice(word_texts(text_of(scan, unit)), 1, None))


def symbols_only(scan: Scan, unit: Unit) -> float:
    """1 when the unit has no letter, and no code either."""
    return float(not any(c.isalpha() for c in text_of(scan, unit)) and not _marks(scan, unit, "code"))


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
    return float(_VISIBLE.search(scan.document.blocks[unit.block].text, 0, unit.start) is None)


def closes_block(scan: Scan, unit: Unit) -> float:
    """1 for the last unit of its block."""
    return float(_VISIBLE.search(scan.document.blocks[unit.block].text, unit.end) is None)


def listed(scan: Scan, unit: Unit) -> float:
    """1 inside a list."""
    return float(scan.document.blocks[unit.block].kind == "list")


def spoken(scan: Scan, unit: Unit) -> float:
    """1 in what a speaker says in an interview whose paragraphs begin with names or initials and a colon."""
    from edlint.checks.speakers import interview

    return float(scan.shared((spoken,), lambda: interview([_said(block) for block in scan.document.blocks]))[unit.block])


def _said(block: Block) -> str:
    """The text of a block in which somebody may speak; nothing for a heading."""
    return "" if block.kind in ("title", "heading") else block.text


def aside(scan: Scan, unit: Unit) -> float:
    """1 inside a page's navigation, aside, footer or form."""
    return float(not {"nav", "aside", "footer", "form"}.isdisjoint(scan.document.blocks[unit.block].within))


FEATURES: dict[str, Feature] = {
    f.__name__: f
    for f in (
        words, characters, number, figures, link, link_share, note, code, quoted_share, question, full_stop, capitals, names,
        symbols_only, section, section_question, first, position, blocks_left, before_prose, after_prose, outside_prose, opens_block,
        closes_block, listed, introduced, headed, spoken, heads_text, guessed, runs_on, repeats, echoes, aside,
    )
}  # fmt: skip
