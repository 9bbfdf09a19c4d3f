"""JSON Schemas of rule files and of the configuration, made from the keys that the code reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from edlint.checks import CHECKS, check_class
from edlint.checks.base import Key
from edlint.checks.cues import CUE_KEYS
from edlint.checks.features import FEATURES
from edlint.config.file import READERS, SCHEMAS_OF_TABLES
from edlint.config.values import LANGUAGE, MAX_MEGABYTES, MAX_SECONDS, Values
from edlint.formats import text_formats
from edlint.grammar import ENGINES, NO_ENGINE
from edlint.model.claim import KINDS
from edlint.model.config import FIELD_KINDS, OVERRIDABLE, GrammarConfig, Override
from edlint.model.finding import LEVELS
from edlint.model.rule import Example
from edlint.ruleset.load import COMMON, rule_keys

Schema = dict[str, Any]
_DRAFT = "http://json-schema.org/draft-07/schema#"  # the one that every editor knows
_SCALAR = ["string", "number", "boolean", "null"]
_TEXTS: Schema = {"type": [*_SCALAR, "array"], "items": {"type": _SCALAR}}
_TYPES: dict[str, Schema] = {
    "text": {"type": _SCALAR},
    "texts": _TEXTS,
    "bool": {"enum": [True, False, None, "true", "false", 0, 1, "0", "1"]},
    "int": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "mapping": {"type": ["object", "array", "null"], "items": {"type": "object"}},
    "list": {"type": ["array", "null"]},
    "any": {},
}


def dumped(name: str) -> str:
    """The schema of that name ("rule", "config") as JSON text, always the same for the same code."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


def rule_schema() -> Schema:
    """The schema of a rule file: what may stand in it depends on `extends`."""
    choices = [{"if": {"properties": {"extends": {"const": name}}}, "then": {"$ref": f"#/definitions/{name}"}} for name in CHECKS]
    return {
        "$schema": _DRAFT,
        "title": "A rule of edlint",
        "type": "object",
        "required": ["extends"],
        "properties": {"extends": {"description": COMMON["extends"].help, "enum": list(CHECKS)}},
        "allOf": choices,
        "definitions": {**{name: _check(name) for name in CHECKS}, "cue": _closed(CUE_KEYS), **_common()},
    }


def _check(name: str) -> Schema:
    """A rule of one check type."""
    schema = _closed(rule_keys(name))
    schema["properties"] |= {key: {"$ref": f"#/definitions/common.{key}"} for key in COMMON}
    schema["properties"]["extends"] = {"const": name}
    if check_class(name).reports:
        schema["required"] = ["extends", "message"]
    if check_class(name).lenient:
        del schema["additionalProperties"]
    return schema


def _common() -> Schema:
    """The keys that all check types share."""
    keys = {name: _key(name, key) for name, key in COMMON.items()}
    keys["message"] |= {"type": ["string", "number", "boolean"], "minLength": 1}
    keys["examples"] = {"description": COMMON["examples"].help, **_examples()}
    return {f"common.{name}": schema for name, schema in keys.items()}


def _closed(keys: Mapping[str, Key]) -> Schema:
    return {"type": "object", "properties": {name: _key(name, key) for name, key in keys.items()}, "additionalProperties": False}


def _key(name: str, key: Key) -> Schema:
    schema: Schema = {"description": key.help, **_TYPES[key.type]}
    if choices := tuple(FEATURES) if name == "feature" else key.choices:
        schema = {"description": key.help, "enum": [*choices, None]}
    if key.entries is CUE_KEYS:
        schema["items"] = {"$ref": "#/definitions/cue"}
    elif key.entries:
        schema |= {"items": _closed(key.entries)} if key.type == "list" else _closed(key.entries) | {"type": ["object", "null"]}
    if key.default not in (None, "", (), {}):
        schema["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    return schema


def _examples() -> Schema:
    fields = dict.fromkeys(Example._fields, _TYPES["text"]) | {"format": {"enum": text_formats()}}
    written = {"type": "object", "required": ["text"], "properties": fields, "additionalProperties": False}
    side = {"type": ["array", "null"], "items": {"anyOf": [{"type": _SCALAR}, written]}}
    return {"type": ["object", "null"], "properties": {"bad": side, "good": side}, "additionalProperties": False}


def config_schema() -> Schema:
    """The schema of `.edlint.yml`, and of [tool.edlint] in pyproject.toml."""
    return {
        "$schema": _DRAFT,
        "title": "A configuration of edlint",
        "type": ["object", "null"],
        "properties": {key: (SCHEMAS_OF_TABLES.get(key) or _VALUES[reader])() for key, reader in READERS.items()},
        "additionalProperties": False,
        "definitions": {"rules": {"type": "object", "additionalProperties": {"$ref": "#/definitions/setting"}}, "setting": _setting()},
    }


def _setting() -> Schema:
    """A level, or a mapping of keys: those of rules, and names of a pack's rules, which have capitals."""
    level = {"enum": [*LEVELS, "on", "off", True, False]}
    keys: Schema = {key: {} for name in CHECKS for key in rule_keys(name) if key not in ("extends", "examples")}
    mapping = {
        "type": "object",
        "properties": {**keys, "level": level},
        "patternProperties": {"^[^a-z_]": {"$ref": "#/definitions/setting"}},
        "additionalProperties": False,
    }
    return {"anyOf": [level, mapping]}


def _claim_kinds() -> Schema:
    return {"type": "array", "items": {"enum": list(KINDS)}}


def _texts() -> Schema:
    return {"type": ["string", "array"], "items": {"type": "string"}}


def _table(keys: Iterable[str], values: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """A mapping with these keys, of which those without an entry in `values` hold texts."""
    properties = {key: values.get(key, _texts()) for key in keys}
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _overrides() -> Schema:
    fields = {"rules": {"$ref": "#/definitions/rules"}, "grammar": _grammar(OVERRIDABLE)}
    return {"type": "array", "items": _table(Override._fields, fields, ["files"])}


def _grammar(names: Iterable[str] = GrammarConfig._fields) -> Schema:
    """The fields of GrammarConfig, by their types; only those named."""
    types: dict[object, Schema] = {str: {"type": "string"}, bool: {"type": "boolean"}, float: {"type": "number"}}
    fields = {
        name: {"enum": list(get_args(kind))} if get_origin(kind) is Literal else types[kind]
        for name, kind in get_type_hints(GrammarConfig).items()
    }
    fields["engine"] = {"enum": [*ENGINES, NO_ENGINE]}
    fields["language"] = {"type": "string", "pattern": f"^(?:{LANGUAGE.pattern})$"}
    fields["timeout"] = {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_SECONDS}
    return _table(names, fields)


# how a value is read → what it may be
_VALUES: dict[Callable[..., object], Callable[[], Schema]] = {
    Values.texts: _texts,
    Values.claim_kinds: _claim_kinds,
    Values.paths: _texts,
    Values.globs: _texts,
    Values.rules: lambda: {"$ref": "#/definitions/rules"},
    Values.grammar: _grammar,
    Values.overrides: _overrides,
    Values.flag: lambda: {"type": "boolean"},
    Values.fail_on: lambda: {"enum": [*LEVELS, "never"]},
    Values.most: lambda: {"type": "integer", "minimum": -1},
    Values.baseline: lambda: {"type": "string"},
    Values.encoding: lambda: {"type": "string"},
    Values.megabytes: lambda: {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_MEGABYTES},
    Values.fields: lambda: {"type": "object", "additionalProperties": {"enum": [*FIELD_KINDS, False]}},
}
SCHEMAS: dict[str, Callable[[], Schema]] = {"rule": rule_schema, "config": config_schema}
