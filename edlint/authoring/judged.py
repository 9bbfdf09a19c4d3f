"""What people said of a rule's findings: right or wrong, kept in a file beside the rule, `Utilise.judged.json` for `Utilise.yml`.

The file holds fingerprints of findings, no words of the drafts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from math import sqrt
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from edlint.errors import Place, UsageError
from edlint.files.atomic import create_file, replace_file
from edlint.files.inputs import read_bytes
from edlint.model.rule import Rule

Judgement = Literal["right", "wrong"]
_MOST = 8_000_000  # bytes
_Z = 1.96  # for 95 %


class Precision(NamedTuple):
    """How many judged findings were right, and how many wrong."""

    right: int = 0
    wrong: int = 0

    @property
    def judged(self) -> int:
        """How many findings were judged."""
        return self.right + self.wrong

    @property
    def share(self) -> float:
        """The part that was right; 0 where nothing was judged."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the true share lies with a confidence of 95 %, by Wilson's formula."""
        if not self.judged:
            return 0.0, 1.0
        spread = _Z * _Z / self.judged
        middle = (self.share + spread / 2) / (1 + spread)
        half = _Z * sqrt(self.share * (1 - self.share) / self.judged + spread / self.judged / 4) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """In words, with the 95 % confidence interval by Wilson's formula."""
        if not self.judged:
            return "none judged yet"
        low, high = (round(100 * rate) for rate in self.interval)
        findings = f"{self.judged} judged finding{'' if self.judged == 1 else 's'}"
        return f"right in {self.right} of {findings}, 95 % confidence interval {low} to {high} %"


def file_of(rule: Rule) -> Path:
    """Where the judgements of a rule are kept."""
    path = Path(rule.path)
    return path.with_name(f"{path.name.partition('.')[0]}.judged.json")


def read_judged(rule: Rule) -> dict[str, Judgement]:
    """The judgements of a rule's findings, by their fingerprints. Raises UsageError for a file that is none of ours."""
    path = file_of(rule)
    try:
        data = json.loads(read_bytes(path, _MOST))
        judged: dict[str, Judgement] = dict(data["judged"])
        if not all(value in get_args(Judgement) for value in judged.values()):
            raise ValueError
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror}") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UsageError("contains no judgements", Place(str(path)), "repair it, or delete it to judge anew") from None
    return judged


def write_judged(rule: Rule, judged: Mapping[str, Judgement]) -> None:
    """Keep the judgements of a rule, whole or not at all. Raises UsageError."""
    path = file_of(rule)
    data = (json.dumps({"rule": rule.name, "judged": dict(sorted(judged.items()))}, indent=1) + "\n").encode()
    try:
        if path.exists():
            replace_file(path, data)
        else:
            create_file(path, data)
    except OSError as fault:
        raise UsageError(f"{path} cannot be written: {fault.strerror}") from None


def precision(judged: Mapping[str, Judgement], fingerprints: Iterable[str] | None = None) -> Precision:
    """How often the judged findings were right: all of them, or those with these fingerprints."""
    values = list(judged.values()) if fingerprints is None else [judged[mark] for mark in fingerprints if mark in judged]
    return Precision(values.count("right"), values.count("wrong"))
