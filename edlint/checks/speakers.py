"""Who speaks without quotation marks: in a headline ("Cruz: …", "…, says Cruz", "Cruz says …", "…: minister"), in an interview ("Q: …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from edlint.text.ranges import Range

LONGEST_HEADLINE = 400  # code points; nobody speaks in what is longer, which is no headline
_SAYING = (
    "says|said|calls|called|claims|claimed|warns|warned|tells|told|insists|argues|believes|thinks|admits"
    "|brands|dubs|labels|likens|describes|accuses"
)
# What stands before a colon and is no speaker: the headline's own exclamation or kind.
_NO_SPEAKER = (
    r"(?:the|a|an|watch|video|photos?|exclusive|breaking|update|shock|listen|look|poll|quiz|opinion|review|proof"
    r"|\w+(?:ing|ed|able|ible|ful))"
)
_NAME = r"[A-Z][\w.'&-]*"
_LEAST = 3  # blanks in what is said; "Shock: three are dead" names no speaker at its end
_BEFORE_COLON = re.compile(rf"(?!(?i:{_NO_SPEAKER})\b){_NAME}(?: (?:{_NAME}|of|de|van|von|bin|al|and)){{0,5}}: ")
_AFTER_COLON = re.compile(r"(?<=\w): (?!(?i:the|a|an)\b|')(?:[\w.'&-]+ ){0,2}[\w.'&-]+\.?$")
_AFTER_COMMA = re.compile(rf", (?:[\w.'&-]+ ){{0,6}}?(?:{_SAYING})\b[^,:;]*$", re.I)
_AFTER_VERB = re.compile(rf"(?<=\w )(?:{_SAYING}) ", re.I)


@lru_cache(maxsize=1024)
def ascribed(headline: str) -> tuple[Range, ...]:
    """The half-open ranges of a headline (straight quotes, plain blanks) that are said by the speaker it names, not by itself."""
    ranges = []
    if before := _BEFORE_COLON.match(headline):
        ranges.append((before.end(), len(headline)))
    elif (after := _AFTER_COLON.search(headline)) and headline.count(" ", 0, after.start()) >= _LEAST:
        ranges.append((0, after.start()))
    if after := _AFTER_COMMA.search(headline):
        ranges.append((0, after.start()))
    elif verb := _AFTER_VERB.search(headline):
        ranges.append((verb.end(), len(headline)))
    return tuple(ranges)


_LABEL = re.compile(rf"({_NAME}(?: (?:{_NAME}|of|de|van|von|bin|al)){{0,3}}): ?(?=\S)")
_INITIALS = re.compile(r"[A-Z]\.?(?:[A-Z]\.?){0,2}")
_FIRST_NAME = re.compile(r"\b([A-Z][\w'-]*) (?=[A-Z][a-z])")
_TURNS = 2  # paragraphs that each of at least as many speakers opens: a note and a tip are no interview


def interview(paragraphs: Sequence[str]) -> bytearray:
    """For each paragraph whether (1 or 0) it is said in an interview: a label opens it that names who speaks ("Ana Ruiz: …", "AR: …"),
    or it goes on from such a paragraph. An empty text stands for what ends a speech, a heading. Linear in the paragraphs' length."""
    labels = [found[1] if (found := _LABEL.match(text)) else "" for text in paragraphs]
    speakers = {name for name, turns in Counter(labels).items() if name and turns >= _TURNS}
    if len(speakers) >= _TURNS and any(map(_first_name_alone, speakers)):
        known = {found[1] for text in paragraphs for found in _FIRST_NAME.finditer(text)}
        speakers = {name for name in speakers if not _first_name_alone(name) or name in known}
    said = bytearray(len(paragraphs))
    if len(speakers) >= _TURNS:
        for at, (text, label) in enumerate(zip(paragraphs, labels, strict=True)):
            said[at] = bool(text) and (label in speakers if label else at > 0 and bool(said[at - 1]))
    return said


def _first_name_alone(label: str) -> bool:
    """Whether a label is one word that is no initials: a name only where it stands before a surname elsewhere."""
    return " " not in label and not _INITIALS.fullmatch(label)
