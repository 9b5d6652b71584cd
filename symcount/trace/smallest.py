"""The smallest input with which every size on the way is at least 1, found backwards from the output.

Of each layer the least axes are asked that leave at least what the layers behind it need. A layer's own
rule of its output answers: no axis that leaves shrinks where one that arrives grows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from symcount.arithmetic import InexactRatioError
from symcount.layers import Layer, Shape
from symcount.trace.steps import Branches, Part, Repeat, Shared, Step, Tap, Trace

Axes = tuple[int, ...]
"""The least size of each axis."""

_DOUBLINGS = 32
"""An input is made twice as large so often, in search of one that is large enough."""


def smallest_axes(given: Shape, walked: Callable[[Shape], Trace | None]) -> Axes | None:
    """Return the smallest axes of an input; ``walked`` gives the trace of one, None of one that is too small."""
    sides = [axis for axis in given.axes if isinstance(axis, int)]
    if not sides or len(sides) < given.rank:
        return None
    larger = (Shape(given.channels, (max(sides) << doubled,) * given.rank) for doubled in range(1, _DOUBLINGS))
    trace = next((found for found in map(walked, larger) if found is not None), None)
    if trace is None:
        return None
    least = _Backwards().chain(trace.parts, (1,) * trace.output.rank)
    return least if walked(Shape(given.channels, least)) is not None else None


class _Backwards:
    """What is needed of the tensors on the way, from the last to the first; ``labelled`` of those that have a label."""

    def __init__(self) -> None:
        self.labelled: dict[int, Axes] = {}

    def chain(self, parts: Sequence[Part], needed: Axes) -> Axes:
        """Return the axes that must arrive at the first of the parts."""
        for part in reversed(parts):
            wanted = needed or (1,) * part.output.rank
            needed = self.part(part, _more(wanted, self.labelled.pop(id(part.output), ())))
        return needed

    def part(self, part: Part, needed: Axes) -> Axes:
        """Return the axes that must arrive at a part for what leaves to have at least those needed.

        Of what arrives at a label nothing is needed: it goes on from another tensor.
        """
        match part:
            case Step():
                return needed if part.is_input else _least(part.layer, part.input, needed)
            case Tap(source=source) if source is not None:
                self.label(source, needed)
                return ()
            case Branches(parts=branches):
                least: Axes = (1,) * part.input.rank
                for branch in reversed(branches):
                    wanted = needed if branch.output.rank else ()
                    least = _more(least, self.chain(branch.parts, wanted))
                return least
            case Repeat(parts=parts, times=int() as times) if times > 1:
                return self.again(parts, needed, times)
            case Shared(parts=parts):
                return self.chain(parts, needed)
            case _:
                return self.chain(part.parts, needed)

    def again(self, parts: Sequence[Part], needed: Axes, times: int) -> Axes:
        """What must arrive at the first of equal passes: after some of them it no longer changes."""
        for _ in range(times):
            before = self.chain(parts, needed)
            if before == needed:
                break
            needed = before
        return needed

    def label(self, part: Part, needed: Axes) -> None:
        """Note what is needed of a labelled tensor, which left an item before."""
        self.labelled[id(part.output)] = _more(needed, self.labelled.get(id(part.output), ()))


def _more(one: Axes, other: Axes) -> Axes:
    return tuple(map(max, one, other)) if len(one) == len(other) else one or other


def _least(layer: Layer, x: Shape, needed: Axes) -> Axes:
    """The least axes with which a layer leaves at least those needed; each is found with the others as they were."""

    def fits(axis: int, size: int) -> bool:
        axes = (*x.axes[:axis], size, *x.axes[axis + 1 :])
        try:
            left = layer.output(Shape(x.channels, axes)).axes
        except InexactRatioError as error:
            # a layer that takes whole blocks leaves of any size what it leaves of the blocks that fit into it
            return fits(axis, size - error.numerator % error.denominator)
        return all(isinstance(one, int) and one >= least for one, least in zip(left, needed, strict=True))

    return tuple(_halved(partial(fits, axis), enough) for axis, enough in enumerate(x.axes) if isinstance(enough, int))


def _halved(fits: Callable[[int], bool], enough: int) -> int:
    """The smallest size that fits, given one that does."""
    too_small = 0
    while enough - too_small > 1:
        middle = (too_small + enough) // 2
        too_small, enough = (too_small, middle) if fits(middle) else (middle, enough)
    return enough
