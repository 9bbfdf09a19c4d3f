"""Grammar engines: one module each, named in one dict."""

from __future__ import annotations

from importlib import import_module

from edlint.config import GrammarConfig
from edlint.errors import EngineError, did_you_mean
from edlint.grammar.base import Engine, Say

# engine name → module with `make(config, say) -> Engine`; imported when some document needs it.
ENGINES: dict[str, str] = {
    "harper": "edlint.grammar.harper",
    "languagetool": "edlint.grammar.languagetool.engine",
}


class Engines:
    """The engines of one run, each started when first needed and then shared by all who ask for the same one."""

    def __init__(self) -> None:
        self._started: dict[GrammarConfig, Engine | EngineError] = {}

    def get(self, config: GrammarConfig, say: Say) -> Engine:
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


def _start(config: GrammarConfig, say: Say) -> Engine:
    if config.engine not in ENGINES:
        hint = did_you_mean(config.engine, ENGINES) or "one of " + ", ".join(ENGINES)
        raise EngineError(f"there is no grammar engine {config.engine!r}", hint=hint)
    engine: Engine = import_module(ENGINES[config.engine]).make(config, say)
    return engine
