"""Grammar engines: one module each, named in one dict."""

from __future__ import annotations

from importlib import import_module

from edlint.errors import EngineError, did_you_mean
from edlint.grammar.base import Engine

# engine name → module with `make(language) -> Engine`; imported when some document needs it.
ENGINES: dict[str, str] = {
    "harper": "edlint.grammar.harper",
}


class Engines:
    """The engines of one run, each started when first needed and then shared by all who ask for the same one."""

    def __init__(self) -> None:
        self._started: dict[tuple[str, str], Engine] = {}

    def get(self, name: str, language: str) -> Engine:
        """The engine for a language. Raises EngineError when it cannot be had."""
        key = name, language
        if key not in self._started:
            self._started[key] = _start(name, language)
        return self._started[key]


def _start(name: str, language: str) -> Engine:
    if name not in ENGINES:
        raise EngineError(f"there is no grammar engine {name!r}", hint=did_you_mean(name, ENGINES) or "one of " + ", ".join(ENGINES))
    engine: Engine = import_module(ENGINES[name]).make(language)
    return engine
