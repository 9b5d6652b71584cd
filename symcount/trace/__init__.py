"""Walks a network over the shape of its input, and keeps what it meets: steps, blocks and demands."""

from collections.abc import Mapping

from symcount.errors import ArchitectureError
from symcount.network import Meant, Network
from symcount.trace.smallest import smallest_input
from symcount.trace.steps import Block, Part, Step, Trace, parts_of
from symcount.trace.walk import TooSmallError, Walk
from symcount.trace.wrappers import WRAPPERS, Wrapper

__all__ = ["WRAPPERS", "Block", "Part", "Step", "Trace", "Wrapper", "parts_of", "traced"]


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
