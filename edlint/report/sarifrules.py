"""Rules as SARIF describes them: what they look for, why it matters, what to do, with their examples."""

from __future__ import annotations

import re
from typing import Any

from edlint.finding import Level
from edlint.rule import Example, Rule

LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "note"}


def rule_data(name: str, rule: Rule | None) -> dict[str, Any]:
    """The reportingDescriptor of the rule whose findings bear a name; of a name without a rule, no more than that."""
    if rule is None:
        return {"id": name}
    why = " ".join(rule.why.split()) or rule.message
    given: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": _first(rule.description or why)},
        "fullDescription": {"text": why},
        "help": {"text": _help(rule, why), "markdown": _markdown(rule, why)},
        "defaultConfiguration": {"level": LEVELS[rule.level] if rule.level else "none"},
        "properties": {"tags": [rule.pack]},
    }
    return given | ({"helpUri": rule.link} if rule.link.startswith(("http://", "https://")) else {})


def _first(text: str) -> str:
    """The first sentence, with a full stop."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."


def _help(rule: Rule, why: str) -> str:
    parts = [why, f"Instead: {' '.join(rule.instead.split())}" if rule.instead else ""]
    for title, examples in (("Found", rule.bad), ("Left alone", rule.good)):
        parts.append("\n".join([f"{title}:", *(f"- {_line(example)}" for example in examples)]) if examples else "")
    return "\n\n".join(part for part in parts if part)


def _markdown(rule: Rule, why: str) -> str:
    parts = [why, f"**Instead:** {' '.join(rule.instead.split())}" if rule.instead else ""]
    for title, examples in (("Found", rule.bad), ("Left alone", rule.good)):
        parts.append("\n".join([f"**{title}:**", "", *(f"- {_code(_line(example))}" for example in examples)]) if examples else "")
    return "\n\n".join(part for part in parts if part)


def _line(example: Example) -> str:
    return " / ".join(line.strip() for line in example.text.strip().splitlines() if line.strip())


def _code(text: str) -> str:
    """The text as inline code, whatever backquotes it holds."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"
