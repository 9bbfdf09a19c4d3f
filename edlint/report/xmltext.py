"""XML in ASCII: declared as UTF-8, right in any encoding of the output that holds ASCII."""

from __future__ import annotations

import re

from edlint.text.lazy import lazy

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# everything but printable ASCII that stands for itself in an attribute; CI services that read the log obey "##" and "section_start:"
_SPECIAL = lazy("[^ !#-%'-;=?-~]|(?<=#)#|(?<=section)_(?=start:|end:)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def tag(name: str, /, *, open: bool = False, **attributes: object) -> str:
    """A tag without content, or with `open` the start of one. Attributes that are None are left out; `type_` gives `type`."""
    given = "".join(f' {key.rstrip("_")}="{escaped(str(value))}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{given}>" if open else f"<{name}{given}/>"


def escaped(text: str) -> str:
    """The text for an attribute or an element. A character that XML 1.0 forbids is written out: `\\x1b`."""
    return _SPECIAL.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    # the production Char of XML 1.0, section 2.2
    if char in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000:
        return _NAMED.get(char) or f"&#{code};"
    return char.encode("unicode_escape").decode("ascii")
