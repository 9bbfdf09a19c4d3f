"""`--diff-base`: what a change brought in, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from doors import Ran, Run

pytestmark = [
    pytest.mark.usefixtures("house", "repository"),
    pytest.mark.skipif(not which("git"), reason="there is no git on this machine"),
]
ALL = "We leverage it.\n\nIt is arguably good.\n\nIt is very good.\n"


def git(*args: str, cwd: str = ".") -> str:
    done = subprocess.run(["git", "-C", cwd, *args], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(path: str, text: str | bytes = ALL) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())


def commit(*paths: str, cwd: str = ".") -> None:
    git("add", "-A", *paths, cwd=cwd)
    git("commit", "-qm", "x", cwd=cwd)


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("AUTHOR", "Ana"), ("COMMITTER", "Ana")):
        monkeypatch.setenv(f"GIT_{name}_NAME", value)
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ana@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    git("init", "-qb", "main")


def places(run: Run, *args: str, base: str = "HEAD", stdin: bytes = b"") -> list[str]:
    ran = run("-f", "concise", "--diff-base", base, *args, stdin=stdin)
    assert ran.err == "", ran.err
    return [":".join(line.split(":")[:2]) for line in ran.out.splitlines() if re.match(r"(?!Silenced).*(House|Captions)\.", line)]


def test_only_changed_lines_are_reported(edlint_: Run) -> None:
    write("a.txt")
    write("same.txt")
    commit()
    write("a.txt", "It is very new.\n\n" + ALL.replace("arguably good", "arguably bad"))
    write("untracked.txt", "We leverage it.\n")
    assert places(edlint_, ".") == ["a.txt:1", "untracked.txt:1"]
    ran = edlint_("--diff-base", "HEAD", ".")
    assert "6 findings already in the base version." in ran.out
    assert ran.status == 1
    write("untracked.txt", "It is fine.\n")
    assert edlint_("--diff-base", "HEAD", ".").status == 0
    assert edlint_(".").status == 1


def test_staged_unstaged_and_committed_changes_count_since_the_common_ancestor(edlint_: Run) -> None:
    write("a.txt")
    commit()
    git("checkout", "-qb", "topic")
    write("a.txt", f"{ALL}\nIt is very one.\n")
    commit()
    git("checkout", "-q", "main")
    write("a.txt", f"It is very main.\n\n{ALL}")
    commit()
    git("checkout", "-q", "topic")
    write("a.txt", f"{ALL}\nIt is very one.\n\nIt is very two.\n")
    git("add", "a.txt")
    write("a.txt", f"{ALL}\nIt is very one.\n\nIt is very two.\n\nIt is very three.\n")
    assert places(edlint_, "a.txt", base="main") == ["a.txt:7", "a.txt:9", "a.txt:11"]
    assert places(edlint_, "a.txt") == ["a.txt:9", "a.txt:11"]
    git("tag", "-a", "v1", "-m", "x")
    assert places(edlint_, "a.txt", base="v1") == ["a.txt:9", "a.txt:11"]


def test_a_moved_draft_is_compared_with_what_it_was(edlint_: Run) -> None:
    text = "".join(f"Line {n} of a long draft.\n\n" for n in range(30))
    write("old/a.txt", f"{text}{ALL}")
    commit()
    git("mv", "old/a.txt", "ü “b”\t.txt")
    write("ü “b”\t.txt", f"{text}{ALL}\nThey leverage them.\n")
    assert places(edlint_, ".") == ["ü “b” .txt:67"]


def test_names_that_git_would_quote(edlint_: Run) -> None:
    names = ["a b.txt", 'q"uote.txt', "back\\slash.txt", "new\nline.txt", "ünï.txt", "-dash.txt"]
    for name in names:
        write(f"d/{name}", "It is fine.\n\nIt is very old.\n")
    commit()
    for name in names:
        write(f"d/{name}", "It is very new.\n\nIt is very old.\n")
    assert len(places(edlint_, "d")) == len(names)
    assert all(place.endswith(":1") for place in places(edlint_, "d"))


def test_from_a_folder_below_and_by_absolute_paths(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("desk/news/a.txt")
    commit()
    write("desk/news/a.txt", f"{ALL}\nThey leverage them.\n")
    absolute = str(Path("desk/news/a.txt").absolute())
    assert places(edlint_, absolute) == [f"{absolute}:7"]
    monkeypatch.chdir("desk")
    assert places(edlint_, "news") == ["news/a.txt:7"]
    monkeypatch.chdir("news")
    assert places(edlint_, ".") == ["a.txt:7"]
    assert places(edlint_, "../news/a.txt") == ["../news/a.txt:7"]


def test_what_a_change_elsewhere_brought_about_is_reported(edlint_: Run) -> None:
    caption = "Volunteers stack sandbags along the east bank of the river on Monday."
    write(".edlint.yml", "extends: [Captions]\n")
    write("a.txt", f"It rained.\n\nAnd it rained.\n\n{caption}\n")
    write("b.txt", f"{caption}\n\nIt rained.\n\n{caption}\n")
    commit()
    write("a.txt", f"It rained.\n\n{caption}\n\nAnd it rained.\n\n{caption}\n")
    write("b.txt", f"Today.\n\n{caption}\n\nIt rained.\n\n{caption}\n")
    assert places(edlint_, ".") == ["a.txt:7"]


def test_a_finding_that_a_deletion_uncovers_is_reported(edlint_: Run) -> None:
    write("a.md", "<!-- edlint-disable House -->\n\nWe leverage it.\n\nIt is fine.\n")
    commit()
    write("a.md", "We leverage it.\n\nIt is fine.\n")
    assert places(edlint_, "a.md") == ["a.md:1"]


def test_line_ends_and_encodings_are_no_changes(edlint_: Run) -> None:
    write("a.txt", ALL)
    write("b.txt", f"ä. {ALL}".encode("utf-16"))
    write("c.txt", f"ä. {ALL}".encode("cp1252"))
    commit()
    write("a.txt", ALL.replace("\n", "\r\n"))
    write("b.txt", f"ä. {ALL}\nIt is very new.\n".encode("utf-16"))
    write("c.txt", f"ä. {ALL}\nIt is very new.\n".encode("cp1252"))
    assert places(edlint_, "a.txt", "b.txt") == ["b.txt:7"]
    assert places(edlint_, "c.txt", "--encoding", "cp1252") == ["c.txt:7"]


def test_standard_input_is_compared_with_the_file_of_its_name(edlint_: Run) -> None:
    write("a.txt")
    commit()
    typed = f"{ALL}\nIt is very new.\n".encode()
    assert places(edlint_, "--stdin-filename", "a.txt", "-", stdin=typed) == ["a.txt:7"]
    assert places(edlint_, "--stdin-filename", "new.txt", "-", stdin=b"It is very new.\n") == ["new.txt:1"]
    assert edlint_("--diff-base", "HEAD", "-", stdin=typed).err == (
        "edlint: --diff-base: standard input has no history (name its file with --stdin-filename)\n"
    )


def test_a_baseline_comes_first(edlint_: Run) -> None:
    write("a.txt", "It is fine.\n")
    commit()
    write("a.txt")
    edlint_("baseline", "create")
    write("a.txt", f"{ALL}\nIt is very new.\n")
    assert places(edlint_, "--baseline", ".edlint-baseline.jsonl", "a.txt") == ["a.txt:7"]


def test_submodules_are_compared_with_the_commit_they_had(edlint_: Run) -> None:
    git("init", "-qb", "trunk", "lib")
    write("lib/a.txt")
    commit(cwd="lib")
    write("top.txt")
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "./lib", "sub")
    commit("top.txt", ".gitmodules", "sub")
    git("branch", "base")
    write("sub/a.txt", f"{ALL}\nIt is very new.\n")
    write("top.txt", f"{ALL}\nIt is very new.\n")
    both = ("--config", ".edlint.yml", "sub", "top.txt")
    assert places(edlint_, *both, base="base") == ["sub/a.txt:7", "top.txt:7"]
    commit(cwd="sub")
    commit("sub")
    assert places(edlint_, *both, base="base") == ["sub/a.txt:7", "top.txt:7"]
    assert places(edlint_, *both, base="HEAD") == ["top.txt:7"]


def test_in_a_hook(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt")
    commit()
    write("a.txt", f"{ALL}\nIt is very new.\n")
    Path("sub").mkdir()
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    monkeypatch.setenv("GIT_PREFIX", "sub/")
    monkeypatch.chdir("sub")
    assert places(edlint_, "../a.txt") == ["../a.txt:7"]


def wrong(ran: Ran, message: str) -> None:
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"edlint: --diff-base{message}"), ran.err
    assert ran.err.count("\n") == 1


def test_errors(edlint_: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write("a.txt")
    here = str(tmp_path)
    wrong(edlint_("--diff-base", "main", "a.txt"), f": the repository {here} has no commit yet")
    commit("a.txt")
    wrong(edlint_("--diff-base", "mian", "a.txt"), f": there is no commit 'mian' in {here} (did you mean 'main'?)")
    wrong(edlint_("--diff-base", "origin/zzz", "a.txt"), f": there is no commit 'origin/zzz' in {here} (fetch it first")
    wrong(edlint_("--diff-base", "HEAD:a.txt", "a.txt"), ": there is no commit 'HEAD:a.txt'")
    wrong(edlint_("--diff-base", "--all", "a.txt"), ": '--all' is not a revision")
    git("checkout", "-q", "--orphan", "alone")
    wrong(edlint_("--diff-base", "main", "a.txt"), f": the repository {here} has no commit yet")
    git("commit", "-qm", "another")
    wrong(edlint_("--diff-base", "main", "a.txt"), ": 'main' and HEAD have no commit in common (in CI fetch the whole history")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    wrong(edlint_("--diff-base", "main", "a.txt"), " needs git, and there is no git to run")


def test_outside_of_any_repository(edlint_: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("plain"))
    write("a.txt", "It is fine.\n")
    write(".edlint.yml", "extends: [Captions]\n")
    wrong(edlint_("--diff-base", "main", "a.txt"), ": a.txt is in no git repository")
