"""What a Word file costs beside its text."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable

from edlint.linter import Linter

from .drafts import sentence
from .measure import Table, Target
from .peers import Peers

WORDS, MOST = 10_000, 1.5  # of the draft; how many times the cost of its text a Word file may have


def word(peers: Peers, quick: bool) -> Table:
    """A Word file of 10,000 words, each word a run of its own as after much editing, beside the same text, in one process."""
    import docx

    luck, document, lines, words = random.Random(1), docx.Document(), [], 0
    while words < WORDS:
        lines.append(" ".join(sentence(luck) for _ in range(5)))
        words += len(lines[-1].split())
        paragraph = document.add_paragraph()
        for piece in lines[-1].split(" "):
            paragraph.add_run(f"{piece} ")
    out = io.BytesIO()
    document.save(out)
    rows, targets = [], []
    for name, linter in (("without grammar", Linter(ignore=("Grammar",))), ("with grammar", Linter())):
        text = _least(lambda linter=linter: linter.lint_bytes("\n\n".join(lines).encode(), "draft.txt"), quick)  # type: ignore[misc]
        file = _least(lambda linter=linter: linter.lint_bytes(out.getvalue(), "draft.docx"), quick)  # type: ignore[misc]
        rows.append((name, (text * 1000, file * 1000, file / text)))
        targets.append(Target(f"a Word file of {WORDS:,} words, {name}", MOST, "x its text", file / text))
    return Table(f"a Word file of {words:,} words beside its text", ("text, CPU ms", "Word, CPU ms", "x"), tuple(rows), tuple(targets))


def _least(work: Callable[[], object], quick: bool) -> float:
    """The CPU seconds that some work takes at best, once everything it needs is loaded."""
    taken = []
    for _ in range(4 if quick else 8):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken[1:])
