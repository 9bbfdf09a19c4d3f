"""Which configuration applies in a folder, what the ones above it lock, and which rules they switch off."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from edlint.config.nearest import Nearest, configs_above
from edlint.errors import ConfigError, Place, UsageError
from edlint.grammar import sends
from edlint.grammar.base import SENT
from edlint.model.config import Config, GrammarConfig
from edlint.model.finding import Level
from edlint.model.report import FileResult, Off
from edlint.session.options import Options

if TYPE_CHECKING:
    from edlint.model.server import ReaderConfig


class Configs:
    """The configurations of a session, each with what the options put in its place. Files are read when they are first needed.

    Raises UsageError for options that exclude each other.
    """

    def __init__(self, options: Options) -> None:
        if options.config and options.isolated:
            raise UsageError("--config and --isolated exclude each other")
        self._options = options
        self._configs: dict[Path | None, Config] = {}
        self._nearest = Nearest()

    def of(self, folder: str) -> Config:
        """The configuration in force in a folder (absolute): the one that was asked for, or the nearest. Raises ConfigError."""
        config = self._in_force(folder)
        if self._options.reader and config.reader is None:
            where = Place(str(config.path)) if config.path else None
            raise ConfigError("--reader: there is no `reader:` in the configuration", where, "it names the server and the model")
        return config

    def _in_force(self, folder: str) -> Config:
        if self._given is not None:
            return self._given
        path = self._nearest(folder)
        if path not in self._configs:
            self._configs[path] = with_above(self._load(path), self._load) if path else self._asked(Config())
        return self._configs[path]

    @cached_property
    def _given(self) -> Config | None:
        """The configuration for every draft, when one was named or all are to be ignored."""
        if self._options.config is not None:
            return self._load(self._options.config)
        return self._asked(Config()) if self._options.isolated else None

    def _load(self, path: Path) -> Config:
        from edlint.config.file import load_config

        return self._asked(load_config(path))

    def _asked(self, config: Config) -> Config:
        """A configuration with what the options put in its place."""
        options, most = self._options, self._options.max_warnings
        if options.trial:
            config = config.at_every_level()
        return replace(
            config, trial=options.trial, date=options.date, grammar=config.grammar._replace(allow_remote=options.allow_remote),
            reader=self._reader(config),
            encoding=options.encoding or config.encoding,
            baseline=options.baseline or config.baseline, max_warnings=config.max_warnings if most is None else None if most < 0 else most,
            fail_on=(None if options.fail_on == "never" else options.fail_on) if options.fail_on else config.fail_on,
        )  # fmt: skip

    def _reader(self, config: Config) -> ReaderConfig | None:
        """The second reader that reads along."""
        wanted = config.reader if self._options.reader is not False else None
        return wanted._replace(allow_remote=self._options.allow_remote) if wanted else None


def with_above(config: Config, load: Callable[[Path], Config]) -> Config:
    """The configuration with those above its file, up to the root of the repository, that lock rules or require reasons.

    How a draft is read, its encoding and its format, is taken from the outermost that has locked a rule: read as something else, a
    draft would hold nothing for the locked rules to find.
    """
    if config.path is None:
        return config
    above = (load(path) for path in configs_above(config.path))
    config = replace(config, above=tuple(replace(found, reader=None) for found in above if found.locked or found.require_reason))
    outer = chooses_drafts(config)
    return config if outer is config else config.read_like(outer)


def chooses_drafts(config: Config) -> Config:
    """The configuration that says which files are drafts: the outermost that has locked a rule, so that none nearer hides a draft."""
    return next((above for above in reversed(config.above) if above.locked), config)


def bars(configs: Iterable[Config]) -> tuple[tuple[str, Level], ...]:
    """From which level findings of locked names fail, whatever the configuration nearer to the draft lets pass."""
    return tuple((name, config.fail_on) for config in configs for name in config.locked if config.fail_on is not None)


def require_consent(configs: Iterable[Config]) -> None:
    """Raise ConfigError where drafts would be sent to another machine that only a file names."""
    for config in (each for own in configs for each in (own, *own.above)):
        asked: list[tuple[str, GrammarConfig | ReaderConfig]] = []
        asked += [("grammar.server", config.grammar)] if any(map(sends, config.grammars)) else []
        asked += [("reader.server", config.reader)] if config.reader and config.reader.remote else []
        for key, service in asked:
            if not service.allow_remote:
                hint = "to send it the text of drafts, say --allow-remote or set EDLINT_ALLOW_REMOTE=1; no configuration can say so"
                raise ConfigError(f"{key}: {service.host} is another machine", config.place(key), hint)


def switched_off(files: Iterable[tuple[str, Config]], ignore: Sequence[str]) -> tuple[Off, ...]:
    """The rules that the configurations of these drafts, or the option of that name, keep from running on some of them."""
    found: dict[tuple[str, str], list[str]] = {}
    used: dict[int, tuple[Config, set[int]]] = {}
    for path, config in files:
        used.setdefault(id(config), (config, set()))[1].update(config.overrides_for(Path(path)) if config.overrides else ())
    for config, overrides in used.values():
        for name, where, by in _off(config, sorted(overrides)):
            found.setdefault((by, where), []).append(name)
    off = [Off(", ".join(names) + where, by) for (by, where), names in found.items()]
    return (*off, Off(", ".join(ignore), "--ignore")) if ignore else tuple(off)


def _off(config: Config, overrides: Iterable[int]) -> Iterator[tuple[str, str, str]]:
    """Each rule that is off, for which files, and where that was said."""
    tables = [("rules", config.rules, "")]
    tables += [(f"overrides.{n}.rules", config.overrides[n].rules, f" for {', '.join(config.overrides[n].files)}") for n in overrides]
    for key, rules, where in tables:
        for name, setting in rules.items():
            place = config.place(f"{key}.{name}")
            if setting.level == "off" and place:
                yield name, where, str(place._replace(path=os.path.relpath(place.path)))


def split_sent(files: Iterable[FileResult]) -> tuple[tuple[FileResult, ...], tuple[str, ...]]:
    """The results without the notices that say where text was sent, and these notices, each once."""
    files = tuple(files)
    sent = dict.fromkeys(note for file in files for note in file.notices if note.startswith(SENT))
    if not sent:
        return files, ()
    return tuple(f._replace(notices=tuple(n for n in f.notices if n not in sent)) for f in files), tuple(sent)
