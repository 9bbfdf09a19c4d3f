"""What many rules cost: `python -m tests.bench.rules` lints a set of articles with 8, 42, 143 and all published rules.

CPU seconds of one process, start-up apart; rules of type sequence and spelling are timed by themselves.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

from edlint.linter import Linter
from edlint.model.config import Config, RuleSetting
from edlint.model.source import Source
from edlint.vale.settings import Vale

SHARED = Path(__file__).resolve().parents[3] / "shared"
STYLES = SHARED / "vale" / "styles"
_SETS: dict[str, tuple[str, ...]] = {
    "8": ("write-good",),
    "42": ("write-good", "proselint"),
    "143": ("write-good", "proselint", "Google", "Microsoft", "ai-tells", "Joblint"),
    "all": (),
}
_APART = ("sequence", "spelling")


def articles(count: int) -> list[Source]:
    """So many articles, as Markdown."""
    with (SHARED / "data" / "grammar" / "clean_dev.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line, _ in zip(file, range(10 * count), strict=False)]
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(str(row.get("doc") or row.get("id")), []).append(row["text"])
    whole = [" ".join(parts) for parts in texts.values()]
    return [Source(f"{n}.md", text) for n, text in enumerate(whole[:count])]


def linter(styles: Sequence[str], *, apart: str = "") -> Linter:
    """A Linter with some styles (none: all, and the shipped packs), without the costly types or with one of them alone."""
    names = styles or [p.name for p in sorted(STYLES.iterdir()) if p.is_dir() and p.name != "config"]
    extends: list[str | Path] = [STYLES / name for name in names]
    config = Config(extends=tuple(extends if styles else ["default", *extends]), vale=Vale(STYLES), rules={"Grammar": RuleSetting("off")})
    config = replace(config, strict=False)
    rules = Linter(config).all_rules
    wrong = {n: RuleSetting("off") for n, r in rules.items() if (r.extends != apart if apart else r.extends in _APART)}
    return Linter(replace(config, rules={**config.rules, **wrong}))


def seconds(linter: Linter, drafts: Sequence[Source]) -> float:
    """CPU seconds for all drafts, the least of three rounds: other programs can only make one slower."""
    for draft in drafts[:20]:
        linter.lint(draft)
    return min(_round(linter, drafts) for _ in range(3))


def _round(linter: Linter, drafts: Sequence[Source]) -> float:
    began = time.process_time()
    for draft in drafts:
        linter.lint(draft)
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    if not STYLES.is_dir():
        sys.exit(f"there are no styles in {STYLES}")
    _loading()
    gc.set_threshold(100_000)  # as the command does
    drafts = articles(200)
    words = sum(len(d.text.split()) for d in drafts)
    print(f"{len(drafts)} articles, {words / len(drafts):.0f} words on average")
    first = 0.0
    for name, styles in _SETS.items():
        made = linter(styles)
        spent = seconds(made, drafts)
        first = first or spent
        on = sum(r.level is not None for r in made.rules_for("0.md").values())
        per = spent / words * 1200 * 1000
        share = f"{spent / first:6.2f} x"
        print(f"{name:>4}: {on:>4} rules on {spent / len(drafts) * 1000:8.2f} ms an article {per:8.2f} ms per 1,200 words {share}")
    for kind in _APART:
        made = linter((), apart=kind)
        spent = seconds(made, drafts)
        print(f"{kind}: {spent / words * 1200 * 1000:.2f} ms per 1,200 words")


def _loading() -> None:
    """What it costs to load all rules, with an empty cache and a filled one, and to lint a first draft."""
    names = [p.name for p in sorted(STYLES.iterdir()) if p.is_dir() and p.name != "config"]
    config = Config(extends=("default", *(STYLES / name for name in names)), rules={"Grammar": RuleSetting("off")}, strict=False)
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, EDLINT_CACHE_DIR=folder):
        for state in ("cold", "warm"):
            began = time.process_time()
            linter = Linter(config)
            count = len(linter.all_rules)
            print(f"loading {count} rules, {state}: {(time.process_time() - began) * 1000:.0f} ms")
        linter.lint(articles(1)[0])
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
