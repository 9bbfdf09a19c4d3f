"""Which words of a headline it ascribes to a speaker without quotation marks: "Cruz: …", "…, says Cruz", "Cruz says …", "…: minister"."""

from __future__ import annotations

import re
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
