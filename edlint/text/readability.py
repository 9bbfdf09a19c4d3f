"""How long and how hard a text is: counts of words, sentences and syllables, and the grades made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import sqrt

from edlint.text.lazy import lazy
from edlint.text.prose import sentences

_WORD = lazy(r"\w+(?:['’]\w+)*")  # what is hyphenated counts as several words
_VOWELS = lazy(r"[aeiouy]+")
_SILENT = lazy(
    r"(?<![aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeioutdy])ed$|(?<![sxzcgh])es$|(?<=[^aeiou])ely$|[aeiouy][^aeiouy]+eful"
    r"|(?<=[^aeiou])ement"
)
_SPLIT = lazy(r"i[aeo](?!u)|iu|(?<![gq])ua(?!l|r)|eo(?!u|n$)|ism$|[^aeiouy]ier$|(?<=[^gq])uou|dnt$|(?<!r)ying|creat(?!u)|[dlnt]yi")
_JOINED = lazy(r"(?:[ctsgx]i|gi)(?:on|an|ous|al|ent|ence|ate|a\b)|tion|sion")


def syllables(word: str) -> int:
    """How many syllables an English word has, judged by its spelling; at least one."""
    lower = re.sub(r"[^a-z]", "", word.lower())
    if len(lower) < 3:
        return 1
    count = len(_VOWELS.findall(lower)) - len(_SILENT.findall(lower))
    return max(1, count + len(_SPLIT.findall(_JOINED.sub("sho", lower))))


def counts(text: str) -> Mapping[str, float]:
    """The counts that formulas use, by name. Paragraphs are parted by blank lines."""
    words = Counter(_WORD.findall(text))
    sums = [0] * 5
    for word, times in words.items():
        for number, measure in enumerate(_measures(word)):
            sums[number] += times * measure
    characters, heard, polysyllabic, complex_words, long_words = sums
    return {
        "words": words.total(),
        "sentences": len(sentences(text)),
        "paragraphs": max(0, text.count("\n\n") - 1),
        "characters": characters,
        "syllables": heard,
        "polysyllabic_words": polysyllabic,
        "complex_words": complex_words,
        "long_words": long_words,
    }


@lru_cache(maxsize=16384)  # most words of a draft stood in the last one
def _measures(word: str) -> tuple[int, int, bool, bool, bool]:
    """A word's letters and digits, its syllables, and whether it is polysyllabic, complex, long."""
    heard = syllables(word)
    shorter = heard - word.lower().endswith(("es", "ed", "ing"))
    return sum(map(str.isalnum, word)), heard, heard > 2, shorter > 2, len(word) > 6


def grade(name: str, c: Mapping[str, float]) -> float:
    """The grade by the formula of that name. Raises KeyError for an unknown one, ZeroDivisionError for a text without words."""
    words, per = c["words"], c["words"] / c["sentences"]
    grades = {
        "Gunning Fog": 0.4 * (per + 100 * c["complex_words"] / words),
        "Coleman-Liau": 5.88 * c["characters"] / words - 29.6 * c["sentences"] / words - 15.8,
        "Flesch-Kincaid": 0.39 * per + 11.8 * c["syllables"] / words - 15.59,
        "SMOG": 1.0430 * sqrt(30 * c["polysyllabic_words"] / c["sentences"]) + 3.1291,
        "Automated Readability": 4.71 * c["characters"] / words + 0.5 * per - 21.43,
    }
    return grades[name]


GRADES = ("Gunning Fog", "Coleman-Liau", "Flesch-Kincaid", "SMOG", "Automated Readability")
