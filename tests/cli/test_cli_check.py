"""`edlint check`: its options, what it reads, what it writes, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from doors import PROGRAM, Run

from edlint.version import __version__

pytestmark = pytest.mark.usefixtures("house")
ALL = "We leverage it.\n\nIt is arguably good.\n\nIt is very good.\n"


def write(path: str, text: str = ALL) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())
    return path


def concise(run: Run, *args: str, **more: bytes) -> list[str]:
    """The rules of the findings, in order."""
    lines = run("-f", "concise", *args, **more).out.splitlines()
    return [line.split()[2] for line in lines if not line.startswith("Switched off by ")]


def test_paths_alone_mean_check(edlint_: Run) -> None:
    write("a.txt")
    assert edlint_("a.txt") == edlint_("check", "a.txt")
    assert edlint_("-q", "a.txt") == edlint_("check", "a.txt", "--quiet")
    assert edlint_("a.txt").out == (
        "a.txt\n"
        "    1:4    error    'leverage' is hype                                House.Hype\n"
        "           We leverage it.\n"
        "              ~~~~~~~~\n"
        "           why: Because the house says so. More follows.\n"
        "           do:  Cut it.\n"
        "\n"
        "    3:7    warning  'arguably' is vague                              House.Vague\n"
        "           It is arguably good.\n"
        "                 ~~~~~~~~\n"
        "           why: Because the house says so. More follows.\n"
        "           do:  Cut it.\n"
        "\n"
        "1 error, 1 warning, 1 suggestion in 1 file.\n"
        "1 suggestion is not shown; --show suggestions lists it.\n"
        "Fails: 1 finding at or above error.\n"
    )


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ([], 1),
        (["--fail-on", "error"], 1),
        (["--fail-on", "suggestion"], 1),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--ignore", "House.Hype"], 0),
        (["--ignore", "House.Hype", "--fail-on", "error"], 0),
        (["--ignore", "House.Hype", "--fail-on", "warning"], 1),
        (["--select", "House.Soft", "--fail-on", "warning"], 0),
        (["--select", "House.Soft", "--fail-on", "suggestion"], 1),
    ],
)
def test_exit_status(edlint_: Run, args: list[str], status: int) -> None:
    write("a.txt")
    ran = edlint_(*args, "a.txt")
    assert ran.status == status
    assert ran.err == ""


def test_fail_on_of_the_configuration_and_over_it(edlint_: Run) -> None:
    write(".edlint.yml", "extends: [./House]\nfail_on: never\n")
    write("a.txt")
    assert edlint_("a.txt").status == 0
    assert edlint_("a.txt", "--fail-on", "error").status == 1


@pytest.mark.parametrize(
    ("args", "rules"),
    [
        (["--select", "House"], ["House.Hype", "House.Vague", "House.Soft"]),
        (["--select", "House.Hype,House.Soft"], ["House.Hype", "House.Soft"]),
        (["--select", " House.Hype , House.Soft "], ["House.Hype", "House.Soft"]),
        (["--select", "House.Hype", "--select", "House.Soft"], ["House.Hype", "House.Soft"]),
        (["--ignore", "House.Hype"], ["House.Vague", "House.Soft"]),
        (["--select", "House", "--ignore", "House.Soft"], ["House.Hype", "House.Vague"]),
        (["--select", "House.Hype", "--ignore", "House"], []),
    ],
)
def test_select_and_ignore(edlint_: Run, args: list[str], rules: list[str]) -> None:
    assert concise(edlint_, write("a.txt"), *args) == rules


def test_quiet_shows_errors_and_statistics_count(edlint_: Run) -> None:
    write("a.txt")
    quiet = edlint_("-q", "a.txt")
    assert "House.Hype" in quiet.out
    assert "House.Vague" not in quiet.out
    assert edlint_("-q", "--ignore", "House.Hype", "a.txt").out == ""
    counted = edlint_("--statistics", "a.txt", write("b.txt", "We leverage and leverage.\n"))
    assert "     3  error       House.Hype  (2 files)\n" in counted.out


def test_json_holds_all(edlint_: Run) -> None:
    ran = edlint_("--output-format", "json", write("a.txt", "\U0001f600 We leverage it.\r\n"))
    data = json.loads(ran.out)
    found = data["files"][0]["findings"][0]
    assert (found["rule"], found["line"], found["column"], found["end_column"]) == ("House.Hype", 1, 6, 14)
    assert found["offset"] == {"start": 5, "end": 13}
    assert data["rules"]["House.Hype"]["instead"] == "Cut it."
    assert data["summary"]["exit_code"] == ran.status == 1
    assert data["edlint"] == __version__


def test_show_files_lists_and_stops(edlint_: Run) -> None:
    write(".edlint.yml", "extends: [./House]\nexclude: [old/**]\n")
    for path in ("b.md", "a.txt", "old/c.md", "sub/d.html", "e.png", "with\x1b[2J.md"):
        write(path)
    ran = edlint_("--show-files", ".")
    assert (ran.status, ran.out.split("\n")) == (0, ["a.txt", "b.md", "sub/d.html", "with\\x1b[2J.md", ""])
    assert edlint_("--show-files", "old/c.md", "*.md", "-").out.split() == ["old/c.md", "b.md", "with\\x1b[2J.md", "-"]


def test_folders_globs_and_files(edlint_: Run) -> None:
    for path in ("a.txt", "sub/b.md", "sub/deep/c.html", "note"):
        write(path, "We leverage it.")
    shown = [line.partition(":")[0] for line in edlint_("-f", "concise", "note", "sub/**/*.html", ".").out.splitlines()]
    assert shown == ["note", "sub/deep/c.html", "a.txt", "sub/b.md"]


def test_a_name_that_begins_with_a_dash_and_one_that_is_a_command(edlint_: Run) -> None:
    for name in ("-x.txt", "rules", "test"):
        write(name)
    assert edlint_("--", "-x.txt").status == 1
    assert edlint_("check", "rules", "./test").status == 1


def test_standard_input(edlint_: Run) -> None:
    ran = edlint_("-", "-f", "concise", stdin=b"We leverage it.")
    assert ran.out == "<stdin>:1:4: error House.Hype 'leverage' is hype\n"
    html = b"<p title='x'>We <b>leverage</b> it.<!-- We leverage -->"
    named = edlint_("-", "--stdin-filename", "new/page.html", "-f", "concise", stdin=html)
    assert named.out == "new/page.html:1:20: error House.Hype 'leverage' is hype\n"
    assert edlint_("-").status == 0
    assert edlint_("-", "--encoding", "cp1252", stdin=b"caf\xe9, arguably").status == 0


def test_standard_input_has_the_configuration_of_its_name(edlint_: Run) -> None:
    write("quiet/.edlint.yml", "extends: [../House]\nrules: {House.Hype: off}\n")
    assert edlint_("-", "--stdin-filename", "quiet/a.txt", stdin=b"We leverage it.").status == 0
    assert edlint_("-", "--stdin-filename", "a.txt", stdin=b"We leverage it.").status == 1


def test_encoding(edlint_: Run) -> None:
    Path("a.txt").write_bytes("The café will leverage it.".encode("cp1252"))
    assert edlint_("a.txt").status == 2
    assert concise(edlint_, "--encoding", "cp1252", "a.txt") == ["House.Hype"]
    write(".edlint.yml", "extends: [./House]\nencoding: cp1252\n")
    assert edlint_("-f", "concise", "a.txt").out.startswith("a.txt:1:15:")


def test_two_drafts_with_two_configurations(edlint_: Run) -> None:
    write("strict/.edlint.yml", "extends: [../House]\nrules: {House.Soft: error}\nfail_on: suggestion\n")
    write("lax/.edlint.yml", "extends: [../House]\nrules: {House.Hype: off}\nfail_on: never\n")
    paths = [write("strict/a.txt", "It is very good."), write("lax/b.txt", "We leverage it, arguably.")]
    ran = edlint_("-f", "json", *paths)
    files = json.loads(ran.out)["files"]
    assert [[(f["rule"], f["level"]) for f in file["findings"]] for file in files] == [
        [("House.Soft", "error")],
        [("House.Vague", "warning")],
    ]
    assert [file["fails"] for file in files] == [True, False]
    assert ran.status == 1
    assert edlint_("lax").status == 0


def test_config_and_isolated(edlint_: Run) -> None:
    write("other.yml", "extends: [./House]\nrules: {House: off, House.Soft: error}\n")
    write("a.txt")
    assert concise(edlint_, "--config", "other.yml", "a.txt") == ["House.Soft"]
    isolated = edlint_("--isolated", "--ignore", "Grammar", "-f", "concise", "a.txt")
    assert "House." not in isolated.out
    assert isolated.status == 0


def test_overrides_by_glob(edlint_: Run) -> None:
    off = "{files: [opinion/**, '*.md'], rules: {House.Hype: off}}"
    on = "{files: opinion/b.txt, rules: {House.Hype: warning}}"
    write(".edlint.yml", f"extends: [./House]\noverrides:\n  - {off}\n  - {on}\n")
    for path in ("opinion/a.txt", "opinion/b.txt", "news/c.txt", "news/d.md"):
        write(path, "We leverage it.")
    wanted = [
        "news/c.txt:1:4: error House.Hype 'leverage' is hype",
        "opinion/b.txt:1:4: warning House.Hype 'leverage' is hype",
    ]
    said = "Switched off by .edlint.yml:3: House.Hype for opinion/**, *.md."
    assert edlint_("-f", "concise", "opinion", "news").out.splitlines() == [*wanted[::-1], said]
    assert edlint_("-f", "concise", "news/../opinion", "./news").out.count(" House.Hype 'leverage'") == 2


def test_a_path_that_leaves_a_folder_leaves_its_configuration(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/.edlint.yml", "extends: [../House]\nrules: {House: off}\n")
    write("b/x.txt")
    monkeypatch.chdir("a")
    assert edlint_("../b/x.txt").status == 1


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a POSIX system")
def test_a_link_has_the_configuration_of_the_folder_it_stands_in(edlint_: Run) -> None:
    write("a/.edlint.yml", "extends: [../House]\nrules: {House: off}\n")
    write("b/x.txt")
    write("b/y.txt")
    Path("a/link.txt").symlink_to(Path("b/x.txt").resolve())
    assert edlint_("a/link.txt").status == 0
    assert [line[:7] for line in edlint_("a/link.txt", "b/y.txt", "-f", "concise", "-q").out.splitlines()] == ["b/y.txt"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "<!-- edlint-disable-next-line House.Hype: our own word -->\nWe leverage it.\n\nWe leverage it.\n"),
        ("a.html", "<!-- edlint-disable-next-line House: our own word -->\n<p>We leverage it.</p>\n\n<p>We leverage it.</p>\n"),
        ("a.txt", "# edlint-disable-next-line House.Hype: our own word\nWe leverage it.\n\nWe leverage it.\n"),
        ("b.txt", "[edlint-disable-next-line House.Hype: our own word]\nWe leverage it.\n\nWe leverage it.\n"),
        (
            "b.md",
            "<!-- edlint-disable House.Hype: our own word -->\nWe leverage it.\n\n<!-- edlint-enable House.Hype -->\n\nWe leverage it.\n",
        ),
    ],
)
def test_directives_silence_with_a_reason(edlint_: Run, name: str, text: str) -> None:
    data = json.loads(edlint_("-f", "json", write(name, text)).out)["files"][0]
    assert [(f["rule"], f["line"]) for f in data["findings"]] == [("House.Hype", text.count("\n"))]
    assert [(f["rule"], f["reason"]) for f in data["suppressed"]] == [("House.Hype", "our own word")]


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_directives_that_do_nothing_are_reported(edlint_: Run, name: str) -> None:
    line = "{}" if name.endswith("txt") else "<!-- {} -->"
    line = f"# {line}" if name.endswith("txt") else line
    text = f"{line.format('edlint-disable-next-line House.Hype: why')}\n\nNothing.\n\n{line.format('edlint-disable House.Hipe')}\n\nMore.\n"
    shown = edlint_("-f", "concise", write(name, text)).out
    assert "1:1: warning Directive.Unused" in shown
    assert "5:1: warning Directive.Unknown There is no rule or pack 'House.Hipe'; did you mean 'House.Hype'?" in shown


def test_report_to_a_file(edlint_: Run) -> None:
    write("a.txt")
    on_screen = edlint_("a.txt")
    ran = edlint_("a.txt", "--output-file", "report.txt", "--color", "auto")
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert Path("report.txt").read_text("utf-8") == on_screen.out
    write("old.json", "old")
    assert edlint_("a.txt", "-f", "json", "-o", "old.json", "--exit-zero").status == 0
    assert json.loads(Path("old.json").read_text("utf-8"))["schema"] == 1
    assert sorted(p.name for p in Path.cwd().iterdir()) == [".edlint.yml", "House", "a.txt", "old.json", "report.txt"]


def test_a_report_that_cannot_be_written_leaves_the_old_one(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt")
    write("report.txt", "old")

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    ran = edlint_("a.txt", "-o", "report.txt", "--no-cache")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "edlint: --output-file: report.txt cannot be written: No space left on device\n"
    assert Path("report.txt").read_text("utf-8") == "old"
    assert not list(Path.cwd().glob(".edlint-*"))


@pytest.mark.parametrize("target", ["none/report.txt", "a.txt/report.txt", "House"])
def test_a_report_where_none_can_be(edlint_: Run, target: str) -> None:
    ran = edlint_(write("a.txt"), "-o", target)
    assert ran.status == 2
    assert target in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="POSIX devices and links")
def test_devices_and_links_stay_what_they_are(edlint_: Run) -> None:
    write("a.txt")
    write("real.txt", "")
    Path("link.txt").symlink_to("real.txt")
    assert edlint_("a.txt", "-o", "link.txt").status == 1
    assert Path("link.txt").is_symlink()
    assert "House.Hype" in Path("real.txt").read_text("utf-8")
    assert edlint_("a.txt", "-o", os.devnull).status == 1
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("args", "env", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "", "NO_COLOR": ""}, False),
        ([], {"EDLINT_COLOR": "always"}, True),
        (["-o", "report.txt"], {"FORCE_COLOR": "1"}, False),
        (["-o", "report.txt", "--color", "always"], {}, True),
    ],
)
def test_colour(edlint_: Run, monkeypatch: pytest.MonkeyPatch, args: list[str], env: dict[str, str], colored: bool) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    shown = edlint_(write("a.txt"), *args).out or Path("report.txt").read_text("utf-8")
    assert ("\x1b[" in shown) is colored


@pytest.mark.parametrize(("choice", "calls"), [("always", 1), ("never", 0)])
def test_a_windows_console_is_told_of_colours_only_where_there_are_some(
    edlint_: Run, monkeypatch: pytest.MonkeyPatch, choice: str, calls: int
) -> None:
    told: list[bool] = []
    monkeypatch.setattr("colorama.just_fix_windows_console", lambda: told.append(True))
    edlint_(write("a.txt"), "--color", choice)
    assert len(told) == calls


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals need a POSIX system")
@pytest.mark.parametrize(("env", "colored"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_and_its_own_width(env: dict[str, str], colored: bool) -> None:
    import pty

    write("a.txt", "We " + "word " * 60 + "leverage it.")
    Path("b.txt").write_bytes(b"caf\xe9")
    ours, theirs = pty.openpty()
    done = subprocess.Popen([*PROGRAM, "a.txt", "b.txt"], stdout=theirs, stderr=theirs, env={**os.environ, **env, "COLUMNS": "60"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert done.wait(30) == 2
    assert shown.count(b"b.txt:1: byte 0xE9") == 1
    assert (b"\x1b[1m\x1b[31merror\x1b[0m" in shown) is colored
    excerpt = next(line for line in shown.decode().splitlines() if "leverage it." in line)
    assert len(excerpt) <= 60


@pytest.mark.parametrize("args", [(), ("--diff",), ("--fix-only",), ("-f", "concise"), ("-o", "report.txt")])
def test_what_could_not_be_checked_is_told_once_where_both_streams_come_out_together(args: tuple[str, ...]) -> None:
    Path("b.txt").write_bytes(b"caf\xe9")
    done = subprocess.run([*PROGRAM, "b.txt", *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert (done.returncode, done.stdout.count(b"b.txt:1: byte 0xE9")) == (2, 1)
    apart = subprocess.run([*PROGRAM, "b.txt", *args], capture_output=True, check=False)
    assert apart.stderr.count(b"b.txt:1: byte 0xE9") == 1


def test_environment_twins(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt")
    write("other.yml", "extends: [./House]\nrules: {House.Vague: error}\n")
    monkeypatch.setenv("EDLINT_SELECT", "House.Vague,House.Soft")
    monkeypatch.setenv("EDLINT_OUTPUT_FORMAT", "concise")
    assert edlint_("a.txt").out.count("\n") == 2
    monkeypatch.setenv("EDLINT_FAIL_ON", "warning")
    assert edlint_("a.txt").status == 1
    assert edlint_("a.txt", "--fail-on", "error").status == 0
    monkeypatch.setenv("EDLINT_EXIT_ZERO", "1")
    assert edlint_("a.txt").status == 0
    monkeypatch.setenv("EDLINT_CONFIG", "other.yml")
    monkeypatch.delenv("EDLINT_SELECT")
    assert "error House.Vague" in edlint_("a.txt").out
    assert "House.Vague         error" in edlint_("rules", "-f", "text").out
    monkeypatch.setenv("EDLINT_FAIL_ON", "")
    assert edlint_("a.txt").status == 0
    monkeypatch.setenv("EDLINT_FAIL_ON", "warn")
    assert edlint_("a.txt").status == 2


def test_version_and_help(edlint_: Run) -> None:
    assert edlint_("--version").out == f"edlint, version {__version__}\n"
    for args in (["--help"], ["-h"], ["check", "-h"], ["rules", "--help"], ["config", "show", "--help"]):
        ran = edlint_(*args)
        assert ran.status == 0
        assert ran.out.startswith("Usage: edlint")
        assert max(map(len, ran.out.splitlines())) <= 80


def test_the_program(program: Run) -> None:
    ran = program("-", "-f", "concise", stdin="Das ist leverage \u2028 \U0001f600".encode())
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == "<stdin>:1:9: error House.Hype 'leverage' is hype\n"


def test_a_stream_that_cannot_show_a_character_gets_its_number(program: Run) -> None:
    ran = program(write("a.txt", "We leverage it – café \U0001f600"), encoding="latin-1")
    assert ran.status == 1
    assert "We leverage it \\u2013 café \\U0001f600\n" in ran.out
    assert program("– \U0001f600.txt", encoding="latin-1").err.startswith("edlint: \\u2013 \\U0001f600.txt: no such file")


def test_grammar_starts_only_where_it_is_needed(program: Run) -> None:
    code = "import sys; from edlint.cli import run; run(sys.argv[1:]); print('harper' in sys.modules)"
    for args, started in ((["a.txt"], "False"), (["--isolated", "--ignore", "Grammar", "a.txt"], "False")):
        write("a.txt")
        done = subprocess.run([PROGRAM[0], "-c", code, *args], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == started


def test_the_day_of_a_draft_that_says_none(edlint_: Run) -> None:
    write("a.txt", "The vote is on Friday, March 14.\n")
    for day, found in (("2025-03-01", 0), ("2026-03-01", 1), ("2025-03-01", 0)):
        told = edlint_("a.txt", "--isolated", "--select", "Story", "--date", day, "--fail-on", "warning", "-f", "concise")
        assert (told.status, "14 March 2026 is a Saturday" in told.out) == (found, bool(found))
    told = edlint_("a.txt", "--date", "tomorrow")
    assert told.status == 2 and "'tomorrow' is not a date; write it as 2026-11-29" in told.err
