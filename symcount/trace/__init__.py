"""Walks a network over the shape of its input, and keeps what it meets: steps, blocks and demands."""

from collections.abc import Mapping

from symcount.errors import ArchitectureError
from symcount.network import Meant, Network, meaning, parted
from symcount.syntax import tree
from symcount.trace.smallest import smallest_input
from symcount.trace.steps import Block, Demanded, Over, Part, Step, Trace, parts_of
from symcount.trace.walk import TooSmallError, Walk, placed
from symcount.trace.wrappers import WRAPPERS, Wrapper

__all__ = [
    "WRAPPERS",
    "Block",
    "Demanded",
    "Over",
    "Part",
    "Step",
    "Trace",
    "Wrapper",
    "check_names",
    "parts_of",
    "placed",
    "traced",
]


def check_names(network: Network) -> None:
    """Refuse a text that names a layer which nothing defines, before any size is asked for."""
    for item in tree.items_in(network.program):
        if isinstance(item, tree.Call) and not _is_defined(item.name, network):
            try:
                meaning(item, network.definitions)
            except ArchitectureError as error:
                raise error.within(network.source) from None


def _is_defined(name: str, network: Network) -> bool:
    words = (name, parted(name)[0])
    return name == "body" or any(word in WRAPPERS or network.macro(word) is not None for word in words)


def traced(
    network: Network, bindings: Mapping[str, Meant], *, exact: bool = False, convention: str = "textbook"
) -> Trace:
    """Walk a network; ``exact`` refuses windows that do not fit without a rest."""
    scope = network.scope(bindings, convention)
    walk = Walk(network, scope, exact=exact)
    try:
        parts, output = walk.towers()
    except TooSmallError as error:
        smallest = smallest_input(network, bindings)
        hint = smallest and f"the smallest input that would do is {smallest}"
        raise error.hinted(hint).within(network.source) from None
    except ArchitectureError as error:
        raise error.within(network.source) from None
    stray = scope.unused(bindings)
    if stray is not None:
        raise stray
    return Trace(parts, output, scope.symbols, tuple(walk.demands))
