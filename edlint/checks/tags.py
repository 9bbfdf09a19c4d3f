"""The tags of the Penn Treebank as the tagger gives them, for rules that name them."""

from __future__ import annotations

import re

from edlint.checks.base import Options
from edlint.errors import nearest
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy

TAGS = (
    *("$", "''", ",", "-LRB-", "-RRB-", ".", ":", "``", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ", "JJR", "JJS"),
    *("LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD"),
    *("VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB"),
)
# Universal parts of speech → the tags that stand for them. Two of them share their tags with others, and are told by their words.
_UNIVERSAL = {
    "ADJ": "JJ|JJR|JJS", "ADP": "IN|RP", "ADV": "RB|RBR|RBS|WRB", "AUX": "MD|VB|VBD|VBG|VBN|VBP|VBZ", "CCONJ": "CC",
    "DET": r"DT|PDT|WDT|WP\$", "INTJ": "UH", "NOUN": "NN|NNS", "NUM": "CD", "PART": "TO|RP|POS", "PRON": r"PRP|PRP\$|WP|EX",
    "PROPN": "NNP|NNPS", "PUNCT": "[.,:]|''|``|-LRB-|-RRB-", "SCONJ": "IN|WRB", "SYM": r"SYM|\$", "VERB": "VB|VBD|VBG|VBN|VBP|VBZ",
    "X": "FW|LS",
}  # fmt: skip
_AUXILIARIES = frozenset(
    "be am is are was were been being 'm 're 's have has had having 've 'd do does did doing "
    "can could may might must ought shall should will would 'll".split()
)
_SUBORDINATORS = frozenset(
    "if whether that because since as than though although unless until while whereas "
    "when whenever where wherever why how after before so even".split()
)
_AMONG = {"AUX": _AUXILIARIES, "SCONJ": _SUBORDINATORS}
_NAMED = lazy(r"\[[^\]]*\]|\\.|([A-Z]{2,})")


def check_tags(options: Options, key: str, pattern: str) -> None:
    """Raise RuleError for a pattern of tags, or a part of one, that fits no tag. One that does not compile is told elsewhere."""
    for found in re.finditer(_NAMED.pattern, pattern):
        name = found[1]
        if name and not any(name in tag for tag in TAGS):
            near = nearest(name, TAGS)
            hint = f"did you mean {near!r}?" if near else "tags of the Penn Treebank, such as NN, VBD or JJ"
            raise options.error(key, f"there is no tag {name!r}", hint)
    if not any(compiled(pattern).search(tag) for tag in TAGS):
        raise options.error(key, f"no tag fits {pattern!r}", "tags of the Penn Treebank, such as NN, VBD or JJ")


def universal(options: Options, key: str, given: str) -> tuple[str, frozenset[str]]:
    """The pattern of tags for universal parts of speech (with | between them), and the words that tell one. Raises RuleError."""
    names = [name.strip().upper() for name in given.split("|")]
    for name in names:
        if name not in _UNIVERSAL:
            near = nearest(name, _UNIVERSAL)
            hint = f"did you mean {near!r}?" if near else "one of " + ", ".join(_UNIVERSAL)
            raise options.error(key, f"there is no universal part of speech {name!r}", hint)
    among = frozenset().union(*(_AMONG[name] for name in names)) if all(name in _AMONG for name in names) else frozenset[str]()
    return f"^(?:{'|'.join(_UNIVERSAL[name] for name in names)})$", among
