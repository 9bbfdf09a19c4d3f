"""Grammar engines: one module each, named in one dict; plug-ins add theirs as entry points `edlint.engines`, which name an EngineHome."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from edlint.errors import EngineError, did_you_mean
from edlint.grammar.base import Engine, Lazy, Notify
from edlint.model.config import GrammarConfig
from edlint.plugins import Registry, load


class EngineHome(NamedTuple):
    """Where an engine is: the module with `make(config, say) -> Engine`, imported when it is needed.

    `version` is a function ("module:name") from the configuration to what changes whenever the answers may, None where that cannot be
    told; without one the engine is as old as its distribution. One that is `local` never sends text to another machine.
    """

    module: str
    version: str = ""
    local: bool = False


OWN: dict[str, EngineHome] = {
    "harper": EngineHome("edlint.grammar.harper", local=True),
    "languagetool": EngineHome("edlint.grammar.languagetool.engine", version="edlint.grammar.languagetool.install:version"),
}
ENGINES = Registry("engines", OWN, load)
NO_ENGINE = "none"


def version(config: GrammarConfig) -> str | None:
    """What changes whenever the answers of the configured engine may; None where that cannot be told."""
    home = ENGINES[config.engine] if config.engine != NO_ENGINE else None
    found: str | None = load(home.version)(config) if home and home.version else ""
    return found


def sends(config: GrammarConfig) -> bool:
    """Whether the configured engine would send text to another machine."""
    return config.engine != NO_ENGINE and not ENGINES[config.engine].local and config.remote


class Engines:
    """The engines of one run, each started when first needed and then shared by all who ask for the same one.

    `shared` holds whatever else the drafts of a run share, by what it was made for. `tell` is told how far slow work is. Where drafts are
    open, `later` is called, in any thread, with the path of one of which there is more to say; None where a run waits for that.
    """

    def __init__(self, later: Callable[[str], None] | None = None) -> None:
        self.shared: dict[object, object] = {}
        self.tell: Notify = _silent
        self.later = later
        self._started: dict[GrammarConfig, Engine | EngineError] = {}

    def get(self, config: GrammarConfig, say: Notify) -> Engine:
        """The engine a configuration asks for; when it starts it may have notices for `say`.

        Raises EngineError when it is not available, and then again at once whenever it is asked for.
        """
        if config not in self._started:
            try:
                self._started[config] = _start(config, say)
            except EngineError as fault:
                self._started[config] = fault
        found = self._started[config]
        if isinstance(found, EngineError):
            raise found
        return found

    def warm(self, config: GrammarConfig) -> None:
        """Start the engine now, where it starts with the first text otherwise, so that none of its texts has to wait for that."""
        with suppress(EngineError):
            engine = self.get(config, lambda notice: None)
            if isinstance(engine, Lazy):
                engine.warm()


def _silent(notice: str) -> None:
    """Tell nobody."""


def _start(config: GrammarConfig, say: Notify) -> Engine:
    if config.engine not in ENGINES:
        hint = did_you_mean(config.engine, ENGINES) or "one of " + ", ".join(ENGINES)
        raise EngineError(f"there is no grammar engine {config.engine!r}", hint=hint)
    engine: Engine = load(ENGINES[config.engine].module).make(config, say)
    return engine
