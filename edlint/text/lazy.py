"""Regexes of modules, compiled when they are first used: a draft needs few of them, and to compile one takes as long as to read a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import AnyStr, cast


class _Lazy:
    """Stands for a compiled regex; each of its methods is looked up once."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._make(), name)
        setattr(self, name, found)
        return found


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The regex that `re.compile` would give, to be used by its methods and attributes only."""
    return cast("re.Pattern[AnyStr]", _Lazy(partial(re.compile, pattern, flags)))
