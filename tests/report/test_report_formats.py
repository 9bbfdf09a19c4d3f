import json
import re
from pathlib import Path

import pytest
from reports import RULE, finding, report

from edlint.errors import UsageError
from edlint.model.finding import Edit, Finding, Fix, Level, Related, Suppressed
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.report import REPORTERS, render
from edlint.report.terminal import width
from edlint.text.span import Span


def text_of(given: Report, **options: object) -> str:
    return render(given, "text", ReportOptions(**options))  # type: ignore[arg-type]


TEXT = "Title\r\n\r\n😀😀 The town lost 160 men in May.\r\nThe town lost 160 men in May."


def test_text_report() -> None:
    first = Related(Span(9, 37), "first copy")
    fix = Fix("delete the line", (Edit(Span(0, 1), ""),), "safe")
    shown = text_of(report(TEXT, finding(TEXT, "160 men", related=(first,), fixes=(fix,), cues=("a figure", "no name"))))
    assert shown == (
        "a.txt\n"
        "    3:18   error  No source: '160 men'                          Claims.Unsourced\n"
        "           😀😀 The town lost 160 men in May.\n"
        "                              ~~~~~~~\n"
        "           first copy: line 3\n"
        "           fix: delete the line (safe)\n"
        "           why: Readers cannot check it.\n"
        "           do:  Name the source.\n"
        "\n"
        "1 error in 1 file; 1 fixable with --fix.\n"
        "Fails: 1 finding at or above error.\n"
    )


def test_cues_are_shown_on_request() -> None:
    given = report(TEXT, finding(TEXT, "160 men", cues=("+2 a figure", "-1 a name")))
    assert "counted" not in text_of(given)
    assert "           counted: +2 a figure; -1 a name\n" in text_of(given, trace=True)


def test_reasons_are_given_once_a_file() -> None:
    shown = text_of(report(TEXT, finding(TEXT, "160"), finding(TEXT, "May")))
    assert shown.count("why:") == shown.count("do: ") == 1


def test_a_rule_that_reports_under_many_names_gives_its_reason_once() -> None:
    given = report(TEXT, finding(TEXT, "160", rule="Grammar.One"), finding(TEXT, "May", rule="Grammar.Two"))
    assert text_of(given._replace(rules={"Grammar.One": RULE, "Grammar.Two": RULE})).count("why:") == 1


def test_a_long_message_uses_the_whole_width_below_the_rule() -> None:
    message = "Some words that go on and on until the line is full and then still go on and on and on and on."
    shown = text_of(report(TEXT, finding(TEXT, "160", message=message)))
    assert shown.splitlines()[1:3] == [
        "    3:18   error  Some words that go on and on until the line   Claims.Unsourced",
        "                  is full and then still go on and on and on and on.",
    ]


def test_many_findings_of_a_rule_are_summed_up() -> None:
    text = "".join(f"line {n:>2}\n" for n in range(1, 41))
    findings = [Finding("Paste.Space", Level.WARNING, "m", Span(8 * n, 8 * n + 4)) for n in range(15)]
    shown = text_of(report(text, *findings))
    assert shown.count("Paste.Space") == 3
    assert "… and 12 more: lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n" in shown
    assert "15 warnings in 1 file.\nPasses: nothing at or above error.\n" in shown
    assert "more" not in text_of(report(text, *findings[:5]))
    assert render(report(text, *findings), "concise").count("\n") == 15


def test_a_finding_over_several_lines_says_where_it_ends() -> None:
    shown = text_of(report("one two\nthree\nfour", Finding("A.b", Level.ERROR, "m", Span(4, 13))))
    assert "           one two\n               ~~~\n           to line 2\n" in shown


def test_totals_and_verdicts() -> None:
    silent = report("x", quoted=(finding("x", "x"),) * 2, suppressed=(Suppressed(finding("x", "x"), "why not"),))
    assert text_of(silent) == (
        "No findings in 1 file.\n2 findings held back inside direct quotes.\n"
        "1 finding silenced by directives in the draft.\nSilenced by a directive: a.txt:1 Claims.Unsourced (why not).\n"
        "Passes: nothing at or above error.\n"
    )
    assert text_of(silent, quiet=True) == ""
    assert "Passes: no level of finding is set to fail." in text_of(report("x", finding("x", "x"), fail_on=None))
    mixed = Report((*report("x", finding("x", "x")).files, *report("x", fail_on=Level.WARNING).files), {})
    assert "1 error in 2 files.\nFails: 1 finding at or above the level set for the file.\n" in text_of(mixed)


def test_what_could_not_be_checked() -> None:
    broken = Report((FileResult("a.md", error="a.md: cannot be read: no permission"),), {})
    assert text_of(broken) == ("error: a.md: cannot be read: no permission\n\nIncomplete: 1 file could not be checked in full.\n")
    assert render(broken, "concise") == "a.md: cannot be read: no permission\n"
    slow = report("x", faults=("A.b: out of time",), notices=("grammar was not checked",))
    assert "a.txt\n  fault: A.b: out of time\n  note: grammar was not checked\n" in text_of(slow)
    assert render(slow, "concise") == "a.txt: A.b: out of time\nnote: grammar was not checked\n"


def test_quiet_shows_errors_only() -> None:
    given = report("x y", finding("x y", "x"), finding("x y", "y", Level.WARNING))
    shown = text_of(given, quiet=True)
    assert "warning" not in shown
    assert "why:" not in shown
    assert "1 error in 1 file." in shown
    assert render(given, "concise", ReportOptions(quiet=True)).count("\n") == 1
    assert len(json.loads(render(given, "json", ReportOptions(quiet=True)))["files"][0]["findings"]) == 1


def test_statistics() -> None:
    given = report("x y", finding("x y", "x"), finding("x y", "y"), finding("x y", "y", Level.WARNING, "A.b"))
    shown = text_of(given, statistics=True)
    assert shown.startswith(
        "     2  error       Claims.Unsourced  (1 file)\n     1  warning     A.b  (1 file)\n\n2 errors, 1 warning in 1 file.\n"
    )
    assert render(given, "concise", ReportOptions(statistics=True)).endswith("2 Claims.Unsourced\n1 A.b\n")


def test_each_level_has_its_word_and_a_colour_of_colorama() -> None:
    from colorama import Fore, Style

    colours = {"error": Style.BRIGHT + Fore.RED, "warning": Fore.YELLOW, "suggestion": Fore.CYAN}
    for level in Level:
        shown = text_of(report(TEXT, finding(TEXT, "160", level)), color=True, show=Level.SUGGESTION)
        assert f"{colours[level.word]}{level.word}{Style.RESET_ALL}" in shown


def test_colour_only_when_asked_and_otherwise_the_same() -> None:
    given = report(TEXT, finding(TEXT, "160"), finding(TEXT, "May", Level.SUGGESTION))
    colored = text_of(given, color=True)
    assert "\x1b[1m\x1b[31merror\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == text_of(given)


@pytest.mark.parametrize("name", list(REPORTERS))
def test_nothing_in_a_draft_steers_the_terminal(name: str) -> None:
    evil = "x \x1b[31mred\x1b]0;t\x07 \u202eabc\u2066 \u200bz \x9b2J \udcff \u2028 end"
    bad = finding(evil, evil, cues=(evil,), related=(Related(Span(0, 1), evil),), fixes=(Fix(evil, (Edit(Span(0, 1), evil),)),))
    given = report(evil, bad, path="p\x1b[2J.md", notices=(evil,), faults=(evil,), suppressed=(Suppressed(bad, evil),))
    given = given._replace(rules={"Claims.Unsourced": RULE._replace(why=evil)}, files=(*given.files, FileResult("q", error=evil)))
    for options in (ReportOptions(), ReportOptions(statistics=True), ReportOptions(quiet=True)):
        shown = render(given, name, options)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)
        shown.encode("utf-8")
        assert "\\x1b" in shown or "\\u001b" in shown


@pytest.mark.parametrize("columns", [20, 40, 80, 132])
def test_lines_fit_the_screen(columns: int) -> None:
    text = "a漢字😀 word\u0301 " * 300 + "FAULT " + "漢字 more\t " * 300
    rule = RULE._replace(why="long " * 60)
    bad = finding(text, "FAULT", message="many words " * 12, rule="Claims.Unsourced", related=(Related(Span(0, 1), "see " * 30),))
    given = report(text, bad)._replace(rules={"Claims.Unsourced": rule})
    lines = text_of(given, width=columns).split("\n")
    assert max(map(width, lines)) <= max(columns, 48)
    marked = next(n for n, line in enumerate(lines) if "~" in line)
    start = width(lines[marked][: lines[marked].index("~")])
    assert width(lines[marked - 1][: lines[marked - 1].index("FAULT")]) == start
    assert lines[marked].count("~") == 5


def test_ten_megabytes_on_one_line_stay_quick() -> None:
    text = "words and " * 1_000_000
    findings = [Finding(f"A.r{n}", Level.ERROR, "m", Span(n * 1000, n * 1000 + 5)) for n in range(2000)]
    assert "words" in text_of(report(text, *findings))


def test_concise() -> None:
    assert render(report(TEXT, finding(TEXT, "160 men")), "concise") == "a.txt:3:18: error Claims.Unsourced No source: '160 men'\n"


def test_json_positions_and_keys() -> None:
    fix = Fix("cut", (Edit(Span(9, 10), ""),), "safe")
    bad = finding(TEXT, "160 men in May.\r\nThe", related=(Related(Span(0, 5), "title"),), fixes=(fix,), cues=("c",))
    given = report(TEXT, bad, suppressed=(Suppressed(bad, "ours"),), quoted=(bad,))
    written = render(given, "json")
    assert written.isascii()
    data = json.loads(written)
    assert list(data) == ["schema", "edlint", "files", "rules", "baseline", "stale", "off", "sent", "summary"]
    file = data["files"][0]
    assert list(file)[:6] == ["path", "error", "notices", "faults", "fails", "held_back"]
    assert list(file)[6:] == ["elsewhere", "quoted", "suppressed", "accepted", "fixed", "findings"]
    shown = file["findings"][0]
    assert (shown["line"], shown["column"], shown["end_line"], shown["end_column"]) == (3, 18, 4, 4)
    assert TEXT[shown["offset"]["start"] : shown["offset"]["end"]] == bad.match
    assert shown["related"][0]["end_column"] == 6
    assert shown["fixes"][0]["edits"][0]["line"] == 3
    assert file["suppressed"][0]["reason"] == "ours"
    assert data["rules"]["Claims.Unsourced"]["why"] == "Readers\ncannot check it."
    assert data["summary"]["exit_code"] == 1
    assert json.loads(json.dumps(data)) == data
    assert render(given, "json") == written


def test_every_json_key_is_documented() -> None:
    data = json.loads(render(report(TEXT, finding(TEXT, "160"), suppressed=(Suppressed(finding(TEXT, "May"), ""),)), "json"))
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    file, rule = data["files"][0], data["rules"]["Claims.Unsourced"]
    for key in [*data, *file, *file["findings"][0], *file["suppressed"][0], *rule, *data["summary"]]:
        assert f"`{key}`" in page, key


def test_registry_names_every_reporter() -> None:
    import edlint.report

    folder = Path(edlint.report.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if "\ndef write(" in path.read_text("utf-8")}
    assert modules == {module.rpartition(".")[2] for module in REPORTERS.values()}
    with pytest.raises(UsageError, match="did you mean 'json'"):
        render(Report(()), "jsn")
