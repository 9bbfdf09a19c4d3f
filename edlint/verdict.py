"""Verdicts on drafts: a log that is only ever added to, in which each verdict says which bytes passed under which rules.

A log is JSON Lines. Each verdict holds the hash of the one before it and its own, so that a line that is changed, taken out or put in is
noticed. No log can show by itself who wrote it, or that its last verdicts were taken away: for that, keep the hash of a verdict elsewhere
and ask for it, or keep the log where its history is kept, such as in git.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from edlint.errors import ConfigError, Place
from edlint.files.inputs import read_bytes
from edlint.model.config import Config
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.version import __version__

NAME = ".edlint-verdicts.jsonl"
VERSION = 1
MOST = 200_000_000  # bytes of a log
_KEYS = frozenset(
    ("edlint-verdict", "draft", "at", "bytes", "config", "rules", "edlint", "levels", "failing", "silenced", "overridden", "open claims")
) | {"passed", "before", "hash"}
_EACH = "each rule"  # the verdicts of the first logs do not have it
_SHOWN = 8  # rules, or findings, that a sentence names


class Override(NamedTuple):
    """A finding that somebody lets pass: the rule, the line, why, and who."""

    rule: str
    line: int
    reason: str
    by: str


class Terms(NamedTuple):
    """What a verdict was reached under: hashes of the draft's bytes, the configuration and the rules, edlint's version, and the first
    digits of a hash of each rule."""

    bytes: str
    config: str
    rules: str
    each: Mapping[str, str]
    edlint: str = __version__

    def told(self) -> dict[str, Any]:
        """As a verdict holds them."""
        return {_EACH if name == "each" else name: value for name, value in self._asdict().items()}


def terms(data: bytes, config: Config, rules: Iterable[Rule]) -> Terms:
    """The terms for the bytes of a draft under a configuration and its rules."""
    rules = tuple(rules)
    each = {name: sha256(text.encode()).hexdigest()[:8] for name, text in sorted(_said(rules).items())}
    return Terms(sha256(data).hexdigest(), config_hash(config), rules_hash(rules), each)


def config_hash(config: Config) -> str:
    """A hash of the files that make a configuration, as they stand; of nothing for the defaults."""
    files = sorted({str(config.path), *(place.path for place in config.origins.values())} - {"None"})
    total = sha256()
    for file in files:
        data = read_bytes(Path(file), MOST)
        total.update(f"{os.path.basename(file)}\0{len(data)}\0".encode() + data)  # noqa: PTH119
    return total.hexdigest()


def rules_hash(rules: Iterable[Rule]) -> str:
    """A hash of all that the rules in force say."""
    return sha256("\n".join(sorted(_said(rules).values())).encode()).hexdigest()


def _said(rules: Iterable[Rule]) -> dict[str, str]:
    """What each rule says; where it lies does not count, nor do examples, which are not always at hand."""
    return {rule.name: repr(rule._replace(path="", lines={}, bad=(), good=())) for rule in rules}


def verdict(draft: str, at: str, under: Terms, result: FileResult, weighed: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict without its place in a log. `weighed`: see `weigh`."""
    return {"edlint-verdict": VERSION, "draft": draft, "at": at, **under.told(), "levels": _levels(result), **weighed}


def weigh(result: FileResult, overrides: Sequence[Override], open_claims: Mapping[str, int]) -> dict[str, Any]:
    """What fails, what was silenced and by whom, what was overridden, and whether the draft passes."""
    line = result.source.lines.position if result.source else None
    allowed = {(given.rule, given.line): given for given in overrides}

    def entry(finding: Finding) -> dict[str, Any]:
        at = line(finding.span.start).line if line else 0
        return {
            "rule": finding.rule,
            "level": finding.level.word,
            "line": at,
            "message": finding.message,
            "fingerprint": finding.fingerprint,
        }

    failing: list[dict[str, Any]] = []
    passed: list[dict[str, Any]] = []
    for finding in result.failing:
        told = entry(finding)
        given = allowed.get((told["rule"], told["line"]))
        (passed if given else failing).append(told | ({"reason": given.reason, "by": given.by} if given else {}))
    silenced = [entry(s.finding) | {"by": "a directive in the draft", "reason": s.reason} for s in result.suppressed]
    silenced += [entry(finding) | {"by": "the baseline", "reason": ""} for finding in result.accepted]
    return {
        "failing": failing,
        "silenced": silenced,
        "overridden": passed,
        "open claims": dict(sorted(open_claims.items())),
        "passed": not failing and not open_claims and not result.error and not result.faults,
    }


def sealed(made: Mapping[str, Any], before: str) -> str:
    """A verdict as the line of a log, behind the verdict with the hash `before` ("" for the first one)."""
    body = {**made, "before": before}
    return json.dumps({**body, "hash": _hash(body)}, ensure_ascii=False)


def _hash(body: Mapping[str, Any]) -> str:
    return sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_log(file: Path) -> list[dict[str, Any]]:
    """The verdicts of a log, in order. Raises ConfigError, with the line, for one that was changed, cut or put in, and for a newer log."""
    try:
        data = read_bytes(file, MOST)
        text = data.decode()
    except FileNotFoundError:
        raise ConfigError("there is no such log of verdicts", Place(str(file)), "`edlint gate` makes one") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"the log cannot be read: {fault}", Place(str(file))) from None
    if data and not data.endswith(b"\n"):
        raise ConfigError("the log is cut: its last line has no end", Place(str(file), text.count("\n") + 1))
    before, verdicts = "", []
    for number, line in enumerate(text.split("\n")[:-1], 1):
        place = Place(str(file), number)
        made = _verdict(line, place)
        body = {key: value for key, value in made.items() if key != "hash"}
        if line != sealed({key: value for key, value in body.items() if key != "before"}, body["before"]) or made["hash"] != _hash(body):
            raise ConfigError("this verdict was changed: it has not the hash that it says", place)
        if body["before"] != before:
            raise ConfigError("a verdict before this one is missing, changed or put in", place)
        before = made["hash"]
        verdicts.append(made)
    return verdicts


def _verdict(line: str, place: Place) -> dict[str, Any]:
    try:
        made = json.loads(line)
    except (ValueError, RecursionError):
        raise ConfigError("this line is no verdict", place) from None
    version = made.get("edlint-verdict") if isinstance(made, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise ConfigError(f"this verdict has the version {version}, and this edlint reads {VERSION}", place, "update edlint")
    if version != VERSION or set(made) - {_EACH} != _KEYS:
        raise ConfigError("this line is no verdict", place)
    return dict(made)


def append(file: Path, made: Mapping[str, Any]) -> str:
    """Add a verdict to a log, which is read and checked first, and give the hash it has there. Raises ConfigError, OSError."""
    before = read_log(file)[-1:] if os.path.lexists(file) else []
    line = sealed(made, before[0]["hash"] if before else "") + "\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, 0o666), "ab") as log:
        log.write(line.encode())
        log.flush()
        os.fsync(log.fileno())
    return str(json.loads(line)["hash"])


def differences(made: Mapping[str, Any], now: Terms) -> list[str]:
    """What has changed since a verdict, a sentence each."""
    told = {
        "bytes": "the draft is not the text that was judged",
        "config": "the configuration has changed",
        "rules": f"the rules have changed{_changed_rules(made.get(_EACH), now.each)}",
        "edlint": f"edlint was {made['edlint']}, and is {now.edlint}",
    }
    return [sentence for key, sentence in told.items() if made[key] != getattr(now, key)]


def _changed_rules(then: Mapping[str, str] | None, now: Mapping[str, str]) -> str:
    """Which rules are others, new or gone; "" where the verdict does not say what they were."""
    if not isinstance(then, dict):
        return ""
    names = [name + (" (new)" if name not in then else " (gone)" if name not in now else "") for name in sorted({*then, *now})
             if then.get(name) != now.get(name)]  # fmt: skip
    return f": {', '.join(names[:_SHOWN])}" + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "") if names else ""


def moved(made: Mapping[str, Any], result: FileResult) -> list[str]:
    """What a result shows that a verdict did not, a sentence each: findings that stand in the way, and how many there are of a level."""
    now = weigh(result, (), {})
    then, since = ({entry["fingerprint"]: entry for entry in (*each["failing"], *each["overridden"])} for each in (made, now))
    told = [_sentence(entry, "stands in the way now") for key, entry in since.items() if key not in then]
    gone = [_sentence(entry, "stood in the way then") for key, entry in then.items() if key not in since]
    counts = ((word, made["levels"].get(word, 0), count) for word, count in _levels(result).items())
    return [*told[:_SHOWN], *gone[:_SHOWN], *(f"{word}s: {was} then, {count} now" for word, was, count in counts if was != count)]


def _sentence(entry: Mapping[str, Any], said: str) -> str:
    return f"line {entry['line']}: {entry['rule']} {said}: {entry['message']}"


def _levels(result: FileResult) -> dict[str, int]:
    """How many findings there are of each level, the gravest first."""
    return {level.word: sum(finding.level is level for finding in result.findings) for level in reversed(Level)}
