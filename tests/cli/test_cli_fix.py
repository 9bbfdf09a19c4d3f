"""`--fix` and its kin: what they write, print and return."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import which

import pytest
from doors import PROGRAM, Run

CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."
DRAFT = f"It rained on Mon\u200bday.\n\n{CAPTION}\n{CAPTION}\n\nThe mayor\u00a0spoke for a long time.\n"
FIXED = f"It rained on Monday.\n\n{CAPTION}\n\nThe mayor\u00a0spoke for a long time.\n"
BEST = FIXED.replace("\u00a0", " ")
DIFF = "".join(
    f"{line}\n"
    for line in (
        "--- a.txt", "+++ a.txt", "@@ -1,6 +1,5 @@", "-It rained on Mon\u200bday.", "+It rained on Monday.",
        " ", f" {CAPTION}", f"-{CAPTION}", " ", " The mayor\u00a0spoke for a long time.",
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def _packs() -> None:
    Path(".edlint.yml").write_text("extends: [Captions, Paste]\n", "utf-8")


def write(path: str = "a.txt", text: str | bytes = DRAFT) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def text(path: str = "a.txt") -> str:
    return Path(path).read_bytes().decode()


def test_safe_fixes_are_written_and_what_is_left_is_reported(edlint_: Run) -> None:
    write()
    ran = edlint_("--fix", "a.txt")
    assert (ran.status, ran.err, text()) == (0, "", FIXED)
    assert "Captions.Repeated" not in ran.out
    assert ran.out == (
        "1 suggestion in 1 file; 1 fixable with --unsafe-fixes.\n"
        "1 suggestion is not shown; --show suggestions lists it.\n"
        "Fixed 2 findings in 1 draft.\nPasses: nothing at or above error.\n"
    )
    assert "Paste.NoBreakSpace" in edlint_("--show", "suggestions", "a.txt").out
    again = edlint_("--show", "suggestions", "--fix", "a.txt").out
    assert again.endswith("1 fixable with --unsafe-fixes.\nPasses: nothing at or above error.\n")
    assert text() == FIXED


def test_unsafe_fixes_are_written_when_asked_for(edlint_: Run) -> None:
    write()
    assert "2 fixable with --fix, 1 more with --unsafe-fixes." in edlint_("a.txt").out
    assert "2 fixable with --fix, 1 more with --unsafe-fixes." in edlint_("--unsafe-fixes", "a.txt").out
    assert text() == DRAFT
    assert edlint_("--fix", "--unsafe-fixes", "a.txt").out.startswith("No findings in 1 file.\nFixed 3 findings in 1 draft.\n")
    assert text() == BEST


def test_a_diff_writes_nothing(edlint_: Run) -> None:
    write()
    assert edlint_("--diff", "a.txt") == (1, DIFF, "")
    assert edlint_("--diff", "--unsafe-fixes", "a.txt").out.endswith(
        "-The mayor\u00a0spoke for a long time.\n+The mayor spoke for a long time.\n"
    )
    assert edlint_("--diff", "--exit-zero", "a.txt") == (0, DIFF, "")
    assert text() == DRAFT
    write(text=FIXED)
    assert edlint_("--diff", "a.txt") == (0, "", "")


@pytest.mark.skipif(not which("git"), reason="there is no git on this machine")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_diff_can_be_applied(program: Run, end: str) -> None:
    file = write(text=DRAFT.replace("\n", end).removesuffix(end))
    done = subprocess.run([*PROGRAM, "--diff", "a.txt"], capture_output=True, check=False)
    subprocess.run(["git", "apply", "-p0", "-"], input=done.stdout, check=True)
    assert file.read_bytes().decode() == FIXED.replace("\n", end).removesuffix(end)


def test_fix_only_reports_and_fails_for_nothing_that_is_left(edlint_: Run) -> None:
    write(text=DRAFT + "\nLorem ipsum dolor sit amet.\n")
    assert edlint_("--fix", "--diff-base", "", "a.txt").status == 1
    write(text=DRAFT + "\nLorem ipsum dolor sit amet.\n")
    assert edlint_("--fix-only", "a.txt") == (0, "Fixed 2 findings in 1 draft; 1 fixable with --unsafe-fixes.\n", "")
    assert text().startswith(FIXED)
    assert edlint_("--fix-only", "-f", "json", "a.txt").out.count('"findings": []') == 1


def test_exit_status_when_something_was_fixed(edlint_: Run) -> None:
    for args, statuses in (
        (["--fix", "--exit-non-zero-on-fix"], (1, 0)),
        (["--fix-only", "--exit-non-zero-on-fix"], (1, 0)),
        (["--fix", "--exit-non-zero-on-fix", "--exit-zero"], (0, 0)),
        (["--fix", "--exit-non-zero-on-fix", "--fail-on", "suggestion"], (1, 1)),
    ):
        write()
        assert tuple(edlint_(*args, "a.txt").status for _ in statuses) == statuses


def test_standard_input_comes_out_fixed(edlint_: Run) -> None:
    ran = edlint_("--fix", "-", stdin=DRAFT.encode())
    assert (ran.status, ran.out) == (0, FIXED)
    assert "Fixed 2 findings in 1 draft." in ran.err
    assert edlint_("--fix", "-", stdin=FIXED.encode()).out == FIXED
    assert edlint_("--fix-only", "-", stdin=DRAFT.encode()) == (0, FIXED, "Fixed 2 findings in 1 draft; 1 fixable with --unsafe-fixes.\n")
    assert edlint_("--diff", "--stdin-filename", "a.txt", "-", stdin=DRAFT.encode()).out == DIFF
    write(text="It is another text.\n")
    assert edlint_("--fix", "--stdin-filename", "a.txt", "-", stdin=DRAFT.encode()).out == FIXED
    assert text() == "It is another text.\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_standard_input_keeps_its_encoding(program: Run, encoding: str) -> None:
    given, wanted = (f"The café is open.\r\n\r\n{c}\r\n" for c in (f"{CAPTION}\r\n{CAPTION}", CAPTION))
    args = [*PROGRAM, "--fix", "--encoding", "cp1252" if encoding == "cp1252" else "utf-8", "-"]
    done = subprocess.run(args, input=given.encode(encoding), capture_output=True, check=False)
    assert done.stdout == wanted.encode(encoding)


@pytest.mark.parametrize("other", ["--fix", "--fix-only"])
def test_with_diff_nothing_is_written_whatever_stands_beside_it(edlint_: Run, other: str) -> None:
    write()
    before = Path("a.txt").read_bytes()
    ran = edlint_("--diff", other, "a.txt")
    assert ran == edlint_("--diff", "a.txt")
    assert ran.status == 1 and Path("a.txt").read_bytes() == before


def test_what_cannot_be_encoded_is_an_error_and_the_draft_stays(edlint_: Run) -> None:
    Path("House").mkdir()
    Path("House/Arrow.yml").write_text(
        "extends: substitution\nmessage: Use %s.\nlevel: error\nswap: {'->': →}\nnonword: true\nsafe: true\naction: {name: replace}\n"
    )
    Path(".edlint.yml").write_text("extends: [./House]\n")
    file = write(text="The café -> the bar.\n".encode("cp1252"))
    ran = edlint_("--fix", "--encoding", "cp1252", "a.txt")
    assert ran.status == 2
    assert ran.err == "edlint: a.txt: not fixed: cp1252 has no character '→' (U+2192) (save the draft as UTF-8)\n"
    assert "House.Arrow" in ran.out
    assert file.read_bytes() == "The café -> the bar.\n".encode("cp1252")
    write("b.txt", "The cafe -> the bar.\n")
    assert edlint_("--fix", "a.txt", "b.txt", "--encoding", "cp1252").status == 2
    assert edlint_("--fix", "b.txt").status == 0 and text("b.txt") == "The cafe → the bar.\n"


def test_what_is_accepted_or_unchanged_is_not_fixed(edlint_: Run) -> None:
    write()
    edlint_("baseline", "create")
    snow = "Children build a snowman behind the old town hall on Tuesday afternoon."
    write(text=f"{snow}\n{snow}\n\n{DRAFT}")
    ran = edlint_("--fix", "--baseline", ".edlint-baseline.jsonl", "a.txt")
    assert text() == f"{snow}\n\n{DRAFT}"
    assert "Fixed 1 finding in 1 draft.\n3 findings accepted" in ran.out


@pytest.mark.skipif(not which("git"), reason="there is no git on this machine")
def test_only_what_changed_is_fixed(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    write()
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    for args in (("init", "-q"), ("add", "a.txt"), (*who, "commit", "-qm", "x")):
        subprocess.run(["git", *args], check=True, capture_output=True)
    write(text=f"{DRAFT}\nIt snowed on Tues\u200bday.\n")
    assert edlint_("--fix", "--diff-base", "HEAD", "a.txt").status == 0
    assert text() == f"{DRAFT}\nIt snowed on Tuesday.\n"


def test_many_drafts_each_by_itself(edlint_: Run) -> None:
    for number in range(4):
        write(f"d/{number}.txt", DRAFT if number % 2 else FIXED)
    write("d/bad.txt", b"\xff")
    ran = edlint_("--fix", "d")
    assert ran.status == 2
    assert "Fixed 4 findings in 2 drafts." in ran.out
    assert [text(f"d/{n}.txt") for n in range(4)] == [FIXED] * 4


KILLS = int(os.environ.get("EDLINT_TEST_KILLS", "6"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_kill_at_any_moment_leaves_every_draft_whole(program: Run) -> None:
    drafts = [f"d/{number:02}.txt" for number in range(25)]
    took = 0.0
    for number in range(KILLS):
        for draft in drafts:
            write(draft)
        began = time.monotonic()
        running = subprocess.Popen([*PROGRAM, "--fix", "d"], stdout=subprocess.DEVNULL)
        if took:
            time.sleep(took * (0.3 + 0.7 * number / KILLS))
            running.send_signal(signal.SIGKILL)
        running.wait()
        took = took or time.monotonic() - began
        assert {text(draft) for draft in drafts} <= {DRAFT, FIXED}
    assert program("--fix", "d").status == 0
    assert {text(draft) for draft in drafts} == {FIXED}
    left = [path for path in Path("d").iterdir() if path.as_posix() not in drafts]
    assert all(path.name.startswith(".edlint-") and path.suffix == ".tmp" for path in left) and len(left) <= KILLS
