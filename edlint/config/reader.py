"""The key `reader:` of a configuration file: a language model of the user's own that reads along."""

from __future__ import annotations

from collections.abc import Callable

from edlint.config.values import MAX_SECONDS, Values
from edlint.model.server import READER_PACKS, ReaderConfig

READER_KEYS = tuple(name for name in ReaderConfig._fields if name != "allow_remote")  # which no file can say
_SECONDS = ("timeout", "draft_seconds", "run_seconds")
_LONGEST = 200  # code points of a model's name, which findings quote


def reader_values(values: Values, key: str, value: object) -> ReaderConfig | None:
    """What stands under `reader:`; None where nothing does."""
    readers: dict[str, Callable[[str, object], object]] = {
        **dict.fromkeys(_SECONDS, values.seconds),
        "server": values.text,
        "model": values.text,
        "packs": lambda at, item: tuple(dict.fromkeys(values.text(at, pack, READER_PACKS) for pack in values.texts(at, item))),
        "required": values.flag,
        "questions": values.most,
    }
    table = values.table(key, value, tuple(readers))
    if not table:
        return None
    for name in ("server", "model"):
        if not table.get(name):
            raise values.error(key, f"the key {name!r} is missing", "such as {server: http://127.0.0.1:8080/v1, model: qwen3}")
    reader = ReaderConfig(**{name: readers[name](f"{key}.{name}", item) for name, item in table.items()})  # type: ignore[arg-type]
    if len(reader.model) > _LONGEST or not reader.model.isprintable():
        raise values.error(f"{key}.model", f"must be one line of at most {_LONGEST} characters")
    try:
        _ = reader.remote
    except ValueError as fault:
        raise values.error(f"{key}.server", str(fault)) from None
    return reader


def reader_schema() -> dict[str, object]:
    """The JSON Schema of the table."""
    text = {"type": "string"}
    packs = {"enum": list(READER_PACKS)}
    keys = {
        "server": text,
        "model": {**text, "maxLength": _LONGEST},
        "packs": {"anyOf": [packs, {"type": "array", "items": packs}]},
        "required": {"type": "boolean"},
        "questions": {"type": "integer", "minimum": -1},
        **{key: {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_SECONDS} for key in _SECONDS},
    }
    return {"type": "object", "properties": keys, "additionalProperties": False}
