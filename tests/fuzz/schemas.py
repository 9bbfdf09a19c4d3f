"""Data made from a JSON Schema: what it allows, and here and there what it does not, in any key and at any depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import soup

Schema = Mapping[str, Any]
DEPTH = 5  # levels of nesting that are made
ODD: tuple[object, ...] = (
    *soup.VALUES, [[]], {"": None}, [{}], {1: 2}, [True, 1.5, "x"], float("inf"), float("nan"), 10**30, "x" * 300, "\x00", "../" * 80,
    "/dev/null", ".", "~", "~nobody", "*", "**", "[", "!x", "{", "a\nb", {"level": "error"}, {"a": {"b": {"c": {"d": []}}}},
)  # fmt: skip


def made(rng: soup.Random, schema: Schema, *, odd: float = 0.1) -> Any:
    """A value for a schema; each part of it is, with the probability `odd`, of some other type instead."""
    return _value(rng, schema, schema.get("definitions", {}), odd, 0)


def _value(rng: soup.Random, schema: Any, named: Schema, odd: float, depth: int) -> Any:
    if rng.random() < odd or depth > DEPTH or not isinstance(schema, Mapping):
        return rng.choice(ODD)
    if "$ref" in schema:
        return _value(rng, named.get(schema["$ref"].rpartition("/")[2], {}), named, odd, depth)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _value(rng, rng.choice(schema[key]), named, odd, depth + 1)
    if "allOf" in schema and "if" in schema["allOf"][0]:  # a kind of rule
        return _value(rng, rng.choice(schema["allOf"])["then"], named, odd, depth)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return rng.choice(schema["enum"])
    kind = schema.get("type", "object" if "properties" in schema else "string")
    return _typed(rng, rng.choice(kind) if isinstance(kind, list) else kind, schema, (named, odd, depth))


def _typed(rng: soup.Random, kind: str, schema: Schema, around: tuple[Schema, float, int]) -> Any:
    named, odd, depth = around
    if kind == "object":
        return _object(rng, schema, around)
    if kind == "array":
        items = schema.get("items", {"type": "string"})
        return [_value(rng, items, named, odd, depth + 1) for _ in range(rng.randint(0, 3))]
    plain = {"integer": (0, 1, -1, 3, 10**12), "number": (0, 0.5, -2, 1e300), "boolean": (True, False), "null": (None,)}
    return rng.choice(plain.get(kind, (*soup.PATTERNS, *soup.WORDS, "error", "off", "$title", "text", "Claims.Figure", "Claims")))


def _object(rng: soup.Random, schema: Schema, around: tuple[Schema, float, int]) -> dict[Any, Any]:
    named, odd, depth = around
    properties = schema.get("properties", {})
    needed = [key for key in schema.get("required", ()) if rng.random() > odd]
    chosen = {*needed, *rng.sample(list(properties), k=rng.randint(0, min(6, len(properties))))}
    if "extends" in properties and rng.random() > odd:
        chosen.add("extends")
    found = {key: _value(rng, properties.get(key, {}), named, odd, depth + 1) for key in sorted(chosen)}
    more = schema.get("additionalProperties", {})
    if more is not False or rng.random() < odd:
        for _ in range(rng.randint(0, 2)):
            key = rng.choice(("Claims", "Claims.Figure", "Headlines.Clickbait", "a", "", 3, "x" * 300, *soup.PATTERNS))
            found[key] = _value(rng, more if isinstance(more, Mapping) else {}, named, odd, depth + 1)
    return found
