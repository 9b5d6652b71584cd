"""LaTeX: a picture in TikZ, one pixel a unit, with the letters of the document that it is put into."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic.notation.latex import LATEX_ESCAPES, LATEX_SIGNS
from symcount.arithmetic.notation.names import GREEK, greek_sign
from symcount.drawing.figure import Box, Disc, Figure, Mark, Path, Words
from symcount.drawing.looks import LOOKS, Look
from symcount.errors import visible

_PIXEL = 72.27 / 96
"""Points of TeX in a pixel."""

_PATTERNS = {"level": "horizontal lines", "rising": "north east lines", "falling": "north west lines"}
_ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}

_HEAD = """\
% {title}
% needs \\usepackage{{tikz}} and \\usetikzlibrary{{patterns,arrows.meta}}
\\begin{{tikzpicture}}[x=1bp,y=-1bp,xscale={scale},yscale={scale},inner sep=0pt,outer sep=0pt,line join=round,
  >={{Stealth[length=3.6pt,width=3pt]}}]
{colours}
\\useasboundingbox (0,0) rectangle ({width},{height});
"""


def written(figure: Figure) -> str:
    """Return a figure as a ``tikzpicture``."""
    used = sorted({colour for mark in figure.marks for colour in _colours(LOOKS[mark.look])})
    colours = "\n".join(f"\\definecolor{{sc{colour}}}{{HTML}}{{{colour.upper()}}}%" for colour in used)
    head = _HEAD.format(
        title=" ".join(visible(figure.title).split()), scale=0.75, colours=colours,
        width=_number(figure.width), height=_number(figure.height),
    )  # fmt: skip
    body = "\n".join(line for mark in figure.marks for line in _mark(mark))
    return f"{head}{body}\n\\end{{tikzpicture}}\n"


def _colours(look: Look) -> Iterator[str]:
    yield from (colour for colour in (look.fill, look.stroke) if colour)


def _mark(mark: Mark) -> Iterator[str]:
    look = LOOKS[mark.look]
    match mark:
        case Box(corner=corner):
            rounded = f",rounded corners={_number(corner * _PIXEL)}pt" if corner else ""
            shape = f"{_point(mark.x, mark.y)} rectangle {_point(mark.x + mark.width, mark.y + mark.height)};"
            yield f"\\path[{_style(look)}{rounded}] {shape}"
            if look.pattern:
                yield f"\\path[pattern={_PATTERNS[look.pattern]},pattern color=white{rounded}] {shape}"
        case Path(points=points, arrow=arrow):
            yield f"\\draw[{_style(look)}{',->' if arrow else ''}] {' -- '.join(_point(*each) for each in points)};"
        case Disc():
            yield f"\\path[{_style(look)}] {_point(mark.x, mark.y)} circle [radius={_number(mark.radius)}];"
        case Words():
            yield _words(mark, look)


def _words(mark: Words, look: Look) -> str:
    turned = ",rotate=90" if mark.turned else ""
    size = _number(mark.size * _PIXEL)
    font = f"font=\\fontsize{{{size}}}{{{size}}}\\selectfont\\sffamily" + ("\\bfseries" if mark.bold else "")
    options = f"anchor={_ANCHORS[mark.anchor]}{turned},text=sc{look.fill},{font}"
    return f"\\node[{options}] at {_point(mark.x, mark.y)} {{{_text(mark.text)}}};"


def _text(text: str) -> str:
    """Plain words as LaTeX sets them; a letter that its usual fonts lack is a question mark."""
    return "".join(_IN_TEXT.get(char) or (char if char < _LATIN else "?") for char in visible(text))


_LATIN = "\u0250"
_IN_TEXT = {
    **LATEX_ESCAPES,
    **{sign: f"${command}$" for sign, command in LATEX_SIGNS.items()},
    **{greek_sign(name): f"$\\{name.replace('amda', 'ambda')}$" for name in GREEK if greek_sign(name) != name},
    **{sign: f"\\textsuperscript{{{at}}}" for at, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{sign: f"\\textsubscript{{{at}}}" for at, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    "…": "\\ldots{}",
    "\u00a0": "~",
}


def _style(look: Look) -> str:
    parts = [f"fill=sc{look.fill}"] if look.fill else []
    if look.stroke:
        parts += [f"draw=sc{look.stroke}", f"line width={_number(look.width * _PIXEL)}pt"]
    if look.dashes:
        lengths = [_number(float(each) * _PIXEL) for each in look.dashes.split()]
        parts.append("dash pattern=" + " ".join(
            f"{'off' if at % 2 else 'on'} {length}pt" for at, length in enumerate(lengths)
        ))  # fmt: skip
    return ",".join(parts)


def _point(x: float, y: float) -> str:
    return f"({_number(x)},{_number(y)})"


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
