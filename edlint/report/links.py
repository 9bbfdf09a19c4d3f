"""Where a rule is explained on the web: the one place that knows the address of the documentation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote

from edlint.filters.directives import RULES
from edlint.model.rule import Rule
from edlint.ruleset.places import shipped_folder

REPOSITORY = "https://github.com/edlint/edlint/blob/main/"
PAGES = "docs/rules"  # the folder of the rule pages in the repository
_SAFE = "%/:?#@!$&*+,;=~"


def rule_url(rule: Rule | None) -> str:
    """The web address that explains a rule: its own `link`, or the page of a rule that ships with edlint; "" where there is neither.

    A `link` that is not an http or https address is left out, because reports make it something to click; whatever could end
    a link in HTML or Markdown is percent-encoded.
    """
    if rule is None:
        return ""
    if rule.link:
        return quote(rule.link, _SAFE, errors="replace") if rule.link.startswith(("http://", "https://")) else ""
    return f"{REPOSITORY}{page_path(rule)}" if _ships(rule) else ""


def page_path(rule: Rule) -> str:
    """The path in the repository of the page about a shipped rule."""
    return f"{PAGES}/{rule.name.replace('.', '/')}.md"


def _ships(rule: Rule) -> bool:
    return Path(rule.path).is_relative_to(_shipped()) if rule.path else rule.name in RULES


@cache
def _shipped() -> Path:
    return shipped_folder()
