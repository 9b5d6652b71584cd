"""HTML: one file, MathML, no script; for a wide and a narrow window, paper, light and dark."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic.notation import MATHML
from symcount.arithmetic.notation.mathml import escaped as escape
from symcount.render.medium import Medium
from symcount.render.page import About, Environment, Page, Row
from symcount.render.table import Table


def _table(table: Table) -> str:
    head = "".join(f"<th{_place(column.numeric)}>{escape(column.heading)}</th>" for column in table.columns)
    numeric = [column.numeric for column in table.columns]
    body = "\n".join(_cells(cells, numeric) for cells in table.all_rows)
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _cells(cells: Sequence[str], numeric: Sequence[bool]) -> str:
    shown = (f"<td{_place(right)}>{cell}</td>" for cell, right in zip(cells, numeric, strict=True))
    return f"<tr>{''.join(shown)}</tr>"


def _place(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


MEDIUM = Medium(
    MATHML,
    "<math>{}</math>",
    escape,
    _table,
    between="<br/>\n",
    indent="&#x2003;",
    code="<code>{}</code>",
    grouped=True,
)


def _title(words: str, source: str) -> str:
    return f"<h1>{escape(words)}</h1>\n<p><code>{_breakable(source)}</code></p>"


def _breakable(source: str) -> str:
    return escape(source).replace("-", "-<wbr/>")


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return f"<h2><b>{escape(name)}</b> {escape(noun)} <code>{_breakable(source)}</code>: {shapes}</h2>"


def _working(rows: Sequence[Row]) -> str:
    return "\n".join(["<dl>", *map(_row, rows), "</dl>"])


def _row(row: Row) -> str:
    how = f" <span>({row.how})</span>" if row.how else ""
    return f"<div><dt>{escape(row.label)}</dt><dd>{_lines(row.lines)}{how}</dd></div>"


def _lines(lines: Sequence[str]) -> str:
    """Equations in pieces, between which a narrow window breaks the line."""
    return "<wbr/>".join(f'<math displaystyle="true">{piece}</math>' for piece in lines)


def _display(lines: Sequence[str]) -> str:
    return f'<p class="sum">{_lines(lines)}</p>'


def _equation(left: str, right: Sequence[str], end: str, environment: Environment) -> str:
    name = f' id="{escape(environment.label)}"' if environment.label else ""
    return f'<p class="sum"{name}>{_lines([MATHML.equals.format(left, right[0]), *right[1:]])}{end}</p>'


def _comment(text: str) -> str:
    """A comment, in which two hyphens would end it."""
    return f"<!-- {' '.join(text.split()).replace('-', '&#45;')} -->"


def _document(body: str, about: About) -> str:
    title, network = (escape(" ".join(text.split())).replace('"', "&quot;") for text in (about.title, about.network))
    return _HEAD.format(title, network, _STYLE) + body + "\n</main>\n</body>\n</html>\n"


_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #5f5f5f; --line: #d5d5d5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #161616; --faint: #a5a5a5; --line: #444; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.05rem/1.5 Georgia, "Times New Roman", serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; font-weight: normal; margin: 1.6rem 0 .3rem; padding-top: .6rem;
  border-top: 1px solid var(--line); break-after: avoid; }
h2 b { margin-right: .4em; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
code { font: .92em ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
dl { margin: 0; }
dl div { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; margin: .3rem 0; break-inside: avoid; }
dt { flex: 0 0 9.5rem; color: var(--faint); }
dd { flex: 1 1 20rem; margin: 0; min-width: 0; overflow-x: auto; overflow-y: hidden; padding: .1rem 0; }
dd span { color: var(--faint); white-space: nowrap; margin-left: .6em; }
math { font-size: 1.08em; }
p { margin: .4rem 0; }
.sum, .wide { overflow-x: auto; overflow-y: hidden; padding: .2rem 0; }
.sum math { margin: .2rem 0; }
table { border-collapse: collapse; border-top: 2px solid; border-bottom: 2px solid; margin: 1rem 0; }
th, td { padding: .25rem .7rem; text-align: left; vertical-align: baseline; }
thead { border-bottom: 1px solid; }
.number { text-align: right; }
.kept { break-after: avoid; }
.whole { break-inside: avoid; }
.apart { border: 0; break-after: page; }
@media print { :root { --ink: #000; --paper: #fff; --faint: #333; } main { max-width: none; padding: 0; }
  .sum, .wide, dd { overflow: visible; } }
"""

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="symcount"/>
<title>{}</title>
<meta name="description" content="{}"/>
<style>{}</style>
</head>
<body>
<main>
"""

PAGE = Page(
    medium=MEDIUM,
    widest=88,
    title=_title,
    heading=lambda words: f"<h2><b>{escape(words)}</b></h2>",
    layer=_layer,
    paragraph=lambda text: f"<p>{text}</p>",
    reason=lambda text: f"<p>{text}</p>",
    kept=lambda text: f'<p class="kept">{text}</p>',
    whole=lambda text: f'<section class="whole">\n{text}\n</section>',
    apart='\n<hr class="apart"/>\n',
    working=_working,
    display=_display,
    table=_table,
    between="\n",
    document=_document,
    is_always_whole=True,
    wraps=True,
    equation=_equation,
    sentence=lambda sentence, environment: f"<p>{sentence}</p>",
    comment=_comment,
    title_within=lambda words, source: f"<h3>{escape(words)}</h3>\n<p><code>{_breakable(source)}</code></p>",
    heading_within=lambda words: f"<h3>{escape(words)}</h3>",
)
