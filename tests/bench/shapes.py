"""Drafts and inputs of many shapes, each of any size, to see how the time for them grows: most are what a hostile hand would send."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

from .drafts import markdown, sentence

Work = Callable[[], object]

LINE = "The council met on Friday, and critics say that it failed. "


def _front_matter(n: int) -> str:
    return "---\n" + "".join(f"key{i}: The value of {i}\n" for i in range(n)) + "---\n\nThe end.\n"


def _sentences(n: int, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(n)]


def _names(n: int) -> str:
    return "".join(f"Anna Hans{'en' if i % 2 else 'on'} met Dr. Bo{i % 50} Li and Anna Hansen. " for i in range(n))


def _letters(i: int) -> str:
    """Four letters, other ones for each number."""
    return "".join(chr(65 + i // 26**place % 26) for place in range(4))


def _people(n: int) -> str:
    """In each part somebody new, whose title changes, and somebody whose pronoun does."""
    names = (_letters(i).capitalize() for i in range(n))
    return "".join(f"Mr {name}er met Ms {name}er. {name}in said he ran. {name}in said she ran. " for name in names)


# The suffix that tells the format, and the draft of about n parts
DRAFTS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "news in Markdown": ("md", lambda n: markdown(100 * n)),
    "one long line": ("txt", lambda n: " ".join(_sentences(n))),
    "one long word": ("txt", lambda n: "a" * (60 * n)),
    "many short lines": ("txt", lambda n: "a\n" * (10 * n)),
    "many short paragraphs": ("md", lambda n: "Ah.\n\n" * (4 * n)),
    "a hard-wrapped paragraph": ("txt", lambda n: "\n".join(_sentences(n))),
    "nested lists": ("md", lambda n: "".join("  " * min(i, 60) + "- one\n" for i in range(n))),
    "nested quotations": ("md", lambda n: "> " * min(n, 400) + "deep\n" + "> said\n\n" * n),
    "emphasis never closed": ("md", lambda n: "*a **b " * n),
    "emphasis in turns": ("md", lambda n: "*a* _b_ **c** " * n),
    "brackets never closed": ("md", lambda n: "[a " * n),
    "nested brackets": ("md", lambda n: "[" * n + "a" + "]" * n),
    "round brackets never closed": ("md", lambda n: "(see " * n),
    "links": ("md", lambda n: "[the report](https://a.example/x) says. " * n),
    "link definitions": ("md", lambda n: "".join(f"[r{i}]: https://a.example/{i}\n" for i in range(n)) + "\n" + "[a][r1] " * n),
    "foot notes": ("md", lambda n: "".join(f"It is so.[^{i}]\n\n[^{i}]: The note.\n\n" for i in range(n))),
    "backticks": ("md", lambda n: "`a ``b ```c " * n),
    "entities": ("md", lambda n: "&amp; &lt; &copy; " * n),
    "table": ("md", lambda n: "| a | b |\n|---|---|\n" + "| The cell | of it |\n" * n),
    "wide table": ("md", lambda n: "| a " * n + "|\n" + "|---" * n + "|\n" + "| b " * n + "|\n"),
    "front matter of many keys": ("md", _front_matter),
    "many headings": ("md", lambda n: "".join(f"## What the ward of {i} decided\n\nIt met.\n\n" for i in range(n))),
    "a long title": ("md", lambda n: "# " + "Shocking " * n + "\n\nThe end of it is here.\n"),
    "the same caption": ("md", lambda n: "Photo: The harbour of Ellis on a Friday in May\n\n" * n),
    "the same paragraph": ("txt", lambda n: (LINE + "\n\n") * n),
    "the same sentence": ("txt", lambda n: LINE * n),
    "the same word": ("txt", lambda n: "the " * (5 * n)),
    "names in two spellings": ("txt", _names),
    "people who change": ("txt", _people),
    "initials never spelt out": (
        "txt",
        lambda n: "".join(f"The {_letters(i)} met. {3 * f'It asked the {_letters(i)}. '}" for i in range(n)),
    ),
    "initials and brackets": ("txt", lambda n: "Ask the HPB. The HPB (of " * n),
    "ages of one person": ("txt", lambda n: "Ana Ruiz, 54, ran. " + "The 45-year-old ran. " * n),
    "figures in captions": ("md", lambda n: "Photo: In Ellis 3 were killed\n\nIn Ellis 4 were killed.\n\n" * n),
    "counts announced": ("md", lambda n: "We see three reasons:\n\n- There are three reasons:\n\n" * n),
    "many directives": ("md", lambda n: ("<!-- edlint-disable-next-line Claims -->\n\n" + LINE + "\n\n") * n),
    "directives that switch": ("md", lambda n: "<!-- edlint-disable -->\n\nCritics say so.\n\n<!-- edlint-enable -->\n\n" * n),
    "many findings": ("txt", lambda n: "Critics say so. Many believe it. " * n),
    "furniture": ("txt", lambda n: "Share this article\nSubscribe to our newsletter\nRead more\n\n" * n),
    "quotations never closed": ("txt", lambda n: "“He said no. " * n),
    "straight quotes never closed": ("txt", lambda n: '"He said no. ' * n),
    "single quotes": ("txt", lambda n: "‘He said no. Tis ’ it's ' " * n),
    "quotations reopened": ("txt", lambda n: "“He said no.\n\n" * n),
    "digits": ("txt", lambda n: "12,345 6.7% 1990 " * n),
    "one long number": ("txt", lambda n: "1," * (20 * n)),
    "stops": ("txt", lambda n: "A. b. C.D. ... ! ? " * n),
    "blanks": ("txt", lambda n: "a" + " " * (40 * n) + "b"),
    "empty lines": ("md", lambda n: "a\n" + "\n" * (40 * n) + "b\n"),
    "tags never closed": ("html", lambda n: "<p><b>a <i>b " * n),
    "tags never ended": ("html", lambda n: "<a href=" * n),
    "deep elements": ("html", lambda n: "<div>" * n + "a" + "</div>" * n),
    "end tags": ("html", lambda n: "<div>" * n + "</p></i>" * n),
    "a huge attribute": ("html", lambda n: f'<p title="{"a " * (20 * n)}">The end.</p>'),
    "many attributes": ("html", lambda n: "<p " + "".join(f"a{i}='{i}' " for i in range(n)) + ">The end.</p>"),
    "comments": ("html", lambda n: "<!-- a --><!-- b " * n),
    "tags in Markdown": ("md", lambda n: "<b>a <i> </b> <x " * n),
    "template marks": ("md", lambda n: "{{ a }} {% b %} {{ " * n),
    "template marks never closed": ("md", lambda n: "{{ a {% b " * n),
    "braces in MDX": ("mdx", lambda n: "import a from 'b'\n\n<A b={c}>{d {e} " * n),
    "combining marks": ("txt", lambda n: "a" + "\u0301" * (10 * n) + " " + "e\u0301a\u0302 " * n),
    "from right to left": ("txt", lambda n: "\u0627\u0644\u0643\u062a\u0627\u0628 \u202eabc\u202c " * n),
    "zero-width marks in one word": ("md", lambda n: "a\u200b" * (20 * n)),
    "number signs": ("md", lambda n: "&#" * (40 * n)),
    "zero-width marks": ("txt", lambda n: "cri\u200btics s\xaday \u200d\u200c\u200b" * n),
    "garbled text": ("txt", lambda n: "It\u00e2\u20ac\u2122s \u00c3\u00a9 " * n),
    "another language": ("txt", lambda n: "Der Rat hat am Freitag nicht getagt, und das ist auch gut so.\n\n" * n + LINE),
    "addresses": ("txt", lambda n: "https://a.example/b-c/d?e=f ana@b.example " * n),
    "hyphens": ("txt", lambda n: "a-" * (20 * n) + " -- — " * n),
    "placeholders": ("txt", lambda n: "[TK TKTK [INSERT " * n),
}


def _check(folder: Path, ignore: tuple[str, ...] = ("Grammar",)) -> Work:
    from edlint.session.options import Options
    from edlint.session.session import Session

    return lambda: Session(Options(ignore=ignore)).check([str(folder)])


def _configured(folder: Path, name: str, text: str) -> Work:
    (folder / "draft.md").write_text("# The port\n\n" + LINE + "\n", "utf-8")
    (folder / name).write_text(text, "utf-8")
    return _check(folder)


def many_keys(n: int, folder: Path) -> Work:
    """A configuration of n overrides."""
    return _configured(
        folder, ".edlint.yml", "overrides:\n" + "".join(f"- {{files: ['a{i}/**'], rules: {{Claims: warning}}}}\n" for i in range(n))
    )


def gitignore(n: int, folder: Path) -> Work:
    """A file of n patterns to ignore."""
    (folder / ".git").mkdir()
    for i in range(20):
        (folder / f"draft{i}.md").write_text(LINE, "utf-8")
    return _configured(folder, ".gitignore", "".join(f"*{i}*a*b*.tmp\n" for i in range(n)))


def vocabulary(n: int, folder: Path) -> Work:
    """A vocabulary of n words."""
    (folder / "words.txt").write_text("".join(f"Word{i}\n" for i in range(n)), "utf-8")
    return _configured(folder, ".edlint.yml", "vocabulary: [words.txt]\n")


def baseline(n: int, folder: Path) -> Work:
    """A baseline of n entries for one draft, of which none fits."""
    entries = (
        {"path": "draft.md", "rule": "Claims.VagueSource", "text": "critics say", "near": f"met on {i} … it failed {i}"} for i in range(n)
    )
    (folder / "base.jsonl").write_text(
        '{"edlint-baseline": 1}\n' + "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entries), "utf-8"
    )
    return _configured(folder, ".edlint.yml", "baseline: base.jsonl\n")


def baseline_of_a_long_draft(n: int, folder: Path) -> Work:
    """n findings, each edited around, compared with the n that were accepted."""
    from edlint.linter import Linter
    from edlint.session.baseline import entries_of, split

    linter = Linter(select=["Claims"])
    old = linter.lint_text("".join(f"Critics say so {i} of it. " for i in range(n)), "a.txt").findings
    new = linter.lint_text("".join(f"Critics say so {i} of this. " for i in range(n)), "a.txt").findings
    entries = entries_of("a.txt", old)
    return lambda: split(new, entries)


def style(n: int, folder: Path) -> Work:
    """A house's table of n rows."""
    from edlint.authoring.style_import import imported

    table = folder / "words.csv"
    table.write_text("wrong,right\n" + "".join(f"wrong{i} word,right{i}\n" for i in range(n)), "utf-8")
    return lambda: imported(table, "House")


def drafts(n: int, folder: Path) -> Work:
    """n drafts."""
    for i in range(n):
        (folder / f"draft{i}.md").write_text(markdown(300, i), "utf-8")
    return _check(folder)


def rule_of_many_words(n: int, folder: Path) -> Work:
    """A rule of n patterns."""
    (folder / "House").mkdir()
    rule = {"extends": "existence", "message": "m", "why": "w", "tokens": [f"word{i} (?:a|b)" for i in range(n)]}
    (folder / "House" / "Words.yml").write_text(json.dumps(rule), "utf-8")
    (folder / "draft.md").write_text(LINE, "utf-8")
    (folder / ".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    return _check(folder, ())


def reports(n: int, folder: Path) -> Work:
    """Three reports of many findings."""
    from edlint.report import render
    from edlint.session.options import Options
    from edlint.session.session import Session

    (folder / "a.txt").write_text("Critics say so. Many believe it.\n\n" * n, "utf-8")
    report = Session(Options(ignore=("Grammar",))).check([str(folder)])
    return lambda: [render(report, name) for name in ("json", "sarif", "html")]


INPUTS: Mapping[str, Callable[[int, Path], Work]] = {
    "configuration of many keys": many_keys,
    "gitignore of many lines": gitignore,
    "vocabulary of many words": vocabulary,
    "baseline of many entries": baseline,
    "baseline of a long draft, edited": baseline_of_a_long_draft,
    "rows of a table imported": style,
    "many drafts": drafts,
    "a rule of many words": rule_of_many_words,
    "reports of many findings": reports,
}
