"""The media of pictures: a file for each that writes a figure as text, and one that prints it on a page."""

from __future__ import annotations

from importlib import import_module

from symcount.drawing import Figure
from symcount.errors import ArchitectureError

WRITERS = ("svg", "latex")
"""The media in which a picture is text, each the name of a file of this folder."""


PRINTED = ("pdf", "png")
"""The media in which a picture is bytes."""


def picture_bytes(figure: Figure, medium: str) -> bytes:
    """Return a picture as pdf or png; needs the extra ``symcount[pdf]``."""
    found: bytes = getattr(import_module(f"{__name__}.printed"), medium)(figure)
    return found


def picture_text(figure: Figure, medium: str) -> str:
    """Return a picture in a medium: svg, or latex, as TikZ."""
    if medium not in WRITERS:
        message = f"no picture is written in {medium!r}"
        raise ArchitectureError("bad-medium", message, hint=f"there are: {', '.join(WRITERS)}")
    text: str = import_module(f"{__name__}.{medium}").written(figure)
    return text
