"""Nothing that comes from a draft, a rule, a configuration or a file's name is obeyed by a terminal or a CI service that shows the output.

What a service obeys is stated here once more, in its own terms: GitHub's runner trims a line and looks for `::` at its start, and for
`##[` anywhere; Azure looks for `##vso[` and `##[`, TeamCity for `##teamcity[`, GitLab for marks of sections.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from doors import PROGRAM, Run

from edlint.report import REPORTERS
from edlint.report.markup import inert_markup
from edlint.report.terminal import inert

LURES = (
    "::set-output name=a::b",
    " ::error::lure", "\u00a0::warning::lure", "##[error]lure", "###[group]lure", "##vso[task.complete]lure",
    "##teamcity[buildStop]",
    "section_start:1:lure", "section_end:1:lure", "\x1b[31mlure", "a\x1b]0;lure\x07b", "lure\x08\x08", "\u202elure\u202c",
    "\u2066lure\u2069", "\x9b31m",
)  # fmt: skip
_ORDERED = re.compile(
    r"(?m)^\s*::|##\w*\[|section_(?:start|end):|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
SOURCE = Path(__file__).resolve().parents[2] / "edlint"


def obeyed(text: str) -> list[str]:
    """What a service would obey in a text; a carriage return begins a line for GitHub's runner."""
    return _ORDERED.findall(text.replace("\r\n", "\n").replace("\r", "\n"))


def test_what_is_looked_for_is_found() -> None:
    assert [lure for lure in LURES if not obeyed(lure)] == []


@pytest.mark.parametrize("lure", LURES)
def test_inert(lure: str) -> None:
    assert obeyed(inert(f"a\n{lure}\nb")) == [] and obeyed(inert(lure)) == []
    assert "lure" not in lure or "lure" in inert(lure), "text was lost"
    assert obeyed(inert(f"::error file=x::{lure}", commands=True)) in ([], ["::"])


@pytest.mark.parametrize(
    "text", ["a :: b", "std::vector", "# heading", "##", "#[x]", "a ## b [c]", "the section_starts: here", "tab\tstays", "é – “漢”"]
)
def test_what_no_service_obeys_stays(text: str) -> None:
    assert inert(text) == text
    assert inert_markup("a #[x] b::c") == "a #[x] b::c"


def test_only_colours_of_our_own_pass() -> None:
    assert inert("\x1b[1m\x1b[31merror\x1b[0m", color=True) == "\x1b[1m\x1b[31merror\x1b[0m"
    assert inert("\x1b[5merror", color=True) == "\\x1b[5merror"
    assert inert("\x1b[1;31merror\x1b[0m") == "\\x1b[1;31merror\\x1b[0m"


@pytest.mark.parametrize(
    "lure", ["\x1b[2m  \x1b[0m::error::a", "  \x1b[33m::error::a", "#\x1b[1m#vso[a]", "##\x1b[0m[a]", "section_\x1b[0mstart:1:a"]
)
def test_colours_hide_no_command(lure: str) -> None:
    """Some services take the colours out before they look."""
    for color in (True, False):
        assert obeyed(inert(lure, color=color)) == []
        assert obeyed(re.sub(r"\x1b\[[\d;]*m", "", inert(lure, color=color))) == []


def test_only_annotations_pass_as_commands() -> None:
    assert inert("::error file=a.txt::b", commands=True) == "::error file=a.txt::b"
    assert inert("::set-env name=a::b", commands=True) == "\\x3a:set-env name=a::b"


RULE = """\
extends: existence
message: "%s"
level: error
why: WHY
instead: WHY
description: WHY
link: "::error::link"
tokens: ["leverage"]
examples:
  bad: [WHY leverage, WHY leverage it]
  good: [WHY, fine]
"""


@pytest.fixture
def lures(tmp_path: Path) -> Path:
    """A folder with a draft, a rule and a configuration full of lures."""
    text = json.dumps("\n".join(["It is so.", *LURES]))
    (tmp_path / "House").mkdir()
    rule = RULE.replace("%s", json.dumps("\n".join(LURES))[1:-1] + "'%s'").replace(
        "WHY leverage it", json.dumps("\n".join(LURES) + " leverage it")
    )
    rule = rule.replace("WHY leverage", json.dumps("\n".join(LURES) + " leverage")).replace("WHY", text)
    (tmp_path / "House" / "Hype.yml").write_text(rule, "utf-8")
    (tmp_path / ".edlint.yml").write_text('extends: [Captions, Boilerplate, ./House]\ninclude: ["::x", "*"]\n', "utf-8")
    lines = [line for lure in LURES for line in (f"We leverage {lure} here.", lure, f"{lure} leverage", f"x\r{lure} leverage")]
    (tmp_path / "::error::name.txt").write_text("\n\n".join([*lines, "We leverage it.", *LURES]), "utf-8", newline="")
    (tmp_path / "##vso[x]\n::error::\x1b[1m.md").write_text("\n".join(["We leverage it.", *LURES]), "utf-8", newline="")
    return tmp_path


@pytest.mark.parametrize("more", [(), ("-q",), ("--trace",), ("--statistics",)], ids=" ".join)
@pytest.mark.parametrize("name", REPORTERS)
def test_reports(name: str, more: tuple[str, ...], lures: Path, edlint_: Run) -> None:
    ran = edlint_("-f", name, "--no-cache", *more, "./::error::name.txt", ".")
    assert ran.status == 1, ran.err
    left = obeyed(re.sub(r"(?m)^::(error|warning|notice) [^\n]*$", "", ran.out) if name == "github" else ran.out)
    assert left == [] and obeyed(ran.err) == []
    if name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(ran.out)
    elif name in ("json-lines", "rdjsonl"):
        [json.loads(line) for line in ran.out.splitlines()]
    elif name in ("junit", "checkstyle"):
        ElementTree.fromstring(ran.out)
    ran = edlint_("-f", name, "--no-cache", "-o", "report", *more, ".")
    assert not obeyed(re.sub(r"(?m)^::(error|warning|notice) [^\n]*$", "", Path("report").read_text("utf-8")))


COMMANDS = (
    ("explain", "House.Hype"),
    ("rules",),
    ("rules", "-f", "json"),
    ("test", "House"),
    ("config", "show", "./::error::name.txt"),
    ("config", "check", ".edlint.yml", "House/Hype.yml"),
    ("try", "House/Hype.yml", "."),
    ("try", "House/Hype.yml", ".", "-f", "json"),
    ("check", "--show-files", "."),
    ("check", "./::missing::\x1b[1m"),
    ("check", "--select", "::error::x\n::error::y", "."),
    ("check", "--config", "::error::x.yml", "."),
    ("explain", "::error::x"),
    ("::error::x",),
    ("baseline", "create", "."),
    ("baseline", "show"),
    ("style", "export", "--vale", "::error::x"),
    ("style", "import", "::error::x.csv"),
    ("check", "--::error::x"),
    ("schema", "::error::x"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c).encode("unicode_escape").decode())
def test_commands(command: tuple[str, ...], lures: Path, edlint_: Run) -> None:
    if command == ("baseline", "show"):
        edlint_("baseline", "create", ".")
    ran = edlint_(*command)
    assert ran.out + ran.err
    assert obeyed(ran.out) == [] and obeyed(ran.err) == []
    if command[-1] == "json":
        json.loads(ran.out)


@pytest.mark.parametrize(
    "text", ["rules: {'::error::x': error}\n", "'\\n::error::x': 1\n", "encoding: '::error::\\e[1m'\n", 'fail_on: "\\n##vso[x]"\n']
)
def test_errors_of_configurations(text: str, edlint_: Run) -> None:
    Path(".edlint.yml").write_text(text, "utf-8")
    Path("a.txt").write_text("It is so.\n", "utf-8")
    ran = edlint_("a.txt")
    assert ran.status == 2 and ran.err and obeyed(ran.err) == []


CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."
FIXABLE = f"It rained all day.\n\n{CAPTION}\n\n{CAPTION}\n"
HIDDEN = "Paste.Invisible"


@pytest.mark.parametrize("lure", LURES)
def test_a_diff_that_may_reach_a_log(lure: str, tmp_path: Path) -> None:
    draft = f"{lure}\nThe may\u200bor spoke on Friday.\n{lure}\n"
    (tmp_path / "a.txt").write_bytes(draft.encode())
    (tmp_path / "b.txt").write_bytes("The may\u200bor spoke on Friday.\n".encode())
    command = [*PROGRAM, "--isolated", "--select", HIDDEN, "--diff", "a.txt", "b.txt"]
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert piped.returncode == 1 and obeyed(piped.stdout.decode()) == [] and obeyed(piped.stderr.decode()) == []
    assert b"a.txt: this diff is not a patch" in piped.stderr and b"b.txt" not in piped.stderr
    assert "-The may\u200bor spoke on Friday." in piped.stdout.decode(), "what no service obeys is as it was"
    with (tmp_path / "patch").open("wb") as out:
        subprocess.run(command, cwd=tmp_path, stdout=out, check=False, timeout=60)
    done = subprocess.run(["git", "apply", "-p0", "--unsafe-paths", "patch"], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.txt").read_text("utf-8").count("\u200b") == 0


def test_everything_is_printed_in_one_place() -> None:
    """No other module prints; what draws the progress writes numbers only, what shows a diff looks at each line itself."""
    modules = list(SOURCE.rglob("*.py"))
    assert SOURCE / "cli" / "console.py" in modules
    for module in modules:
        if module.name in ("console.py", "progress.py", "completion.py"):
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"), (
                    f"{module}:{node.lineno}"
                )


def test_the_program_itself(lures: Path) -> None:
    done = subprocess.run([*PROGRAM, "-f", "html", "."], cwd=lures, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1 and obeyed(done.stdout.decode()) == []
    assert sys.executable
