"""What a plain start imports: `python -m tests.bench.imports` prints each module with its time, and what is over the budget.

A plain start is `edlint draft.md`, without grammar, in a process of its own. REMEMBERED may be imported where the draft was checked before,
READ besides where it is new, and the rules are known: in both cases edlint's own modules, apart from what Python, click and a command of
click's import themselves. Add to them what every draft needs, and import whatever some drafts need where they need it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .measure import TOP

REMEMBERED = frozenset(
    """
    edlint edlint.checks edlint.cli edlint.cli.check edlint.cli.console edlint.cli.options edlint.cli.process edlint.config
    edlint.config.nearest edlint.errors edlint.files edlint.files.digest edlint.files.folders edlint.files.gitignore
    edlint.files.globs edlint.files.inputs edlint.files.signing edlint.formats edlint.grammar edlint.grammar.base edlint.model
    edlint.model.config edlint.model.finding edlint.model.report edlint.model.rule edlint.model.source edlint.plugins
    edlint.reading edlint.report edlint.report.entries edlint.report.summary edlint.report.terminal edlint.report.text
    edlint.ruleset edlint.ruleset.places edlint.session edlint.session.cache edlint.session.cachedlinter edlint.session.configs
    edlint.session.discover edlint.session.options edlint.session.serialize edlint.session.session edlint.session.work
    edlint.subprocesses edlint.text edlint.text.decode edlint.text.lazy edlint.text.span edlint.vale edlint.vale.settings
    edlint.version
    """.split()
)
READ = frozenset(
    """
    edlint.checks edlint.config.locks edlint.files edlint.filters edlint.findings edlint.formats edlint.grammar.query edlint.linter
    edlint.matching edlint.model edlint.regexes edlint.rulebook edlint.ruleset edlint.text edlint.vale.syntax
    """.split()
)  # with what they hold
NEVER = frozenset("ast asyncio concurrent dis inspect multiprocessing sqlite3 subprocess yaml".split())  # unless click itself does
_CLICK = "import click; click.Command('x', params=[click.Option(['--y'], help='z')]).main([], standalone_mode=False)"
_EDLINT = "from edlint.cli import run; run(['draft.md', '--isolated', '--ignore', 'Grammar'])"
_NAMES = "; import sys; sys.stdout.flush(); print('\\n' + ' '.join(sys.modules))"
_TEXT = "The {} met on Monday. Critics say 40 percent of the plan failed.\n"


class Start:
    """A folder with a draft, and the modules that Python processes import there."""

    def __init__(self, folder: Path) -> None:
        self.draft = folder / "draft.md"
        self._env = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(TOP)}

    def _run(self, code: str, *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *options, "-c", code]
        return subprocess.run(command, cwd=self.draft.parent, env=self._env, capture_output=True, text=True, check=True)

    def _modules(self, code: str) -> frozenset[str]:
        return frozenset(self._run(code + _NAMES).stdout.splitlines()[-1].split())

    def imported(self) -> tuple[frozenset[str], frozenset[str]]:
        """What edlint imports for a draft that it remembers, and for one that is new while its rules are known."""
        below = self._modules(_CLICK)
        self.draft.write_text(_TEXT.format("council"), "utf-8")
        self._modules(_EDLINT)
        remembered = self._modules(_EDLINT) - below
        self.draft.write_text(_TEXT.format("board"), "utf-8")
        return remembered, self._modules(_EDLINT) - below

    def times(self) -> Mapping[str, int]:
        """The modules that edlint imports for a draft that it remembers, each with its own time in microseconds."""
        rows = (line.removeprefix("import time:").split("|") for line in self._run(_EDLINT, "-X", "importtime").stderr.splitlines()[1:])
        return {name.strip(): int(own) for own, _, name in rows}


def excess(remembered: frozenset[str], read: frozenset[str]) -> Iterator[str]:
    """What is over the budget, in sentences."""
    yield from (f"{name} is imported for a draft that is remembered" for name in sorted(_own(remembered) - REMEMBERED))
    yield from (f"{name} is in the budget and not imported" for name in sorted(REMEMBERED - remembered))
    new = (name for name in _own(read) - REMEMBERED if not any(f"{name}.".startswith(f"{part}.") for part in READ))
    yield from (f"{name} is imported for a new draft" for name in sorted(new))
    yield from (f"{name} is imported" for name in sorted({name.partition(".")[0] for name in remembered | read} & NEVER))


def _own(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if name.partition(".")[0] == "edlint")


def main() -> None:
    """Print the modules of a plain start, those that take longest first, and what is over the budget."""
    with tempfile.TemporaryDirectory() as folder:
        start = Start(Path(folder))
        remembered, read = start.imported()
        start.times()
        times = start.times()  # the draft is remembered by now
    for name in sorted(times, key=times.__getitem__, reverse=True):
        print(f"{times[name] / 1000:7.2f} ms  {name}{'' if name in remembered else '  (Python or click)'}")
    own = sum(times[name] for name in times.keys() & remembered)
    print(f"{sum(times.values()) / 1000:7.2f} ms  in all, {own / 1000:.2f} ms of it for edlint's sake")
    print(f"{len(remembered)} modules for edlint's sake, {len(read)} where the draft is new")
    print("\n".join(excess(remembered, read)) or "within the budget")


if __name__ == "__main__":
    main()
