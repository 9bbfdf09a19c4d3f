"""Files that edlint reads besides drafts, whoever wrote them: none of them may make edlint itself fail, hang or forget a draft."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from edlint.authoring.schema import SCHEMAS
from edlint.cli import run
from edlint.formats import FORMATS

from . import schemas, soup

DRAFT = "# The Only Way Out\n\nCritics say the plan failed. We leverage it.\n\nShare this\n"
RULE = "extends: existence\nmessage: \"No '%s'\"\nlevel: error\ntokens: [leverage]\n"


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """An empty folder to work in, with a draft, and with the user's caches in it."""
    before, home = Path.cwd(), os.environ.get("EDLINT_CACHE_DIR")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["EDLINT_CACHE_DIR"] = str(_cache())
        os.chdir(folder)
        try:
            (folder / "draft.md").write_text(DRAFT, "utf-8")
            yield folder
        finally:
            os.chdir(before)
            if home is None:
                del os.environ["EDLINT_CACHE_DIR"]
            else:
                os.environ["EDLINT_CACHE_DIR"] = home


@cache
def _cache() -> Path:
    """A cache for the shipped rules, so that each try need not read them anew."""
    return Path(tempfile.mkdtemp(prefix="edlint-fuzz-"))


def edlint(*words: str) -> tuple[int, str]:
    """Run the command line; gives its status and what it wrote. Fails when it did not end as it should."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = run(list(words))
    out.seek(0)
    said = out.read()
    assert status in (0, 1, 2), (status, words)
    assert "edlint itself failed" not in said and "Traceback" not in said, (words, said)
    return status, said


def _dumped(rng: soup.Random, data: Any) -> str:
    """Data as YAML; JSON is YAML too."""
    if rng.random() < 0.3:
        with contextlib.suppress(TypeError):
            return json.dumps(data)
    return yaml.safe_dump(data, allow_unicode=rng.random() < 0.5)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", errors="surrogatepass")


def configured(rng: soup.Random) -> None:
    """A configuration made from its schema: a run over a draft ends as it should."""
    with place() as folder:
        data = schemas.made(rng, SCHEMAS["config"](), odd=rng.choice((0.0, 0.05, 0.3)))
        if isinstance(data, dict):
            data.setdefault("grammar", {"engine": "none"})
            if isinstance(data["grammar"], dict):
                data["grammar"]["engine"] = "none"
        text = _dumped(rng, data)
        _write(folder / ".edlint.yml", soup.mangled(rng, text) if rng.random() < 0.2 else text)
        edlint("draft.md", "--ignore", "Grammar", *rng.choice(([], ["--fix"], ["-f", "json"], ["--diff"])))
        edlint(*rng.choice((["config", "check"], ["config", "show", "draft.md"], ["rules"], ["explain", "Claims.Figure"])))


def packs(rng: soup.Random) -> None:
    """A rule made from its schema: it is refused with its place, or it runs over a draft."""
    with place() as folder:
        data = schemas.made(rng, SCHEMAS["rule"](), odd=rng.choice((0.0, 0.03, 0.2)))
        if isinstance(data, dict):
            data = {**data, "message": data.get("message", "m")} if rng.random() < 0.9 else data
            data.pop("engine", None)
        text = _dumped(rng, data)
        _write(folder / "House" / "Fuzz.yml", soup.mangled(rng, text) if rng.random() < 0.1 else text)
        _write(folder / ".edlint.yml", "extends: [./House]\ngrammar: {engine: none}\n")
        _write(folder / "draft.md", soup.text(rng, 30, extra=("leverage", *soup.PATTERNS)))
        status, said = edlint("draft.md", "--no-cache", *rng.choice(([], ["--fix"], ["--fix", "--unsafe-fixes"], ["-f", "sarif"])))
        assert status < 2 or "Fuzz.yml" in said or "House.Fuzz" in said or "draft.md" in said, said
        edlint(*rng.choice((["test", "House"], ["explain", "House.Fuzz"], ["try", "House/Fuzz.yml", "draft.md"],
                            ["style", "export", "--vale", "House"])))  # fmt: skip


def caches(rng: soup.Random) -> None:
    """Caches that were damaged or written by somebody else: the findings are those of a run without one."""
    with place() as folder:
        _write(folder / "House" / "Hype.yml", RULE)
        _write(folder / ".edlint.yml", "extends: [./House]\ngrammar: {engine: none}\n")
        os.environ["EDLINT_CACHE_DIR"] = str(folder / "kept")
        _, fresh = edlint("draft.md", "--no-cache", "-f", "concise")
        edlint("draft.md", "-f", "concise")
        for path in sorted(file for file in (folder / "kept").rglob("*") if file.is_file() and rng.random() < 0.8):
            path.write_bytes(_damaged(rng, path.read_bytes(), sealed=path.name.startswith(("results-", "rules-"))))
        assert edlint("draft.md", "-f", "concise")[1] == fresh
        assert edlint("draft.md", "-f", "concise")[1] == fresh


def _damaged(rng: soup.Random, data: bytes, *, sealed: bool) -> bytes:
    """Bytes with some cut out, doubled or changed; `sealed` ones begin with their seal, which no longer fits."""
    body = bytearray(data[32:] if sealed else data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(body))
        body[at : at + rng.randint(0, 3)] = rng.choice((b"", b"\x00", b"\xff\xff\xff\x7f", rng.randbytes(3), bytes(body[at : at + 5]) * 2))
    if not sealed:
        return bytes(body)
    return data[:32] + bytes(body)


def baselines(rng: soup.Random) -> None:
    """A baseline that was damaged, merged or made up: it is refused with its line, or it is used, and can be written anew."""
    with place() as folder:
        _write(folder / "House" / "Hype.yml", RULE)
        _write(folder / ".edlint.yml", "extends: [./House]\ngrammar: {engine: none}\n")
        edlint("baseline", "create", "draft.md")
        path = folder / ".edlint-baseline.jsonl"
        lines = path.read_text("utf-8").splitlines()
        for _ in range(rng.randint(1, 5)):
            odd = json.dumps({key: rng.choice(soup.VALUES) for key in rng.sample(_FIELDS, k=rng.randint(0, len(_FIELDS)))})
            lines.insert(rng.randint(0, len(lines)), rng.choice((odd, rng.choice(lines or ["x"]), "<<<<<<< HEAD", "", "[" * 5000, "null")))
        text = "\n".join(lines)
        _write(path, soup.mangled(rng, text) if rng.random() < 0.5 else text)
        edlint("draft.md", "--baseline", str(path))
        edlint("baseline", rng.choice(("create", "update")), "draft.md", "--baseline", str(path))


_FIELDS = ("edlint-baseline", "path", "rule", "match", "near", "nth", "fingerprint", "where")


def tables(rng: soup.Random) -> None:
    """A table of words: it is refused with its line, or becomes rules that load."""
    with place() as folder:
        mark = rng.choice((",", ";", "\t", "|"))
        rows = [["wrong", "right", "note"], ["utilise", "use", ""], ["a, b", 'say "x"', "because"]]
        rows += [[soup.text(rng, 3) for _ in range(rng.randint(0, 4))] for _ in range(rng.randint(0, 5))]
        text = "\n".join(mark.join(row) for row in rows)
        name = f"words.{rng.choice(('csv', 'tsv', 'md', 'tab', 'txt'))}"
        _write(folder / name, soup.mangled(rng, text))
        status, said = edlint("style", "import", name, "-o", "Words")
        if status == 0:
            _write(folder / ".edlint.yml", "extends: [./Words]\ngrammar: {engine: none}\n")
            assert edlint("draft.md", "--no-cache")[0] in (0, 1), (said, text)


def formulas(rng: soup.Random) -> None:
    """A metric's formula of any tokens: it is refused, or counts something."""
    known = "words sentences syllables paragraphs nope 1 0 2.5 1e308 + - * / ** ^ % ( ) math.sqrt math.pow math.factorial , . <"
    tokens = (*known.split(), "9" * 40, "__import__", "'a'", "not", "lambda", " ")
    with place() as folder:
        formula = " ".join(rng.choices(tokens, k=rng.randint(1, 12))) if rng.random() < 0.9 else rng.choice(("-", "(", "1+")) * 20_000
        condition = rng.choice(("> 1", "< words", "", ">", "== nan", "> 10 ** 400"))
        rule = {"extends": "metric", "message": "m", "formula": formula, "condition": condition}
        _write(folder / "House" / "Fuzz.yml", yaml.safe_dump(rule))
        _write(folder / ".edlint.yml", "extends: [./House]\ngrammar: {engine: none}\n")
        edlint("draft.md", "--no-cache")


def encodings(rng: soup.Random) -> None:
    """Any bytes under any suffix, alone and beside a good draft, whose findings stay."""
    with place() as folder:
        _write(folder / "House" / "Hype.yml", RULE)
        _write(folder / ".edlint.yml", "extends: [./House]\ngrammar: {engine: none}\n")
        text = soup.text(rng).encode("utf-8", "surrogatepass")
        data = rng.choice((text, rng.randbytes(200), b"\xff\xfe" + text, b"\xef\xbb\xbf" + text, b"PK\x03\x04" + text, b"", text + b"\x00"))
        suffix = rng.choice((*FORMATS, "txt", "md", "html", "mdx", "docx", "json", "ipynb", "rst", ""))
        (folder / f"odd.{suffix}").write_bytes(data)
        status, said = edlint(f"odd.{suffix}", "draft.md", "--no-cache", "-f", "concise", *rng.choice(([], ["--encoding", "cp1252"])))
        assert status and "leverage" in said, said


TARGETS: dict[str, Callable[[soup.Random], None]] = {
    "configured": configured,
    "packs": packs,
    "caches": caches,
    "baselines": baselines,
    "tables": tables,
    "formulas": formulas,
    "encodings": encodings,
}
