"""edlint: the linter that stands between a draft and publication.

    import edlint

    result = edlint.lint_text("The Only Way Out\\n\\nCritics say the plan failed.")
    for finding in result.findings:
        print(result.source.lines.position(finding.span.start), finding.rule, finding.message)

`lint_text` and `lint_file` make a Linter for one call; keep a `Linter` to lint many drafts. Nothing is global: two
Linters share nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edlint.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from edlint.archive.batch import lint_batch
    from edlint.errors import EdlintError
    from edlint.linter import Linter
    from edlint.model.claim import Claim
    from edlint.model.config import Config
    from edlint.model.document import Document
    from edlint.model.finding import Edit, Finding, Fix, Level, Related
    from edlint.model.report import FileResult
    from edlint.model.source import Source
    from edlint.text.span import Position, Span

__all__ = [
    "Claim",
    "Config",
    "Document",
    "Edit",
    "EdlintError",
    "FileResult",
    "Finding",
    "Fix",
    "Level",
    "Linter",
    "Position",
    "Related",
    "Source",
    "Span",
    "__version__",
    "claims_of",
    "lint_batch",
    "lint_file",
    "lint_text",
]

_HOMES = {
    "Claim": "model.claim",
    "Config": "model.config",
    "Document": "model.document",
    "Edit": "model.finding",
    "EdlintError": "errors",
    "FileResult": "model.report",
    "Finding": "model.finding",
    "Fix": "model.finding",
    "Level": "model.finding",
    "Linter": "linter",
    "Position": "text.span",
    "Related": "model.finding",
    "Source": "model.source",
    "Span": "text.span",
    "lint_batch": "archive.batch",
}


def lint_text(text: str, path: str = "draft.txt", *, format: str = "", config: Config | None = None) -> FileResult:
    """Lint a text as if it were the file `path`, whose suffix tells the format unless `format` (plain, markdown, html) is given.

    Without `config` the shipped rules hold; no configuration file is looked for. Spans in the result are 0-based,
    half-open code-point offsets into `text`. Raises EdlintError when a rule or the configuration cannot work; a
    grammar engine that fails is among the result's `faults`.
    """
    from edlint.linter import Linter

    linter = Linter(config)
    return _with_notices(linter, linter.lint_text(text, path, format=format))


def claims_of(text: str, path: str = "draft.txt", *, format: str = "", linter: Linter | None = None) -> tuple[Claim, ...]:
    """The ledger of a text: a row for every statement that can be checked, with what it rests on; all of them open.

    Give the Linter that you keep, or one is made with the shipped rules. Spans are as in `lint_text`. Raises what `lint_text` raises.
    """
    from edlint.ledger import ledger
    from edlint.linter import Linter
    from edlint.model.source import Source

    return ledger(linter or Linter(), Source(path, text), format=format)


def lint_file(path: str | Path, *, format: str = "", config: Config | None = None) -> FileResult:
    """Lint one file by the configuration nearest to it, or by `config`.

    A file that cannot be read gives a FileResult with `error` set. Raises EdlintError as `lint_text` does.
    """
    from pathlib import Path

    from edlint.config.file import load_config
    from edlint.config.nearest import find_config
    from edlint.linter import Linter

    if config is None:
        found = find_config(Path(path))
        config = load_config(found) if found else None
    linter = Linter(config)
    return _with_notices(linter, linter.lint_file(path, format=format))


def _with_notices(linter: Linter, result: FileResult) -> FileResult:
    """The only result of a Linter, with what there is to say of its rules."""
    return result if result.error else result._replace(notices=(*linter.notices, *result.notices))


def __getattr__(name: str) -> object:
    """The public names, imported when first used so that `import edlint` stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'edlint' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"edlint.{_HOMES[name]}"), name)
