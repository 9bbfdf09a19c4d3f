"""Each report format with some 23,000 findings: what writing it takes."""

from __future__ import annotations

from edlint.report import REPORTERS

from .drafts import markdown
from .measure import EDLINT, NO_GRAMMAR, Table, Target, child, workshop
from .peers import Peers
from .project import write

FAULT = "\n\nStudies show that ward {number} paid, and critics say [TK] of it went to ward [XX]."


def reports(peers: Peers, quick: bool) -> Table:
    """The whole program on 2,000 drafts that it linted before, so that little but the report is new."""
    with workshop() as folder:
        write(folder / "drafts", (_draft(seed) for seed in range(200 if quick else 2_000)))
        whole = [*EDLINT, *NO_GRAMMAR, str(folder / "drafts")]
        child(whole)
        target = folder / "report"
        taken = {}
        for name in REPORTERS:
            sample = child([*whole, "--output-format", name, "--output-file", str(target)])
            taken[name] = (sample.cpu, sample.peak, target.stat().st_size / 1e6)
            if name == "json-lines":
                findings = target.read_bytes().count(b"\n")
    worst = max(taken, key=lambda name: taken[name][1])
    rows = tuple(taken.items())
    limit = Target(f"{findings:,} findings, peak of the largest ({worst})", 150, "MB", taken[worst][1])
    return Table(f"reports of {findings:,} findings", ("CPU s", "peak MB", "report MB"), rows, (limit,))


def _draft(seed: int) -> str:
    """A draft with a dozen findings."""
    return markdown(1_000, seed) + "".join(FAULT.format(number=seed + 7 * more) for more in range(3))
