"""The answers of /v2/check, turned into Remarks on code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from edlint.errors import EngineError
from edlint.grammar.base import Remark

MAX_REPLACEMENTS = 5
LONGEST = 5_000  # code points of a message, a name or a replacement
_ODD = re.compile("[^A-Za-z0-9]+")


class Utf16:
    """Turns offsets in UTF-16 units, which LanguageTool counts, into code points of `text`."""

    def __init__(self, text: str) -> None:
        astral = () if text.isascii() else (at for at, char in enumerate(text) if char > "\uffff")
        self._pairs = [at + number for number, at in enumerate(astral)]  # where, in units, each surrogate pair begins
        self.length = len(text) + len(self._pairs)

    def start(self, unit: int) -> int:
        """The code point at a unit."""
        return unit - bisect_left(self._pairs, unit)

    def end(self, unit: int) -> int:
        """The code point after the one that ends at a unit; in the middle of a pair, after the whole of it."""
        return unit - bisect_left(self._pairs, unit - 1)


def remarks(answer: Any, text: str) -> list[Remark]:
    """The remarks in the answer to `text`; names of rules are of letters, digits and underscores.

    Raises EngineError when that is no answer, none to this text, or one that the server did not finish.
    """
    units = Utf16(text)
    try:
        software, language, matches = answer["software"], answer["language"], answer["matches"]
        if software["name"] != "LanguageTool" or type(software["apiVersion"]) is not int or type(matches) is not list:
            raise ValueError
        _text(language["code"])
        if len(matches) > max(units.length, 1):  # more than one for each letter
            raise ValueError
        unfinished = answer.get("warnings", {}).get("incompleteResults", False)
        found = [_remark(match, units) for match in matches]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EngineError("the answer is not LanguageTool's", hint="is another server listening there?") from None
    if unfinished is not False:
        raise EngineError("LanguageTool did not finish reading the text", hint="is the server short of time or memory?")
    return found


def _remark(match: Any, units: Utf16) -> Remark:
    begin, length, rule = match["offset"], match["length"], match["rule"]
    if type(begin) is not int or type(length) is not int or not 0 <= begin <= begin + length <= units.length:
        raise ValueError
    replacements = tuple(_text(r["value"]) for r in match.get("replacements", ())[:MAX_REPLACEMENTS])
    groups = (_text(rule["category"]["id"]), _text(rule.get("issueType", "")))
    start = units.start(begin)
    end = units.end(begin + length) if length else start
    name = _ODD.sub("_", _text(rule["id"]))
    if not name:
        raise ValueError
    return Remark(start, end, name, _text(match["message"]), replacements, groups)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair could be written to no file
