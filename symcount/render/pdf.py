"""PDF, by way of Typst; the package comes with the extra ``symcount[pdf]``."""

from __future__ import annotations

from symcount.errors import ArchitectureError


def pdf(source: str) -> bytes:
    """Return the PDF of a Typst document."""
    try:
        import typst
    except ModuleNotFoundError:
        message = "a PDF needs the package typst, which is not installed"
        raise ArchitectureError("not-installed", message, hint="pip install 'symcount[pdf]'") from None
    return bytes(typst.compile(source.encode()))
