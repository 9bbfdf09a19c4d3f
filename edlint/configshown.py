"""A configuration as people read it: each value, and where it was set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from edlint.model.config import Config, RuleSetting
from edlint.model.finding import Level


def describe(config: Config, draft: Path | None = None) -> Iterator[tuple[str, str, str]]:
    """(key, value, origin) of each value, in a fixed order; an origin is "file:line" or "default".

    With a draft, the rules are shown as they hold for it.
    """
    shown = {
        "extends": ", ".join(str(e) for e in config.extends),
        "grammar.engine": config.grammar.engine,
        "grammar.language": config.grammar.language,
        "grammar.server": config.grammar.server,
        "grammar.timeout": f"{config.grammar.timeout:g}",
        "grammar.on_failure": config.grammar.on_failure,
        "vocabulary": ", ".join(p.as_posix() for p in config.vocabulary),
        "include": ", ".join(config.include),
        "exclude": ", ".join(config.exclude),
        "respect_gitignore": "true" if config.respect_gitignore else "false",
        "fail_on": config.fail_on.word if config.fail_on else "never",
        "max_warnings": "" if config.max_warnings is None else str(config.max_warnings),
        "baseline": config.baseline.as_posix() if config.baseline else "",
        "locked": ", ".join(config.locked),
        "require_reason": "true" if config.require_reason else "false",
        "encoding": config.encoding,
        "max_size": f"{config.max_size:g}",
    }
    for key, value in shown.items():
        yield key, value, _origin(config, key)
    for above in config.above:
        yield "locked above", ", ".join(above.locked), str(above.path)
        yield "require_reason above", "true" if above.require_reason else "false", str(above.path)
    rules = config.for_file(draft) if draft else config.rules
    prefixes = [f"overrides.{i}.rules" for i in reversed(config.overrides_for(draft))] if draft else []
    for name, setting in sorted(rules.items()):
        keys = [f"{prefix}.{name}" for prefix in [*prefixes, "rules"]]
        key = next((k for k in keys if k in config.origins), keys[-1])
        yield f"rules.{name}", _shown(setting), _origin(config, key)
    for index, override in enumerate(() if draft else config.overrides):
        values = "; ".join(f"{name}: {_shown(s)}" for name, s in sorted(override.rules.items()))
        yield f"overrides.{index}", f"{', '.join(override.files)} ({values})", _origin(config, f"overrides.{index}")


def _origin(config: Config, key: str) -> str:
    return str(config.origins[key]) if key in config.origins else "default"


def _shown(setting: RuleSetting) -> str:
    level = setting.level.word if isinstance(setting.level, Level) else setting.level
    return ", ".join(filter(None, [level, *(f"{name}: {value}" for name, value in setting.options.items())]))
