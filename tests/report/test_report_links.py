"""Where reports link to: the page of a shipped rule, a rule's own link, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from reports import report

from edlint.cli import cli
from edlint.filters.directives import RULES as DIRECTIVE_RULES
from edlint.linter import Linter
from edlint.model.finding import Finding, Level
from edlint.model.report import ReportOptions
from edlint.model.rule import Rule
from edlint.report import render
from edlint.report.github import summary
from edlint.report.links import REPOSITORY, rule_url
from edlint.text.span import Span

ROOT = Path(__file__).resolve().parents[2]
NAME = "Captions.Repeated"
URL = f"{REPOSITORY}docs/rules/Captions/Repeated.md"


def test_every_shipped_rule_links_to_a_page_that_exists() -> None:
    rules = {**Linter().all_rules, **DIRECTIVE_RULES}
    lost = [name for name, rule in rules.items() if not (ROOT / rule_url(rule).removeprefix(REPOSITORY)).is_file()]
    assert len(rules) > 50
    assert lost == []


@pytest.mark.parametrize("form", ["sarif", "rdjson", "rdjsonl", "gitlab", "json", "html", "summary"])
def test_each_report_that_can_hold_a_link_links_to_the_rule(form: str) -> None:
    made = report("one two", Finding(NAME, Level.WARNING, "Printed twice.", Span(4, 7)))._replace(rules={NAME: Linter().all_rules[NAME]})
    text = summary(made, ReportOptions()) if form == "summary" else render(made, form)
    assert URL in text
    assert "docs/rules" not in render(made._replace(rules={NAME: Rule(NAME, "existence", path="house/Captions/Repeated.yml")}), "json")


def test_a_name_that_an_engine_gives_leads_to_the_rule_that_listens_to_the_engine() -> None:
    rule = Linter().all_rules["Grammar.Harper"]
    made = report("one two", Finding("Grammar.AnA", Level.WARNING, "a, not an", Span(4, 7)))._replace(rules={"Grammar.AnA": rule})
    assert f"{REPOSITORY}docs/rules/Grammar/Harper.md" in render(made, "sarif")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://house.example/style#hype", "https://house.example/style#hype"),
        ("http://x.y/a b", "http://x.y/a%20b"),
        ("https://x.y/)> [a](https://z.z) | <b>", "https://x.y/%29%3E%20%5Ba%5D%28https://z.z%29%20%7C%20%3Cb%3E"),
        ("https://x.y/\ud800", "https://x.y/?"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("see the style guide", ""),
        ("", ""),
    ],
)
def test_a_rule_of_ones_own_leads_to_its_link_and_nowhere_else(link: str, url: str) -> None:
    assert rule_url(Rule("House.Words", "existence", link=link, path="House/Words.yml")) == url


def test_a_rule_that_is_not_known_leads_nowhere() -> None:
    assert rule_url(None) == rule_url(Rule("House.Words", "")) == ""


def test_explain_prints_the_address() -> None:
    shown = CliRunner().invoke(cli, ["explain", NAME, "--isolated"]).output
    assert f"See:\n  {URL}\n" in shown
