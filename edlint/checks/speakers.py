"""Who speaks without quotation marks: in a headline ("Cruz: …", "…, says Cruz", "Cruz says …", "…: minister"), in an interview ("Q: …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from edlint.text.lazy import lazy
from edlint.text.ranges import Range

LONGEST_HEADLINE = 400  # code points; nobody speaks in what is longer, which is no headline
_SAYING = (
    "says|said|calls|called|claims|claimed|warns|warned|tells|told|insists|argues|believes|thinks|admits"
    "|brands|dubs|labels|likens|describes|accuses"
)
# What makes a speaker of the words it ends: an office, a trade, a body, an outlet.
_SPEAKERS = frozenset(
    "academics activist activists administration adviser advisers agency aide aides allies ally analyst analysts archbishop "
    "association attorney author authorities bank bishop board campaigners candidate chairman charity chief clinic coach college "
    "commission commissioner committee company congressman congresswoman council councillor court critics department detective "
    "director doctor doctors economist economists editor embassy executive expert experts family federation firm foundation founder "
    "governor government group guardian herald historian inquiry institute institution investigators journal judge jury king lawmaker "
    "lawmakers lawyer lawyers leader management manager mayor minister ministry mission mother mp mps newspaper neighbours neighbors "
    "official officials opposition organisation organization owner parliament party police pope post premier president priest prince "
    "princess professor prosecutor prosecutors queen representative researchers residents scientist scientists secretary senator "
    "senators society sources spokesman spokesperson spokeswoman staff star teacher teachers times tribune tribunal un union unions "
    "university victim victims watchdog witness witnesses workers".split()
)
# What stands before a colon and speaks for nobody: a text, an alarm, an event, a matter, the headline's own exclamation.
_MATTERS = frozenset(
    "a abuse advice affair alert an analysis attack attacks audio ban bill blog bombshell book border brexit brief briefing budget "
    "bulletin cancer cause chaos claim climate clip column comment confirmed conspiracy corona coronavirus covid covid-19 crash crime "
    "crisis culture cure data deal death deaths debate dead debt diet disaster disgrace disease drama drugs economy editorial "
    "election elections emergency end energy epidemic ethics everything evidence exclusive exposé fact facts fail fire flashback "
    "flood food fraud game guide guns hack hate headlines health history hoax horror immigration inside interview investigation jobs "
    "joke latest law leak leaks letter letters lies life list listen live look love madness media memo migrants mistake money murder "
    "must mystery nation news nightmare note notes opinion outbreak outrage pain pandemic panic paper peace photo photos picture "
    "pictures plague plan plot podcast poll power prayer preview proof protest protests question questions quiz race rally rant rape "
    "rate record recap reform report reports research results revealed revenge review risk rules scandal scare schools science secret "
    "secrets series sex shame shock shooting shutdown sick special state statement storm story strike study summit survey syria tape "
    "tax terror terrorism test that the these this threat thread trade tragedy trial trouble truth update vaccine vaccines verdict "
    "video violence virus vote war warning watch weather why women world worst wow year what who whose which how when where here "
    "there now then next comes he she it they we you i nobody everybody everyone nothing one two three four five six ten".split()
)
_MADE = lazy(r"\w+(?:ing|ed|[ai]ble|ful|less|tion|sion|ment|ness|ity|ism|ence|ance|ics|ship|ous|ive)")  # words that name no person
_NAME = r"[A-Z][\w.'&-]*"
_LEAST = 3  # blanks in what is said; "Shock: three are dead" names no speaker at its end
_BEFORE_COLON = lazy(rf"{_NAME}(?: (?:{_NAME}|of|de|van|von|bin|al|and)){{0,5}}: ")
_AFTER_COLON = lazy(r"(?<=\w): (?!(?i:the|a|an)\b|')(?P<who>(?:[\w.'&-]+ ){0,2}[\w.'&-]+?)\.?$")
_TEXTS = frozenset("docs documents paper poll report reports researchers research review study survey".split())  # they speak, named last
_AFTER_COMMA = lazy(rf", (?:[\w.'&-]+ ){{0,6}}?(?:{_SAYING})\b[^,:;]*$", re.I)
_AFTER_VERB = lazy(rf"(?<=\w )(?:{_SAYING}) ", re.I)


@lru_cache(maxsize=1024)
def ascribed(headline: str) -> tuple[Range, ...]:
    """The half-open ranges of a headline (straight quotes, plain blanks) that are said by the speaker it names, not by itself."""
    ranges = []
    if (before := _BEFORE_COLON.match(headline)) and _speaks(before.group()[:-2]):
        ranges.append((before.end(), len(headline)))
    elif (after := _AFTER_COLON.search(headline)) and headline.count(" ", 0, after.start()) >= _LEAST and _speaks_last(after["who"]):
        ranges.append((0, after.start()))
    if after := _AFTER_COMMA.search(headline):
        ranges.append((0, after.start()))
    elif verb := _AFTER_VERB.search(headline):
        ranges.append((verb.end(), len(headline)))
    return tuple(ranges)


def _speaks(words: str) -> bool:
    """Whether words before a colon name a person, a body or an outlet: by what ends them, or as a name that holds no known matter."""
    parts = [part.removesuffix("'s").strip(".").lower() for part in words.split()]
    named = parts[-1] in _SPEAKERS or (" of " in words and not _MATTERS.intersection(parts))
    return named or not any(map(_is_matter, parts))


def _speaks_last(words: str) -> bool:
    """Whether words after the last colon name who said the rest: "minister", "UN report", "Ana Ruiz"."""
    last = words.split()[-1].lower()
    return last in _SPEAKERS or last in _TEXTS or (words[:1].isupper() and words.split()[-1][:1].isupper() and _speaks(words))


def _is_matter(word: str) -> bool:
    return word in _MATTERS or (word not in _SPEAKERS and _MADE.fullmatch(word) is not None)


_LABEL = lazy(rf"({_NAME}(?: (?:{_NAME}|of|de|van|von|bin|al)){{0,3}}): ?(?=\S)")
_INITIALS = lazy(r"[A-Z]\.?(?:[A-Z]\.?){0,2}")
_FIRST_NAME = lazy(r"\b([A-Z][\w'-]*) (?=[A-Z][a-z])")
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
