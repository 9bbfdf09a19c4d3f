"""YAML with line numbers and without surprises: `no`, `off`, `12:30` and dates stay text, duplicate keys and alias bombs are errors.

Values are built from the parser's events with a stack of our own, so that neither depth nor aliases can exhaust anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edlint.errors import ConfigError, EdlintError, Place
from edlint.files.inputs import read_text_or
from edlint.files.line_numbers import Held, KeyLines, line_of
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from yaml.events import AliasEvent, CollectionStartEvent, Event, ScalarEvent

MAX_DEPTH = 40
MAX_ALIASED = 10_000
MAX_BYTES = 16_000_000
MAX_VALUES = 1_000_000
MAX_KEY = 1_000  # characters
_INT = lazy(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = lazy(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})\Z")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_NAME = lazy(r"[A-Za-z][A-Za-z_]{0,29}(?:\.[A-Za-z]{1,30})?")
_TEXT_TAG = "tag:yaml.org,2002:str"


def load_yaml(source: str | Path, path: str = "", error: type[EdlintError] = ConfigError, most: int = MAX_BYTES) -> tuple[Any, KeyLines]:
    """Read one YAML document, given as text or as the Path of a UTF-8 file.

    Returns the data and the 1-based line of each dotted key ("rules.Claims", "tokens.0"); keys are always text, and an
    empty document is None. `path` is the name used in errors (default: the Path). Raises `error` with its Place for a file
    that cannot be read, broken YAML, a duplicate key, a tag, more than one document, and for too much: bytes (more than `most`),
    values, levels, aliases, or characters of a key.
    """
    name = path or str(source)
    text = read_text_or(error, source, most, name) if isinstance(source, Path) else source.removeprefix("\ufeff")
    import yaml

    builder = _Builder(name, error)
    try:
        builder.read(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise error(f"not valid YAML: {problem.problem or problem.context}", place, _advice(text, place.line)) from None
    except yaml.reader.ReaderError as problem:
        raise error("not valid YAML: a control character", Place(name, _line_of_control(text)), str(problem.reason)) from None
    return builder.value, KeyLines(builder.held)


def _advice(text: str, line: int | None) -> str:
    """The way out of the commonest mistakes, judged by the line at fault."""
    lines = text.split("\n")
    shown = lines[line - 1] if line and line <= len(lines) else ""
    if "\t" in shown:
        return "indent with spaces, not tabs"
    if shown.count(": ") > 1 or re.search(r":\s+['\"].*['\"]\s*\S", shown) or re.match(r"\s*(-|[\w.]+:)\s+[*&%@`!|>\[{]", shown):
        return "put quotation marks around the whole text"
    return ""


def _line_of_control(text: str) -> int | None:
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


@dataclass(slots=True)
class _Open:
    """A mapping or sequence still being read: `held` are the lines of what it holds, `nodes` counts that, `key` awaits its value."""

    value: dict[str, object] | list[object]
    held: Held
    anchor: str | None
    nodes: int = 1
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Turns parser events into data."""

    name: str
    error: type[EdlintError]
    value: object = None
    held: Held | None = None
    _stack: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[object, int] | None] = field(default_factory=dict)
    _documents: int = 0
    _aliased: int = 0
    _values: int = 0

    def read(self, text: str) -> None:
        """Read a whole text. Raises what the parser raises, and the builder's `error`."""
        import yaml
        from yaml import events

        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, events.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, events.MappingStartEvent):
                self._open(event, {})
            elif isinstance(event, events.SequenceStartEvent):
                self._open(event, [])
            elif isinstance(event, events.CollectionEndEvent):
                self._close()
            elif isinstance(event, events.AliasEvent):
                self._alias(event)
            elif isinstance(event, events.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise self._fault("holds more than one YAML document", event, "remove what follows '---'")

    def _fault(self, message: str, event: Event, hint: str = "") -> EdlintError:
        mark = event.start_mark
        place = Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name)
        return self.error(message, place, hint)

    def _awaits_key(self) -> bool:
        top = self._stack[-1] if self._stack else None
        return top is not None and isinstance(top.value, dict) and top.key is None

    def _scalar(self, event: ScalarEvent) -> None:
        if event.tag not in (None, "!", _TEXT_TAG):
            raise self._fault("a tag is not allowed", event)
        if "\0" in event.value:
            raise self._fault("a NUL character is not allowed", event)
        if self._awaits_key():
            self._key(event)
            return
        plain = event.implicit[0] and not event.style and event.tag is None
        value = resolve(event.value) if plain else event.value
        self._where(event)
        self._put(value, 1)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)

    def _key(self, event: ScalarEvent) -> None:
        top = self._stack[-1]
        assert isinstance(top.value, dict)
        if event.value in top.value:
            assert isinstance(top.held, dict)
            first = line_of(top.held[event.value])
            raise self._fault(f"{_named(event.value)} appears twice", event, f"first on line {first}")
        if len(event.value) > MAX_KEY:
            raise self._fault(f"a key is longer than {MAX_KEY:,} characters", event)
        top.key = event.value
        assert isinstance(top.held, dict)
        top.held[event.value] = _line(event)

    def _where(self, event: Event) -> None:
        """Count the value that begins here, and note the line of a list's item."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._fault(f"holds more than {MAX_VALUES:,} values", event)
        if self._stack and isinstance(self._stack[-1].held, list):
            self._stack[-1].held.append(_line(event))

    def _open(self, event: CollectionStartEvent, value: dict[str, object] | list[object]) -> None:
        if self._awaits_key():
            raise self._fault("a key must be text", event, "put quotation marks around it")
        if event.tag not in (None, "!"):
            raise self._fault("a tag is not allowed", event)
        if len(self._stack) >= MAX_DEPTH:
            raise self._fault(f"is nested more than {MAX_DEPTH} levels deep", event)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._where(event)
        self._stack.append(_Open(value, {} if isinstance(value, dict) else [], event.anchor))

    def _close(self) -> None:
        done = self._stack.pop()
        if done.anchor:
            self._anchors[done.anchor] = (done.value, done.nodes)
        self._keep_lines(done.held)
        self._put(done.value, done.nodes)

    def _keep_lines(self, held: Held) -> None:
        """Keep the lines of what was read last beside the line where it begins."""
        if not self._stack:
            self.held = held
            return
        top = self._stack[-1]
        if held and isinstance(top.held, list):
            top.held[-1] = (line_of(top.held[-1]), held)
        elif held and isinstance(top.held, dict):
            key = top.key or ""
            top.held[key] = (line_of(top.held[key]), held)

    def _alias(self, event: AliasEvent) -> None:
        known = self._anchors.get(event.anchor or "")
        if known is None:
            hint = "put quotation marks around a text that begins with *"
            raise self._fault("this alias names nothing that is complete", event, hint)
        if self._awaits_key():
            raise self._fault("a key must be text", event, "put quotation marks around it")
        value, nodes = known
        self._aliased += nodes
        if self._aliased > MAX_ALIASED:
            raise self._fault(f"its aliases stand for more than {MAX_ALIASED} values", event, "write the values out")
        self._where(event)
        self._put(value, nodes)

    def _put(self, value: object, nodes: int) -> None:
        if not self._stack:
            self.value = value
            return
        top = self._stack[-1]
        top.nodes += nodes
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value[top.key or ""] = value
            top.key = None


def _line(event: Event) -> int:
    """The 1-based line where an event begins."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _named(key: str) -> str:
    """A key as errors name it. What does not look like a name may be the content of a file that was never meant to be shown."""
    return f"the key {key!r}" if _NAME.fullmatch(key) else "a key"


def resolve(text: str) -> str | int | float | bool | None:
    """What a plain scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def dumped(data: Mapping[str, object]) -> str:
    """A mapping as YAML, its keys in their order."""
    import yaml

    return str(yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, width=120))
