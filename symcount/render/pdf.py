"""PDF and PNG, by way of Typst; the package comes with the extra ``symcount[pdf]``."""

from __future__ import annotations

from typing import Any

from symcount.errors import ArchitectureError


def pdf(source: str) -> bytes:
    """Return the PDF of a Typst document."""
    return compiled(source)


def compiled(source: str, **options: Any) -> bytes:
    """Return what Typst makes of a document."""
    try:
        import typst
    except ModuleNotFoundError:
        message = "a PDF or PNG needs the package typst, which is not installed"
        raise ArchitectureError("not-installed", message, hint="pip install 'symcount[pdf]'") from None
    return bytes(typst.compile(source.encode(), **options))
