"""The notations that arithmetic is written in: one file for each, with its signs and its names.

A notation is loaded when it is first asked for: a count in plain text has no use for LaTeX.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from symcount.arithmetic.notation.notation import Notation, called, grouped, told_apart

if TYPE_CHECKING:
    from symcount.arithmetic.notation.latex import LATEX
    from symcount.arithmetic.notation.mathml import MATHML
    from symcount.arithmetic.notation.python import PYTHON
    from symcount.arithmetic.notation.text import TEXT
    from symcount.arithmetic.notation.typst import TYPST
    from symcount.arithmetic.notation.unicode import UNICODE

__all__ = ["LATEX", "MATHML", "PYTHON", "TEXT", "TYPST", "UNICODE", "Notation", "called", "grouped", "told_apart"]


def __getattr__(name: str) -> Notation:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    notation: Notation = getattr(import_module(f"{__name__}.{name.lower()}"), name)
    return notation
