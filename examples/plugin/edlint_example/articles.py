"""The grammar engine `articles`: one article after another, such as "a the"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edlint.grammar.base import Engine, Notify, Remark, Slice
from edlint.model.config import GrammarConfig

_TWO = re.compile(r"\b(?:[Aa]n?|[Tt]he) (an?|the)\b")  # a capital A that follows is a letter or a grade


class Articles:
    """See edlint.grammar.base.Engine."""

    name = "articles"

    def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
        """Every two articles, with the second as what to write."""
        return [Remark(*two.span(), "TwoArticles", "One of these articles is too much.", (two[1],)) for two in _TWO.finditer(text)]


def make(config: GrammarConfig, say: Notify) -> Engine:
    """The engine for a configuration. Raises EngineError where it cannot work."""
    return Articles()
