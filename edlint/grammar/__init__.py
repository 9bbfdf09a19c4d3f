"""Grammar engines: one module each, named in one dict."""

from __future__ import annotations

from importlib import import_module

from edlint.errors import EngineError, did_you_mean
from edlint.grammar.base import Engine

# engine name → module with `make(language) -> Engine`; imported when some document needs it.
ENGINES: dict[str, str] = {
    "harper": "edlint.grammar.harper",
}


def make_engine(name: str, language: str) -> Engine:
    """A new engine. Raises EngineError when there is none of that name, or it cannot be had or does not know the language."""
    if name not in ENGINES:
        raise EngineError(f"there is no grammar engine {name!r}", hint=did_you_mean(name, ENGINES) or "one of " + ", ".join(ENGINES))
    engine: Engine = import_module(ENGINES[name]).make(language)
    return engine
