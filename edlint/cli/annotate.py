"""`--annotate`: a copy of a draft with what there is to say of it as comments."""

from __future__ import annotations

from pathlib import Path

from edlint.cli.console import say
from edlint.errors import UsageError
from edlint.files.atomic import replacing
from edlint.model.finding import Level
from edlint.model.report import Report, ReportOptions
from edlint.report.comments import comments
from edlint.report.summary import count
from edlint.report.terminal import visible


def annotate(report: Report, target: Path, options: ReportOptions) -> None:
    """Write the draft of a report to `target`, with a comment for each finding at or above the level to show, by default all.

    Raises UsageError for several drafts, for one whose file holds no comments, and where `target` is the draft itself or cannot be
    written; SourceError for a draft to which none can be added.
    """
    if len(report.files) != 1:
        raise UsageError(f"--annotate takes one draft, not {len(report.files)}")
    file = report.files[0]
    if file.error or file.source is None:  # which the report says
        return
    container = file.source.container
    if container is None:
        raise UsageError(
            "--annotate: only Word and OpenDocument files hold comments", hint="for others, --output-format html is a page to read"
        )
    if target.exists() and Path(file.path).exists() and target.samefile(file.path):
        raise UsageError("--annotate: that is the draft itself", hint="name another file for the copy")
    least = Level.ERROR if options.quiet else options.show or Level.SUGGESTION
    remarks = list(comments(report, (finding for finding in file.findings if finding.level >= least)))
    data, added = container.annotated(remarks)
    try:
        with replacing(target) as out:
            out.write(data)
    except OSError as fault:
        raise UsageError(f"--annotate: {target} cannot be written: {fault.strerror}") from None
    left = f"; {len(remarks) - added} stand there already, or have no place there" if added < len(remarks) else ""
    say(f"edlint: {visible(str(target))}: {count(added, 'comment')} written{left}", err=True)
