"""How the reader's word counts beside that of the rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakechat import Fake, sober

from edlint.formats import read
from edlint.linter import Linter
from edlint.model.config import Config, RuleSetting
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.reader.weigh import questions

VAGUE = "Many experts believe that the wall is weak."
FIGURE = "Exports rose by 40 per cent last year."
PLAIN = "The harbour lies between two rivers."
HEADLINE = "What the mayor of Wendle did next"


def says(*told: tuple[str, str, str, str]) -> Callable[[str, str], tuple[str, str, str]]:
    """A judge that has verdicts on sentences that hold some words: those words, a kind, the words at fault, the words of a source."""

    def judge(pack: str, text: str) -> tuple[str, str, str]:
        return next(((kind, words, source) for part, kind, words, source in told if part in text), sober(pack, text))

    return judge


def lint(config: Config, text: str, path: str = "a.md") -> FileResult:
    return Linter(config).lint_text(text, path)


def one(result: FileResult, rule: str) -> Finding:
    (found,) = [finding for finding in result.findings if finding.rule == rule]
    return found


def without(config: Config) -> Config:
    return Config(extends=config.extends)


def test_what_both_find_has_the_level_of_its_rule(chat: Fake, config: Config) -> None:
    before = one(lint(without(config), FIGURE), "Claims.Figure")
    assert before.level is Level.SUGGESTION
    chat.judge = says((FIGURE, "figure", "rose by 40 per cent", ""))
    both = one(lint(config, FIGURE), "Claims.Figure")
    assert both.level is Level.WARNING
    assert (both.span, both.message, both.fingerprint) == (before.span, before.message, before.fingerprint)
    assert "fake says so too" in both.cues


def test_another_kind_of_fault_is_agreement_too(chat: Fake, config: Config) -> None:
    chat.judge = says((FIGURE, "cause", "rose", ""))
    assert [(f.rule, f.level) for f in lint(config, FIGURE).findings] == [("Claims.Figure", Level.WARNING)]


def test_what_only_the_reader_finds_is_a_suggestion_with_its_name(chat: Fake, config: Config) -> None:
    text = f"# Ports\n\nIt rained. **{PLAIN}**\n"
    assert lint(without(config), text).findings == ()
    chat.judge = says((PLAIN, "event", "between two rivers", ""))
    found = one(lint(config, text), "Claims.Event")
    assert found.level is Level.SUGGESTION and found.fixes == ()
    assert "Read by fake" in found.message
    assert text[found.span.start : found.span.end] == found.match == "between two rivers"


def test_what_the_reader_does_not_find_is_a_suggestion_with_its_reason(chat: Fake, config: Config) -> None:
    assert one(lint(without(config), VAGUE), "Claims.VagueSource").level is Level.WARNING
    doubted = one(lint(config, VAGUE), "Claims.VagueSource")
    assert doubted.level is Level.SUGGESTION
    assert doubted.message.endswith("But fake sees nothing here that needs a source.")
    chat.judge = says((VAGUE, "sourced", "", "experts"))
    doubted = one(lint(config, f"{VAGUE}\n"), "Claims.VagueSource")
    assert "fake sees nothing" in doubted.message, "the paragraph is the same: it is not asked about again"
    doubted = one(lint(config, f"{PLAIN} {VAGUE}"), "Claims.VagueSource")
    assert doubted.message.endswith("But fake sees a source: “experts”.")


def test_words_that_stand_nowhere_are_not_shown(chat: Fake, config: Config) -> None:
    chat.judge = says((VAGUE, "sourced", "", "https://evil.example/"), (PLAIN, "event", "between three rivers", ""))
    found = lint(config, f"{VAGUE} {PLAIN}").findings
    assert [f.rule for f in found] == ["Claims.VagueSource"] and found[0].message.endswith("But fake sees a source.")


def test_headlines_are_judged_by_themselves(chat: Fake, config: Config) -> None:
    chat.judge = says((HEADLINE, "clickbait", "did next", ""))
    text = f"# {HEADLINE}\n\n{PLAIN}\n\n## A second quay\n"
    found = lint(config, text).findings
    assert [f.rule for f in found] == ["Headlines.Clickbait"]
    asked = [request for request in chat.asked if "before" not in request["messages"][1]["content"][:60]]
    assert chat.texts.count(HEADLINE) == 1 and len(asked) >= 1


def test_nothing_becomes_an_error(chat: Fake, config: Config) -> None:
    """Not even where the rule is one: that is for its cues to say."""
    strict = Config(reader=config.reader, extends=config.extends, rules={"Claims": RuleSetting(Level.ERROR)})
    chat.judge = says((FIGURE, "figure", "rose", ""), (PLAIN, "event", "lies", ""), (VAGUE, "vague-source", "Many experts", ""))
    cues = {f.rule: f.level for f in lint(without(strict), f"{FIGURE} {PLAIN}").findings}
    assert cues == {"Claims.Figure": Level.SUGGESTION}
    found = {f.rule: f.level for f in lint(strict, f"{FIGURE} {PLAIN} {VAGUE}").findings}
    assert found == {"Claims.Figure": Level.WARNING, "Claims.Event": Level.SUGGESTION, "Claims.VagueSource": Level.ERROR}


def test_a_rule_that_is_off_stays_off(chat: Fake, config: Config) -> None:
    chat.judge = says((PLAIN, "event", "lies", ""))
    off = Config(reader=config.reader, extends=config.extends, rules={"Claims.Event": RuleSetting("off")})
    assert lint(off, PLAIN).findings == ()
    assert lint(config, PLAIN).findings != ()


def test_nothing_is_asked_where_none_of_its_packs_is_on(chat: Fake, config: Config) -> None:
    off = Config(reader=config.reader, extends=("Paste",))
    assert lint(off, f"# {HEADLINE}\n\n{FIGURE}").notices == () and chat.asked == []
    assert Linter(config, select=("Headlines",)).lint_text(f"# {HEADLINE}\n\n{FIGURE}", "a.md").notices == ()
    assert chat.texts == [HEADLINE]


def test_a_locked_rule_is_not_lowered(config: Config) -> None:
    locked = Config(reader=config.reader, extends=config.extends, locked=("Claims",))
    assert one(lint(locked, VAGUE), "Claims.VagueSource").level is Level.WARNING


def test_a_directive_silences_what_the_reader_finds(chat: Fake, config: Config) -> None:
    chat.judge = says((PLAIN, "event", "lies", ""))
    result = lint(config, f"<!-- edlint-disable-next-line Claims.Event: a map shows it -->\n{PLAIN}\n")
    assert result.findings == () and len(result.suppressed) == 1


def test_other_packs_are_untouched(chat: Fake, config: Config) -> None:
    text = f"{VAGUE} See  turn0search1 here.\n"
    paste = [f for f in lint(without(config), text).findings if not f.rule.startswith("Claims")]
    chat.judge = says(("turn0search1", "not-claim", "", ""))
    assert paste and [f for f in lint(config, text).findings if not f.rule.startswith("Claims")] == paste


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", "<p>The&nbsp;harbour <b>lies</b> between &ldquo;two&rdquo; rivers.</p>"),
        ("a.md", "The\n harbour *lies* between “two” rivers."),
        ("a.txt", "The harbour lies between “two” rivers."),
    ],
)
def test_spans_come_from_the_source_map(chat: Fake, config: Config, path: str, text: str) -> None:
    chat.judge = says(("harbour", "event", 'lies between "two" rivers', ""))
    (found,) = lint(config, text, path).findings
    covered = text[found.span.start : found.span.end]
    assert covered.lstrip("*").startswith("lies") and covered.endswith("rivers")


def test_a_long_paragraph_is_asked_about_in_parts_and_each_sentence_once(chat: Fake, config: Config) -> None:
    sentences = [f"The harbour has {n} quays, as anybody can see." for n in range(30)]
    lint(config, " ".join(sentences))
    assert chat.texts == sentences and len(chat.asked) == 3


def test_a_draft_of_very_many_paragraphs_is_asked_about_in_time_without_a_title() -> None:
    """Each block is looked at a few times, not once for each other one."""
    document = read(Source("a.txt", "\n\n".join(f"The harbour has {n} quays now." for n in range(20_000))), "plain")
    assert sum(1 for _ in questions(document, "Claims", [Rule("Claims.Event", "score", scope=("paragraph",))])) == 20_000


def test_what_stands_before_goes_with_a_paragraph_but_not_across_a_heading(chat: Fake, config: Config) -> None:
    lint(config, f"# Ports\n\nThe office said so on Monday.\n\n{PLAIN}\n\n## Fish\n\n{FIGURE}\n")
    users = [request["messages"][1]["content"] for request in chat.asked]
    assert [("The office said so" in user.split('"sentences"')[0]) for user in users if '"before"' in user] == [False, True, False]
    assert all('"title": "Ports"' in user for user in users if '"before"' in user)
