"""The baseline: findings accepted in the past, recognised by their words wherever these have moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from operator import itemgetter
from typing import NamedTuple

from edlint.findings import words_of
from edlint.model.finding import Finding
from edlint.model.report import FileResult

MIN_SIMILARITY = 2 / 3  # of the words around a finding (Dice coefficient) for its sentence to count as the same one, edited
MIN_SHARED_WORDS = 3  # that two sentences must have in common to be compared at all
DISTINCTIVE_WORDS = 6  # a finding with so many words of its own is recognised without its neighbours
_CANDIDATES = 20  # files that may be a renamed one because of one finding
_COMMON = 8  # a word that stands in more of the sentences compared tells nothing

Key = tuple[str, str, str]


class Entry(NamedTuple):
    """One accepted finding. `path` is relative to the baseline's folder, with forward slashes.

    `text` are the finding's own words (or its group), `near` those around them in its sentence, both folded; `nth` tells equal
    ones in one file apart, from 1.
    """

    path: str
    rule: str
    text: str
    near: str = ""
    nth: int = 1

    @property
    def key(self) -> Key:
        """The key of the accepted finding: rule, words, words around them."""
        return self.rule, self.text, self.near


class Split(NamedTuple):
    """Findings split into `new` and `accepted` ones, in order, and the entries `left` without a finding."""

    new: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    left: tuple[Entry, ...]


class Outcome(NamedTuple):
    """What a baseline makes of a run.

    `files` are the results without what is accepted. Entries: `stale` ones have no finding any more; `kept` stand for the
    accepted findings, and `found` for all findings, as they are worded now; `unjudged` were not looked at in this run.
    `compared` holds, by the path of a result, the entries that the file was compared with.
    """

    files: tuple[FileResult, ...]
    stale: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    found: tuple[Entry, ...]
    unjudged: tuple[Entry, ...]
    compared: Mapping[str, tuple[Entry, ...]]


def entries_of(path: str, findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The entries that accept the findings of a file."""
    return entries_for(path, map(key_of, findings))


def entries_for(path: str, keys: Iterable[Key]) -> tuple[Entry, ...]:
    """The entries that accept findings with these keys in a file."""
    seen: Counter[Key] = Counter()
    made = []
    for key in keys:
        seen[key] += 1
        made.append(Entry(path, *key, seen[key]))
    return tuple(made)


def key_of(finding: Finding) -> Key:
    """The key by which a finding is recognised: rule, words, words around them."""
    return finding.rule, words_of(finding), finding.near


def split(findings: Sequence[Finding], entries: Sequence[Entry]) -> Split:
    """Compare a file's findings with its entries: see `matched`."""
    taken, left = matched([key_of(finding) for finding in findings], entries)
    return Split(
        tuple(f for n, f in enumerate(findings) if n not in taken),
        tuple(f for n, f in enumerate(findings) if n in taken),
        tuple(left),
    )


def matched(keys: Sequence[Key], entries: Sequence[Entry]) -> tuple[set[int], list[Entry]]:
    """The numbers of the keys that entries accept, and the entries that accept none. Each accepts one at most, in three rounds.

    First what has the same rule, words and neighbourhood; then, of the rest, what has the same rule and words in a sentence
    that is much the same; last what has the same rule and many words. So a finding that is moved, reflowed or edited around
    stays accepted, and a new one is reported even where an old one with the same words was fixed.
    """
    waiting: dict[Key, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, reverse=True):
        waiting[entry.key].append(entry)
    taken: set[int] = set()
    for number, key in enumerate(keys):
        if waiting.get(key):
            waiting[key].pop()
            taken.add(number)
    rest = {n: key for n, key in enumerate(keys) if n not in taken}
    left = sorted(entry for group in waiting.values() for entry in group)
    for round in (_alike, _distinctive) if rest and left else ():
        pairs = round(rest, left)
        taken |= pairs.keys()
        rest = {n: key for n, key in rest.items() if n not in pairs}
        gone = set(pairs.values())
        left = [entry for number, entry in enumerate(left) if number not in gone]
    return taken, left


def _alike(rest: Mapping[int, Key], left: Sequence[Entry]) -> dict[int, int]:
    """Pairs (number of a finding: number of an entry) of one rule and text whose sentences are similar, the most similar first."""
    holders: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, entry in enumerate(left):
        for word in _words(entry.near):
            holders[entry.rule, entry.text, word].append(number)
    found = []
    for number, (rule, text, near) in rest.items():
        words = _words(near)
        groups = (holders.get((rule, text, word), ()) for word in words)
        for other in {n for group in groups if len(group) <= _COMMON for n in group}:
            theirs = _words(left[other].near)
            common = len(words & theirs)
            likeness = 2 * common / (len(words) + len(theirs))
            if common >= MIN_SHARED_WORDS and likeness >= MIN_SIMILARITY:
                found.append((-likeness, number, other))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, number, other in sorted(found):
        if number not in pairs and other not in used:
            pairs[number] = other
            used.add(other)
    return pairs


def _words(near: str) -> frozenset[str]:
    return frozenset(near.split()) - {"…"}


def _distinctive(rest: Mapping[int, Key], left: Sequence[Entry]) -> dict[int, int]:
    """Pairs (number of a finding: number of an entry) of one rule and one long text, in order."""
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in reversed(range(len(left))):
        waiting[left[number].rule, left[number].text].append(number)
    pairs = {}
    for number, (rule, text, _) in rest.items():
        if text.count(" ") + 1 >= DISTINCTIVE_WORDS and waiting.get((rule, text)):
            pairs[number] = waiting[rule, text].pop()
    return pairs


def apply(
    files: Sequence[tuple[str, FileResult]],
    entries: Iterable[Entry],
    judges: Callable[[FileResult, str], bool],
    gone: Mapping[str, bool],
) -> Outcome:
    """Remove from the results what the entries accept. `files` pairs each result with its path relative to the baseline.

    `judges` says whether a run would have found what a rule finds in a file. `gone` holds the paths of entries whose files
    are no more, and whether the run was to look where they were: the entries of a file that was renamed are those of the file
    that now has most of its findings, if half of them are there and it has no entries of its own.
    """
    by_path: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_path[entry.path].append(entry)
    for old, new in _renamed(files, by_path, gone).items():
        by_path[new] = by_path.pop(old)
    results: list[FileResult] = []
    stale: list[Entry] = []
    kept: list[Entry] = []
    found: list[Entry] = []
    unjudged: list[Entry] = []
    compared: dict[str, tuple[Entry, ...]] = {}
    for path, file in files:
        own = compared[file.path] = () if file.error else tuple(by_path.pop(path, ()))
        parts = split(file.findings, own) if own else Split(file.findings, (), ())
        results.append(file._replace(findings=parts.new, accepted=parts.accepted) if parts.accepted else file)
        kept += entries_of(path, parts.accepted)
        found += entries_of(path, file.findings)
        for entry in parts.left:
            (stale if judges(file, entry.rule) else unjudged).append(entry._replace(path=path))
    for path, group in by_path.items():
        (stale if gone.get(path) else unjudged).extend(group)
    return Outcome(tuple(results), tuple(sorted(stale)), tuple(kept), tuple(found), tuple(unjudged), compared)


def _renamed(files: Sequence[tuple[str, FileResult]], by_path: Mapping[str, Sequence[Entry]], gone: Mapping[str, bool]) -> dict[str, str]:
    """Old and new paths of the files that were renamed."""
    if not gone:
        return {}
    holders: dict[Key, list[str]] = defaultdict(list)
    for path, file in sorted(files, key=itemgetter(0)):
        for key in dict.fromkeys(map(key_of, file.findings)) if path not in by_path else ():
            holders[key].append(path)
    moved: dict[str, str] = {}
    taken: set[str] = set()
    for old in sorted(gone):
        votes = Counter(path for entry in by_path[old] for path in _free(holders.get(entry.key, []), taken))
        best = max(votes, key=lambda path: (votes[path], path), default="")
        if best and votes[best] * 2 >= len(by_path[old]):
            moved[old] = best
            taken.add(best)
    return moved


def _free(paths: list[str], taken: Set[str]) -> list[str]:
    """The last of some paths that are not taken, a few at most: what stands in many files tells little of one."""
    while paths and paths[-1] in taken:
        paths.pop()
    return [path for path in paths[-_CANDIDATES:] if path not in taken]
