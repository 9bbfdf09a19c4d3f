"""How often the part-of-speech tagger is right: run `python -m tests.accuracy tagger`, or `python -m tests.accuracy.tagger DEV.tsv.gz`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from edlint.text.tagger import WEIGHTS, load, tag
from tests.accuracy.train_tagger import read


def measure(path: Path, *, errors: int = 0, sentences: int | None = None) -> dict[str, Any]:
    """Figures for a treebank, or its first `sentences`: the share of right Penn tags among all tokens, those of words seen often in
    training and others, and by genre; the pace; the most frequent mistakes, up to `errors`."""
    began = time.process_time()
    lexicon = load().lexicon
    loading = time.process_time() - began
    gold = [(name, sentence) for name, sentence in read(path)][:sentences]
    began = time.process_time()
    guesses = [tag([form for form, _, _ in sentence]) for _, sentence in gold]
    seconds = time.process_time() - began
    right, all_, wrong = Counter[str](), Counter[str](), Counter[str]()
    for (name, sentence), tags in zip(gold, guesses, strict=True):
        for at, ((form, wanted, _), guess) in enumerate(zip(sentence, tags, strict=True)):
            known = lexicon.key(form, at == 0) in lexicon.family or lexicon.key(form, True) in lexicon.family
            for part in ("all", "frequent words" if known else "rare words", _genre(name)):
                all_[part] += 1
                right[part] += wanted == guess
            if wanted != guess:
                wrong[f"{form}: {guess} for {wanted}"] += 1
    return {
        "tokens": all_["all"], "accuracy": {part: round(100 * right[part] / all_[part], 2) for part in sorted(all_)},
        "tokens_per_second": round(all_["all"] / max(seconds, 1e-9)), "load_ms": round(1000 * loading, 1),
        "bytes": WEIGHTS.stat().st_size, "errors": wrong.most_common(errors),
    }  # fmt: skip


def _genre(name: str) -> str:
    """A sentence's genre by its id: weblog, GUM_news."""
    return "_".join(name.split("_")[:2]) if name.startswith("GUM") else name.partition("-")[0]


if __name__ == "__main__":
    result = measure(Path(sys.argv[1]), errors=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    for part, share in result.pop("accuracy").items():
        print(f"{part:20} {share:6.2f} %")
    for mistake, times in result.pop("errors"):
        print(f"{times:5} {mistake}")
    print(*(f"{key} {value}" for key, value in result.items()))
