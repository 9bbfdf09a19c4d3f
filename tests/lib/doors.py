"""What tests of the command line share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

RULE = """\
extends: existence
message: "'%s' is {name}"
level: {level}
why: Because the house says so. More follows.
instead: Cut it.
tokens: [{token}]
examples:
  bad: [We {token} it., They {token} it.]
  good: [We use it., They use it.]
"""
PROGRAM = [sys.executable, "-c", "from edlint.cli import main; main()"]


class Ran(NamedTuple):
    """What a run of the command line left: its exit status and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
