"""The line of each key in a file, by dotted key; no text is kept for each, so memory grows with the file alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Held = dict[str, "Entry"] | list["Entry"]  # of a mapping by its keys, of a list by its items
Entry = int | tuple[int, Held]  # a 1-based line, with what the value there holds


class KeyLines(Mapping[str, int]):
    """The 1-based line of each dotted key ("rules.Claims", "tokens.0"). A key may itself hold dots."""

    __slots__ = ("_held",)

    def __init__(self, held: Held | None = None) -> None:
        self._held: Held = {} if held is None else held

    def __getitem__(self, key: str) -> int:
        found = _find(self._held, key)
        if found is None:
            raise KeyError(key)
        return line_of(found)

    def __iter__(self) -> Iterator[str]:
        return _names(self._held, "")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def lowered(self) -> KeyLines:
        """The same lines, the outermost keys in lower case."""
        return KeyLines({key.lower(): entry for key, entry in self._held.items()}) if isinstance(self._held, dict) else self


def line_of(entry: Entry) -> int:
    """The line of an entry itself."""
    return entry if isinstance(entry, int) else entry[0]


def _find(held: Held, key: str) -> Entry | None:
    """The entry of a dotted key, or None."""
    at = key.find(".")
    while True:
        name, rest = (key, "") if at < 0 else (key[:at], key[at + 1 :])
        if isinstance(held, dict):
            entry = held.get(name)
        else:
            entry = held[int(name)] if name.isdecimal() and len(name) < 9 and int(name) < len(held) else None
        if at < 0:
            return entry
        if isinstance(entry, tuple) and (found := _find(entry[1], rest)) is not None:
            return found
        at = key.find(".", at + 1)


def _names(held: Held, before: str) -> Iterator[str]:
    for name, entry in held.items() if isinstance(held, dict) else enumerate(held):
        dotted = f"{before}{name}"
        yield dotted
        if isinstance(entry, tuple):
            yield from _names(entry[1], f"{dotted}.")
