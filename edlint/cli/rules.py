"""`edlint rules`, `edlint explain` and `edlint test`: list rules, explain one, run their examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

import click

from edlint.authoring.judged import precision, read_judged
from edlint.authoring.ruletest import Failure, SelfTest
from edlint.checks import kind_of
from edlint.cli.console import say
from edlint.cli.options import HERE, Given, configured, linter_of, split
from edlint.errors import Place, UsageError, did_you_mean
from edlint.model.rule import Example, Rule
from edlint.report.links import rule_url
from edlint.report.summary import count
from edlint.report.terminal import visible
from edlint.ruleset.load import load_rules, read_rule
from edlint.ruleset.measured import measured
from edlint.ruleset.places import rule_files


@click.command()
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to list them.")
@configured
def rules(**given: Unpack[Given]) -> int:
    """List every rule with its level, as configured here."""
    listed = [rule for rule in linter_of(given).rules_for(str(HERE)).values() if kind_of(rule).reports]
    if given["output_format"] == "json":
        from edlint.report.entries import to_json

        rows = [{"rule": r.name, "level": _level(r), "type": r.extends, "status": r.status, "why": r.why, "path": r.path} for r in listed]
        say(to_json(rows), nl=False)
        return 0
    _list(listed)
    return 0


def _list(listed: Sequence[Rule]) -> None:
    """Print a line for each rule: its name, its level and the first sentence of its reason."""
    width = max((len(rule.name) for rule in listed), default=0)
    for rule in listed:
        first = " ".join(rule.why.split()).partition(". ")[0].rstrip(".")
        say(visible(f"{rule.name:<{width}}  {_level(rule):<10}  {_cut(first, 78 - width - 14)}"))


@click.command()
@click.argument("name", metavar="RULE")
@configured
def explain(name: str, **given: Unpack[Given]) -> int:
    """Show what a rule looks for, why, what to do instead, and its examples; or the rules of a pack."""
    linter = linter_of(given)
    rule = linter.rule_named(name)
    if rule is None:
        in_pack = [r for r in linter.rules_for(str(HERE)).values() if r.pack.lower() == name.lower() and kind_of(r).reports]
        if in_pack:
            _list(in_pack)
            return 0
        raise UsageError(f"there is no rule {name!r}", hint=did_you_mean(name, linter.names) or "see `edlint rules`")
    level = _level(linter.rules_for(str(HERE))[rule.name])
    say("\n".join(map(visible, page(read_rule(Path(rule.path)) if rule.path else rule, level))))
    return 0


def page(rule: Rule, level: str) -> list[str]:
    """A rule's page as lines of text."""
    head = f"{rule.name}: {rule.title}" if rule.title else rule.name
    lines = [head, "=" * len(head), "", f"Level {level}, type {rule.extends}, status {rule.status}.", ""]
    judged = read_judged(rule) if rule.path else {}
    said = str(precision(judged))
    sections = {
        "Why": rule.why,
        "Instead": rule.instead,
        "More": rule.description,
        "Measured": measured(rule.name),
        "Judged": f"{said[:1].upper()}{said[1:]}." if judged else "",
        "See": rule_url(rule),
    }
    for title, text in sections.items():
        if text:
            lines += [f"{title}:", *(f"  {line}" for line in text.splitlines()), ""]
    for title, examples in (("Flagged", rule.bad), ("Not flagged", rule.good)):
        if examples:
            lines += [f"{title}:", *_shown(examples), ""]
    lines.append(f"To switch it off: rules: {{{rule.name}: off}} in .edlint.yml")
    return [*lines, f"Rule file: {rule.path}"] if rule.path else lines


def _shown(examples: Sequence[Example]) -> list[str]:
    lines = []
    for example in examples:
        first, *rest = example.text.strip("\n").split("\n")
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return lines


@click.command()
@click.argument("names", nargs=-1, metavar="[RULES or PATHS]...")
@configured
def test(names: tuple[str, ...], **given: Unpack[Given]) -> int:
    """Run rules on their own examples: shipped or configured rules by name, or rule files and packs by path."""
    linter = linter_of(given)
    everything = {name: rule for name, rule in linter.all_rules.items() if rule.path}
    chosen = chosen_rules(split(names), everything)
    tests = SelfTest({**everything, **chosen}, linter.config)
    failures = [failure for rule in chosen.values() for failure in tests.run(rule)]
    for failure in failures:
        say(visible(complaint(failure)))
    failed = len({failure.rule.name for failure in failures})
    examples = sum(len(rule.bad) + len(rule.good) for rule in chosen.values())
    verdict = f"{count(failed, 'rule')} fail{'s' if failed == 1 else ''}" if failed else "all pass"
    say(f"{count(len(chosen), 'rule')}, {count(examples, 'example')}: {verdict}")
    return 1 if failures else 0


def complaint(failure: Failure) -> str:
    """What is wrong with a rule's examples, and where."""
    return f"{Place(failure.rule.path, failure.line)}: {failure.rule.name} {failure.message}"


def chosen_rules(names: Sequence[str], everything: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that names (rules or packs) and paths (files or folders) stand for, read anew so that each line is known.

    Raises UsageError or RuleError.
    """
    chosen: dict[str, Rule] = {}
    for name in names:
        path = Path(name)
        if path.is_dir() or path.suffix in (".yml", ".yaml"):
            chosen |= load_rules(rule_files(path) if path.is_dir() else [path])
            continue
        found = [Path(rule.path) for rule in everything.values() if name in (rule.pack, rule.name)]
        if not found:
            known = {*everything, *(rule.pack for rule in everything.values())}
            raise UsageError(f"there is no rule, pack or rule file {name!r}", hint=did_you_mean(name, known))
        chosen |= load_rules(found)
    return chosen if names else load_rules(Path(rule.path) for rule in everything.values())


def _level(rule: Rule) -> str:
    return rule.level.word if rule.level else "off"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
