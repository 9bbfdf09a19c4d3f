"""`edlint init --from-vale`: the new configuration finds what the old one found."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.config.file import load_config
from edlint.errors import UsageError
from edlint.linter import Linter
from edlint.vale.convert import from_vale

INI = """\
StylesPath = styles
MinAlertLevel = warning
Vocab = House
IgnoredClasses = ad
[formats]
qmd = md
[*.md]
BasedOnStyles = One, Vale
TokenIgnores = (@\\w+)
Two.Loud = error
[drafts/*]
One.Soft = NO
"""
RULE = "extends: existence\nmessage: m\nlevel: {}\ntokens: [{}]\n"
DRAFT = "soft loud other @soft whilst teh Hartvale\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rules = {
        "One/Soft": ("warning", "soft"),
        "One/Quiet": ("suggestion", "other"),
        "Two/Loud": ("warning", "loud"),
        "Two/Not": ("error", "other"),
    }
    for name, (level, token) in rules.items():
        path = tmp_path / "styles" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULE.format(level, token), encoding="utf-8")
    words = tmp_path / "styles" / "config" / "vocabularies" / "House"
    words.mkdir(parents=True)
    (words / "accept.txt").write_text("Hartvale\n", encoding="utf-8")
    (words / "reject.txt").write_text("whilst\n", encoding="utf-8")
    (tmp_path / ".vale.ini").write_text(INI, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["a.md", "a.qmd", "drafts/a.md", "a.txt"])
def test_both_configurations_find_the_same(folder: Path, name: str) -> None:
    written = folder / ".edlint.yml"
    written.write_text(from_vale(folder), encoding="utf-8")
    old, new = (Linter(load_config(folder / file)).lint_text(DRAFT, str(folder / name)) for file in (".vale.ini", ".edlint.yml"))
    assert new.findings == old.findings
    expected = ["One.Soft", "Two.Loud", "Vale.Avoid", "Vale.Spelling"] if name == "a.md" else []
    assert name not in ("a.md", "a.txt") or [f.rule for f in new.findings] == expected


def test_a_folder_without_vale(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Vale configuration"):
        from_vale(tmp_path)
