# ruff: noqa: E501 - one case a line
"""Our own drafts and rules in Vale's language, one for each check type and key, so that coverage does not hang on foreign data."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.config.file import load_config
from edlint.linter import Linter

OWN: list[tuple[str, str, str, list[tuple[int, int, str]]]] = [
    # name, rule, draft (.md), findings: line, column, message
    ("tokens", "extends: existence\nmessage: \"no '%s'\"\ntokens: [foo bar, 'ba[rz]+']", "A foo\nbar, a bar,\nbazz foobar.\n",
     [(2, 1, "no 'bar'"), (2, 8, "no 'bar'"), (3, 1, "no 'bazz'")]),
    ("raw", "extends: existence\nmessage: m\nraw: ['^', '(?:So|And)\\b']", "So it goes. So.\n\nAnd so on.\n", [(1, 1, "m"), (3, 1, "m")]),
    ("append", "extends: existence\nmessage: '%s'\nappend: true\ntokens: [too]\nraw: ['\\s+many']", "Too many, too many cooks.\n", [(1, 11, "too many")]),
    ("code", "extends: existence\nmessage: '%s'\ntokens: [todo]", "A `todo` and a todo[^1].\n\n    todo\n\n[^1]: todo\n",
     [(1, 16, "todo"), (5, 7, "todo")]),
    ("nonword", "extends: existence\nmessage: '%s'\nnonword: true\ntokens: ['\\.\\.\\.']", "Well... no.\n", [(1, 5, "...")]),
    ("exceptions", "extends: existence\nmessage: '%s'\nignorecase: true\ntokens: ['\\w+ly']\nexceptions: [Italy, family]", "Really Italy, italy, family.\n",
     [(1, 1, "Really"), (1, 15, "italy")]),
    ("limit", "extends: existence\nmessage: m\nlimit: 2\ntokens: [a]", "a a a a\n", [(1, 1, "m"), (1, 3, "m")]),
    ("swap", "extends: substitution\nmessage: \"'%s' for '%s'\"\nignorecase: true\nswap:\n  (?:cell|mobile) phone: phone\n  utili[sz]e: use",
     "Utilise a cell phone.\n", [(1, 1, "'use' for 'Utilise'"), (1, 11, "'phone' for 'cell phone'")]),
    ("groups", "extends: substitution\nmessage: \"%s / %s\"\nswap:\n  (\\w+) to the (north|south): \"$2 of $1\"", "Go to the north.\n",
     [(1, 1, "north of Go / Go to the north")]),
    ("choices", "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\naction: {name: replace}\nswap: {handset: phone|mobile|cell}",
     "A handset.\n", [(1, 3, "Use 'phone', 'mobile', or 'cell' instead of 'handset'.")]),
    ("case", "extends: substitution\nmessage: '%s'\nignorecase: true\nswap: {github: GitHub}", "GitHub, github, Github.\n", [(1, 9, "GitHub"), (1, 17, "GitHub")]),
    ("capitalize", "extends: substitution\nmessage: '%s'\nignorecase: true\ncapitalize: true\nswap: {mankind: people}", "Mankind.\n", [(1, 1, "People")]),
    ("max", "extends: occurrence\nmessage: '%d commas'\nscope: sentence\nmax: 1\ntoken: ','", "One, two, three. One, two.\n", [(1, 4, "2 commas")]),
    ("min", "extends: occurrence\nmessage: m\nscope: heading.h1\nmin: 2\ntoken: '\\w+'", "# One\n\n# One two\n\n## One\n", [(1, 3, "m")]),
    ("repetition", "extends: repetition\nmessage: '%s'\nignorecase: true\nalpha: true\ntokens: ['[^\\s]+']", "It was the\nthe end. End here. 7 7\n", [(1, 8, "the")]),
    ("consistency", "extends: consistency\nmessage: '%s'\neither: {advisor: adviser}", "An advisor.\n\nAn adviser.\n\nPlain.\n\nThe advisor.\n",
     [(3, 4, "adviser"), (7, 5, "advisor")]),
    ("conditional", "extends: conditional\nmessage: '%s'\nfirst: '\\b([A-Z]{3,5})\\b'\nsecond: '\\(([A-Z]{3,5})\\)'\nexceptions: [USA]",
     "WHO said so.\n\nThe World Health Organization (WHO) and the USA.\n\nWHO again.\n", [(1, 1, "WHO")]),
    ("title", "extends: capitalization\nmessage: '%s'\nscope: heading\nmatch: $title", "# The Rise of a Star\n\n# the rise of a star\n", [(3, 3, "the rise of a star")]),
    ("sentence", "extends: capitalization\nmessage: \"%[2]s\"\nscope: heading\nmatch: $sentence\nexceptions: [Nile]",
     "# Down the Nile today\n\n# Down The Long River\n", [(3, 3, "Down the long river")]),
    ("lower", "extends: capitalization\nmessage: m\nscope: list\nmatch: $lower", "- yes\n- No\n", [(2, 3, "m")]),
    ("metric", "extends: metric\nmessage: '%s'\nformula: heading.h2 + list\ncondition: '> 2'", "## A\n\nText here.\n\n- a\n- b\n", [(1, 1, "3.00")]),
    ("readability", "extends: readability\nmessage: m\nmetrics: [Flesch-Kincaid, SMOG]\ngrade: 9",
     "Institutional considerations necessitate organizational reconfiguration notwithstanding administrative difficulties.\n", [(1, 1, "m")]),
    ("spelling", "extends: spelling\nmessage: '%s'\nfilters: ['^Zq']", "We recieve `recieve` zqx2 ZQXFO Zqarn.\n", [(1, 4, "recieve")]),
    ("negation", "extends: existence\nmessage: m\nscope: ~heading & ~blockquote\ntokens: [todo]", "# todo\n\n> todo\n\ntodo\n\n- todo\n", [(5, 1, "m"), (7, 3, "m")]),
    ("cells", "extends: existence\nmessage: m\nscope: [table.header, alt]\ntokens: [todo]", "| todo | a |\n|--|--|\n| todo | b |\n\n![a todo](x.png)\n",
     [(1, 3, "m"), (5, 5, "m")]),
    ("source", "extends: existence\nmessage: m\nscope: raw\nnonword: true\ntokens: ['\\]\\(http:']", "See [this](http://a.example).\n", [(1, 10, "m")]),
    ("named groups count last", "extends: existence\nmessage: '%s'\nnonword: true\ntokens: ['(?<n>a)(b)\\1']", "aba abb\n", [(1, 5, "abb")]),
    ("to before a noun", "extends: capitalization\nmessage: '%[2]s'\nscope: heading\nthreshold: 1\nmatch: $title",
     "# A Road to London\n\n# Time to go\n", [(3, 3, "Time To Go")]),
    ("suffix", "extends: existence\nmessage: m\nscope: md\ntokens: [todo]", "A ![a todo](x.png 'todo')\n", [(1, 7, "m"), (1, 20, "m")]),
    ("truth", "extends: existence\nmessage: '%s'\ntokens: [true, 2.50, no]", "no true 1 2.5\n", [(1, 1, "no"), (1, 9, "1"), (1, 11, "2.5")]),
    ("matter", "extends: existence\nmessage: m\nscope: text.frontmatter.title\ntokens: [todo]", "---\ntitle: A todo\nnote: todo\n---\n\ntodo\n", [(2, 10, "m")]),
]  # fmt: skip


@pytest.fixture
def lint(tmp_path: Path) -> object:
    def run(rules: dict[str, str], draft: str, ini: str = "", name: str = "draft.md") -> list[tuple[int, int, str]]:
        style = tmp_path / "styles" / "Own"
        style.mkdir(parents=True, exist_ok=True)
        for rule, yaml in rules.items():
            (style / f"{rule}.yml").write_text(yaml + "\n", encoding="utf-8")
        config = tmp_path / ".vale.ini"
        config.write_text(ini or "StylesPath = styles\n[*]\nBasedOnStyles = Own\n", encoding="utf-8")
        file = tmp_path / name
        file.write_text(draft, encoding="utf-8")
        result = Linter(load_config(config)).lint_file(file)
        assert result.source is not None and not result.faults
        return [(*result.source.lines.position(f.span.start), f.message) for f in result.findings]

    return run


@pytest.mark.parametrize(("name", "rule", "draft", "expected"), OWN, ids=[own[0] for own in OWN])
def test_a_rule(lint, name: str, rule: str, draft: str, expected: list[tuple[int, int, str]]) -> None:  # type: ignore[no-untyped-def]
    assert lint({name: rule}, draft) == expected


TODO = {"Todo": "extends: existence\nmessage: m\nlevel: warning\ntokens: [todo]"}


@pytest.mark.parametrize(
    ("ini", "draft", "lines"),
    [
        ("StylesPath = styles\n[*.txt]\nBasedOnStyles = Own\n", "todo\n", []),
        ("StylesPath = styles\n[*]\nOwn.Todo = YES # on\n", "todo\n", [1]),
        ("StylesPath = styles\n[*]\nBasedOnStyles = Own\n[*.md]\nOwn.Todo = NO\n", "todo\n", []),
        ("StylesPath = styles\nMinAlertLevel = error\n[*]\nBasedOnStyles = Own\n", "todo\n", []),
        ("StylesPath = styles\nMinAlertLevel = error\n[*]\nBasedOnStyles = Own\nOwn.Todo = error\n", "todo\n", [1]),
        ("StylesPath = styles\n[*]\nBasedOnStyles = Own\nTokenIgnores = (\\$\\w+\\$), \\\n  (@\\w+)\n", "$todo$ @todo todo\n", [1]),
        ("StylesPath = styles\n[*]\nBasedOnStyles = Own\nBlockIgnores = (?s)({%.*?%})\n", "{% a\ntodo\n%}\n\ntodo\n", [5]),
        ("StylesPath = styles\nSkippedScopes = blockquote\n[*]\nBasedOnStyles = Own\n", "> todo\n\ntodo\n", [3]),
        ("StylesPath = styles\nIgnoredScopes = em\n[*]\nBasedOnStyles = Own\n", "*todo* `todo`\n", [1]),
        ("StylesPath = styles\nIgnoredClasses = ad\n[*]\nBasedOnStyles = Own\n", "<p class='ad'>todo</p>\n\n<p>todo</p>\n", [3]),
        ("StylesPath = styles\n[formats]\nqmd = md\n[*]\nBasedOnStyles = Own\n", "todo\n", [1]),
        ("StylesPath = styles\n[*]\nBasedOnStyles = Own\n[*.md]\nBasedOnStyles =\n", "todo\n", []),
        (
            "StylesPath = styles\n[*.md]\nBasedOnStyles = Own\nCommentDelimiters = {/*, */}\n",
            "todo\n\n{/* vale off */}\n\ntodo\n\n{/* vale on */}\n\na {/* todo */} todo {/*todo*/}\n\n{/*vale off*/} todo\n",
            [1, 9],
        ),
    ],
)
def test_a_configuration(lint, ini: str, draft: str, lines: list[int]) -> None:  # type: ignore[no-untyped-def]
    assert [line for line, _, _ in lint(TODO, draft, ini)] == lines


@pytest.mark.parametrize(
    ("ini", "message"),
    [
        ("StylesPath = nowhere\n", ":1: StylesPath: there is no folder 'nowhere'"),
        ("StylesPath = styles\n[*]\nBasedOnStyles = Other\n", ":3: there is no style 'Other'"),
        ("StylesPath = styles\nBasedOnStyles = Own\n", ":2: BasedOnStyles belongs in a section"),
        ("[*]\nMinAlertLevel = error\n", ":2: MinAlertLevel belongs before the first section"),
        ("MinAlertLevel = warn\n", ":1: MinAlertLevel: no such value: 'warn' (did you mean 'warning'?)"),
        ("nonsense\n", ":1: this line is neither"),
        ("[*]\nTransform = a.xsl\n", ":2: Transform belongs in the section of some files"),
        ("[*.mdx]\nCommentDelimiters = {/*\n", ":2: CommentDelimiters: two strings are needed"),
        ("[*]\nTokenIgnores = (a\n", ":2: TokenIgnores: '(a' does not compile"),
        ("StylesPath = styles\nVocab = None\n", ":2: there is no vocabulary 'None'"),
    ],
)
def test_a_broken_configuration(lint, ini: str, message: str) -> None:  # type: ignore[no-untyped-def]
    from edlint.errors import ConfigError

    with pytest.raises(ConfigError) as caught:
        lint(TODO, "todo\n", ini)
    assert message in str(caught.value)


def test_comments_in_the_text(lint) -> None:  # type: ignore[no-untyped-def]
    draft = (
        "todo\n\n<!-- vale off -->\n\ntodo\n\n<!-- vale on -->\n\n<!-- vale Own.Todo = NO -->\n\ntodo\n\n<!-- vale Own.Todo = YES -->\n\n"
    )
    draft += '<!-- vale Own.Todo["todo"] = NO -->\n\ntodo\n\n<!-- vale Own.Todo["todo"] = YES -->\n\ntodo\n\n<!-- vale style = Other -->\n\ntodo\n'
    assert [line for line, _, _ in lint(TODO, draft)] == [1, 21]


def test_a_comment_inside_a_paragraph(lint) -> None:  # type: ignore[no-untyped-def]
    draft = "a todo <!-- vale off -->todo<!-- vale on --> todo <!-- vale Own.Todo = NO --> todo <!-- vale Own.Todo = YES -->todo\n"
    assert [column for _, column, _ in lint(TODO, draft)] == [3, 46, 112]


def test_settings_without_effect_are_named_once(lint, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ini = "StylesPath = styles\nPackages = Own, https://x.example/Far.zip\nNLPEndpoint = x\n[*.md]\nLang = en\nTransform = x\n"
    lint(TODO, "todo\n", ini)
    linter = Linter(load_config(tmp_path / ".vale.ini"))
    notices = linter.notices
    assert linter.lint_text("todo\n", "draft.md").notices == ()
    assert [notice.partition(".vale.ini:")[2].partition(":")[0] for notice in notices] == ["3", "2", "5", "6"]
    assert "not in StylesPath: Far" in notices[1]


def test_vocabularies_and_the_built_in_style(lint, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "styles" / "config" / "vocabularies" / "House"
    folder.mkdir(parents=True)
    (folder / "accept.txt").write_text("# names\nHartvale\nover the moon\n", encoding="utf-8")
    (folder / "reject.txt").write_text("whilst\n", encoding="utf-8")
    ini = "StylesPath = styles\nVocab = House\n[*]\nBasedOnStyles = Vale, Own\n"
    rules = {"Moon": "extends: existence\nmessage: no moon\ntokens: [moon]"}
    found = lint(rules, "HARTVALE is is over the moon whilst Hartvale sees a moon and a graet sky.\n", ini)
    assert found == [
        (1, 1, "Use 'Hartvale' instead of 'HARTVALE'."),
        (1, 10, "'is' is repeated!"),
        (1, 30, "Avoid using 'whilst'."),
        (1, 53, "no moon"),
        (1, 64, "Did you really mean 'graet'?"),
    ]


def test_a_script_is_named_once_and_the_rest_runs(lint, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lint({**TODO, "Script": "extends: script\nmessage: m\nscript: x.tengo"}, "todo\n")
    linter = Linter(load_config(tmp_path / ".vale.ini"))
    result = linter.lint_text("todo\n", "draft.md")
    assert len(result.findings) == 1 and result.notices == ()
    assert len(linter.notices) == 1 and "Script.yml" in linter.notices[0] and "not run" in linter.notices[0]


def test_a_pattern_of_text_to_pass_over_that_explodes_is_named(lint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    lint(TODO, "todo\n", "StylesPath = styles\n[*]\nBasedOnStyles = Own\nTokenIgnores = ((aa|a)+[^ac])\n")
    result = Linter(load_config(tmp_path / ".vale.ini")).lint_text("a" * 200 + "c\n", str(tmp_path / "draft.md"))
    assert [fault.endswith("ran out of time: ((aa|a)+[^ac])") for fault in result.faults] == [True]


def test_a_pattern_that_explodes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    style = tmp_path / "styles" / "Own"
    style.mkdir(parents=True)
    (style / "Slow.yml").write_text("extends: existence\nmessage: m\nnonword: true\ntokens: ['(?:a+)+$']\n", encoding="utf-8")
    (tmp_path / ".vale.ini").write_text("StylesPath = styles\n[*]\nBasedOnStyles = Own\n", encoding="utf-8")
    result = Linter(load_config(tmp_path / ".vale.ini")).lint_text("a" * 5000 + "!\n", str(tmp_path / "draft.md"))
    assert any("Own.Slow" in fault for fault in result.faults)
