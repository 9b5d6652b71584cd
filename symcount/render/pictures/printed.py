"""A picture on a page of its own size, as PDF or PNG, by way of Typst."""

from __future__ import annotations

from symcount.drawing import Figure
from symcount.render.pdf import compiled
from symcount.render.pictures.svg import written

_DENSITY = 144
"""Dots for each inch of a PNG: two for each point that Typst takes a pixel for."""


def pdf(figure: Figure) -> bytes:
    """Return a figure as a PDF, in which text is text."""
    return compiled(_page(figure))


def png(figure: Figure) -> bytes:
    """Return a figure as a PNG."""
    return compiled(_page(figure), format="png", ppi=_DENSITY)


def _page(figure: Figure) -> str:
    source = written(figure).replace("\\", "\\\\").replace('"', '\\"')
    return f'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes("{source}"), format: "svg")\n'
