"""Fields of front matter: which hold prose, by their names in other systems and by the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

import edlint.cli
from edlint.config.file import load_config
from edlint.errors import ConfigError
from edlint.formats import read
from edlint.linter import Linter
from edlint.model.source import Source

TEXT = "Words that are long enough"


def fields(front: str, **kinds: str) -> dict[str, str]:
    document = read(Source("draft.md", f"{front}\n\nThe text itself.\n"), "markdown", kinds)
    for block in document.blocks:
        assert document.source.text[slice(*block.whole)] == block.text
    return {block.key: block.kind for block in document.blocks if block.key}


@pytest.mark.parametrize(
    ("system", "names"),
    {
        "Hugo": ["title", "linkTitle", "description", "summary"],
        "Jekyll": ["title", "excerpt", "subtitle", "tagline"],
        "Eleventy": ["title", "description"],
        "Ghost": [
            "title",
            "custom_excerpt",
            "meta_title",
            "meta_description",
            "og_description",
            "feature_image_alt",
            "feature_image_caption",
        ],
        "Contentful": ["headline", "subtitle", "shortDescription", "seoTitle", "heroImageAlt"],
        "Arc": ["headline", "subheadlines", "description", "caption"],
    }.items(),
)
def test_names_of_other_systems_are_known(system: str, names: list[str]) -> None:
    yaml = "---\n" + "".join(f"{name}: {TEXT}\n" for name in names) + "slug: not-prose\ndraft: true\nlayout: post layout here\n---"
    toml = "+++\n" + "".join(f'{name} = "{TEXT}"\n' for name in names) + 'slug = "not-prose here"\n+++'
    json = "{" + ", ".join(f'"{name}": "{TEXT}"' for name in names) + ', "slug": "not-prose here"}'
    wanted = [name for name in names if name != "subheadlines"]
    for front in (yaml, toml, json):
        found = fields(front)
        assert [name for name in wanted if name not in found] == [], system
        assert "slug" not in found and "layout" not in found


def test_arc_writes_basic_below_the_name() -> None:
    for front in (
        f"---\nheadlines:\n  basic: {TEXT}\n  mobile: Short\nsubheadlines:\n  basic: {TEXT} too\n---",
        f'+++\n[headlines]\nbasic = "{TEXT}"\n[subheadlines]\nbasic = "{TEXT} too"\n+++',
        f'{{"headlines": {{"basic": "{TEXT}", "mobile": "Short"}}, "subheadlines": {{"basic": "{TEXT} too"}}}}',
    ):
        document = read(Source("draft.md", f"{front}\n\nThe text.\n"), "markdown")
        assert [(block.kind, block.text) for block in document.blocks if block.key] == [("title", TEXT), ("front-matter", f"{TEXT} too")]


def test_the_configuration_says_what_a_field_holds() -> None:
    front = f"---\ntitle: {TEXT}\nHed_Line: {TEXT} two\npull-quote: {TEXT} three\nphoto:\n  byline: {TEXT} four\n---"
    assert fields(front) == {"title": "title"}
    assert fields(front, hedline="title", pullquote="quote", byline="caption", title="off") == {
        "Hed_Line": "title", "pull-quote": "quote", "byline": "caption",
    }  # fmt: skip


def test_a_configured_field_is_linted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".edlint.yml").write_text("fields: {hed: title, notes: off}\n", encoding="utf-8")
    draft = tmp_path / "draft.md"
    draft.write_text("---\nhed: You Won't Believe What the Council Did Next\n---\n\nThe council met on Monday.\n", encoding="utf-8")
    config = load_config(tmp_path / ".edlint.yml")
    assert config.fields == {"hed": "title", "notes": "off"}
    assert [f.rule for f in Linter(config, select=("Headlines",)).lint_file(draft).findings] == ["Headlines.Clickbait"]
    assert Linter(select=("Headlines",)).lint_file(draft).findings == ()
    assert edlint.cli.run(["config", "show", str(draft)]) == 0
    assert "hed: title, notes: off" in capsys.readouterr().out


def test_an_unknown_kind_is_an_error_that_helps(tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").write_text("fields:\n  hed: titel\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r":2: fields\.hed: no such kind: 'titel' \(did you mean 'title'\?\)"):
        load_config(tmp_path / ".edlint.yml")
