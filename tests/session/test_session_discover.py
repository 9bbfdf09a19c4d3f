import os
from pathlib import Path

import pytest

from edlint.errors import UsageError
from edlint.formats import suffixes
from edlint.model.config import Config
from edlint.session.discover import DiscoverOptions, Discovery, discover


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = [
        "b.md",
        "a.txt",
        "z.png",
        "sub/c.HTML",
        "sub/deep/d.markdown",
        ".git/e.md",
        "node_modules/f.md",
        ".venv/g.md",
        "venv/h.md",
        "empty/x.py",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def by(config: Config, *paths: str, force: bool = False) -> Discovery:
    return discover(paths, lambda folder: config, DiscoverOptions(force))


def test_folder_is_searched_in_order(tree: Path) -> None:
    assert discover(["."]).drafts == ("a.txt", "b.md", "sub/c.HTML", "sub/deep/d.markdown")
    assert discover(["sub"]).drafts == ("sub/c.HTML", "sub/deep/d.markdown")
    assert discover([str(tree / "sub" / "deep")]).drafts == ((tree / "sub" / "deep" / "d.markdown").as_posix(),)


def test_every_suffix_of_a_format_is_one_of_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for suffix in suffixes():
        (tmp_path / f"draft{suffix}").touch()
    assert discover(["."]).drafts == tuple(sorted(f"draft{suffix}" for suffix in suffixes() if suffix))


def test_named_files_are_taken_whatever_their_suffix(tree: Path) -> None:
    assert discover(["z.png", ".git/e.md", "-"]).drafts == ("z.png", ".git/e.md", "-")


def test_no_doubles_and_named_order_kept(tree: Path) -> None:
    assert discover(["b.md", "./b.md", str(tree / "b.md"), ".", "-", "-"]).drafts == (
        "b.md",
        "a.txt",
        "sub/c.HTML",
        "sub/deep/d.markdown",
        "-",
    )


@pytest.mark.parametrize(
    ("pattern", "drafts"),
    [
        ("*.md", ("b.md",)),
        ("**/*.{md,markdown}", ("b.md", "sub/deep/d.markdown")),
        ("sub/**/*.markdown", ("sub/deep/d.markdown",)),
        ("su?", ("sub/c.HTML", "sub/deep/d.markdown")),
        ("./*.png", ("z.png",)),
        ("sub/[a-d].*", ("sub/c.HTML",)),
    ],
)
def test_globs_the_shell_left_alone(tree: Path, pattern: str, drafts: tuple[str, ...]) -> None:
    assert discover([pattern]).drafts == drafts


def test_absolute_glob(tree: Path) -> None:
    assert discover([f"{tree}/s*/c.*"]).drafts == ((tree / "sub" / "c.HTML").as_posix(),)


def test_a_file_whose_name_looks_like_a_glob(tree: Path) -> None:
    (tree / "what[1].md").write_text("x", "utf-8")
    assert discover(["what[1].md"]).drafts == ("what[1].md",)


def test_excludes(tree: Path) -> None:
    config = Config(exclude=("sub/**",), root=tree)
    assert by(config, ".").drafts == ("a.txt", "b.md")
    assert by(config, "sub/c.HTML").drafts == ("sub/c.HTML",)
    assert by(config, "sub/c.HTML", "a.txt", force=True).drafts == ("a.txt",)


def test_empty_folder_is_named(tree: Path) -> None:
    found = discover(["empty", "b.md"])
    assert found.drafts == ("b.md",)
    assert found.empty == ("empty",)


@pytest.mark.parametrize(
    ("include", "drafts"),
    [
        (["*.md"], ("b.md",)),
        (["sub/*"], ("sub/c.HTML", "sub/deep/d.markdown")),
        (["*.png", "a.*"], ("a.txt", "z.png")),
        (["*.py"], ("empty/x.py",)),
    ],
)
def test_the_configuration_says_what_a_draft_is(tree: Path, include: list[str], drafts: tuple[str, ...]) -> None:
    assert by(Config(include=tuple(include), root=tree), ".").drafts == drafts


def test_each_folder_has_its_own_configuration(tree: Path) -> None:
    configs = {tree / "sub" / "deep": Config(exclude=("*",), root=tree / "sub" / "deep")}
    found = discover(["."], lambda folder: configs.get(Path(folder), Config(root=tree)))
    assert found.drafts == ("a.txt", "b.md", "sub/c.HTML")


def test_what_git_ignores_is_passed_over_but_for_named_files(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.txt\n/sub/\n!sub/\ndeep/\n", "utf-8")
    (tree / "sub" / ".gitignore").write_text("!e.txt\n", "utf-8")
    (tree / "sub" / "e.txt").write_text("x", "utf-8")
    assert discover(["."]).drafts == ("b.md", "sub/c.HTML", "sub/e.txt")
    assert discover(["**/*.txt"]).drafts == ("sub/e.txt",)
    assert discover(["sub"]).drafts == ("sub/c.HTML", "sub/e.txt")
    assert discover(["sub/deep"]).drafts == ("sub/deep/d.markdown",)  # a folder that is named is searched
    assert discover(["a.txt", "sub/deep/d.markdown"]).drafts == ("a.txt", "sub/deep/d.markdown")
    forced = DiscoverOptions(force=True)
    assert discover(["a.txt", "sub/deep/d.markdown", "b.md"], None, forced).drafts == ("b.md",)
    assert discover(["sub/deep", "sub"], None, forced) == Discovery(("sub/c.HTML", "sub/e.txt"), left_out=(("sub/deep", "ignored by git"),))
    everything = ("a.txt", "b.md", "sub/c.HTML", "sub/deep/d.markdown", "sub/e.txt")
    assert by(Config(respect_gitignore=False, root=tree), ".").drafts == everything
    assert discover(["."], None, DiscoverOptions(gitignore=False)).drafts == everything
    assert discover(["."], lambda folder: Config(respect_gitignore=False, root=tree), DiscoverOptions(gitignore=True)).drafts[0] == "b.md"


@pytest.mark.parametrize(
    ("path", "words"),
    [("b.mdd", "did you mean 'b.md'?"), ("none/x.md", "no such file"), ("*.rst", "no file matches"), ("no/*.md", "no file")],
)
def test_what_does_not_exist_is_named(tree: Path, path: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        discover(["b.md", path])
    assert path in str(caught.value)
    assert words in str(caught.value)


posix = pytest.mark.skipif(os.name == "nt", reason="symbolic links and FIFOs need a POSIX system")


@posix
def test_loops_dangling_links_and_special_files(tree: Path) -> None:
    (tree / "sub" / "loop").symlink_to(tree / "sub", target_is_directory=True)
    (tree / "sub" / "self.md").symlink_to(tree / "sub" / "self.md")
    (tree / "sub" / "gone.md").symlink_to(tree / "nowhere.md")
    (tree / "sub" / "null.md").symlink_to("/dev/null")
    os.mkfifo(tree / "sub" / "pipe.md")
    assert discover(["sub"]) == Discovery(("sub/c.HTML", "sub/deep/d.markdown"))
    assert discover(["sub/gone.md"]).drafts == ("sub/gone.md",)


@posix
@pytest.mark.parametrize("absolute", [False, True])
def test_links_out_of_the_folder_are_not_followed_unless_named(tree: Path, absolute: bool) -> None:
    top = str(tree / "sub") if absolute else "sub"
    (tree / "sub" / "twin.md").symlink_to(tree / "b.md")
    (tree / "sub" / "out").symlink_to(tree, target_is_directory=True)
    (tree / "sub" / "deep" / "up").symlink_to("../../empty")
    (tree / "sub-way").mkdir()
    (tree / "sub-way" / "x.md").touch()
    (tree / "sub" / "neighbour").symlink_to("../sub-way")
    found = discover([top])
    assert [path.removeprefix(f"{tree.as_posix()}/") for path in found.drafts] == ["sub/c.HTML", "sub/deep/d.markdown"]
    assert sorted(Path(path).name for path in found.links) == ["neighbour", "out", "twin.md", "up"]
    assert discover(["sub/twin.md", "sub/deep/up/", "sub/neighbour"]) == Discovery(("sub/twin.md", "sub/neighbour/x.md"), ("sub/deep/up/",))
    assert discover(["sub/**"]).drafts == ("sub/c.HTML", "sub/deep/d.markdown")
    with pytest.raises(UsageError, match=r"sub/\*.md: no file matches \(links that lead out of the folder are not followed"):
        discover(["sub/*.md"])


@posix
def test_a_file_counts_by_its_own_name_not_by_a_link_beside_it(tree: Path) -> None:
    (tree / "a-link.md").symlink_to("b.md")
    (tree / "a-folder").symlink_to("sub")
    assert discover(["."]) == Discovery(("a.txt", "b.md", "sub/c.HTML", "sub/deep/d.markdown"))
    assert discover(["*.md"]).drafts == ("b.md",)
    assert discover(["a-link.md", "."]).drafts == ("a-link.md", "a.txt", "sub/c.HTML", "sub/deep/d.markdown")
    (tree / "sub" / "b2.md").symlink_to("../b.md")
    assert discover(["sub", "."]).links == ()  # what it leads to is checked under its own name


@posix
def test_a_link_leads_to_what_is_found_in_no_other_way(tree: Path) -> None:
    """So that nobody hides a draft from the gate behind a link that the site follows."""
    (tree / ".hidden").mkdir()
    (tree / ".hidden" / "x.md").touch()
    (tree / "notes").touch()
    (tree / "shown").symlink_to(".hidden")
    (tree / "sub" / "n.md").symlink_to("../notes")
    assert discover(["."]) == Discovery(("a.txt", "b.md", "sub/c.HTML", "sub/deep/d.markdown", "shown/x.md", "sub/n.md"))
    (tree / ".hidden" / "again.md").symlink_to(tree / "z.png")
    (tree / ".hidden" / "out").symlink_to("/")
    found = discover(["."])
    assert found.drafts[-3:] == ("shown/x.md", "sub/n.md", "shown/again.md") and found.links == ("shown/out",)


def test_named_paths_that_are_left_out_are_told_with_the_reason(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.txt\n", "utf-8")
    config = Config(exclude=("sub/**",), root=tree, path=tree / ".edlint.yml")
    found = by(config, "sub/c.HTML", "a.txt", "b.md", force=True)
    assert found.drafts == ("b.md",)
    assert found.left_out == (("sub/c.HTML", "excluded by .edlint.yml"), ("a.txt", "ignored by git"))
    assert by(config, "sub/c.HTML", "a.txt").left_out == ()


def test_unreadable_folder(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("deep"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert discover(["sub", "b.md"]) == Discovery(("sub/c.HTML", "b.md"), (), (("sub/deep", "Permission denied"),))


@pytest.mark.skipif(os.name == "nt", reason="such names need a POSIX system")
def test_odd_names(tree: Path) -> None:
    odd = [b"new\nline.md", b"caf\xe9.md", b"a\\b.md", b" .md", "\u202eevil.md".encode(), b"-.md"]
    for name in odd:
        Path(os.fsdecode(os.path.join(os.fsencode(tree / "sub"), name))).write_text("x", "utf-8")  # noqa: PTH118
    found = discover(["sub"]).drafts
    assert {os.fsencode(path) for path in found} >= {b"sub/" + name for name in odd}
    assert discover(found).drafts == found


def test_deep_folders(tree: Path) -> None:
    deep = tree / "sub" / "/".join(["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("x", "utf-8")
    assert any(draft.endswith("/d/x.md") for draft in discover(["sub"]).drafts)
