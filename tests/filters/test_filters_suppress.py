from collections.abc import Sequence

import pytest

from edlint.filters.directives import RULES
from edlint.filters.suppress import Silencer
from edlint.formats import read
from edlint.model.document import Comment, Document
from edlint.model.finding import Level
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.span import Span

KNOWN = ["Claims", "Claims.Unsourced", "Claims.Vague", "Paste", "Paste.Tk"]


def document(text: str, format: str = "plain") -> Document:
    return read(Source("a.txt", text), format)


def at(text: str, word: str, rule: str = "Claims.Unsourced") -> Match:
    start = text.index(word)
    return match(start, start + len(word), rule)


def match(start: int, end: int, rule: str = "Claims.Vague") -> Match:
    return Match(Span(start, end), "").of(Rule(rule, "existence"))


def judged(document: Document, matches: Sequence[Match], **options: object) -> tuple[list[Match], list[Match], list[Match]]:
    """Kept and silenced matches, and those about the directives."""
    found = Silencer(KNOWN, **options)(document, matches)  # type: ignore[arg-type]
    own = [m for m in found if m.pack != "Directive"]
    return [m for m in own if m.silenced is None], [m for m in own if m.silenced is not None], [m for m in found if m.pack == "Directive"]


def outcome(text: str, *words: str, format: str = "plain", rule: str = "Claims.Unsourced") -> tuple[list[str], list[str], list[str]]:
    """Kept words, silenced words, and what is said of the directives."""
    kept, silenced, said = judged(document(text, format), [at(text, word, rule) for word in words])
    return [text[slice(*m.span)] for m in kept], [text[slice(*m.span)] for m in silenced], [str(m.values[0]) for m in said]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["# edlint-disable-next-line {}: our reporting", "[edlint-disable-next-line {}: our reporting]"])
@pytest.mark.parametrize("names", ["Claims.Unsourced", "Claims", "", "Paste.Tk, Claims.Unsourced"])
def test_next_line_in_plain_text(end: str, form: str, names: str) -> None:
    text = end.join(["Title here", "", form.format(names), "", "Some one said so.", "", "Others two said so."])
    kept, silenced, said = outcome(text, "one", "two")
    assert (kept, silenced) == (["two"], ["one"])
    assert said == (["edlint-disable-next-line silences nothing: no finding of Paste.Tk here"] if "Paste" in names else [])


def test_reason_is_kept() -> None:
    text = "# edlint-disable-next-line Claims: own reporting: two calls\nOne said so.\n"
    _, silenced, _ = judged(document(text), [at(text, "One")])
    assert [m.silenced for m in silenced] == ["own reporting: two calls"]


def test_next_block_in_markdown_is_silenced_to_its_last_line() -> None:
    text = "# T\n\n<!-- edlint-disable-next-line Claims: ok -->\nFirst one line\ngoes on to two here.\n\nAnd three.\n"
    assert outcome(text, "one", "two", "three", format="markdown") == (["three"], ["one", "two"], [])


def test_next_block_in_html_on_one_line() -> None:
    text = "<p>Zero.</p><!-- edlint-disable-next-line Claims --><p>First one.</p><p>Then two.</p>"
    assert outcome(text, "Zero", "one", "two", format="html") == (["Zero", "two"], ["one"], [])


def test_inside_a_block_the_next_line_is_the_next_line() -> None:
    text = "Has zero <!-- edlint-disable-next-line Claims --> here\nand one there\nand two.\n"
    assert outcome(text, "zero", "one", "two", format="markdown") == (["zero", "two"], ["one"], [])


def test_this_line() -> None:
    text = "Has zero.\n\nAnd one. <!-- edlint-disable-line Claims: ok -->\n\nAnd two.\n"
    assert outcome(text, "zero", "one", "two", format="markdown") == (["zero", "two"], ["one"], [])


def test_stretch_and_whole_file() -> None:
    text = "zero.\n\n# edlint-disable Claims: ok\n\none.\n\n# edlint-enable Claims\n\ntwo.\n"
    assert outcome(text, "zero", "one", "two") == (["zero", "two"], ["one"], [])
    text = "zero.\n\none.\n\n# edlint-disable-file Claims: ok\n"
    assert outcome(text, "zero", "one") == ([], ["zero", "one"], [])


def test_the_last_word_wins() -> None:
    text = "# edlint-disable\n\none.\n\n# edlint-enable Claims.Unsourced\n\ntwo.\n\n# edlint-disable Claims\n\nthree.\n"
    assert outcome(text, "one", "two", "three") == (["two"], ["one", "three"], [])


def test_vale_forms() -> None:
    parts = ["vale off", "one.", "vale on", "two.", "vale Claims.Unsourced = NO", "three.", "vale Claims.Unsourced = YES", "four."]
    parts.append("vale Other.Style = NO")
    text = "\n\n".join(f"<!-- {part} -->" if part.startswith("vale") else part for part in parts)
    assert outcome(text, "one", "two", "three", "four", format="markdown") == (["two", "four"], ["one", "three"], [])


def test_judged_by_where_it_starts() -> None:
    text = "Start one here\n\n# edlint-disable-next-line Claims\nover two\n"
    spanning = match(6, len(text) - 1)
    assert judged(document(text), [spanning])[0] == [spanning]


def test_other_rules_are_not_silenced() -> None:
    text = "# edlint-disable-next-line Claims.Vague\none.\n"
    kept, silenced, said = outcome(text, "one")
    assert (kept, silenced) == (["one"], [])
    assert said == ["edlint-disable-next-line silences nothing: no finding of Claims.Vague here"]


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("edlint-disable-next-line Claims.Unsorced: x", "There is no rule or pack 'Claims.Unsorced'; did you mean 'Claims.Unsourced'?"),
        ("edlint-disable-nextline Claims", "There is no directive 'edlint-disable-nextline'; did you mean 'edlint-disable-next-line'?"),
        ("edlint-enable Zzz", "There is no rule or pack 'Zzz'"),
        ("edlint-disable-next-line", "edlint-disable-next-line silences nothing"),
        ("edlint-disable-file Paste", "edlint-disable-file silences nothing: no finding of Paste here"),
    ],
)
def test_what_is_said_of_directives(directive: str, message: str) -> None:
    text = f"zero.\n\n# {directive}\nnothing here.\n"
    (said,) = judged(document(text), [at(text, "zero")])[2]
    assert said.values == (message,)
    assert text[slice(*said.span)] == f"# {directive}"
    assert said.name == ("Directive.Unused" if "silences" in message else "Directive.Unknown")


def test_unused_is_not_reported_in_a_narrowed_run() -> None:
    text = "# edlint-disable-next-line Claims\nnothing.\n"
    assert judged(document(text), [], report_unused=False)[2] == []


def test_ordinary_comments_are_ignored() -> None:
    assert outcome("<!-- a note about edlint -->\n\none.\n", "one", format="markdown") == (["one"], [], [])
    found = Document(Source("a", "one"), "plain", (), (Comment("vale everything", Span(0, 1)),))
    assert judged(found, [])[2] == []


def test_directive_with_nothing_after_it() -> None:
    assert outcome("one.\n\n# edlint-disable-next-line Claims", "one")[0] == ["one"]


def test_many_directives_and_findings_stay_quick() -> None:
    text = "# edlint-disable-next-line Claims: x\none.\n" * 20_000
    found = [match(i, i + 3) for i in range(37, len(text), 42)]
    assert [len(part) for part in judged(document(text), found)] == [0, 20_000, 0]


def test_the_rules_about_directives_have_their_configured_levels() -> None:
    draft = document("# edlint-disable-next-line Claims.Unsorced\n\n# edlint-disable Paste\nzero.\n")
    rules = {name: rule._replace(level=None if name == "Directive.Unused" else Level.SUGGESTION) for name, rule in RULES.items()}
    assert [(m.name, m.severity) for m in judged(draft, [], rules=rules)[2]] == [("Directive.Unknown", Level.SUGGESTION)]


def test_vales_directive_leaves_on_the_packs_it_names() -> None:
    text = "One.\n\n<!-- vale style = Paste -->\n\nTwo.\n"
    assert outcome(text, "One", "Two", format="markdown") == (["One"], ["Two"], [])
    assert outcome(text, "One", "Two", format="markdown", rule="Paste.Tk")[:2] == (["One", "Two"], [])
