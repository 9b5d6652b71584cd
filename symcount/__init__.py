"""Exact parameter counts, shapes and closed formulas of neural networks, from one line of text.

>>> import symcount as sc
>>> sc.parse("I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10").params
217706
"""

from symcount.architecture import Architecture, BlockRow, LayerRow, Row
from symcount.errors import ArchitectureError, Span

__all__ = ["Architecture", "ArchitectureError", "BlockRow", "LayerRow", "Row", "Span", "parse"]


def parse(text: str, *, convention: str = "textbook", exact: bool = False) -> Architecture:
    """Read one line of the language.

    ``convention`` (textbook, torch or keras) settles what the line leaves open; ``exact`` refuses
    windows that do not fit without a rest. Bad text raises `ArchitectureError`.

    >>> parse("I784-H800-R-H800-R-O10").params
    1276810
    """
    return Architecture(text, convention=convention, exact=exact)
