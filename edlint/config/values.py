"""The values of a configuration file, checked; every fault is placed at the line of its key."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from edlint.errors import ConfigError, Place, did_you_mean
from edlint.files.folders import expanded, is_file
from edlint.files.globs import compile_glob
from edlint.grammar import ENGINES, NO_ENGINE
from edlint.model.claim import KINDS
from edlint.model.config import FIELD_KINDS, OVERRIDABLE, GrammarConfig, Override, Rules, RuleSetting
from edlint.model.document import field_name
from edlint.model.finding import LEVELS, Level
from edlint.text.lazy import lazy

LANGUAGE = lazy(r"auto|[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MAX_SECONDS = 3600  # seconds that a request may take
MAX_MEGABYTES = 1000  # megabytes of a draft
_VARIABLE = lazy(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")
_SWITCHES: dict[object, Literal["on", "off"]] = {"on": "on", "off": "off", True: "on", False: "off"}


@dataclass(frozen=True, slots=True)
class Values:
    """Checks values and places errors in one file."""

    path: Path
    lines: Mapping[str, int]

    def error(self, key: str, message: str, hint: str = "") -> ConfigError:
        """The error for a dotted key, at its line or that of the nearest key around it."""
        at = key
        while at and at not in self.lines:
            at = at.rpartition(".")[0]
        return ConfigError(f"{key}: {message}" if key else message, Place(str(self.path), self.lines.get(at)), hint)

    def table(self, key: str, value: object, known: tuple[str, ...] = ()) -> dict[str, object]:
        """A mapping; with `known`, no other keys."""
        if not isinstance(value, dict):
            raise self.error(key, f"must be a mapping of names to values, not {_kind(value)}")
        if known and value and not key and not any(name in known or did_you_mean(name, known) for name in value):
            # perhaps a link to what nobody meant to show: none of it is named
            place = Place(str(self.path), self.lines.get(next(iter(value))))
            raise ConfigError("is not an edlint configuration: it has none of its keys", place, f"known keys: {', '.join(known)}")
        for name in value if known else ():
            if name not in known:
                dotted = f"{key}.{name}" if key else name
                raise self.error(dotted, "unknown key", did_you_mean(name, known) or f"known keys: {', '.join(known)}")
        return value

    def text(self, key: str, value: object, choices: tuple[str, ...] = ()) -> str:
        """A text; with `choices`, one of them."""
        if not isinstance(value, str):
            raise self.error(key, f"must be a string, not {_kind(value)}")
        if choices and value not in choices:
            raise self.error(key, f"no such value: {value!r}", did_you_mean(value, choices) or f"one of: {', '.join(choices)}")
        return value

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one."""
        items = value if isinstance(value, list) else [value]
        return tuple(self.text(f"{key}.{i}" if items is value else key, item) for i, item in enumerate(items))

    def claim_kinds(self, key: str, value: object) -> tuple[str, ...]:
        """Kinds of claims."""
        listed = self.texts(key, value)
        for number, kind in enumerate(listed):
            self.text(f"{key}.{number}", kind, KINDS)
        return listed

    def paths(self, key: str, value: object) -> tuple[Path, ...]:
        """A list of files that exist, relative to this file's folder."""
        found = []
        for i, item in enumerate(self.texts(key, value)):
            file = (self.path.parent / expanded(item)).absolute()
            if not is_file(file):
                raise self.error(f"{key}.{i}", f"there is no file {item!r}")
            found.append(file)
        return tuple(found)

    def path_with_variables(self, key: str, text: str) -> Path:
        """A path in which `~`, `$NAME` and `${NAME}` stand for the home folder and for environment variables, which must be set."""

        def filled(found: re.Match[str]) -> str:
            value = os.environ.get(found[1] or found[2])
            if not value:
                raise self.error(key, f"the environment variable {found[1] or found[2]} in {text!r} is not set")
            return value

        return expanded(_VARIABLE.sub(filled, text))

    def globs(self, key: str, value: object) -> tuple[str, ...]:
        """A list of file patterns."""
        patterns = self.texts(key, value)
        for i, pattern in enumerate(patterns):
            try:
                compile_glob(pattern)
            except ValueError as problem:
                raise self.error(f"{key}.{i}", f"not a file pattern: {problem}") from None
        return patterns

    def fail_on(self, key: str, value: object) -> Level | None:
        """A level, or None for "never"."""
        return LEVELS.get(self.text(key, value, (*LEVELS, "never")))

    def most(self, key: str, value: object) -> int | None:
        """A whole number from 0 on; None for -1, which sets no limit."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(key, f"must be a whole number, not {_kind(value)}")
        if value < -1:
            raise self.error(key, "must be 0 or more, or -1 for any number")
        return None if value == -1 else value

    def megabytes(self, key: str, value: object) -> float:
        """A size in megabytes above 0, at most MAX_MEGABYTES."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(key, f"must be a number of megabytes, not {_kind(value)}")
        if not 0 < value <= MAX_MEGABYTES:
            raise self.error(key, f"must be more than 0 and at most {MAX_MEGABYTES} megabytes")
        return value

    def baseline(self, key: str, value: object) -> Path | None:
        """A file relative to this file's folder, which need not be there yet; None for an empty text."""
        name = self.text(key, value)
        return (self.path.parent / expanded(name)).absolute() if name else None

    def encoding(self, key: str, value: object) -> str:
        """The name of a text encoding that Python knows."""
        name = self.text(key, value)
        try:
            codecs.lookup(name)
        except LookupError:
            raise self.error(key, f"no such encoding: {name!r}", "such as utf-8, cp1252, latin-1") from None
        return name

    def fields(self, key: str, value: object) -> dict[str, str]:
        """What fields of front matter hold, by their names; see Config."""
        given = self.table(key, value)
        for name, kind in given.items():
            if kind not in FIELD_KINDS and kind is not False:
                hint = did_you_mean(str(kind), FIELD_KINDS) or f"one of {', '.join(FIELD_KINDS)}"
                raise self.error(f"{key}.{name}", f"no such kind: {kind!r}", hint)
        return {field_name(str(name)): str(kind or "off") for name, kind in given.items()}

    def grammar(self, key: str, value: object) -> GrammarConfig:
        """The engine, its language and, for LanguageTool, its server."""
        readers: dict[str, Callable[[str, object], Any]] = {
            "engine": self.engine,
            "language": self.language,
            "server": self.text,
            "allow_remote": self.flag,
            "timeout": self.seconds,
            "on_failure": lambda at, v: self.text(at, v, ("error", "warn")),
        }
        table = self.table(key, value, tuple(readers))
        grammar = GrammarConfig(**{name: readers[name](f"{key}.{name}", item) for name, item in table.items()})
        try:
            _ = grammar.remote
        except ValueError as fault:
            raise self.error(f"{key}.server", str(fault)) from None
        return grammar._replace(allow_remote=False)  # which a file that came with a draft cannot say

    def engine(self, key: str, value: object) -> str:
        """The name of a grammar engine, or "none"."""
        name = self.text(key, value)
        return name if name == NO_ENGINE or name in ENGINES else self.text(key, value, (*ENGINES, NO_ENGINE))

    def language(self, key: str, value: object) -> str:
        """A language's tag, or "auto"."""
        tag = self.text(key, value)
        if not LANGUAGE.fullmatch(tag):
            raise self.error(key, f"no such language: {tag!r}", "a tag such as en-US, en-GB or de, or auto")
        return tag

    def flag(self, key: str, value: object) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            raise self.error(key, f"must be true or false, not {_kind(value)}")
        return value

    def seconds(self, key: str, value: object) -> float:
        """A number of seconds above 0, at most an hour."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(key, f"must be a number of seconds, not {_kind(value)}")
        if not 0 < value <= MAX_SECONDS:
            raise self.error(key, f"must be more than 0 and at most {MAX_SECONDS} seconds")
        return float(value)

    def overrides(self, key: str, value: object) -> tuple[Override, ...]:
        """A list of mappings with `files`, `rules` and `grammar`."""
        if not isinstance(value, list):
            raise self.error(key, f"must be a list, not {_kind(value)}")
        found = []
        for i, item in enumerate(value):
            at = f"{key}.{i}"
            table = self.table(at, item, Override._fields)
            if "files" not in table:
                raise self.error(at, "the key 'files' is missing")
            files, rules = self.globs(f"{at}.files", table["files"]), self.rules(f"{at}.rules", table.get("rules", {}))
            found.append(Override(files, rules, self.overriding_grammar(f"{at}.grammar", table.get("grammar", {}))))
        return tuple(found)

    def overriding_grammar(self, key: str, value: object) -> dict[str, str]:
        """Another engine or language for some drafts."""
        readers = dict(zip(OVERRIDABLE, (self.engine, self.language), strict=True))
        return {name: readers[name](f"{key}.{name}", item) for name, item in self.table(key, value, OVERRIDABLE).items()}

    def rules(self, key: str, value: object) -> Rules:
        """Names of rules or packs with their settings. A capitalised key inside a pack's setting is a rule of that pack."""
        found: dict[str, RuleSetting] = {}
        for name, item in self.table(key, value).items():
            setting, at = item, f"{key}.{name}"
            if isinstance(item, dict):
                inner = {k: v for k, v in item.items() if k[:1].isupper()}
                found |= {f"{name}.{k}": self.setting(f"{at}.{k}", v) for k, v in inner.items()}
                setting = {k: v for k, v in item.items() if k not in inner}
                if inner and not setting:
                    continue
            found[name] = self.setting(at, setting)
        return found

    def setting(self, key: str, value: object) -> RuleSetting:
        """A level, "on" or "off", or a mapping with `level` and options."""
        options = dict(value) if isinstance(value, dict) else {"level": value}
        if "level" not in options:
            return RuleSetting(None, options)
        word = options.pop("level")
        if not isinstance(word, str | bool):
            raise self.error(key, f"must be a level or a mapping, not {_kind(word)}")
        level = LEVELS.get(str(word)) or _SWITCHES.get(word)
        if level is None:
            known = (*LEVELS, "on", "off")
            raise self.error(key, f"no such level: {word!r}", did_you_mean(str(word), known) or f"one of: {', '.join(known)}")
        return RuleSetting(level, options)


def _kind(value: object) -> str:
    """The word for a value's type that a person who writes YAML would use."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "a mapping"}
    return names.get(type(value), "nothing" if value is None else f"a {type(value).__name__}")
