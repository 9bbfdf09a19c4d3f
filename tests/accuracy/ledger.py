"""How much of what articles state is in the ledger, and how often the source it names is right.

The labels are those of the gold files: a sentence that is sourced or an unsourced claim should have a row. Whether the source
named is right was judged by reading; the verdicts are kept by hash in ledger_verdicts.json, and a row without one does not count.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from edlint.formats import read
from edlint.ledger import claims
from edlint.model.claim import Claim
from edlint.model.source import Source

from .aside import aside_in
from .attribution import Article, read_articles

VERDICTS = Path(__file__).with_name("ledger_verdicts.json")


def rows_of(article: Article) -> dict[int, list[Claim]]:
    """The rows of an article's ledger by the number of the sentence in which they start."""
    found: dict[int, list[Claim]] = {}
    for claim in claims(read(Source("article.txt", article.text), "plain")):
        found.setdefault(bisect_right(article.starts, claim.span.start) - 1, []).append(claim)
    return found


def key_of(article: Article, claim: Claim) -> str:
    """A hash of the sentence and of the source that is named for it: another source needs another verdict."""
    named = article.text[slice(*claim.source)] if claim.source else ""
    return sha256("\n".join((article.name, claim.text, claim.basis, named)).encode()).hexdigest()[:16]


def measure(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """Aside first: the share of labelled statements that have a row, of not-claims that have one, and of sources that are right."""
    aside = aside_in(path)
    kept = json.loads(VERDICTS.read_text(encoding="utf-8")) if VERDICTS.exists() else {}
    counts: Counter[tuple[str, str, bool]] = Counter()
    missed, wrong = [], []
    for article in read_articles(path):
        part = "aside" if aside(article.name) else "tune"
        found = rows_of(article)
        for number, row in enumerate(article.rows):
            if row["label"] is None:
                continue
            kind = "claim" if row["label"] else "sourced" if row["kind"] == "sourced" else "other"
            counts[part, kind, number in found] += 1
            if kind in ("claim", "sourced") and number not in found and part == "tune":
                missed.append(f"{kind}: {row['text']}")
            for claim in found.get(number, ()) if kind == "sourced" else ():
                verdict = kept.get(key_of(article, claim))
                if verdict is not None:
                    counts[part, "source", verdict == "right"] += 1
                    counts[part, "named", verdict == "right"] += claim.basis != "nothing"
                    wrong += [f"{claim.basis}: {claim.text}"] if verdict != "right" and part == "tune" else []
    names = {
        "sourced": "sourced sentences with a row",
        "claim": "unsourced claims with a row",
        "other": "other sentences with a row",
        "source": "source right, and none named is wrong",
        "named": "source right where one is named",
    }
    result: dict[str, Any] = {}
    for part in ("aside", "tune"):
        result[part] = {shown: _share(counts[part, kind, True], counts[part, kind, False]) for kind, shown in names.items()}
    return result | ({"errors": {"missed": missed[:errors], "wrong source": wrong[:errors]}} if errors else {})


def _share(true: int, false: int) -> str:
    return f"{true}/{true + false}" + (f" ({true / (true + false):.2f})" if true + false else "")
