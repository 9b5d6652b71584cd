"""The smallest input with which every size on the way is at least 1, found by walking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.network import Meant, Network
from symcount.trace.walk import TooSmallError, Walk


def smallest_input(network: Network, bindings: Mapping[str, Meant]) -> str | None:
    """Return the smallest axes of the one input, or None where a search finds none.

    No size on the way grows when an axis of the input shrinks, so each axis is found by halving.
    """
    given = _given(network, bindings)
    sides = [axis for axis in given.axes if isinstance(axis, int)] if given else []
    if given is None or not sides or len(sides) < given.rank:
        return None
    channels = given.channels

    def fits(axes: tuple[int, ...]) -> bool:
        walk = Walk(network, network.scope(bindings), exact=False, start=Shape(channels, axes))
        try:
            walk.towers()
        except TooSmallError:
            return False
        return True

    try:
        enough = next(filter(fits, ((max(sides) << doubled,) * len(sides) for doubled in range(1, 32))), None)
        if enough is None:
            return None
        smallest = (_halved(_along(axis, enough, fits), side) for axis, side in enumerate(enough))
        return "×".join(map(str, smallest))
    except ArchitectureError:
        return None


def _given(network: Network, bindings: Mapping[str, Meant]) -> Shape | None:
    """The shape of the input, where there is one input alone."""
    if len(network.towers) > 1:
        return None
    return Walk(network, network.scope(bindings), exact=False).input_shape()


def _along(axis: int, sizes: tuple[int, ...], fits: Callable[[tuple[int, ...]], bool]) -> Callable[[int], bool]:
    """Whether a size of one axis fits, the other axes being large enough."""
    return lambda size: fits((*sizes[:axis], size, *sizes[axis + 1 :]))


def _halved(fits: Callable[[int], bool], enough: int) -> int:
    """The smallest size that fits, given one that does."""
    too_small = 0
    while enough - too_small > 1:
        middle = (too_small + enough) // 2
        too_small, enough = (too_small, middle) if fits(middle) else (middle, enough)
    return enough
