"""What the numbers of an audit say, as one page that needs nothing from elsewhere and holds no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TypedDict

from edlint.authoring.judged import Precision
from edlint.report.markup import inert_markup, shown

RULES, SECTIONS, LINES = 24, 20, 100  # that are shown
FEW = 20  # articles of a section or a month below which a rate says little
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_CSS = (("report", "html.css"), ("archive", "page.css"))
_WIDTH, _HEIGHT = 320, 44  # of a chart, in pixels


class Summary(TypedDict):
    """What the page needs of summary.json."""

    edlint: str
    rules_hash: str
    documents: int
    documents_with_findings: int
    documents_with_faults: int
    findings: int
    rules: list[tuple[str, int]]
    months: list[tuple[str, int]]
    sections: list[tuple[str, int]]
    rules_by_month: list[tuple[str, str, int]]
    sections_by_level: list[tuple[str, str, int]]


def page(summary: Summary, judged: Mapping[str, Precision], lines: Sequence[tuple[str, int]]) -> str:
    """The page: totals, rules by month, sections, precision where it was judged, and the flagged lines that are repeated most."""
    return "".join(f"{line}\n" for line in map(inert_markup, _page(summary, judged, lines)))


def _page(summary: Summary, judged: Mapping[str, Precision], lines: Sequence[tuple[str, int]]) -> Iterator[str]:
    css = "".join(files(f"edlint.{folder}").joinpath(name).read_text("utf-8") for folder, name in _CSS)
    title = f"{summary['documents']:,} articles, {summary.get('findings', 0):,} findings"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">'
    yield f"<title>{title}</title>\n<style>\n{css}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#text">Skip to the numbers</a><main id="text" tabindex="-1">'
    yield f'<header class="slip"><div class="slug"><p class="kicker">edlint archive report</p><h1>{title}</h1></div><dl class="meta">'
    clean = summary["documents"] - summary["documents_with_findings"]
    facts = {"Without a finding": f"{clean:,}", "Not checked in full": f"{summary['documents_with_faults']:,}"}
    facts |= {"Checked by": f"edlint {shown(summary['edlint'])}", "Rules": f"<code>{shown(summary['rules_hash'])}</code>"}
    yield "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts.items()) + "</dl></header>"
    yield from _rules(summary)
    yield from _sections(summary)
    yield from _judged(judged)
    yield from _lines(lines)
    yield "</main>\n<footer><p>Made on this computer. The articles were sent nowhere.</p></footer></body>\n</html>"


def _rules(summary: Summary) -> Iterator[str]:
    """The most frequent rules, each with its rate by month."""
    months = {month: number for month, number in sorted(summary["months"]) if month}
    counts: dict[str, Counter[str]] = {}
    for rule, month, number in summary["rules_by_month"]:
        counts.setdefault(rule, Counter())[month] += number
    rows = []
    for rule, number in summary["rules"][:RULES]:
        rates = [100 * counts[rule][month] / articles for month, articles in months.items()]
        rows.append((shown(rule), _number(number), _number(100 * number / summary["documents"]), _columns(list(months), rates, rule)))
    about = "Findings of each rule; on the right, for each month, how many there are in 100 articles."
    yield from _table("Rules", about, ("Rule", "Findings", "In 100 articles", "By month"), rows)


def _columns(months: Sequence[str], rates: Sequence[float], rule: str) -> str:
    """A chart with a column for each month, as SVG."""
    if len(months) < 2:
        return ""
    top, step = max(rates) or 1.0, _WIDTH / len(months)
    columns = [(n * step, max(step - 1, 0.5), _HEIGHT * rate / top) for n, rate in enumerate(rates)]
    bars = "".join(f'<rect x="{x:.1f}" y="{_HEIGHT - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>' for x, wide, tall in columns)
    first, last = shown(months[0]), shown(months[-1])
    told = f"{shown(rule)} by month, {first} to {last}: {min(rates):.1f} to {max(rates):.1f} in 100 articles"
    ends = f'<text x="0" y="{_HEIGHT + 13}">{first}</text><text x="{_WIDTH}" y="{_HEIGHT + 13}" text-anchor="end">{last}</text>'
    size = f'width="{_WIDTH}" height="{_HEIGHT + 16}" viewBox="0 0 {_WIDTH} {_HEIGHT + 16}"'
    return f'<svg role="img" aria-label="{told}" {size}>{bars}{ends}</svg>'


def _sections(summary: Summary) -> Iterator[str]:
    """The sections with most findings an article."""
    counts: Counter[str] = Counter()
    for section, level, number in summary["sections_by_level"]:
        counts[section] += number if level != "fault" else 0
    rates: list[tuple[float, str, int]] = []
    for name, articles in summary["sections"]:
        if name and articles >= FEW:
            rates.append((100 * counts[name] / articles, name, articles))
    worst = sorted(rates, reverse=True)[:SECTIONS]
    top = max((rate for rate, _, _ in worst), default=0.0) or 1.0
    rows = [(shown(name), _number(articles), _number(rate), _bar(rate / top)) for rate, name, articles in worst]
    about = f"Those with {FEW} articles or more, the worst first."
    yield from _table("Sections", about, ("Section", "Articles", "Findings in 100 articles", ""), rows)


def _judged(judged: Mapping[str, Precision]) -> Iterator[str]:
    rows = []
    for rule, found in sorted(judged.items(), key=lambda item: item[1].interval[0]):
        low, high = found.interval
        reach = f'<b style="left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"></b><i style="left:{99 * found.share:.1f}%"></i>'
        told = f"{found.share:.0%} ({low:.0%} to {high:.0%})"
        rows.append((shown(rule), f"{found.right} of {found.judged}", told, f'<span class="span">{reach}</span>'))
    about = "How often a finding was right, where a sample was judged; in brackets, between what the truth lies at 95 %."
    yield from _table("Precision", about, ("Rule", "Right", "Precision", "0 to 100 %"), rows)


def _lines(lines: Sequence[tuple[str, int]]) -> Iterator[str]:
    rows = [(shown(line), _number(number)) for line, number in lines[:LINES]]
    yield from _table("Repeated lines", "Lines with a finding that are repeated most; numbers count as one.", ("Line", "Times"), rows)


def _table(title: str, about: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A section with a table; nothing without rows."""
    rows = list(rows)
    if not rows:
        return
    numeric = [all(row[at][:1].isdigit() for row in rows) for at in range(len(heads))]
    yield f'<section><h2>{title}</h2><p class="about soft">{about}</p><div class="scroll" tabindex="0" role="group" aria-label="{title}">'
    yield f'<table><caption class="vh">{title}</caption><thead><tr>'
    named = [head or '<span class="vh">Chart</span>' for head in heads]
    yield "".join(f'<th scope="col"{_KIND[number]}>{head}</th>' for head, number in zip(named, numeric, strict=True))
    yield "</tr></thead><tbody>"
    for row in rows:
        first, *others = row
        cells = "".join(f"<td{_KIND[number]}>{cell}</td>" for cell, number in zip(others, numeric[1:], strict=True))
        yield f'<tr><th scope="row" class="line">{first}</th>{cells}</tr>'
    yield "</tbody></table></div></section>"


_KIND = {True: ' class="n"', False: ""}


def _number(number: float) -> str:
    return f"{number:,.1f}" if isinstance(number, float) else f"{number:,}"


def _bar(share: float) -> str:
    return f'<span class="bar" style="width:{100 * share:.1f}%"></span>'
