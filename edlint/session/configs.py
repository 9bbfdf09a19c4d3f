"""Which configuration is in force in a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from edlint.model.config import Config
from edlint.session.options import Options
from edlint.session.oversight import with_above


class Configs:
    """The configurations of a session, each with what the options put in its place. Files are read when they are first needed."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._configs: dict[Path | None, Config] = {}
        self._nearest: Callable[[str], Path | None] | None = None

    def of(self, folder: str) -> Config:
        """The configuration in force in a folder (absolute): the one that was asked for, or the nearest. Raises ConfigError."""
        if self._given is not None:
            return self._given
        if self._nearest is None:
            from edlint.configfile import Nearest

            self._nearest = Nearest()
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
        from edlint.configfile import load_config

        return self._asked(load_config(path))

    def _asked(self, config: Config) -> Config:
        """A configuration with what the options put in its place."""
        options, most = self._options, self._options.max_warnings
        if options.trial:
            config = config.at_every_level()
        return replace(
            config, trial=options.trial, grammar=config.grammar._replace(allow_remote=options.allow_remote),
            encoding=options.encoding or config.encoding,
            baseline=options.baseline or config.baseline, max_warnings=config.max_warnings if most is None else None if most < 0 else most,
            fail_on=(None if options.fail_on == "never" else options.fail_on) if options.fail_on else config.fail_on,
        )  # fmt: skip
