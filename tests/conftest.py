"""What holds for the whole suite: one worker for each processor, none of its user's caches, no deadline for property tests, and at the end
how many tests were skipped."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser import chromium
from components import required
from hypothesis import HealthCheck, settings
from support import shipped_rules_read

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long one example takes depends on how busy the machine is. The same examples are tried in every run, so that
# what passed today passes next month; EDLINT_NEW_EXAMPLES=1 looks for new ones, as tests.fuzz does.
SAME = not os.environ.get("EDLINT_NEW_EXAMPLES")
settings.register_profile("edlint", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=SAME)
settings.load_profile("edlint")


HOME = pytest.StashKey[str]()
MOST_WORKERS = 8  # more gain little: each has to collect the tests and to read the rules


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker for each processor for the whole suite; none for what is named on the command line, which is over sooner without."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
    return min(os.cpu_count() or 1, MOST_WORKERS) if whole else 0


def pytest_configure(config: pytest.Config) -> None:
    """Give edlint folders of this run's own; stop at once when EDLINT_REQUIRE names something unknown."""
    try:
        required("")
    except ValueError as fault:
        raise pytest.UsageError(str(fault)) from None
    if hasattr(config, "workerinput"):  # a worker shares the folders of the process that started it
        shipped_rules_read()
        return
    home = config.stash[HOME] = tempfile.mkdtemp(prefix="edlint-tests-")
    os.environ.pop("EDLINT_CACHE_DIR", None)
    os.environ.update(XDG_CACHE_HOME=os.path.join(home, "cache"), XDG_STATE_HOME=os.path.join(home, "state"))  # noqa: PTH118
    if config.option.numprocesses:
        shipped_rules_read()  # before each worker has to read them for itself


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove these folders."""
    if home := config.stash.get(HOME, None):
        shutil.rmtree(home, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests were skipped, by reason."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    terminalreporter.write_line(f"skipped: {reasons.total()}")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"  {count}: {reason}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module. While it is there, its event loop runs, and tests that need one of their own would fail."""
    with chromium() as started:
        yield started


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    described = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return described.removeprefix("Skipped: ")
