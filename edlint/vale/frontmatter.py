"""The front matter of a draft as blocks for Vale's rules, each word at its place."""

from __future__ import annotations

from edlint.text.lazy import lazy
from edlint.vale.walk import Piece, Walker

_HEADER = lazy(r"[|>][+\-\d]*[ \t]*(?:#.*)?\r?\n|[\"']")  # of a block of text, or of a text in quotes
_WORD = lazy(r"(\s*)(\S+)")
_TABLE = lazy(r"(?m)^[ \t]*\[\[?[\w.\"' -]+\]\]?[ \t\r]*(?:#.*)?$")
_FIELD = lazy(r"""(?m)^["']?([\w.-]+)["']?[ \t]*=[ \t]*(["'])(.*)\2[ \t\r]*$""")


def front_matter(walker: Walker, text: str, start: int, end: int) -> None:
    """A block for every value of the front matter that is text, and whose first line stands on one line of it."""
    fence = text[start : start + 3]
    if fence == "+++":
        table = _TABLE.search(text, start, end)  # whose fields are no fields of the draft
        for field in _FIELD.finditer(text, start, table.start() if table else end):
            walker.add([(field[3], *field.span(3))], "front-matter", ("text", "frontmatter", field[1]), field[1])
        return
    body = text.find("\n", start, end) + 1
    close = text.rfind(fence, body, end)
    for key, value, first, last in _scalars(text[body : close if close > body else end]):
        if value.partition("\n")[0] not in text[start:end]:
            continue
        walker.add(_placed(value, text, body + first, body + last), "front-matter", ("text", "frontmatter", key), key)


def _placed(value: str, text: str, start: int, end: int) -> list[Piece]:
    """A value with the places of its words in text[start:end], which is how it is written: in quotes, on several lines.

    Where escapes are in the way it stands for the whole.
    """
    shift = text.find(value, start, end)
    if shift >= 0:
        return [(value, shift, shift + len(value))]
    header = _HEADER.match(text, start, end)
    at = header.end() if header else start
    found: list[Piece] = []
    for word in _WORD.finditer(value):
        place = text.find(word[2], at, end)
        if place < 0 or text[at:place].strip():
            return [(value, start, end)]
        found += [(word[1], at, place)] if word[1] else []
        at = place + len(word[2])
        found.append((word[2], place, at))
    return found


def _scalars(body: str) -> list[tuple[str, str, int, int]]:
    """The top-level fields of a YAML mapping whose value is text: name, value, and the range of the value. None of a broken one."""
    import yaml
    from yaml import events

    from edlint.files.yamlfile import resolve

    found: list[tuple[str, str, int, int]] = []
    depth, key = 0, None
    try:
        for event in yaml.parse(body, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, events.ScalarEvent) and depth == 1:
                if key is None:
                    key = event.value
                    continue
                plain = event.implicit[0] and not event.style
                if event.start_mark and event.end_mark and (not plain or isinstance(resolve(event.value), str)):
                    found.append((key, event.value, event.start_mark.index, event.end_mark.index))
            depth += isinstance(event, events.CollectionStartEvent)
            depth -= isinstance(event, events.CollectionEndEvent)
            if depth == 1 and not isinstance(event, events.MappingStartEvent):
                key = None
    except yaml.YAMLError:
        return []
    return found
