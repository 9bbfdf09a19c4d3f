"""Whether cost is linear: in the length of a draft, the number of drafts, the number of rules; and what each pack costs."""

from __future__ import annotations

from collections.abc import Sequence

from .drafts import markdown
from .measure import NO_GRAMMAR, Table, Target, child, inside, workshop
from .peers import Peers
from .project import PROGRAM, write
from .shapes import DRAFTS, INPUTS

WORST = 1.1  # the exponent by which the time for a shape may grow with its size
SPACE = {  # sizes, and the most bytes for each character or line
    "news": (1_000_000, 40),
    "one paragraph": (1_000_000, 40),
    "short lines": (200_000, 400),
    "short lines in Markdown": (200_000, 400),
}
MOST = 1.5  # how much more a unit may cost in the largest case than in the one before it


def length(peers: Peers, quick: bool) -> Table:
    """The cost of a character in ever longer drafts."""
    of = (10_000, 100_000, 1_000_000) if quick else (10_000, 100_000, 1_000_000, 10_000_000)
    taken = inside("sizes", of=of)
    rows = tuple((f"{size:,} characters", (cpu, cpu / size * 1e6)) for size, cpu in zip(of, taken, strict=True))
    target = _linear("a character of the longest draft as against the next", [(size, cpu) for size, cpu in zip(of, taken, strict=True)])
    return Table("growth with the length of a draft, no Grammar", ("CPU s", "CPU µs each"), rows, (target,))


def space(peers: Peers, quick: bool) -> Table:
    """The memory that one long draft takes, for each of its characters or short lines."""
    taken = {name: inside("space", shape=name, size=(size // 5 if quick else size)) for name, (size, _) in SPACE.items()}
    rows = tuple((name, (float(SPACE[name][0] // 5 if quick else SPACE[name][0]), taken[name])) for name in SPACE)
    targets = tuple(Target(f"memory, {name}", most, "bytes each", taken[name]) for name, (_, most) in SPACE.items())
    return Table("memory of one long draft, no Grammar", ("size", "bytes each"), rows, targets)


def shapes(peers: Peers, quick: bool) -> Table:
    """How the time for drafts and inputs of many shapes grows with their size, the worst last."""
    taken = {}
    for name in (*DRAFTS, *INPUTS):
        taken[name] = inside("growth", shape=name, enough=0.1 if quick else 0.4)
    rows = tuple((name, tuple(taken[name])) for name in sorted(taken, key=lambda name: taken[name][2]))
    targets = tuple(Target(f"exponent of {name}", WORST, "", exponent) for name, (_, _, exponent) in taken.items() if exponent > WORST)
    worst = Target("the worst exponent", WORST, "", max(exponent for _, _, exponent in taken.values()))
    return Table("growth with the size of drafts and inputs", ("size", "CPU s", "exponent"), rows, (*targets, worst))


def files(peers: Peers, quick: bool) -> Table:
    """The cost of a draft among ever more drafts, new and unchanged, start-up included."""
    counts = (10, 100, 1_000) if quick else (10, 100, 1_000, 10_000)
    rows, taken = [], []
    for count in counts:
        with workshop() as folder:
            write(folder / "drafts", (markdown(500, seed) for seed in range(count)))
            whole = [*PROGRAM, *NO_GRAMMAR, "--jobs", "1", str(folder / "drafts")]
            child([*whole[:-1], "--no-cache", str(next((folder / "drafts").rglob("*.md")))])  # the rules are compiled and kept
            new, again = child(whole), child(whole)
        rows.append((f"{count:,} drafts", (new.cpu, new.cpu / count * 1000, again.cpu, again.cpu / count * 1000)))
        taken.append((count, new.cpu))
    target = _linear("a draft among the most as against the next", taken)
    return Table("growth with the number of drafts", ("new CPU s", "new ms each", "same CPU s", "same ms each"), tuple(rows), (target,))


def rules(peers: Peers, quick: bool) -> Table:
    """The cost of a rule among ever more rules of one kind; what the shipped rules cost is in another table."""
    size, counts = (30_000, (1, 10, 100, 1_000)) if quick else (100_000, (1, 10, 100, 1_000, 5_000))
    with workshop():
        taken = inside("rules", counts=counts, size=size)
    rows = tuple((f"{n:,} rules", (cpu * 1000, cpu / n * 1e6, size / 1e6 / cpu)) for n, cpu in zip(counts, taken, strict=True))
    title = f"growth with the number of rules (three phrases each), {size:,} characters"
    target = _linear("a rule among the most as against the next", list(zip(counts, taken, strict=True)))
    return Table(title, ("CPU ms", "CPU µs each", "MB/CPU s"), rows, (target,))


def packs(peers: Peers, quick: bool) -> Table:
    """Each pack alone on one long draft, and all together."""
    size = 200_000 if quick else 1_000_000
    names = inside("packs")
    taken = {name: inside("pack", select=select, size=size) for name, select in [("all but Grammar", []), *((p, [p]) for p in names)]}
    rows = tuple((name, (cpu, size / 1e6 / cpu)) for name, cpu in taken.items())
    target = Target("one long draft, all packs but Grammar", 2, "MB/s", size / 1e6 / taken["all but Grammar"], least=True)
    return Table(f"each pack on {size:,} characters of Markdown", ("CPU s", "MB/CPU s"), rows, (target,))


def _linear(what: str, taken: Sequence[tuple[int, float]]) -> Target:
    """Whether a unit costs the same, start-up apart: the last step's cost for each unit as against the step before."""
    (a, first), (b, second), (c, third) = taken[-3:]
    return Target(what, MOST, "x", ((third - second) / (c - b)) / ((second - first) / (b - a)))
