"""Messages: format strings in the manner of Go, as rule files write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edlint.text.lazy import lazy

_VERB = lazy(r"%(?P<flags>[-+# 0]*)(?P<width>\d*)(?:\.(?P<precision>\d*))?(?:\[(?P<index>\d*)\])?(?P<verb>.?)", re.DOTALL)
_TEXT, _NUMBER, _FRACTION = "svqxX", "dvcxXobqU", "feEgGv"


def fill(message: str, values: Sequence[str | int | float]) -> str:
    """`message` with its verbs filled: %s and %v take the next value, %d the next integer, %[2]s the second, %% is a per cent sign.

    One verb more than there are values prints nothing, a second one says that it misses its value, and a verb of another
    type says so too. Line feeds in the result become blanks.
    """
    plain = message.count("%s")
    if message.count("%") == plain <= len(values) and all(isinstance(value, str) for value in values):
        return (message % tuple(values[:plain])).replace("\n", " ")
    given = [*values, ""]
    taken = 0

    def put(found: re.Match[str]) -> str:
        nonlocal taken
        verb, index = found["verb"], found["index"]
        if verb == "%":
            return "%"
        if not verb:
            return "%!(NOVERB)"
        if index is not None:
            if not index or not 0 < int(index) <= len(given):
                return f"%!{verb}(BADINDEX)"
            taken = int(index) - 1
        taken += 1
        if taken > len(given):
            return f"%!{verb}(MISSING)"
        return _shown(given[taken - 1], found)

    return _VERB.sub(put, message).replace("\n", " ")


def wanted(message: str) -> int:
    """How many values the verbs of a message take."""
    taken = most = 0
    for found in _VERB.finditer(message):
        if found["verb"] in ("%", ""):
            continue
        taken = int(found["index"] or 0) if found["index"] is not None else taken + 1
        most = max(most, taken)
    return most


def _shown(value: str | int | float, found: re.Match[str]) -> str:
    """One value as its verb asks."""
    verb, flags, width = found["verb"], found["flags"], int(found["width"] or 0)
    kind, fit = ("string", _TEXT) if isinstance(value, str) else ("int", _NUMBER) if isinstance(value, int) else ("float64", _FRACTION)
    if verb not in fit:
        return f"%!{verb}({kind}={_padded(str(value), flags, width)})"
    text = str(value)
    if kind == "float64" and verb != "v":
        text = f"{value:.{found['precision'] or 6}{verb}}"
    elif verb == "q":
        text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif verb in "xXob" and kind == "int":
        text = format(value, verb)
    elif found["precision"] is not None and kind == "string":
        text = text[: int(found["precision"] or 0)]
    return _padded(text, flags, width)


def _padded(text: str, flags: str, width: int) -> str:
    return text.ljust(width) if "-" in flags else text.zfill(width) if "0" in flags else text.rjust(width)
