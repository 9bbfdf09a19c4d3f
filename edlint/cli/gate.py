"""`edlint gate` and `edlint verify`: a verdict on a draft, kept in a log; and whether a text is the one that passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Unpack

import click

from edlint.cli.claims import source_of
from edlint.cli.console import say
from edlint.cli.options import FILE, Given, configured
from edlint.errors import ConfigError, Place, UsageError
from edlint.files.inputs import read_bytes
from edlint.ledger import kinds_of, ledger
from edlint.ledgerfile import NAME as LEDGER
from edlint.ledgerfile import load_entries, with_statuses
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.report import FileResult
from edlint.report.terminal import visible
from edlint.session.options import Options
from edlint.session.session import Session
from edlint.verdict import NAME, Override, Terms, append, differences, moved, read_log, terms, verdict, weigh

RECEIPT = 12  # digits of a verdict's hash that are printed, and wanted
_DRAFT = click.argument("draft", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@_DRAFT
@click.option("--log", type=FILE, help=f"The log to add the verdict to.  [default: {NAME} beside the draft]")
@click.option("--override", "overrides", multiple=True, metavar="RULE:LINE", help="Let the finding of RULE in LINE pass (repeatable).")
@click.option("--reason", default="", help="With --override: why.")
@click.option("--by", default="", help="With --override: who.")
@configured
def gate(draft: Path, **given: Unpack[Given]) -> int:
    """Judge DRAFT, and add the verdict to a log: which bytes, under which rules, what was found, silenced, overridden, passed or not.

    `may_override` in the configuration names the levels, packs and rules that may be overridden, `check_claims` the kinds of claims that
    must not be open. Exit status: 0 passed, 1 failed, 2 could not be judged.
    """
    session = _session(given)
    data, result = _judged(session, draft)
    linter = session.linter_for(draft)
    overrides = [_override(text, given, linter.config, result) for text in given["overrides"]]
    weighed = weigh(result, overrides, _open_claims(linter, draft))
    made = verdict(draft.name, datetime.now(UTC).isoformat(timespec="seconds"), _terms(linter, draft, data), result, weighed)
    receipt = append(given["log"] or draft.parent / NAME, made)
    for line in _told(made, receipt):
        say(visible(line))
    return 0 if made["passed"] else 1


@click.command()
@click.argument("verdicts", metavar="VERDICT", type=FILE)
@_DRAFT
@click.option("--receipt", default="", metavar="HASH", help="The hash of a verdict, as `edlint gate` printed it: the log must hold it.")
@configured
def verify(verdicts: Path, draft: Path, **given: Unpack[Given]) -> int:
    """Say whether DRAFT is the text that passed, under the rules of now, by the last verdict on it in the log VERDICT.

    Exit status: 0 it is, 1 it is not (and what has changed), 2 the log was changed or cannot be read.
    """
    log = read_log(verdicts)
    if given["receipt"]:
        _ask_for(given["receipt"], log, verdicts)
    mine = [made for made in log if made["draft"] == draft.name]
    if not mine:
        say(f"{visible(draft.name)}: there is no verdict on it in {visible(str(verdicts))}")
        return 1
    last = mine[-1]
    session = _session(given)
    changed = differences(last, _terms(session.linter_for(draft), draft, read_bytes(draft)))
    for sentence in (*changed, *(_moved(session, draft, last) if changed else ())):
        say(f"{visible(draft.name)}: {sentence}")
    if not last["passed"]:
        say(f"{visible(draft.name)}: it failed on {last['at']}")
    if changed or not last["passed"]:
        return 1
    say(f"{visible(draft.name)}: this very text passed on {last['at']}, under these very rules.")
    return 0


def _ask_for(receipt: str, log: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Raises ConfigError where a log does not hold the verdict with this hash, or UsageError where the receipt is too short to be one."""
    if len(receipt) < RECEIPT:
        raise UsageError(f"--receipt {receipt!r}: not the hash of a verdict", hint=f"at least its first {RECEIPT} digits")
    if not any(made["hash"].startswith(receipt.lower()) for made in log):
        raise ConfigError(f"no verdict here has the hash {receipt}: verdicts were taken away, or it is another log", Place(str(file)))


def _moved(session: Session, draft: Path, last: Mapping[str, Any]) -> Sequence[str]:
    """The findings that stand in the way now and did not when a verdict was reached, and the other way round."""
    try:
        _, result = _judged(session, draft)
    except UsageError:
        return []
    return moved(last, result)


def _session(given: Given) -> Session:
    """A session without a second reader: a verdict rests on rules that anybody can run again."""
    return Session(Options(config=given["config"], isolated=given["isolated"], reader=False))


def _judged(session: Session, draft: Path) -> tuple[bytes, FileResult]:
    """The bytes of a draft and the result for them. Raises UsageError for one that is empty, cannot be judged or changes meanwhile."""
    before = read_bytes(draft)
    if not before.strip():
        raise UsageError(f"{draft} is empty: there is nothing to pass")
    (result,) = session.check([draft.as_posix()]).files
    if result.error or result.faults:
        raise UsageError("\n".join([result.error, *result.faults]).strip())
    if read_bytes(draft) != before:
        raise UsageError(f"{draft} was changed meanwhile", hint="run the command again")
    return before, result


def _terms(linter: Linter, draft: Path, data: bytes) -> Terms:
    return terms(data, linter.config, linter.rules_for(draft.as_posix()).values())


def _open_claims(linter: Linter, draft: Path) -> dict[str, int]:
    """How many claims are open of the kinds that must not be."""
    must = linter.config.check_claims
    if not must:
        return {}
    rows = with_statuses(ledger(linter, source_of(linter, draft)), load_entries(draft.parent / LEDGER), draft.name)
    return {kind: count for kind, count in kinds_of(rows).items() if kind in must}


def _override(text: str, given: Given, config: Config, result: FileResult) -> Override:
    """What --override asks for. Raises UsageError where it is not allowed, lacks a reason or a name, or where there is no such finding."""
    rule, _, line = text.rpartition(":")
    if not rule or not line.isdecimal():
        raise UsageError(f"--override {text!r}: not a rule and a line", hint="such as --override Captions.Repeated:45")
    if not given["reason"] or not given["by"]:
        raise UsageError("--override needs --reason and --by", hint='--reason "the refrain" --by "Ana Ruiz"')
    position = result.source.lines.position if result.source else None
    found = [f for f in result.failing if f.rule == rule and position and position(f.span.start).line == int(line)]
    if not found:
        raise UsageError(f"--override {text!r}: no finding of {rule} in line {line} stands in the way")
    allowed = set(config.may_override)
    for finding in found:
        if not allowed & {finding.rule, finding.rule.partition(".")[0], finding.level.word}:
            raise UsageError(
                f"--override {text!r}: the configuration does not let a finding of {rule} pass",
                hint="`may_override` names the levels, packs and rules that may be overridden",
            )
    return Override(rule, int(line), given["reason"], given["by"])


def _told(made: Mapping[str, Any], receipt: str) -> Sequence[str]:
    """A verdict in lines, with the hash it has in its log."""
    lines = [f"{made['draft']}: {'passed' if made['passed'] else 'failed'}"]
    lines += [f"  line {entry['line']}: {entry['level']} {entry['rule']}: {entry['message']}" for entry in made["failing"]]
    lines += [f"  line {entry['line']}: {entry['rule']} overridden by {entry['by']}: {entry['reason']}" for entry in made["overridden"]]
    lines += [f"  {count} open claims: {kind}" for kind, count in made["open claims"].items()]
    bytes_, rules, hash_ = (given[:RECEIPT] for given in (made["bytes"], made["rules"], receipt))
    return [*lines, f"  {len(made['silenced'])} silenced; bytes {bytes_}, rules {rules}; verdict {hash_}"]
