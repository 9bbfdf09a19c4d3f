"""Every check type with one choice made and nothing else said: refused with its place, or it runs over a draft."""

from __future__ import annotations

from itertools import chain

import pytest
from support import findings

from edlint.checks import CHECKS, check_class
from edlint.errors import RuleError

DRAFT = "Mr Lee said the fee rose from 77 to 21.\n\nAna Ruiz, the mayor, said she won. Ms Ruiz, 54, spoke on 31 June.\n"


def _choices(extends: str) -> list[str]:
    made = [f"{name}: {choice}\n" for name, key in check_class(extends).keys.items() for choice in sorted(key.choices)]
    return ["", *made]


@pytest.mark.parametrize(("extends", "said"), list(chain.from_iterable([(name, said) for said in _choices(name)] for name in CHECKS)))
def test_a_type_with_one_key_or_none_is_refused_with_its_place_or_runs(extends: str, said: str) -> None:
    try:
        findings(DRAFT, f"extends: {extends}\nmessage: m\n{said}")
    except RuleError as fault:
        assert str(fault)
