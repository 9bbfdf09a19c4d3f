"""Importing a house style: a table of words becomes a pack of rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from edlint.authoring.style_table import Row, is_cased, read_table
from edlint.errors import Place, UsageError
from edlint.files.yamlfile import dumped
from edlint.filters import RULE_FILTERS, apply_filters
from edlint.model.document import Block, Document
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.load import make_rule
from edlint.text.lazy import lazy
from edlint.text.sourcemap import SourceMap

_TITLE = "House style"
_MESSAGE = "Write '%s' instead of '%s'."
_WHY = "The house has one way to write this."
_INSTEAD = "Take the replacement, and read the sentence once more."
# Sentences for the examples; of the first two that hold no wrong term themselves. The last ones hold no words.
_SENTENCES = ("The reporter wrote {} in the draft.", "Here it says {} once more.", "1 {} 2", "3 {} 4")
_META = lazy(r"[\\.^$*+?{}\[\]|()]")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


class Group(NamedTuple):
    """What rows must have in common to go into one rule.

    `cased`: the term counts only as written; `small`: the right term is in small letters; `signs`: the wrong one has a sign at an end.
    """

    note: str
    cased: bool
    small: bool
    signs: bool


def imported(path: Path, pack: str) -> dict[str, str]:
    """The rule files (name → YAML) that a table becomes in a pack of that name. Raises UsageError, placed at the row at fault.

    Rows that share a note become one rule, with the note as its reason. Each rule's own examples hold.
    """
    rows = read_table(path)
    groups: dict[Group, list[Row]] = {}
    for row in rows:
        groups.setdefault(_group(row), []).append(row)
    data: dict[str, dict[str, object]] = {}
    for group, members in groups.items():
        data[_name(path, group, members[0], data)] = _rule(group, members)
    rules = {name: make_rule(f"{pack}.{name}", rule, {}, f"{name}.yml") for name, rule in data.items()}
    everything = compile_rules({rule.name: rule for rule in rules.values()})
    sentences = _sentences(path, everything, rows)
    for (name, rule), members in zip(rules.items(), groups.values(), strict=True):
        _prove(path, rule, everything, rows, (members, sentences[0]))
        data[name]["examples"] = _examples(members, sentences)
    head = f"# Made from {path.name} by `edlint style import`.\n"
    return {f"{name}.yml": head + dumped(rule) for name, rule in data.items()}


def _group(row: Row) -> Group:
    cased = is_cased(row)
    return Group(row.note, cased, not cased and row.right == row.right.lower(), not (_is_word(row.wrong[0]) and _is_word(row.wrong[-1])))


def _name(path: Path, group: Group, first: Row, taken: Iterable[str]) -> str:
    """A name for a rule: the table's, and what sets the rule apart from the table's others."""
    name = _joined(path.stem) or "Words"
    name += "Case" if group.cased else "" if group.small else "Names"
    name += "Signs" if group.signs else ""
    name += _joined(first.wrong)[:30] if group.note else ""
    used = {other.lower() for other in taken}
    return next(new for n in range(1, len(used) + 2) if (new := name if n == 1 else f"{name}{n}").lower() not in used)


def _joined(text: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[^\W_]+", text))


def _rule(group: Group, rows: Sequence[Row]) -> dict[str, object]:
    """What the rule file says, without examples."""
    flags = {"ignorecase": not group.cased, "capitalize": group.small, "nonword": group.signs}
    return {
        "extends": "substitution",
        "title": _TITLE,
        "message": _MESSAGE,
        "level": "warning",
        **{key: True for key, on in flags.items() if on},
        "plain": True,
        "action": {"name": "replace"},
        "swap": {_pattern(row, signs=group.signs): row.right.replace("|", r"\|") for row in rows},
        "why": group.note or _WHY,
        "instead": _INSTEAD,
    }


def _pattern(row: Row, *, signs: bool) -> str:
    """The regex that finds a wrong term, but not inside the right one."""
    wrong, right = row.wrong.translate(_STRAIGHT), row.right.translate(_STRAIGHT)
    pattern = _escaped(wrong)
    if signs and re.search(r"\w", wrong):
        pattern = (r"\b" if _is_word(wrong[0]) else r"(?<!\w)") + pattern + (r"\b" if _is_word(wrong[-1]) else r"(?!\w)")
    if is_cased(row) and right == wrong[0].lower() + wrong[1:]:
        return r"(?<=[\w,;:)] )" + pattern  # a sentence may begin with the capital
    held = re.search(rf"(?<!\w){_escaped(wrong)}(?!\w)", right, 0 if is_cased(row) else re.IGNORECASE)
    if held is None:
        return pattern
    before, after = _escaped(right[: held.start()]), _escaped(right[held.end() :])
    around = [f"(?<!{before}){pattern}"] if before else []
    around += [f"{pattern}(?!{after})"] if after else []
    return around[0] if len(around) == 1 else f"(?:{'|'.join(around)})"


def _escaped(text: str) -> str:
    return _META.sub(r"\\\g<0>", text)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _found(rules: Ruleset, sentences: Sequence[str]) -> list[list[str]]:
    """What rules find in each of many sentences, as the words they point at: all are read at once, each a block of its own."""
    starts = list(accumulate((len(sentence) + 1 for sentence in sentences), initial=0))
    blocks = (Block("paragraph", text, SourceMap.verbatim(start)) for text, start in zip(sentences, starts, strict=False))
    document = Document(Source("example.txt", "\n".join(sentences)), "plain", tuple(blocks))
    matches = apply_filters(RULE_FILTERS, document, rules.run(document, lambda document, slices: ()).matches).matches
    found: list[list[str]] = [[] for _ in sentences]
    for match in matches:
        found[bisect_right(starts, match.span.start) - 1].append(match.text)
    return found


def _sentences(path: Path, everything: Ruleset, rows: Sequence[Row]) -> list[str]:
    """Two sentences to try terms in, in which no rule finds anything. Raises UsageError where a term stands in nearly all there are."""
    found = dict(zip(_SENTENCES, _found(everything, [sentence.format("0") for sentence in _SENTENCES]), strict=True))
    silent = [sentence for sentence, matches in found.items() if not matches]
    if len(silent) < 2:
        match = next(matches[0] for matches in found.values() if matches)
        line = next((row.line for row in rows if row.wrong.lower() == match.lower()), None)
        raise UsageError(f"{match!r} occurs in ordinary sentences", Place(str(path), line or rows[0].line), "write a rule for it by hand")
    return silent[:2]


def _prove(path: Path, rule: Rule, everything: Ruleset, rows: Sequence[Row], tried: tuple[Sequence[Row], str]) -> None:
    """See that a rule finds each of its wrong terms in a sentence, and no rule a right one. Raises UsageError, placed at the row."""
    alone = compile_rules({rule.name: rule})
    members, sentence = tried
    lines = {row.wrong.translate(_STRAIGHT).lower(): row.line for row in reversed(rows)}
    right = _found(everything, [sentence.format(row.right) for row in members])
    wrong = _found(alone, [sentence.format(row.wrong) for row in members])
    for row, flagged, caught in zip(members, right, wrong, strict=True):
        place = Place(str(path), row.line)
        if re.search(r"\$\d", row.right):
            raise UsageError(f"{row.right!r}: a dollar sign before a figure cannot stand in a replacement", place)
        for match in flagged:
            line = lines.get(match.translate(_STRAIGHT).lower(), row.line)
            hint = "a term can be right or wrong, not both"
            raise UsageError(f"{row.right!r} holds {match!r}, which is wrong by line {line}", place, hint)
        if row.wrong not in caught:
            raise UsageError(f"no pattern can be made of {row.wrong!r}", place, "write a rule for it by hand")


def _examples(rows: Sequence[Row], sentences: Sequence[str]) -> dict[str, object]:
    """One example of each side for each row; of a single row two, the least that a rule must have."""
    pairs = [(row, sentences[0]) for row in rows] if len(rows) > 1 else [(rows[0], sentence) for sentence in sentences]
    return {
        "bad": [{"text": sentence.format(row.wrong), "match": row.wrong} for row, sentence in pairs],
        "good": [sentence.format(row.right) for row, sentence in pairs],
    }
