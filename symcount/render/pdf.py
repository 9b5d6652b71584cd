"""PDF and PNG, by way of Typst; the package comes with the extra ``symcount[pdf]``."""

from __future__ import annotations

import re
from typing import Any

from symcount.errors import ArchitectureError, not_installed

_FAR = re.compile(r"[\u0590-\u1fff\u2e80-\ud7ff\uf900-\ufaff]")
"""Letters that Typst brings no font for: it has those of Latin, Greek and Cyrillic script."""


def pdf(source: str) -> bytes:
    """Return the PDF of a Typst document; letters that no font here has are refused, as Typst draws boxes for them."""
    made = compiled(source)
    signs = "".join(dict.fromkeys(_FAR.findall(source)))[:2]
    if len(signs) == 2 and not are_drawn(signs):
        message = f"no font of this machine has {' and '.join(signs)}, and a PDF would show boxes"
        raise ArchitectureError("no-font", message, hint="install one that has, as Noto Sans CJK, or write HTML")
    return made


def are_drawn(signs: str) -> bool:
    """Return whether some font has two letters: one that none has is a box, and two of them are the same."""
    page = f"#set page(width: auto, height: auto)\n{signs}"
    return compiled(page, format="svg").count(b"<symbol") == len(signs)


def compiled(source: str, **options: Any) -> bytes:
    """Return what Typst makes of a document."""
    try:
        import typst
    except ModuleNotFoundError:
        raise not_installed("a PDF or PNG", "typst", "pdf") from None
    return bytes(typst.compile(source.encode(), **options))
