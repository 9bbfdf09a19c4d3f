"""What stands in a rule file, as a value of the type that a key asks for."""

from __future__ import annotations

from typing import Any

from edlint.checks.base import Key
from edlint.errors import did_you_mean


def typed(value: object, key: Key) -> Any:
    """`value` in the type of `key`, lists as tuples. Raises ValueError that says what was expected."""
    if value is None:
        return key.default
    if key.type == "texts":
        listed = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(part, list | dict) for part in listed):
            raise ValueError("a list of texts is wanted, not a list of lists or mappings")
        return tuple(text_of(part) for part in listed if part is not None)
    if key.type == "text" and not isinstance(value, list | dict):
        text = text_of(value)
        if key.choices and text not in key.choices:
            hint = did_you_mean(text, key.choices)
            raise ValueError(f"{text!r} is none of {', '.join(c for c in key.choices if c)}" + (f"; {hint}" if hint else ""))
        return text
    if key.type == "bool":
        word = str(value).lower()
        if word in ("true", "1", "false", "0"):
            return word in ("true", "1")
        raise ValueError(f"true or false is wanted, not {value!r}")
    if key.type in ("int", "number") and not isinstance(value, bool) and isinstance(value, int if key.type == "int" else int | float):
        return value
    if key.type == "mapping" and isinstance(value, dict):
        return value
    if key.type == "mapping" and isinstance(value, list | tuple) and all(isinstance(part, dict) for part in value):
        return {name: entry for part in value for name, entry in part.items()}
    if key.type == "list" and isinstance(value, list | tuple):
        return tuple(value)
    wanted = {"int": "a whole number", "number": "a number", "mapping": "a mapping", "list": "a list", "text": "a text"}[key.type]
    raise ValueError(f"{wanted} is wanted, not {value!r}")


def text_of(value: object) -> str:
    """A scalar as text, in the manner of Go: true, 1.5."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
