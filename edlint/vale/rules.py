"""What is different in a rule file that was written for Vale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WRITTEN_FOR = "rules written for Vale"
NOT_RUN = {"script": "they hold a program in Vale's own language"}  # check types of Vale's that edlint does not have, and why
NO_SCOPES = frozenset({"code", "link", "strong", "emphasis"})


def as_compat(data: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a rule file as Vale takes them: a truth value in a list is a number."""
    return {key: list(map(_number, value)) if isinstance(value, list) else value for key, value in data.items()}


def _number(value: Any) -> Any:
    return str(int(value)) if isinstance(value, bool) else value
