"""Text that was saved as UTF-8 and read as Windows-1252 or Latin-1, so that one character became two, three or four."""

from __future__ import annotations

import unicodedata

_LOW, _HIGH = range(0x80, 0xC0), range(0xC2, 0xF5)  # the bytes that go on with a character, and those that begin one


def _shown(byte: int) -> str:
    """The characters that a byte may have been read as."""
    try:
        return "".join(dict.fromkeys((bytes([byte]).decode("cp1252"), chr(byte))))
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {shown: byte for byte in (*_LOW, *_HIGH) for shown in _shown(byte)}


def _class(bytes_: range) -> str:
    return "[" + "".join(f"\\u{ord(shown):04x}" for byte in bytes_ for shown in _shown(byte)) + "]"


_NEXT = _class(_LOW)
CANDIDATE = f"(?:{_class(range(0xC2, 0xE0))}{_NEXT}|{_class(range(0xE0, 0xF0))}{_NEXT}{{2}}|{_class(range(0xF0, 0xF5))}{_NEXT}{{3}})"

_PROPER = frozenset("’‘”“»«›‹…–—°·™®©\u00a0šœžŠŒŽƒªºµ")  # what may follow a letter with an accent in sound text
_STOPS = frozenset("’‘”“»«›‹…–—·\u00a0")
_SOUND = (range(0xA0, 0x250), range(0x370, 0x530), range(0x590, 0x700))  # what a pair may have been: Latin, Greek, Cyrillic, Hebrew, Arabic


def decoded(text: str, start: int, end: int) -> str:
    """What the candidate text[start:end] was before it was garbled; "" where it may as well stand as it is."""
    found = text[start:end]
    try:
        meant = bytes(_BYTES[shown] for shown in found).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return ""
    if len(found) == 2:
        return meant if any(ord(meant) in sound for sound in _SOUND) and _is_odd_pair(text, start, end) else ""
    if unicodedata.category(meant) in ("Cn", "Co", "Cc"):
        return ""
    sound = _STOPS if found[0] == "â" else _PROPER  # no word goes on from â with a letter of Windows-1252
    return meant if any(shown not in sound for shown in found[1:]) else ""


def _is_odd_pair(text: str, start: int, end: int) -> bool:
    """Whether a letter and what follows it cannot stand so in sound text, given the characters about them."""
    lead, follower = text[start], text[start + 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if lead == "Â":
        return not (before.isupper() and follower in "»«\u00a0·" and not after.isalnum())
    if follower not in _PROPER:
        return True
    if lead == "Ã" and follower == "—":
        return not before.isalpha()
    return before.islower() or (after.isalpha() and not before.isupper() and not follower.isspace())
