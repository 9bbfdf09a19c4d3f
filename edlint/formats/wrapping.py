"""Telling the lines that an author ended from those that an editor or a mail program wrapped."""

from __future__ import annotations

from collections.abc import Sequence

NARROWEST, WIDEST = 45, 130  # columns at which text is wrapped
_STACK, _VERSE = 30, 60  # narrower lines are a stack of labels, or may be verse
_PAUSES = ".!?:…,;–—-"
_STOPS = ".!?:…\"”’'»)]"
_LEADS_ON = frozenset(
    "a an the this that these those my our your his her its their no some any each every"
    " of to in on at by for with from into onto upon about over under between through during against without within across"
    " and or but nor than as if while when where which who whose because since until although whether"
    " is are was were be been being has have had will would can could shall should may might must do does did not very more most".split()
)  # no sentence, caption or headline ends with one of these


def flows(line: str, after: str) -> bool:
    """Whether a sentence plainly runs on from `line` into `after`, two lines without blanks at their ends.

    It never does into a copy of the line: a caption that was cut off may have been pasted twice.
    """
    if line == after:
        return False
    return after[:1].islower() or line[-1:] in ",;–—-" or line.rpartition(" ")[2] in _LEADS_ON


def has_room(width: int, after: str, full: int) -> bool:
    """Whether a line of `width` columns had room for the first word of the line `after` it, in text wrapped at `full` columns."""
    return width + 1 + len((after.split(None, 1) or [after])[0]) <= full


def is_wrapped(lines: Sequence[str], widths: Sequence[int]) -> bool:
    """Whether the lines of one paragraph of markup were wrapped, rather than ended by their author.

    `widths` are the columns the lines take in the source. A stack of short lines, such as the labels of buttons, is not
    wrapped; nor is verse, whose lines end in a stop or a comma; nor are whole sentences, each on its line, in a paragraph
    where nothing runs on from line to line.
    """
    full = max(widths)
    if full < _STACK or (full < _VERSE and all(line[-1:] in _PAUSES for line in lines)):
        return False
    for line, after, width in zip(lines, lines[1:], widths, strict=False):
        if line and after and (flows(line, after) or _breaks_off(line, after, width, full)):
            return True
    return False


def _breaks_off(line: str, after: str, width: int, full: int) -> bool:
    """Whether a line that is about as wide as lines are wrapped stops short of the end of its sentence."""
    return NARROWEST <= width <= WIDEST and line[-1] not in _STOPS and line != after and not has_room(width, after, full)
