"""What must hold for any input: no exception but those that tell the user what is wrong, no hang, spans inside the source."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from edlint.checks import CHECKS, check_class
from edlint.checks.cues import CUE_KEYS
from edlint.cli import run
from edlint.cli.setup import TEMPLATE
from edlint.config.file import READERS, load_config
from edlint.errors import EdlintError
from edlint.formats import FORMATS, read
from edlint.linter import Linter
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.model.source import Source
from edlint.report import REPORTERS, render
from edlint.ruleset.compile import compile_rules
from edlint.ruleset.load import COMMON, make_rule
from edlint.vale.ini import load_ini
from edlint.version import __version__

from . import soup

LIMIT = 20.0  # seconds for one try; a single search may take up to its own limit
ROOT = Path(__file__).resolve().parents[2]


@cache
def _linter() -> Linter:
    """All shipped packs but those that wait for an engine."""
    return Linter(ignore=["Grammar"])


def drafts(rng: soup.Random) -> None:
    """Any draft in any format: every finding lies in the source, and every reporter can write the result."""
    text, name = soup.text(rng), rng.choice(list(FORMATS))
    result = _linter().lint_text(text, rng.choice(("a.txt", "b\n.md", "c <&>.html")), format=name)
    _sound(result, text)
    document = read(Source("a", text), name)
    for block in document.blocks:
        start, end = block.whole
        assert 0 <= start <= end <= len(text)
    linter = _linter()
    rules = {f.rule: rule for f in result.findings if (rule := linter.rule_named(f.rule))}
    detailed = linter.detail(result, format=name)
    report = Report((detailed,), rules, __version__)
    for reporter in REPORTERS:
        render(
            report, reporter, ReportOptions(color=rng.random() < 0.5, width=rng.choice((1, 20, 80)), quiet=rng.random() < 0.3, trace=True)
        )


def _sound(result: FileResult, text: str) -> None:
    places = [f.span for f in result.findings] + [r.span for f in result.findings for r in f.related]
    places += [e.span for f in result.findings for fix in f.fixes for e in fix.edits] + [s.finding.span for s in result.suppressed]
    assert all(0 <= start <= end <= len(text) for start, end in places), places
    assert list(result.findings) == sorted(result.findings, key=lambda f: (f.span, f.rule))


def rules(rng: soup.Random) -> None:
    """Any rule file: it is refused with a place, or it runs on any draft."""
    kind = rng.choice([*CHECKS, "script", "nothing"])
    keys = [*COMMON, *(check_class(kind).keys if kind in CHECKS else ()), *CUE_KEYS, "tokenz", "min", "max"]
    data = {"extends": kind, **soup.rule(rng, keys)}
    if rng.random() < 0.05:
        data.pop("message")
    try:
        rule = make_rule("Test.Fuzz", data, {}, "Test/Fuzz.yml")
        ruleset = compile_rules({**_linter().all_rules, rule.name: rule})
    except EdlintError as fault:
        assert str(fault)
        return
    text = soup.text(rng, 20).encode("utf-8", "replace").decode()
    found = ruleset.run(read(Source("a", text), "markdown"), lambda d, question: ())
    assert all(0 <= f.span.start <= f.span.end <= len(text) for f in found.matches)


def configurations(rng: soup.Random) -> None:
    """Any configuration file: it is refused with a place, or a draft can be linted by it."""
    with tempfile.TemporaryDirectory() as folder:
        if rng.random() < 0.3:
            path = Path(folder, ".vale.ini")
            path.write_text(soup.mangled(rng, _VALE), encoding="utf-8", errors="surrogatepass")
            loader = load_ini
        else:
            path = Path(folder, ".edlint.yml")
            keys = rng.sample([*READERS, "fial_on"], k=rng.randint(0, 4))
            text = "".join(f"{key}: {soup.value(rng)!r}\n" for key in keys) if rng.random() < 0.5 else soup.mangled(rng, TEMPLATE)
            path.write_text(text, encoding="utf-8", errors="surrogatepass")
            loader = load_config
        try:
            config = loader(path)
            Linter(config, ignore=["Grammar"]).rules_for("draft.md")
        except EdlintError as fault:
            assert str(fault)


_VALE = r"""StylesPath = styles
MinAlertLevel = suggestion
Vocab = Base

[formats]
mdx = md

[*.{md,txt}]
BasedOnStyles = Vale
Vale.Spelling = NO
TokenIgnores = (\$+[^\n$]+\$+)
"""


def commands(rng: soup.Random) -> None:
    """Any command line: the exit status is 0, 1 or 2, and nothing is a failure of edlint itself."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.md")
        draft.write_bytes(soup.text(rng).encode("utf-8", "surrogatepass" if rng.random() < 0.1 else "replace"))
        before = draft.read_bytes()
        options = [rng.choice(_OPTIONS) for _ in range(rng.randint(0, 4))]
        words = ["--ignore", "Grammar", "--no-cache", *(word for option in options for word in option.split()), str(draft)]
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace", write_through=True) for _ in range(2))
        here = Path.cwd()
        os.chdir(folder)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = run(words)
        finally:
            os.chdir(here)
        assert status in (0, 1, 2), (status, words)
        err.seek(0)
        said = err.read()
        assert "edlint itself failed" not in said, (words, said)
        assert {"--fix", "--fix-only"} & {*words} or draft.read_bytes() == before, words


_OPTIONS = (
    "--fix", "--diff", "--fix-only", "--unsafe-fixes", "--quiet", "--statistics", "--trace", "--show-files", "--exit-zero", "--isolated",
    "--select Captions", "--select Nope", "--fail-on warning", "--fail-on never", "--max-warnings 0", "--color always",
    "--encoding latin-1", "--encoding nope",
    "--output-file out.txt", "--jobs 1", "--stdin-filename a.html", "--nope", "--exit-non-zero-on-fix", "missing.md",
    *(f"--output-format {name}" for name in REPORTERS),
)  # fmt: skip

TARGETS: dict[str, Callable[[soup.Random], None]] = {
    "drafts": drafts,
    "rules": rules,
    "configurations": configurations,
    "commands": commands,
}
