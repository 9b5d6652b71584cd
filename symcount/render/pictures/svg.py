"""SVG: text that is text, a title and a description that are read out, and no style that leaks into a page."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from symcount.drawing.figure import Box, Disc, Figure, Mark, Path, Words
from symcount.drawing.looks import LOOKS, Look
from symcount.errors import visible

_FONT = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"

_STRIPES = {"level": "M0,1H4", "rising": "M-1,1L1,-1M0,4L4,0M3,5L5,3", "falling": "M-1,3L1,5M0,0L4,4M3,-1L5,1"}
"""The lines of a pattern, in a tile of four pixels."""


def written(figure: Figure) -> str:
    """Return a figure as one element, which stands alone as a file and inside a page."""
    body = "\n".join(_mark(mark) for mark in figure.marks)
    own = f"s{crc32((figure.title + body).encode('utf-8', 'replace')):08x}"
    width, height = _number(figure.width), _number(figure.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="{own}-title {own}-desc" font-family="{_FONT}" font-size="9" '
        'style="max-width: 100%; height: auto">\n'
        f'<title id="{own}-title">{escaped(figure.title)}</title>\n'
        f'<desc id="{own}-desc">{escaped(figure.description)}</desc>\n'
        f"{_definitions(figure, own)}"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        f"{body.replace(_OWN, own)}\n</svg>\n"
    )


_OWN = "\x00"
"""Stands for the name of the figure itself until that is known; no text holds it."""


def escaped(text: str) -> str:
    """Return a text in which nothing is markup, and nothing steers a terminal or turns the writing round."""
    shown = visible(text, "\n").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(char if _is_allowed(char) else "�" for char in shown).replace('"', "&quot;")


def _is_allowed(char: str) -> bool:
    """Whether XML has the character."""
    return (char >= " " and char not in "\ufffe\uffff") or char in "\n\t"


def _definitions(figure: Figure, own: str) -> str:
    used = {mark.look for mark in figure.marks}
    patterns = sorted({LOOKS[look].pattern for look in used} - {""})
    shown = [
        f'<pattern id="{own}-{name}" width="4" height="4" patternUnits="userSpaceOnUse">'
        f'<path d="{_STRIPES[name]}" stroke="#ffffff" stroke-width="0.9" stroke-opacity="0.75"/></pattern>'
        for name in patterns
    ]
    return f"<defs>{''.join(shown)}</defs>\n" if shown else ""


def _mark(mark: Mark) -> str:
    match mark:
        case Box():
            return "".join(_box(mark))
        case Path():
            return "".join(_path(mark))
        case Disc():
            place = f'cx="{_number(mark.x)}" cy="{_number(mark.y)}" r="{_number(mark.radius)}"'
            return _filled("circle", place, LOOKS[mark.look], mark.hint)
        case Words():
            return _words(mark)


def _box(mark: Box) -> Iterator[str]:
    look = LOOKS[mark.look]
    place = " ".join(f'{name}="{_number(getattr(mark, name))}"' for name in ("x", "y", "width", "height"))
    corner = f' rx="{_number(mark.corner)}"' if mark.corner else ""
    yield _filled("rect", place + corner, look, mark.hint)
    if look.pattern:
        yield f'<rect {place}{corner} fill="url(#{_OWN}-{look.pattern})" pointer-events="none"/>'


def _filled(element: str, place: str, look: Look, hint: str) -> str:
    inside = f"><title>{escaped(hint)}</title></{element}>" if hint else "/>"
    return f'<{element} {place} fill="{f"#{look.fill}" if look.fill else "none"}"{_stroke(look)}{inside}'


def _stroke(look: Look) -> str:
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return f' stroke="#{look.stroke}" stroke-width="{_number(look.width)}"{dashes}' if look.stroke else ""


_HEAD, _HALF = 5.0, 2.2
"""How long the head of an arrow is, and half its width."""


def _path(mark: Path) -> Iterator[str]:
    points, look = list(mark.points), LOOKS[mark.look]
    head = ""
    if mark.arrow:
        (fromx, fromy), (x, y) = points[-2:]
        length = max(((x - fromx) ** 2 + (y - fromy) ** 2) ** 0.5, 1e-9)
        dx, dy = (x - fromx) / length, (y - fromy) / length
        base = (x - dx * _HEAD, y - dy * _HEAD)
        wings = ((base[0] - dy * _HALF, base[1] + dx * _HALF), (base[0] + dy * _HALF, base[1] - dx * _HALF))
        points[-1] = base
        head = f'<path d="{_through(((x, y), *wings))}Z" fill="#{look.stroke}"/>'
    yield f'<path d="{_through(points)}" fill="none"{_stroke(look)} stroke-linejoin="round"/>{head}'


def _through(points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> str:
    return "M" + "L".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _words(mark: Words) -> str:
    x, y = _number(mark.x), _number(mark.y)
    turned = f' transform="rotate(-90 {x} {y})"' if mark.turned else ""
    anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    size = f' font-size="{_number(mark.size)}"' if mark.size != 9 else ""
    bold = ' font-weight="bold"' if mark.bold else ""
    fill = LOOKS[mark.look].fill
    return f'<text x="{x}" y="{y}"{turned}{anchor}{size}{bold} fill="#{fill}">{escaped(mark.text)}</text>'


def _number(value: float) -> str:
    """A length with two decimals at most, and no more than it needs."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
