"""Mismatched quotation marks: a quotation closed by a mark of another kind, or not closed at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edlint.text.lazy import lazy

_MARK = lazy(r"[“”\"«»„]")
_SINGLE = lazy(r"(?<=[.,!?…—–])['’](?=\s|\Z|[.,;:)])")
_LEADING = lazy(r"(?<![\w’'])[‘’'](?=\w)")
_CLOSES = {"“": "”", '"': '"', "«": "»"}


class Fault(NamedTuple):
    """A mark that does not fit: the number of its text, its offset there, the mark that opens, and the wrong one that closes, or ""."""

    text: int
    at: int
    opened: str
    closed: str


class _Scan:
    """The double marks of one paragraph: which closings are wrong, which openings stay open, whether something is closed from before."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wrong: list[tuple[int, str, str]] = []
        self.left: list[tuple[int, str]] = []
        self.closes_more = False
        self.begins = text[:1] if text[:1] in _CLOSES else ""
        open_: list[tuple[int, str]] = []
        for found in _MARK.finditer(text):
            at, mark = found.start(), found[0]
            if self._opens(at, mark, bool(open_)):
                if open_ and open_[-1][1] == mark:  # else one quotation stands in another
                    opener = open_.pop()
                    self.left += [opener] if text[at - 1 : at] != "\n" else []
                open_.append((at, mark))
            elif not open_:
                self.closes_more = self.closes_more or not (mark == '"' and text[at - 1 : at].isdigit())
            elif mark != '"' or self._leans(at):
                fitting = [number for number, (_, opening) in enumerate(open_) if _CLOSES[opening] == mark]
                if not fitting:
                    self.wrong.append((at, open_[-1][1], mark))
                del open_[fitting[-1] if fitting else -1 :]
        self.left += open_

    def _opens(self, at: int, mark: str, inside: bool) -> bool:
        before, after = self.text[at - 1 : at] if at else " ", self.text[at + 1 : at + 2] or " "
        if mark in "”»":
            return False
        if after.isspace():
            return False
        return before.isspace() or before in "([—–-/*‘'" or (mark in "“«" and not inside)

    def _leans(self, at: int) -> bool:
        """Whether a straight mark leans on the end of a word, and is not an inch mark."""
        return not self.text[at - 1].isspace()


def faults(texts: Sequence[str]) -> Iterator[Fault]:
    """The marks that do not fit in the paragraphs of a draft, in order.

    A quotation that runs over several paragraphs opens each anew and is closed in the last; one that a later paragraph closes
    is left alone, and so is one that a colon ends.
    """
    if any("„" in text for text in texts):  # closed by “ or ”, as the country has it
        return
    none = _Scan("")
    scans = [_Scan(text) if _MARK.search(text) else none for text in texts]
    for number, scan in enumerate(scans):
        for at, opened, closed in scan.wrong:
            yield Fault(number, at, opened, closed)
        for at, opened in scan.left:
            single = _single(scan.text, at + 1)
            if single >= 0:
                yield Fault(number, single, opened, scan.text[single])
            elif not _goes_on(scans, number, opened) and not scan.text.rstrip().endswith(":"):
                yield Fault(number, at, opened, "")


def _single(text: str, start: int) -> int:
    """Where a single mark closes what a double mark opened before `start`: after a stop, where no single mark is open; else -1."""
    after = _MARK.search(text, start)
    end = after.start() if after else len(text)
    return next((found.start() for found in _SINGLE.finditer(text, start, end) if not _LEADING.search(text, start, found.start())), -1)


def _goes_on(scans: Sequence[_Scan], number: int, opened: str) -> bool:
    """Whether the next paragraph opens the quotation anew, or one of the next ones closes it."""
    after = scans[number + 1 : number + 6]
    if after and after[0].begins == opened:
        return True
    for scan in after:
        if scan.closes_more:
            return True
        if scan.left or _MARK.search(scan.text):
            return False
    return False
