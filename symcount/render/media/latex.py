"""LaTeX: a table, a fragment for a paper of one's own, or a document; amsmath and booktabs only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symcount.arithmetic.notation import LATEX
from symcount.arithmetic.notation.latex import LATEX_ESCAPES, LATEX_SIGNS
from symcount.records import replace
from symcount.render.medium import Medium
from symcount.render.page import About, Environment, Page, Row
from symcount.render.table import Column, Table, fitted, in_a_row

_WORDS = {
    **LATEX_ESCAPES,
    **{sign: f"${command}$" for sign, command in (LATEX_SIGNS | {each: each for each in "<>|"}).items()},
}


def _escaped(text: str) -> str:
    return "".join(_WORDS.get(char, char) for char in text)


def _table(table: Table) -> str:
    """A tabular with the rules of booktabs; where it is too wide, its letters are smaller, or cells have several lines.

    One that is longer than a page is several, of which each begins with the headings.
    """
    size, table, widths = _fitted(_breakable(table))
    places = "".join(_place(column, width) for column, width in zip(table.columns, widths, strict=True))
    heading = _row_of([MEDIUM.escape(column.heading) for column in table.columns], table, widths)
    begin = [rf"{{{size}\begin{{tabular}}{{@{{}}{places}@{{}}}}", r"\toprule", heading, r"\midrule"]
    pieces = [[_row_of(cells, table, widths) for cells in rows] for rows in _pages(table.rows, widths)]
    if table.total is not None:
        pieces[-1] += [r"\midrule", _row_of(table.total, table, widths)]
    end = [r"\bottomrule", r"\end{tabular}}"]
    return "\n\\par\\medskip\\noindent\n".join("\n".join([*begin, *piece, *end]) for piece in pieces)


def _pages(rows: Sequence[tuple[str, ...]], widths: Sequence[int | None]) -> list[list[tuple[str, ...]]]:
    """Rows in as many pieces as it takes for each to have room on a page."""
    pieces: list[list[tuple[str, ...]]] = [[]]
    used = 0
    for cells in rows:
        high = max(1 if width is None else -(-_seen(cell) // width) for cell, width in zip(cells, widths, strict=True))
        if pieces[-1] and used + high > _MOST_LINES:
            pieces.append([])
            used = 0
        pieces[-1].append(cells)
        used += high
    return pieces


_MOST_LINES = 38
"""How many lines a page has room for, besides the headings of a table."""

_ROOM = 70
"""The room of a table that is not said, in characters: the text of an article in one column.

The signs of a table are rather narrower than half an em: as they are ten have the room of nine.
"""


def _fitted(table: Table) -> tuple[str, Table, list[int | None]]:
    """The size of letters and gaps, the table, and how wide columns are whose cells go on to further lines."""
    room = table.room or _ROOM
    for size, wider in ((r"\tabcolsep=4pt", room), (r"\small\tabcolsep=4pt", room * 10 // 9)):
        if in_a_row(table.widths(_seen)) <= wider * 10 // 9:
            return size, table, [None] * len(table.columns)
    if in_a_row(table.narrowed(room, _seen).widths(_longest_piece)) <= room:
        return r"\tabcolsep=4pt", *fitted(table, room, _seen, _longest_piece)
    closer = replace(table, rows=tuple((name.replace(r"\quad", r"\enspace"), *cells) for name, *cells in table.rows))
    return r"\footnotesize\tabcolsep=3pt", *fitted(closer, room * 5 // 4, _seen, _longest_piece)


def _breakable(table: Table) -> Table:
    """The same table, whose pieces of the language can be broken after a link of the chain or an argument."""
    codes = [column.code for column in table.columns]

    def broken(cells: tuple[str, ...]) -> tuple[str, ...]:
        pairs = zip(cells, codes, strict=True)
        return tuple(_BREAKS.sub(r"\1\\allowbreak{}", cell) if code else cell for cell, code in pairs)

    return replace(table, rows=tuple(map(broken, table.rows)))


_BREAKS = re.compile(r"((?:[-+,;*(\[]|\$\|\$|\\\{)+)")


def _seen(cell: str) -> int:
    """How wide a cell is to the eye, in characters."""
    cell = _FRACTION.sub(lambda parts: max(parts.groups(), key=len), cell)
    return len(_COMMANDS.sub("xx", _NARROW.sub("x", _UNSEEN.sub("", cell))))


def _longest_piece(cell: str) -> int:
    return max(_seen(piece) for piece in _PIECES.split(_WHOLE.sub(lambda part: "x" * _seen(part[0]), cell)))


_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_WHOLE = re.compile(r"\\left.*?\\right ?\S+|\\frac\{[^{}]*\}\{[^{}]*\}")
"""What no line ends in."""
_UNSEEN = re.compile(
    r"(?<=\\)(?:lfloor|rfloor|lceil|rceil) ?|\\(?:text|left|right|allowbreak|frac)\b|[{}$^_]|\\,|\\(?=[{}_#%&$])"
)
_NARROW = re.compile(r"\\(?:cdot|enspace) ?")
_COMMANDS = re.compile(r"\\[A-Za-z]+ ?")
_PIECES = re.compile(r"\\allowbreak\{\}| [-+=] | \\(?:times|cdot|to) |(?<=[A-Za-z]) (?=[A-Za-z])")


def _place(column: Column, width: int | None) -> str:
    """How a column is set: to a side, or as a paragraph of so many characters, at half an em each."""
    if width is None:
        return "r" if column.numeric else "l"
    return f"p{{{width / 2:g}em}}"


def _row_of(cells: Sequence[str], table: Table, widths: Sequence[int | None]) -> str:
    if all(width is None for width in widths):
        return " & ".join(cells) + r" \\"
    shown = [
        cell if width is None else (r"\raggedleft " if column.numeric else r"\raggedright ") + cell
        for cell, column, width in zip(cells, table.columns, widths, strict=True)
    ]
    return " & ".join(shown) + r" \tabularnewline"


MEDIUM = Medium(LATEX, "${}$", _escaped, _table, between=" \\\\\n", grouped=True, indent="\\quad ")


def _source(source: str) -> str:
    """Source in typewriter letters, to be broken after a link of the chain or an argument."""
    inner = " ".join(source.split())
    return r"\texttt{" + re.sub(r"([-+,;|[])", r"\1\\allowbreak ", MEDIUM.escape(inner)) + "}"


def _title(words: str, source: str) -> str:
    return rf"{{\raggedright\noindent\textbf{{{MEDIUM.escape(words)}.}} {_source(source)}\par}}"


def _title_alone(words: str, source: str) -> str:
    return "\n".join(
        [rf"\subsection*{{{MEDIUM.escape(words)}}}", r"\noindent\raggedright " + _source(source) + r"\par"]
    )


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return (
        rf"\par\medskip{{\raggedright\noindent\textbf{{{MEDIUM.escape(name)}}}\quad {noun} {_source(source)}: {shapes}"
        + r"\par}\nopagebreak\smallskip"
    )


def _working(rows: Sequence[Row]) -> str:
    lines = [line for row in rows for line in _row(row)]
    return "\n".join([rf"\noindent\begin{{tabular}}{{{_PLACES}}}", *lines, r"\end{tabular}\par\nopagebreak\smallskip"])


_PLACES = r"@{\quad}p{8.5em}p{\dimexpr\linewidth-9.5em-2\tabcolsep\relax}@{}"
"""A column of words, and all the rest for the equations, whose remarks may go on to a second line."""


def _below(line: str) -> str:
    """Room that keeps the next line off a fraction."""
    return r"\rule[-2.8ex]{0pt}{0pt}" if r"\frac" in line else ""


def _row(row: Row) -> list[str]:
    first, *rest = row.lines
    cells = [(MEDIUM.escape(row.label), first), *(("", r"\quad " + line) for line in rest)]
    shown = [rf"{label} & \raggedright $\displaystyle {line}${_below(line)}" for label, line in cells]
    if row.how:
        shown[-1] += rf"\quad ({row.how})"
    return [line + r" \tabularnewline[2pt]" for line in shown]


def _display(lines: Sequence[str]) -> str:
    first, *rest = lines
    shown = [f"& {first}", *(rf"& \quad {line}" for line in rest)]
    return "\n".join([r"\begin{align*}", " \\\\\n".join(shown), r"\end{align*}"])


def _equation(left: str, right: Sequence[str], end: str, environment: Environment) -> str:
    if environment.macro:
        return rf"\newcommand{{\{environment.macro}}}{{\ensuremath{{{''.join(right)}}}}}"
    name, label = environment.name, [rf"\label{{{environment.label}}}"] if environment.label else []
    if len(right) == 1 and name.startswith("equation"):
        shown = [f"{left} = {right[0]}"]
    else:
        shown = [f"{left} ={{}}& {right[0]}", *(rf"&{{}}{line}" for line in right[1:])]
    shown[-1] += end
    if name == "align":
        shown[:-1] = [line + r" \notag" for line in shown[:-1]]
    body = " \\\\\n".join(shown)
    if len(right) > 1 and name.startswith("equation"):
        body = "\n".join([r"\begin{aligned}", body, r"\end{aligned}"])
    return "\n".join([rf"\begin{{{name}}}", *label, body, rf"\end{{{name}}}"])


def _sentence(sentence: str, environment: Environment) -> str:
    return rf"\newcommand{{\{environment.macro}where}}{{{sentence}}}" if environment.macro else rf"\noindent {sentence}"


def _document(body: str, about: About) -> str:
    said = f"/Title {_in_pdf(about.title)} /Subject {_in_pdf(about.network)} /Creator (symcount)"
    return "\n".join([_HEAD, rf"\ifdefined\pdfinfo\pdfinfo{{{said}}}\fi", body, "", r"\end{document}"])


def _in_pdf(text: str) -> str:
    """A text as PDF itself has it, in which no sign is LaTeX's."""
    return f"<FEFF{' '.join(text.split()).encode('utf-16-be').hex().upper()}>"


_HEAD = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage{amsmath}
\usepackage{booktabs}
\setlength{\textwidth}{16.5cm}
\setlength{\oddsidemargin}{-0.3cm}
\setlength{\textheight}{24.5cm}
\setlength{\topmargin}{-1.5cm}
\setlength{\mathindent}{1em}
\setlength{\parindent}{0pt}
\allowdisplaybreaks
\pagestyle{empty}
\begin{document}
\abovedisplayskip=6pt \belowdisplayskip=6pt
"""


def _in_a_line(table: Table) -> str:
    return "\\par\\medskip\\noindent\n" + _table(table) + "\\par"


_IN_AN_ARTICLE = Page(
    medium=MEDIUM,
    widest=68,
    title=_title,
    heading=lambda words: rf"\par\bigskip\noindent\textbf{{{words}}}\nopagebreak",
    layer=_layer,
    paragraph=lambda text: rf"\par\smallskip\noindent {text}",
    reason=lambda text: rf"{{\leftskip=1em\noindent {text}\par}}",
    kept=lambda text: rf"\par\smallskip\noindent {text}\par\nopagebreak",
    whole=lambda text: f"\\par\\noindent\\begin{{minipage}}{{\\linewidth}}\n{text}\n\\end{{minipage}}\\par",
    apart="\n\\clearpage\n",
    running=lambda text: rf"\pagestyle{{myheadings}}\markright{{{MEDIUM.escape(text)}}}\setcounter{{page}}{{1}}",
    blank=r"\rule{7em}{.4pt}\rule{0pt}{3.2ex}",
    working=_working,
    display=_display,
    table=_in_a_line,
    between="\n",
    document=_document,
    title_within=lambda words, source: rf"\par\bigskip{_title(words, source)}",
    equation=_equation,
    sentence=_sentence,
    comment=lambda text: "% " + " ".join(text.split()),
    margin=5,
    widest_display=68,
)

PAGE = replace(
    _IN_AN_ARTICLE,
    alone=replace(
        _IN_AN_ARTICLE,
        title=_title_alone,
        widest=80,
        table=lambda table: _in_a_line(table if table.room else replace(table, room=_ROOM_ALONE)),
    ),
)

_ROOM_ALONE = 84
"""The room of a table in a file of its own, whose lines are of 16.5 cm."""
