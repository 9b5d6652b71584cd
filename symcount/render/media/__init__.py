"""The media that answers are written in: one file for each, loaded when it is first asked for.

A file of this folder has a ``MEDIUM``, and a ``PAGE`` where it sets derivations.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Literal

from symcount.errors import ArchitectureError
from symcount.render.medium import Medium
from symcount.render.page import Page

Use = Literal["table", "formula", "page", "cell"]
"""What a medium is offered for; a cell is a page that only a notebook shows."""

MEDIA: dict[str, tuple[Use, ...]] = {
    "text": ("table", "formula", "page"),
    "markdown": ("table", "formula", "page"),
    "latex": ("table", "formula", "page"),
    "notebook": ("cell",),
    "dollars": ("cell",),
    "html": ("table", "formula", "page"),
    "typst": ("table", "formula", "page"),
    "csv": ("table",),
    "mathml": ("formula",),
}
"""Every medium by its name, which is that of its file, and what it is offered for."""


def media_for(*uses: Use) -> tuple[str, ...]:
    """Return the names of the media that are offered for any of these uses.

    >>> media_for("table")
    ('text', 'markdown', 'latex', 'html', 'typst', 'csv')
    """
    return tuple(name for name, offered in MEDIA.items() if not set(uses).isdisjoint(offered))


@cache
def medium_named(name: str) -> Medium:
    """Return the medium with this name."""
    check_medium(name, tuple(MEDIA))
    medium: Medium = import_module(f"{__name__}.{name}").MEDIUM
    return medium


def page_named(name: str) -> Page:
    """Return how the medium with this name sets a page."""
    page: Page = import_module(f"{__name__}.{name}").PAGE
    return page


def check_medium(name: str, known: tuple[str, ...]) -> None:
    """Refuse the name of a medium that is none of those known."""
    if name not in known:
        raise ArchitectureError("bad-medium", f"no medium is called {name!r}", hint=f"there are: {', '.join(known)}")
