"""Every diff that edlint prints can be applied by `patch` and by git, and changes what `--fix` would change and nothing else."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from shutil import copytree, which

import pytest
from doors import PROGRAM, Run

CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."
LOOK_LIKE_A_PATCH = ("--- a", "+++ b", "\\ No newline at end of file", "@@ -1 +1 @@")
PARTS = (CAPTION, CAPTION, "The may\u200bor spoke.", "Nobody left the café.", "", "A line\rwith a return.", *LOOK_LIKE_A_PATCH)
NAMES = (
    "draft",
    "my draft",
    " draft",
    "draft ",
    "dräft",
    "a\\b",
    'say "no"',
    "tab\there",
    "a\nb",
    "esc\x1b[31m",
    "--- a",
    "-",
    "\u202egnp",
    "a\rb",
)
TOOLS = (("patch", "-s", "-p0"), ("git", "apply", "-p0"))
HOSTILE = "evil\n+++ Makefile\n@@ -1 +1 @@\n-all:\n+all: pwned\n--- x.md"

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def generate(folder: Path, count: int) -> None:
    """Drafts with and without a last line feed and byte order mark, in all line ends and several encodings, with odd names."""
    chance = random.Random(7)
    (folder / "latin").mkdir(parents=True)
    (folder / ".edlint.yml").write_text("extends: [Captions, Paste]\n", "utf-8")
    (folder / "latin" / ".edlint.yml").write_text("extends: [Captions, Paste]\nencoding: cp1252\n", "utf-8")
    for number in range(count):
        parts = [chance.choice(PARTS) for _ in range(chance.randrange(1, 12))] + ["The coun\u00adcil met."]
        chance.shuffle(parts)
        text = chance.choice(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r"]).join(parts) + chance.choice(["", "\n", "\r\n"])
        encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"])
        where = folder / "latin" if encoding == "cp1252" else folder
        name = f"{chance.choice(NAMES)}{number}{chance.choice(['', ' '])}.{chance.choice(['md', 'txt'])}"
        (where / name).write_bytes(text.replace("\u200b", "\u00ad").encode(encoding) if encoding == "cp1252" else text.encode(encoding))


@posix
def test_three_hundred_drafts(program: Run, tmp_path: Path) -> None:
    tools = [tool for tool in TOOLS if which(tool[0])]
    if not tools:
        pytest.skip("there is neither patch nor git on this machine")
    generate(tmp_path / "drafts", 300)
    for name, *_ in tools:
        copytree(tmp_path / "drafts", tmp_path / name / "drafts")
    with (tmp_path / "told").open("wb") as out:  # a pipe may lead to a log, where bidirectional marks in drafts are written out
        done = subprocess.run([*PROGRAM, "--diff", "drafts"], stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1 and done.stderr == b""
    told = (tmp_path / "told").read_bytes()
    assert told.count(b"\n+++ ") >= 300
    program("--fix", "drafts")
    for tool in tools:
        subprocess.run(tool, input=told, check=True, cwd=tmp_path / tool[0])
        assert held(tmp_path / tool[0] / "drafts") == held(tmp_path / "drafts"), tool[0]


@posix
@pytest.mark.parametrize("tool", TOOLS, ids=["patch", "git"])
def test_a_name_cannot_smuggle_a_change_into_another_file(program: Run, tmp_path: Path, tool: tuple[str, ...]) -> None:
    if not which(tool[0]):
        pytest.skip(f"there is no {tool[0]} on this machine")
    (tmp_path / "Makefile").write_text("all:\n")
    Path(HOSTILE).write_text("The may\u200bor spoke.\n")
    told = subprocess.run([*PROGRAM, "--diff", HOSTILE], capture_output=True, check=False).stdout
    assert told.split(b"\n")[0].startswith(b'--- "evil\\n')
    subprocess.run(tool, input=told, check=False, cwd=tmp_path)
    assert (tmp_path / "Makefile").read_text() == "all:\n"
    assert Path(HOSTILE).read_text() == "The mayor spoke.\n"


def test_a_path_from_the_root_on_is_shown_from_this_folder_on(edlint_: Run, tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").write_text("The may\u200bor spoke.\n")
    assert edlint_("--diff", str(tmp_path / "d" / "a.txt")).out.startswith("--- d/a.txt\n+++ d/a.txt\n")
    os.chdir(tmp_path / "d")
    (tmp_path / "b.txt").write_text("The may\u200bor spoke.\n")
    assert edlint_("--diff", "../b.txt").out.startswith("--- ../b.txt\n")
