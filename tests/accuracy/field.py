"""What edlint says of published posts, where little is wrong: `python -m tests.accuracy field [FILE] [--fix] [--draw N --seed N]`.

FILE holds one post a line as JSON (`source`, `path`, `text`), gzipped if its name says so. The posts of the sites in ASIDE are counted
and never printed, so that their figures are those of posts that nobody tuned on. Verdicts are kept by hash in field_verdicts.json: a
finding printed as `[?]` has none yet. Write `"HASH": "right"`, `"defensible"` or `"wrong"` there, and the next run counts them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from edlint.linter import Linter
from edlint.model.finding import LEVELS, Finding, Level
from edlint.session.fix import apply_fixes

VERDICTS = Path(__file__).with_name("field_verdicts.json")
ASIDE = frozenset({"letsencrypt/website", "cds-snc/digital-canada-ca", "AusDTO/dta-website"})
WORDS = ("right", "defensible", "wrong")
_SHOWN = 200


class Post(NamedTuple):
    """A published post: the site it comes from, its path there, and its text."""

    source: str
    path: str
    text: str

    @property
    def part(self) -> str:
        """`aside` for the posts that are only counted, else `tune`."""
        return "aside" if self.source in ASIDE else "tune"


class Judged(NamedTuple):
    """A finding in its post, and the verdict on it, if there is one yet."""

    post: Post
    finding: Finding
    verdict: str

    @property
    def key(self) -> str:
        """A hash of the post's path, the pack and the words found: it holds whichever rule of the pack finds them."""
        return key_of(self.post, self.finding)

    def shown(self) -> str:
        """The finding with its line, to be read."""
        text, span = self.post.text, self.finding.span
        line = text.count("\n", 0, span.start) + 1
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        around = text[max(start, span.start - _SHOWN // 2) : min(end if end >= 0 else len(text), span.end + _SHOWN // 2)]
        found = " ".join(text[span.start : span.end].split())[:_SHOWN]
        head = f"[{self.verdict or '?'}] {self.key} {self.post.source} {self.post.path}:{line} {self.finding.rule}"
        return f"{head}\n    {self.finding.message}\n    <{found}> in: {' '.join(around.split())[: 2 * _SHOWN]}"


def key_of(post: Post, finding: Finding) -> str:
    """See Judged.key."""
    pack, words = finding.rule.partition(".")[0], " ".join(post.text[slice(*finding.span)].split())
    return sha256("\n".join((post.source, post.path, pack, words)).encode()).hexdigest()[:16]


def posts(path: Path) -> Iterator[Post]:
    """The posts of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Post(row["source"], row["path"], row["text"])


def verdicts() -> Mapping[str, str]:
    """The verdicts kept, by hash."""
    kept: Mapping[str, str] = json.loads(VERDICTS.read_text(encoding="utf-8")) if VERDICTS.exists() else {}
    return kept


def lint(linter: Linter, read: Sequence[Post], kept: Mapping[str, str]) -> list[Judged]:
    """Every finding in the posts."""
    return [
        Judged(post, finding, kept.get(key_of(post, finding), ""))
        for post in read
        for finding in linter.lint_text(post.text, post.path).findings
    ]


def rates(read: Sequence[Post], found: Sequence[Judged]) -> Iterator[str]:
    """The figures, a line each: posts with an error, findings of each level per 1,000 words; aside first."""
    for part in ("aside", "tune", "all"):
        mine = [post for post in read if part in (post.part, "all")]
        said = [judged for judged in found if part in (judged.post.part, "all")]
        words = max(1, sum(len(post.text.split()) for post in mine))
        wrong = {judged.post for judged in said if judged.finding.level is Level.ERROR}
        counts = Counter(judged.finding.level.word for judged in said)
        levels = ", ".join(f"{word}s {counts[word]} ({1000 * counts[word] / words:.2f} per 1,000 words)" for word in reversed(LEVELS))
        yield f"{part}: posts with an error {len(wrong)} of {len(mine)}; {levels}"


def by_rule(found: Sequence[Judged]) -> Iterator[str]:
    """How often each rule speaks, aside and tune, at each level."""
    counts = Counter((judged.finding.level, judged.finding.rule, judged.post.part) for judged in found)
    rules = {(level, rule): sum(counts[level, rule, part] for part in ("aside", "tune")) for level, rule, _ in counts}
    for (level, rule), _ in sorted(rules.items(), key=lambda entry: (-entry[0][0], -entry[1], entry[0][1])):
        yield f"{level.word:10} {rule:28} aside {counts[level, rule, 'aside']:4}  tune {counts[level, rule, 'tune']:4}"


def judged_counts(found: Sequence[Judged], kept: Mapping[str, str]) -> Iterator[str]:
    """How the verdicts on errors and warnings stand, and what was judged and is found no more."""
    for level in (Level.ERROR, Level.WARNING):
        counts = Counter(j.verdict or "not judged" for j in found if j.finding.level is level and j.post.part == "tune")
        yield f"verdicts on {level.word}s, tune: {', '.join(f'{counts[word]} {word}' for word in (*WORDS, 'not judged'))}"
    still = {judged.key for judged in found if judged.finding.level > Level.SUGGESTION}
    gone = Counter(word for key, word in kept.items() if key not in still)
    yield f"judged before and no longer flagged: {', '.join(f'{gone[word]} {word}' for word in WORDS)}"


def fixed(linter: Linter, read: Sequence[Post]) -> Iterator[str]:
    """The diff that --fix makes of all posts: in full for those of tune, counted for the others."""
    counts = Counter[tuple[str, str]]()
    for post in read:
        before = linter.lint_text(post.text, post.path)
        after = apply_fixes(before, linter.lint).source
        if after is None or after.text == post.text:
            continue
        lines = list(unified_diff(post.text.split("\n"), after.text.split("\n"), post.path, post.path, "", "", 2, ""))
        counts[post.part, "posts"] += 1
        for line in lines[2:]:
            counts[post.part, line[0]] += line[0] in "+-"
        if post.part == "tune":
            yield from (post.source, *lines)
    for part in ("aside", "tune"):
        yield f"{part}: {counts[part, 'posts']} posts changed, {counts[part, '-']} lines out, {counts[part, '+']} lines in"


def main(arguments: Sequence[str], data: Path) -> int:
    """Measure what the command line names; `data` is the folder of labelled data. Exit status 2 where the file is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy field", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=data / "field" / "posts_dev.jsonl.gz")
    parser.add_argument("--select", action="append", help="only these rules or packs (default: all but Grammar)")
    parser.add_argument("--fix", action="store_true", help="print the diff that --fix makes of all posts")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="print N random warnings of the tune part")
    parser.add_argument("--seed", type=int, default=1, help="which draw (1)")
    given = parser.parse_args(arguments)
    if not given.file.is_file():
        print(f"{given.file} is not there: the posts are not part of this repository", file=sys.stderr)
        return 2
    linter = Linter(select=given.select) if given.select else Linter(ignore=["Grammar"])
    read, kept = list(posts(given.file)), verdicts()
    if given.fix:
        print(*fixed(linter, read), sep="\n")
        return 0
    found = lint(linter, read, kept)
    tune = [judged for judged in found if judged.post.part == "tune"]
    print(*rates(read, found), "", *by_rule(found), "", *judged_counts(found, kept), sep="\n")
    print("\nerrors, tune:", *(j.shown() for j in tune if j.finding.level is Level.ERROR), sep="\n")
    if given.draw:
        warned = [j for j in tune if j.finding.level is Level.WARNING]
        drawn = random.Random(given.seed).sample(warned, min(given.draw, len(warned)))
        print(f"\n{len(drawn)} of {len(warned)} warnings, tune, drawn with seed {given.seed}:", *(j.shown() for j in drawn), sep="\n")
    return 0
