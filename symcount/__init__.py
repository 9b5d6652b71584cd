"""Exact parameter counts, shapes and closed formulas of neural networks, from one line of text.

>>> import symcount as sc
>>> sc.parse("I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10").params
217706
"""

from symcount.architecture import Architecture, BlockRow, LayerRow, Row
from symcount.errors import ArchitectureError, Span

__all__ = ["Architecture", "ArchitectureError", "BlockRow", "LayerRow", "Row", "Span", "parse", "zoo"]


def parse(text: str, *, convention: str = "textbook", exact: bool = False) -> Architecture:
    """Read one line of the language.

    ``convention`` (textbook, torch or keras) settles what the line leaves open; ``exact`` refuses
    windows that do not fit without a rest. Bad text raises `ArchitectureError`.

    >>> parse("I784-H800-R-H800-R-O10").params
    1276810
    """
    return Architecture(text, convention=convention, exact=exact)


def zoo(name: str, **values: int | str) -> Architecture:
    """Return a shipped network, or a family with its symbols open; ``values`` bind further symbols.

    A value of the network gives way to one that is given here, and ``n="n"`` opens it again.

    >>> zoo("resnet50").params
    25557032
    >>> zoo("resnet50", o=10).params
    23528522
    >>> zoo("wide-resnet", b=4, c=3, o=10).params
    364288*k**2 + 4992*k + 474
    """
    from symcount.catalogue import found

    text, preset = found(name)
    network = Architecture(text, preset)
    return network(**values) if values else network
