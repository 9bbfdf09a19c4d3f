"""An editor that saves while a draft is being fixed loses nothing: its text is in the file, or a fixed version of it.

`EDLINT_TEST_SAVES=10000 python -m pytest -s tests/session/test_session_saves.py` saves ten thousand times.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import edlint.files.swap
from edlint.errors import SourceError
from edlint.files.atomic import ChangedError, replace_file
from edlint.model.source import Source
from edlint.session.fix import write_back

SAVES = int(os.environ.get("EDLINT_TEST_SAVES", "400"))
LINE = "Volunteers stack sandbags along the east bank of the river on Monday.\n"
# The editor looks, before each save, whether the last one is still there, and waits a second for it to come back.
EDITOR = """
import os, random, sys, time
path, saves, styles, line = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(","), sys.argv[4]
other = path + ".swp"

def truncate(text):
    with open(path, "w") as file:
        file.write(text[:9]); file.flush()
        file.write(text[9:])

def overwrite(text):
    with open(path, "r+") as file:
        file.seek(0); file.write(text); file.truncate()

def rename(text):
    with open(other, "w") as file:
        file.write(text)
    os.replace(other, path)

def backup(text):
    os.replace(path, path + "~")
    with open(path, "x") as file:
        file.write(text)

def there(mark):
    try:
        with open(path) as file:
            return file.read().startswith(mark)
    except FileNotFoundError:
        return False

for number in range(saves):
    mark = f"save {number};"
    globals()[random.choice(styles)](mark + " " + "x" * random.randrange(200) + "\\n" + line * 2)
    time.sleep(random.random() / 400)
    until = time.monotonic() + 60
    while not there(mark):
        if time.monotonic() > until:
            sys.exit(f"save {number} is lost")
print(f"{saves} saves, none lost")
"""


linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can swap two files in one step")


def fix(draft: Path) -> str:
    """What comes of fixing a draft: "fixed", "refused", or "" when there is nothing to fix at the moment."""
    try:
        text = draft.read_text()
        if not text.endswith(LINE * 2):
            return ""
        write_back(Source(str(draft), text), Source(str(draft), text.removesuffix(LINE)))
    except SourceError as fault:
        assert "not fixed: the file has changed in the meantime" in str(fault) or "No such file" in str(fault), fault
        return "refused"
    except FileNotFoundError:
        return ""
    return "fixed"


@linux
@pytest.mark.parametrize("styles", ["truncate", "overwrite", "rename", "backup", "truncate,overwrite,rename,backup"])
def test_no_save_is_lost_without_a_word(tmp_path: Path, styles: str) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(LINE * 2)
    command = [sys.executable, "-c", EDITOR, str(draft), str(SAVES // 5), styles, LINE]
    fixed, refused = 0, 0
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as editor:
        while editor.poll() is None:
            done = fix(draft)
            fixed, refused = fixed + (done == "fixed"), refused + (done == "refused")
        said = editor.stderr.read() if editor.stderr else ""
    print(f"{styles}: {fixed} fixed, {refused} refused")
    assert editor.returncode == 0, said
    assert fixed
    assert not list(tmp_path.glob(".edlint-*")) and not list(tmp_path.glob("*.saved-*"))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_bytes(b"old")
    return path


def saving(monkeypatch: pytest.MonkeyPatch, *saves: object, after: bool = False) -> None:
    """Let somebody save directly before each swap of names, or directly after it, once for each of `saves` (functions)."""
    swap, waiting = edlint.files.swap._swap, list(saves)

    def exchange(one: str, other: str) -> None:
        save = waiting.pop(0) if waiting else None
        if save and not after:
            save()  # type: ignore[operator]
        swap(one, other)
        if save and after:
            save()  # type: ignore[operator]

    monkeypatch.setattr(edlint.files.swap, "_swap", exchange)


def write(path: Path, text: bytes) -> None:
    path.write_bytes(text)


def rename(path: Path, text: bytes) -> None:
    other = path.with_name("other")
    other.write_bytes(text)
    other.replace(path)


@linux
@pytest.mark.parametrize("save", [write, rename])
@pytest.mark.parametrize("text", [b"new words", b"OLD", b""])
def test_a_save_at_the_last_moment_is_put_back(draft: Path, monkeypatch: pytest.MonkeyPatch, save: object, text: bytes) -> None:
    saving(monkeypatch, lambda: save(draft, text))  # type: ignore[operator]
    with pytest.raises(ChangedError):
        replace_file(draft, b"fixed", b"old")
    assert draft.read_bytes() == text
    assert [path.name for path in draft.parent.iterdir()] == ["draft.txt"]


@linux
@pytest.mark.parametrize("save", [write, rename])
def test_saves_while_an_earlier_one_is_put_back(draft: Path, monkeypatch: pytest.MonkeyPatch, save: object) -> None:
    """The second comes between the swap and its undoing, the third while the second is put back."""
    texts = [b"first", b"second", b"third one"]
    saving(monkeypatch, *(lambda text=text: save(draft, text) for text in texts))  # type: ignore[operator]
    with pytest.raises(ChangedError):
        replace_file(draft, b"fixed", b"old")
    assert draft.read_bytes() == b"third one"
    assert [path.name for path in draft.parent.iterdir()] == ["draft.txt"]


@linux
@pytest.mark.parametrize("save", [write, rename])
def test_a_save_directly_after_the_swap_stays(draft: Path, monkeypatch: pytest.MonkeyPatch, save: object) -> None:
    saving(monkeypatch, lambda: save(draft, b"later"), after=True)  # type: ignore[operator]
    replace_file(draft, b"fixed", b"old")
    assert draft.read_bytes() == b"later"


@linux
def test_a_file_that_is_open_for_writing_is_left_to_its_writer(draft: Path) -> None:
    with draft.open("r+b") as editor:
        with pytest.raises(ChangedError):
            replace_file(draft, b"fixed", b"old")
        editor.write(b"new words")
    assert draft.read_bytes() == b"new words"
    replace_file(draft, b"fixed", b"new words")
    assert draft.read_bytes() == b"fixed"


@linux
def test_a_writer_that_opened_the_file_before_the_swap_writes_after_it(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    saving(monkeypatch, lambda: opened.append(draft.open("r+b")))
    with pytest.raises(ChangedError):
        replace_file(draft, b"fixed", b"old")
    opened[0].write(b"new words")
    opened[0].close()
    assert draft.read_bytes() == b"new words"


@linux
def test_an_editor_that_moves_the_file_away_while_a_save_is_put_back(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saving(monkeypatch, lambda: write(draft, b"words"), lambda: draft.replace(draft.with_name("draft.txt~")))
    with pytest.raises(ChangedError):
        replace_file(draft, b"fixed", b"old")
    assert draft.read_bytes() == b"words"
    assert sorted(path.name for path in draft.parent.iterdir()) == ["draft.txt", "draft.txt~"]


@linux
def test_a_save_that_cannot_be_put_back_is_kept_and_named(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(5, "Input/output error")

    saving(monkeypatch, lambda: write(draft, b"words"), fail)
    with pytest.raises(OSError, match="it was saved in the meantime; that version is now in ") as caught:
        replace_file(draft, b"fixed", b"old")
    saved = Path(str(caught.value.strerror).rpartition(" ")[2])
    assert saved.read_bytes() == b"words" and saved.parent == draft.parent


@pytest.mark.parametrize("save", [write, rename])
def test_without_a_swap_the_comparison_comes_just_before_the_renaming(draft: Path, monkeypatch: pytest.MonkeyPatch, save: object) -> None:
    def cannot(one: str, other: str) -> None:
        save(draft, b"words")  # type: ignore[operator]
        raise edlint.files.swap.CannotSwapError

    monkeypatch.setattr(edlint.files.swap, "_swap", cannot)
    with pytest.raises(ChangedError):
        replace_file(draft, b"fixed", b"old")
    assert draft.read_bytes() == b"words"


def test_without_a_swap_a_file_is_replaced(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(one: str, other: str) -> None:
        raise edlint.files.swap.CannotSwapError

    monkeypatch.setattr(edlint.files.swap, "_swap", cannot)
    replace_file(draft, b"fixed", b"old")
    assert [(path.name, path.read_bytes()) for path in draft.parent.iterdir()] == [("draft.txt", b"fixed")]
