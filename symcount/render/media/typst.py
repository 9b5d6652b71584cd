"""Typst: a document that compiles as it is, and pastes into one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symcount.arithmetic.notation import TYPST
from symcount.arithmetic.notation.typst import typst_text
from symcount.records import replace
from symcount.render.medium import Medium, escaping
from symcount.render.page import About, Environment, Page, Row
from symcount.render.table import Table, fitted

_escaped = escaping("\\`*_$#<>@~[]/")


_BLANK = "#box(width: 7em, height: 1.5em, stroke: (bottom: 0.5pt))"
"""A line to write on."""


def _table(table: Table) -> str:
    """A table; where it is too wide, cells go on to further lines."""
    table = _breakable(table)
    table, widths = fitted(table, table.room or _ROOM, _seen, _longest_piece)
    is_written_on = any(_BLANK in cell for row in table.rows for cell in row)
    foot = " + bottom" if is_written_on else ""  # where a line to write on is
    places = ", ".join(("right" if column.numeric else "left") + foot for column in table.columns)
    sizes = ", ".join("auto" if width is None else f"{width / 2:g}em" for width in widths)
    cells = [_escaped(column.heading) for column in table.columns]
    head = f"#table(columns: ({sizes}), align: ({places}), stroke: none, inset: (x: 0.5em, y: 0.35em),"
    shown = [
        "  table.hline(),",
        _cells([f"*{cell}*" if cell else "" for cell in cells]),
        "  table.hline(stroke: 0.5pt),",
    ]
    total = [] if table.total is None else ["  table.hline(stroke: 0.5pt),", _cells(table.total)]
    return "\n".join([head, *shown, *map(_cells, table.rows), *total, "  table.hline(),", ")"])


_ROOM = 80
"""The room of a table that is not said, in characters: the text of a page of A4."""


def _breakable(table: Table) -> Table:
    """The same table, whose pieces of the language can be broken after a link of the chain or an argument."""
    codes = [column.code for column in table.columns]

    def broken(cells: tuple[str, ...]) -> tuple[str, ...]:
        pairs = zip(cells, codes, strict=True)
        return tuple(_BREAKS.sub("\\1\u200b", cell) if code else cell for cell, code in pairs)

    return replace(table, rows=tuple(map(broken, table.rows)))


_BREAKS = re.compile(r"([-+,;|({]+|\\\*|\\\[)")


def _seen(cell: str) -> int:
    """How wide a cell is to the eye, in characters."""
    return len(_UNSEEN.sub("", cell))


def _longest_piece(cell: str) -> int:
    return max(_seen(piece) for piece in _PIECES.split(cell))


_UNSEEN = re.compile(r"frac|floor|ceil|times|dot|[$\"^_\\\u200b]|#h\(1em\)|#box\(.*?pt\)\)")
_PIECES = re.compile(r"\u200b| [-+=] | (?:times|dot) |(?<=[A-Za-z]) (?=[A-Za-z])")


def _cells(cells: Sequence[str]) -> str:
    return "  " + " ".join(f"[{cell}]," for cell in cells)


MEDIUM = Medium(TYPST, "${}$", _escaped, _table, between=" \\\n", grouped=True, indent="#h(1em)")


def _source(source: str) -> str:
    return f"#raw({typst_text(' '.join(source.split()))})"


def _title(words: str, source: str) -> str:
    return f"== {MEDIUM.escape(words)}\n\n#block(sticky: true)[{_source(source)}]"


def _running(text: str) -> str:
    """A foot for the pages from here on, which are numbered anew."""
    number = "#context counter(page).display()"
    foot = f"align(center, text(size: 9pt)[{MEDIUM.escape(text)} #h(1em) {number}])"
    return f"#set page(footer: {foot})\n#counter(page).update(1)"


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return f"#block(above: 1.3em, sticky: true)[*{MEDIUM.escape(name)}* #h(0.6em) {noun} {_source(source)}: {shapes}]"


def _working(rows: Sequence[Row]) -> str:
    lines = [line for row in rows for line in _row(row)]
    columns = "columns: (9em, 1fr), row-gutter: 0.9em, align: horizon"
    return "\n".join([f"#pad(left: 1em, grid({columns},", *lines, "))"])


def _row(row: Row) -> list[str]:
    first, *rest = row.lines
    shown = [(row.label, first), *(("", f'quad ""{line}') for line in rest)]
    how = f" #h(1em) ({row.how})" if row.how else ""
    last = len(shown) - 1
    return [
        f"  [{MEDIUM.escape(label)}], [$display({line})${how if i == last else ''}],"
        for i, (label, line) in enumerate(shown)
    ]


def _display(lines: Sequence[str]) -> str:
    first, *rest = lines
    # a sign after nothing would be set as that of a number
    shown = [f"& {first}", *(f'& quad ""{line}' for line in rest)]
    return "$ " + " \\\n  ".join(shown) + " $"


def _equation(left: str, right: Sequence[str], end: str, environment: Environment) -> str:
    *before, last = f"{left} ={'&' * (len(right) > 1)} {right[0]}", *(f'& ""{line}' for line in right[1:])
    label = f" <{environment.label}>" if environment.label else ""
    return "$ " + " \\\n  ".join([*before, last + end]) + f" ${label}"


def _document(body: str, about: About) -> str:
    title, network = (typst_text(" ".join(text.split())) for text in (about.title, about.network))
    return f"#set document(title: {title}, description: {network})\n{_HEAD}\n{body}\n"


_HEAD = """#set page(paper: "a4", margin: 2.2cm)
#set text(size: 11pt)
#show math.equation: set block(breakable: true)
#show math.equation.where(block: true): set align(left)
"""

PAGE = Page(
    medium=MEDIUM,
    widest=80,
    title=_title,
    heading=lambda words: f"#block(above: 1.8em, sticky: true)[*{words}*]",
    layer=_layer,
    paragraph=lambda text: text,
    reason=lambda text: f"#pad(left: 1em)[{text}]",
    kept=lambda text: f"#block(sticky: true)[{text}]",
    whole=lambda text: f"#block(breakable: false, above: 1.8em)[\n{text}\n]",
    apart="\n#pagebreak()\n",
    blank=_BLANK,
    running=_running,
    working=_working,
    display=_display,
    table=_table,
    document=_document,
    is_always_whole=True,
    equation=_equation,
    comment=lambda text: "// " + " ".join(text.split()),
    title_within=lambda words, source: (
        f"#block(above: 1.8em, sticky: true)[*{MEDIUM.escape(words)}* {_source(source)}]"
    ),
)
