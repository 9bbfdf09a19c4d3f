"""British spellings told from their American ones by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What an American spelling has instead, where both differ by rule.
_RULES = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"our(?=s?$|ed|ing|ful|abl|al|ist|less|er|ite|hood)", "or"),  # colour, favourably
        (r"(?<=\w\w)is(?=e[sdr]?$|ers$|ing$|ation|abl|ement)", "iz"),  # organise, recognisable
        (r"ys(?=e[sdr]?$|ers$|ing$|abl)", "yz"),  # analyse
        (r"(?<=\w\w)re(?=s?$|d$)", "er"),  # centre, theatres
        (r"ogue(?=s?$)", "og"),  # catalogue
        (r"(?<=og)u(?=ed$|ing$)", ""),  # catalogued
        (r"([lps])\1(?=e[drs]|ing$|able$)", r"\1"),  # travelled, worshipping, focusses
        (r"(?<=[^l])l(?=ments?$|ful$)", "ll"),  # enrolment, skilful
        (r"(?<=en)c(?=e[sd]?$|eless|ing$)", "s"),  # licence, defenceless
        (r"[ao]e(?=\w{3})", "e"),  # encyclopaedia, manoeuvre
        (r"(?<=dg)e(?=ment)", ""),  # judgement
        (r"mme(?=s?$)", "m"),  # programme
        (r"grey", "gray"),
        (r"mould", "mold"),
        (r"plough", "plow"),
        (r"sceptic", "skeptic"),
        (r"^enq(?=uir)", "inq"),
        (r"(?<=n)t$", "ed"),  # learnt
        (r"(?<=among)st$|(?<=amid)st$", ""),
    )
)


def american(word: str) -> Iterator[str]:
    """What may be the American spelling of a word in lower case, if it is a British one. By no means all of it is a word."""
    for british, instead in _RULES:
        spelled = british.sub(instead, word)
        if spelled != word:
            yield spelled
