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
