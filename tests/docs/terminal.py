"""A report as it looks in a terminal, as a picture for pages: made from what edlint prints, with its colours, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import chdir
from html import escape

from edlint.model.report import ReportOptions
from edlint.report import render
from edlint.session.options import Options
from edlint.session.session import Session

from . import ROOT

DRAFT = "examples/pasted.txt"
SELECTED = ("Captions", "Boilerplate", "Claims")
COMMAND = f"$ edlint --select {','.join(SELECTED)} {DRAFT}"
WIDTH, HEIGHT, MARGIN = 7.8, 17, 16  # of a character, of a line and around the text, in pixels
_CODE = re.compile("\x1b\\[(\\d+)m")
_STYLES = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "amber", "36": "blue"}
_NAMES = ("paper", "edge", "text", "dim", "red", "green", "amber", "blue")
_COLORS = {
    "light": dict(zip(_NAMES, "#ffffff #d0d7de #1f2328 #57606a #b3202a #1a7f37 #7a5200 #0550ae".split(), strict=True)),
    "dark": dict(zip(_NAMES, "#0d1117 #30363d #e6edf3 #9aa4ae #ff8b85 #56d364 #e3b341 #79c0ff".split(), strict=True)),
}


def picture(scheme: str) -> str:
    """The report on the pasted draft as an SVG in the colours of a scheme: light or dark."""
    with chdir(ROOT):
        report = render(Session(Options(select=SELECTED)).check([DRAFT]), "text", ReportOptions(color=True))
    lines = [COMMAND, *report.rstrip("\n").split("\n")]
    colors = _COLORS[scheme]
    width = MARGIN * 2 + WIDTH * max(len(_CODE.sub("", line)) for line in lines)
    height = MARGIN * 2 + HEIGHT * len(lines)
    rules = "".join(f".{name}{{fill:{color}}}" for name, color in colors.items() if name not in ("paper", "edge"))
    shown = "\n".join(_line(line, MARGIN + HEIGHT * (number + 0.75)) for number, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}" role="img">\n'
        f"<title>What edlint reports on {DRAFT}</title>\n"
        "<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}"
        f".bold{{font-weight:600}}{rules}</style>\n"
        f'<rect x=".5" y=".5" width="{width - 1:.0f}" height="{height - 1}" rx="6" fill="{colors["paper"]}" stroke="{colors["edge"]}"/>\n'
        f"{shown}\n</svg>\n"
    )


def _line(line: str, y: float) -> str:
    spans = "".join(
        f'<tspan x="{MARGIN + WIDTH * column:.1f}" textLength="{WIDTH * len(text):.1f}" class="{style}">{escape(text, quote=False)}</tspan>'
        for column, text, style in _spans(line)
    )
    return f'<text y="{y:.1f}">{spans}</text>' if spans else ""


def _spans(line: str) -> Iterator[tuple[int, str, str]]:
    """(column, text, classes) of each stretch of a line that is in one style; blanks around it are left out."""
    column, styles = 0, list[str]()
    for part, code in zip(*[iter([*_CODE.split(line), ""])] * 2, strict=True):
        if text := part.strip(" "):
            yield column + len(part) - len(part.lstrip(" ")), text, " ".join(["text", *styles])
        column += len(part)
        styles = [*styles, _STYLES[code]] if code in _STYLES else []


PICTURES = {f"docs/pictures/report-{scheme}.svg": scheme for scheme in _COLORS}
