"""`edlint style` and `edlint schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from doors import Run

TABLE = "wrong,right,note\nutilise,use,\nkids,children,Informal.\n"


def test_a_table_becomes_a_pack_that_passes_its_tests(edlint_: Run) -> None:
    Path("words.csv").write_text(TABLE, "utf-8")
    ran = edlint_("style", "import", "words.csv")
    paths = [Path("House/Words.yml"), Path("House/WordsKids.yml")]
    assert ran == (0, "".join(f"wrote {path}\n" for path in paths) + "now put this into .edlint.yml: extends: [default, ./House]\n", "")
    assert edlint_("test", "House").out == "2 rules, 8 examples: all pass\n"
    Path(".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    Path("draft.txt").write_text("The kids utilise it.\n", "utf-8")
    assert edlint_("draft.txt", "--output-format", "concise").out.count("House.Words") == 2


def test_a_pack_is_written_where_it_is_wanted_and_never_overwritten(edlint_: Run) -> None:
    Path("words.csv").write_text(TABLE, "utf-8")
    assert edlint_("style", "import", "words.csv", "-o", "styles/Ours").out.endswith("extends: [default, ./styles/Ours]\n")
    path = Path("styles/Ours/Words.yml")
    path.unlink()
    again = edlint_("style", "import", "words.csv", "-o", "styles/Ours")
    assert again.status == 2
    assert again.err.startswith(f"edlint: {path.with_name('WordsKids.yml')} already exists")
    assert not path.exists()


def test_a_fault_in_a_table_names_file_and_line(edlint_: Run) -> None:
    Path("words.csv").write_text("a,b\nc,\n", "utf-8")
    assert edlint_("style", "import", "words.csv") == (2, "", "edlint: words.csv:2: the right term is empty\n")
    assert not Path("House").exists()
    assert "cannot be read" in edlint_("style", "import", "none.csv").err


def test_a_folder_that_cannot_be_written(edlint_: Run) -> None:
    Path("words.csv").write_text(TABLE, "utf-8")
    Path("file").write_text("", "utf-8")
    ran = edlint_("style", "import", "words.csv", "-o", "file/House")
    assert ran.status == 2
    assert "cannot be written" in ran.err


@pytest.mark.usefixtures("house")
def test_a_pack_becomes_a_style_for_vale(edlint_: Run) -> None:
    Path("House/Sum.yml").write_text("extends: score\nmessage: m\ncues: [{any: a}]\n", "utf-8")
    names = ["Hype", "Soft", "Vague"]
    ran = edlint_("style", "export", "--vale", "House")
    assert ran == (0, "".join(f"wrote {Path('styles/House') / name}.yml\n" for name in names) + "left out: House.Sum (score)\n", "")
    assert "examples" not in Path("styles/House/Hype.yml").read_text("utf-8")
    assert edlint_("style", "export", "--vale", "House").status == 2
    assert edlint_("style", "export", "--vale", "Paste", "-o", "here").status == 0
    assert Path("here/Placeholder.yml").is_file()
    assert not Path("here/Mojibake.yml").exists(), "its check type is none of Vale's"


def test_packs_that_cannot_be_exported(edlint_: Run) -> None:
    assert edlint_("style", "export", "--vale", "Pastes").err == "edlint: there is no pack 'Pastes' (did you mean 'Paste'?)\n"
    assert "Claims has no rule that Vale can read (they are Claims." in edlint_("style", "export", "--vale", "Claims").err
    assert edlint_("style", "export").status == 2


@pytest.mark.parametrize("name", ["rule", "config"])
def test_schemas_are_printed(edlint_: Run, name: str) -> None:
    ran = edlint_("schema", name)
    assert ran.status == 0
    assert json.loads(ran.out)["$schema"]
    assert edlint_("schema", name).out == ran.out
    assert edlint_("schema", "rules").status == 2
