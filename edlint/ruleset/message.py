"""Messages: format strings in the manner of Go, as Vale's rules write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERB = re.compile(r"%(?:\[(\d+)\])?([a-zA-Z%])")


def fill(message: str, values: Sequence[str | int | float]) -> str:
    """`message` with its verbs filled: %s and %v take the next value, %d the next integer, %[2]s the second, %% is a per cent sign.

    One verb more than there are values prints nothing; line feeds in the result become blanks.
    """
    taken = 0

    def put(found: re.Match[str]) -> str:
        nonlocal taken
        index, verb = found.groups()
        if verb == "%":
            return "%"
        taken = int(index) if index else taken + 1
        if taken > len(values):
            return "" if taken == len(values) + 1 else f"%!{verb}(MISSING)"
        value = values[taken - 1]
        if verb == "v" or ((verb == "d") is isinstance(value, int) and verb in "sd"):
            return str(value)
        kind = "int" if isinstance(value, int) else "string"
        return f"%!{verb}({kind}={value})"

    return _VERB.sub(put, message).replace("\n", " ")
