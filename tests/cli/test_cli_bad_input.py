"""Whatever is wrong: one clear message on standard error, exit status 2 (or 130), no traceback, nothing written by half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from doors import PROGRAM, Run

CONTROLS = [chr(c) for c in range(32) if c != 10] + ["\x7f", "\x9b", "\u202e", "\u2066", "\u2028"]
GOOD = "We leverage it.\n"
HYPE = "1:4: error House.Hype 'leverage' is hype"


@pytest.fixture(autouse=True)
def _house(house: Path) -> None:
    Path("good.txt").write_text(GOOD, "utf-8")


def fails(run: Run, *args: str, says: str, status: int = 2) -> None:
    """Run, and see that there is one line on standard error that holds `says`, and nothing else."""
    ran = run(*args)
    assert ran.status == status
    assert ran.out == ""
    assert ran.err.startswith("edlint: ")
    assert ran.err.count("\n") == 1
    assert says in ran.err


# the command line


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "Missing argument 'PATHS...'. (see edlint check --help)"),
        (("check",), "Missing argument 'PATHS...'"),
        (("config",), "see edlint config --help"),
        (("config", "shwo"), "shwo"),
        (("--selct", "House", "good.txt"), "'--selct'"),
        (("--fail-on", "warn", "good.txt"), "'warn' is not one of 'suggestion', 'warning', 'error', 'never'"),
        (("--output-format", "jsn", "good.txt"), "'jsn' is not one of"),
        (("--color", "yes", "good.txt"), "'yes' is not one of"),
        (("--config",), "requires an argument"),
        (("--config", "good.txt", "--isolated", "good.txt"), "--config and --isolated exclude each other"),
        (("--select", "House.Hipe", "good.txt"), "--select: there is no rule or pack 'House.Hipe' (did you mean 'House.Hype'?)"),
        (("--ignore", "zzz", "good.txt"), "--ignore: there is no rule or pack 'zzz' (see `edlint rules`)"),
        (("god.txt",), "god.txt: no such file or folder (did you mean 'good.txt'?)"),
        (("good.txt", "none/a.txt"), "none/a.txt: no such file or folder"),
        (("*.rst",), "*.rst: no file matches"),
        (("empty",), "no drafts in empty (edlint reads"),
        (("bad\x1b]2J\nname",), "bad\\x1b]2J\\x0aname: no such file"),
        (("good.txt", "--config", "none.yml"), "none.yml: cannot be read: No such file or directory"),
    ],
)
def test_misuse(edlint_: Run, args: tuple[str, ...], says: str) -> None:
    Path("empty").mkdir()
    fails(edlint_, *args, says=says)


# drafts

DRAFTS = {
    "binary.md": (bytes(range(256)) * 20, "binary.md: binary file, not a draft"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture.md: this is a PNG picture, not a draft"),
    "letter.md": (b"PK\x03\x04" + bytes(99), "letter.md: this is a ZIP archive, as .docx and .odt files are"),
    "latin.md": (b"A title\r\n\r\nA caf\xe9.\r\n", "latin.md:3: byte 0xE9 at offset 16 in line 3 is not UTF-8"),
    "wide.md": (GOOD.encode("utf-16-le"), "wide.md: binary file, not a draft (if this is UTF-16 without a byte order mark: --encoding"),
    "nul.md": (b"A line.\n" * 9 + b"One \0 more.\n" + b"A line.\n" * 9, "nul.md:10: NUL character in line 10"),
}


@pytest.mark.parametrize("name", DRAFTS)
def test_unreadable_drafts_stop_nothing_else(edlint_: Run, name: str) -> None:
    data, says = DRAFTS[name]
    Path(name).write_bytes(data)
    Path("zz.txt").write_text(GOOD, "utf-8")
    ran = edlint_("-f", "concise", "good.txt", name, "zz.txt")
    assert ran.status == 2
    assert ran.out.splitlines()[0] == f"good.txt:{HYPE}"
    assert ran.out.splitlines()[2] == f"zz.txt:{HYPE}"
    assert says in ran.out.splitlines()[1]
    assert ran.err.startswith(f"edlint: {says}")
    assert ran.err.count("\n") == 1
    assert edlint_(name, "--exit-zero").status == 2
    assert "Incomplete: 1 file could not be checked in full.\n" in edlint_(name).out


def test_standard_input_that_cannot_be_read(edlint_: Run) -> None:
    ran = edlint_("-", "-f", "concise", stdin=b"caf\xe9")
    assert ran.status == 2
    assert ran.err.startswith("edlint: <stdin>:1: byte 0xE9")


@pytest.mark.parametrize("problem", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_a_file_that_may_not_be_read(edlint_: Run, monkeypatch: pytest.MonkeyPatch, problem: OSError) -> None:
    Path("shut.md").write_text(GOOD, "utf-8")
    read = os.open

    def refuse(name: str, *args: Any, **more: Any) -> Any:
        if name == "shut.md":
            raise problem
        return read(name, *args, **more)

    monkeypatch.setattr(os, "open", refuse)
    ran = edlint_("shut.md", "good.txt", "-f", "concise")
    assert ran.status == 2
    assert ran.err == f"edlint: shut.md: cannot be read: {problem.strerror}\n"
    assert f"good.txt:{HYPE}" in ran.out


def test_a_folder_named_like_a_draft(edlint_: Run) -> None:
    Path("x.md").mkdir()
    fails(edlint_, "x.md", says="no drafts in x.md")
    Path("x.md/a.md").write_text(GOOD, "utf-8")
    assert edlint_(".", "-f", "concise").out.count("House.Hype") == 2


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a POSIX system")
def test_a_link_to_nowhere(edlint_: Run) -> None:
    Path("gone.md").symlink_to("nowhere.md")
    assert edlint_("gone.md").err == "edlint: gone.md: cannot be read: No such file or directory\n"


def test_an_unknown_encoding(edlint_: Run) -> None:
    ran = edlint_("good.txt", "--encoding", "utf-99")
    assert ran.status == 2
    assert "unknown encoding 'utf-99'" in ran.err


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b" \t\r\n\x0c", "\ufeff\u2028\u00a0".encode()])
def test_nothing_to_read_is_no_fault(edlint_: Run, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    assert edlint_(name) == (0, "No findings in 1 file.\nPasses: nothing at or above error.\n", "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "utf-32"])
def test_byte_order_marks_are_understood(edlint_: Run, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    Path("a.txt").write_bytes((mark + GOOD).encode(encoding))
    assert edlint_("a.txt", "-f", "concise").out == f"a.txt:{HYPE}\n"


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_nothing_in_a_draft_or_its_name_steers_the_terminal(edlint_: Run, form: str) -> None:
    name = "a\x1b]0;owned\x07\x9b2J\u202e.txt"
    codes = "".join(c for c in CONTROLS if c != "\0")
    Path(name).write_text(f"We \x1b[31mleverage\x1b[0m it{codes}.\nleverage\x1b[2J" + "words and more of them " * 30, "utf-8")
    for args in ((name,), (name, "-q"), (name, "none\x1b[2J.txt"), (name, "--select", "\x1b[2J"), (name, "--show-files")):
        ran = edlint_("-f", form, *args)
        assert not [c for c in CONTROLS if c in ran.out + ran.err]


# size and depth


def test_ten_megabytes_on_one_line(edlint_: Run) -> None:
    words = "The river ran by the old mill and the town slept on. "
    Path("line.txt").write_text(words * (10_000_000 // len(words)) + "We leverage it.", "utf-8")
    ran = edlint_("line.txt", "-f", "concise")
    assert ran.out == f"line.txt:1:{10_000_000 // len(words) * len(words) + 4}: error House.Hype 'leverage' is hype\n"
    excerpt, marks = edlint_("line.txt").out.splitlines()[2:4]
    assert excerpt.startswith("           … ")
    assert excerpt.endswith(" We leverage it.")
    assert excerpt[marks.index("~") : len(marks)] == "leverage"


def test_a_hundred_thousand_lines(edlint_: Run) -> None:
    Path("lines.txt").write_text("".join(f"The river ran by mill number {n} of the town.\n" for n in range(100_000)) + GOOD, "utf-8")
    assert edlint_("lines.txt", "-f", "concise").out == "lines.txt:100001:4: error House.Hype 'leverage' is hype\n"


def test_a_finding_on_each_of_many_lines(edlint_: Run) -> None:
    Path("many.txt").write_text(GOOD * 20_000, "utf-8")
    ran = edlint_("many.txt")
    assert "… and 19997 more: lines 4, 5, 6," in ran.out
    assert ran.out.count("\n") < 30


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.html", "<div>" * 10_000 + "We leverage it." + "</div>" * 10_000, 1),
        ("a.html", "<p>We leverage it.</p>" + "<blockquote><b><ul><li>" * 10_000 + "We leverage it.", None),
        ("a.html", "<p>We leverage <b>it<i> and <a href='x<p>So we leverage", 2),
        ("a.html", "</div>" * 10_000 + "<p>We leverage it.<table><tr><td>So we leverage it.<!-- open", 2),
        ("a.md", "We leverage it.\n\n" + "> " * 10_000 + "We leverage it.\n", None),
        ("a.md", "We leverage it.\n\n" + "".join(" " * n + "- a\n" for n in range(1_000)), 1),
        ("a.md", "We leverage it.\n\n" + "[" * 10_000 + "x" + "](y)" * 10_000, 1),
        ("a.md", "We leverage it.\n\n" + "*_" * 10_000 + "x", 1),
        ("a.md", "We leverage it.\n\n" + "<div>" * 10_000 + "\n\n```\nopen", 1),
        ("a.txt", "We leverage it.\n\n" + "(“[‘" * 10_000, 1),
        ("a.txt", "We leverage it.\n\n" + "“One.\n\n" * 10_000, 1),
    ],
)
def test_depth_and_what_was_never_closed(edlint_: Run, name: str, text: str, found: int | None) -> None:
    Path(name).write_text(text, "utf-8")
    ran = edlint_(name, "-f", "concise")
    assert ran.status == 1
    assert ran.err == ""
    assert found is None or ran.out.count("House.Hype") == found


# configuration and rules

CONFIGS = {
    "extends: [": ".edlint.yml:2:1: not valid YAML",
    "extends: [./House]\n\tfail_on: error": ".edlint.yml:2:1: not valid YAML",
    "fail_on: error\nfail_on: never": ".edlint.yml:2:1: the key 'fail_on' appears twice (first on line 1)",
    "extends: [./House]\nrulez: {}": ".edlint.yml:2: rulez: unknown key (did you mean 'rules'?)",
    "# c\nrules: 3": ".edlint.yml:2: rules: must be a mapping",
    "fail_on: [error]": ".edlint.yml:1: fail_on: must be a string, not a list",
    "extends: ./none": ".edlint.yml:1: extends.0: there is no folder './none'",
    "extends: [Clams]": ".edlint.yml:1: extends: there is no pack or folder 'Clams' (did you mean 'Claims'?)",
    "extends: [./House]\nrules:\n  House.Hipe: off": ".edlint.yml:3: there is no rule or pack 'House.Hipe' (did you mean 'House.Hype'?)",
    "extends: [./House]\nrules: {House.Hype: {tokns: [a]}}": ".edlint.yml:2: House.Hype has no option 'tokns' (did you mean 'tokens'?)",
    "extends: [./House]\nrules: {House.Hype: {tokens: {a: b}}}": ".edlint.yml:2: House.Hype: tokens: ",
    "rules: {House.Hype: eror}": ".edlint.yml:1: rules.House.Hype: no such level: 'eror' (did you mean 'error'?)",
    "grammar: {engine: harpr}": ".edlint.yml:1: grammar.engine: no such value: 'harpr' (did you mean 'harper'?)",
    "overrides: [{rules: {}}]": ".edlint.yml:1: overrides.0: the key 'files' is missing",
    "vocabulary: [none.txt]": ".edlint.yml:1: vocabulary.0: there is no file 'none.txt'",
    "exclude: ['[z-a]']": ".edlint.yml:1: exclude.0: not a file pattern",
    "encoding: utf-99": ".edlint.yml:1: encoding: no such encoding: 'utf-99'",
    "extends: .edlint.yml": ".edlint.yml: extends itself",
    "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
    "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]": "its aliases stand for more than",
    "[" * 41 + "]" * 41: "is nested more than 40 levels deep",
    "[" * 10_000: ".edlint.yml:1:",
    "extends: !!python/object:os.system x": "is not allowed",
    "extends: \x01": ".edlint.yml:1: not valid YAML: a control character",
}


@pytest.mark.parametrize("text", CONFIGS, ids=lambda text: text[:40])
def test_a_broken_configuration(edlint_: Run, text: str) -> None:
    Path(".edlint.yml").write_text(text, "utf-8")
    Path("report.txt").write_text("old", "utf-8")
    fails(edlint_, "good.txt", "-o", "report.txt", says=CONFIGS[text])
    assert Path("report.txt").read_text("utf-8") == "old"


def test_a_broken_pyproject(edlint_: Run) -> None:
    Path(".edlint.yml").unlink()
    Path("pyproject.toml").write_text("[tool.edlint]\nfail_on = \n", "utf-8")
    fails(edlint_, "good.txt", says="pyproject.toml:2: not valid TOML")


HEAD = 'extends: existence\nmessage: "m"\n'
RULES = {
    "extends: [": ":2:1: not valid YAML",
    HEAD + "tokens: [a]\ntokens: [b]": ":4:1: the key 'tokens' appears twice (first on line 3)",
    HEAD + "tokenz: [a]": ":3: unknown key 'tokenz' (did you mean 'tokens'?)",
    HEAD + "tokens: [a]\nlevel: [error]": ":4: ",
    HEAD + "tokens: [a]\nlevel: eror": ":4: level: 'eror' is none of suggestion, warning, error; did you mean 'error'?",
    HEAD + "tokens: {a: b}": ":3: ",
    HEAD + "raw: ['(open']": ":3: ",
    HEAD + "tokens: ['a{2,1}', '[z-a]']": ":3: ",
    HEAD: "needs `tokens` or `raw`",
    "extends: existense\nmessage: m": "unknown check type 'existense' (did you mean 'existence'?)",
    "message: m": "the key `extends` is missing",
    "extends: existence\ntokens: [a]": "the key `message` is missing",
    "- a\n- b": "a rule is a mapping of keys",
    "": "a rule is a mapping of keys",
    HEAD + "tokens: [a]\nexamples: {bad: 3}": ":4: examples.bad: must be a list of texts",
    HEAD + "tokens: [a]\nexamples:\n  good: A text.": ":5: examples.good: must be a list of texts",
    HEAD + "tokens: [a]\nexamples: {bad: [{txt: b}]}": ":4: unknown key 'txt' in an example (did you mean 'text'?)",
    HEAD + "tokens: [a]\nwhy: w\nscope: headng": "unknown scope 'headng' (did you mean 'heading'?)",
    HEAD + "tokens: [" + "a, " * 3 + "&x [y], " + "*x, " * 20_000 + "]": "its aliases stand for more than",
}


@pytest.mark.parametrize("text", RULES, ids=lambda text: text[-40:])
def test_a_broken_rule(edlint_: Run, house: Path, text: str) -> None:
    file = house / "Broken.yml"
    file.write_text(text, "utf-8")
    for args in (["good.txt"], ["test"], ["test", str(file)], ["rules"]):
        fails(edlint_, *args, says=str(file))
        fails(edlint_, *args, says=RULES[text])


def test_a_rule_file_that_is_not_utf_8(edlint_: Run, house: Path) -> None:
    (house / "Latin.yml").write_bytes(b"extends: existence\nmessage: caf\xe9\n")
    fails(edlint_, "good.txt", says="Latin.yml:2: is not UTF-8 (save the file as UTF-8)")


def test_two_rules_of_one_name(edlint_: Run, house: Path) -> None:
    (house / "more" / "House").mkdir(parents=True)
    second = house / "more" / "House" / "Hype.yml"
    second.write_text((house / "Hype.yml").read_text("utf-8"), "utf-8")
    fails(edlint_, "good.txt", says=f"{second}: a second rule named House.Hype (the first is {house / 'Hype.yml'})")


def test_a_folder_without_rules(edlint_: Run) -> None:
    Path("bare").mkdir()
    Path(".edlint.yml").write_text("extends: [./bare]\n", "utf-8")
    fails(edlint_, "good.txt", says="no rules here (a pack is a folder of .yml files)")


def test_a_regex_that_explodes_is_named_and_the_other_rules_still_run(edlint_: Run, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    (house / "Slow.yml").write_text("extends: existence\nmessage: m\nraw: ['(a|aa)+$']\n", "utf-8")
    Path("bad.txt").write_text(f"{GOOD}\nIt is {'a' * 60}! Arguably.\n", "utf-8")
    says = "House.Slow: a search ran out of time, so the rule was not finished"
    ran = edlint_("bad.txt", "good.txt")
    assert ran.status == 2
    assert ran.err == f"edlint: bad.txt: {says} ({house / 'Slow.yml'})\n"
    assert says in " ".join(ran.out.split())
    assert ran.out.count("House.Hype") == 2
    assert "Incomplete: 1 file could not be checked in full." in ran.out
    assert f"bad.txt: {says}" in edlint_("bad.txt", "-f", "concise").out
    assert f'"{says}' in edlint_("bad.txt", "-f", "json").out


def test_a_fault_of_our_own_is_one_line_too(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import edlint.cli

    def broken(*args: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr("edlint.session.session.Session.run", broken)
    assert edlint.cli.run(["good.txt"]) == 2
    monkeypatch.setenv("EDLINT_TRACEBACK", "1")
    with pytest.raises(ValueError, match="boom"):
        edlint.cli.run(["good.txt"])


# the world outside


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("args", [["many.txt", "-f", "concise"], ["many.txt", "-f", "json"], ["rules"], ["--show-files", "."], ["-h"]])
def test_a_closed_pipe_is_no_error(args: list[str]) -> None:
    Path("many.txt").write_text(GOOD * 5_000, "utf-8")
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run([*PROGRAM, *args], stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(theirs)
    assert done.stderr == b""
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals and pipes")
def test_ctrl_c_is_one_line() -> None:
    args = [*PROGRAM, "good.txt", "-", "-o", "report.txt"]
    # A shell that starts the tests in the background has them ignore the signal, and a child inherits that.
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    with subprocess.Popen(args, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=heeding) as run:
        try:
            assert run.stdin
            run.stdin.write(b"x" * 1_000_000)  # more than a pipe holds: it is being read
            run.stdin.flush()
            time.sleep(0.5)  # until it waits for more
            run.send_signal(signal.SIGINT)
            assert run.wait(timeout=120) == 130
            out, err = run.communicate(timeout=30)
        finally:
            run.kill()
    assert (run.returncode, out, err) == (130, b"", b"edlint: interrupted\n")
    assert not list(Path.cwd().glob("*report*"))


@pytest.mark.skipif(os.name == "nt" or not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, "good.txt"], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "No space left on device" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes the stream")
def test_no_standard_output_at_all() -> None:
    program = f"{sys.executable} -c 'from edlint.cli import main; main()' good.txt"
    done = subprocess.run(f"exec {program} >&-", shell=True, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"edlint: standard output cannot be written")
