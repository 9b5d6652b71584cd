"""What of its input a unit of a layer sees along each axis: a window that slides, or all there is."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.layers.shape import Shape
from symcount.records import record


@record
class Window:
    """Unit ``u`` sees places from ``u·stride - before`` on, over an ``extent``, each ``step``-th of them.

    ``room`` is how long an axis is at least for one window to fit; each further one needs a stride more.
    """

    extent: Size = 1
    stride: Size = 1
    before: Size = 0
    step: Size = 1
    room: Size = 1


@record
class Painted:
    """Place ``i`` reaches the units from ``i·stride - before`` on, ``taps`` of them, ``dilation`` apart.

    An axis of ``n`` becomes ``n·stride + more``.
    """

    taps: Size
    stride: Size
    before: Size = 0
    dilation: Size = 1
    more: Size = 0


@record
class Chosen:
    """Each of ``number`` units has a window of its own, from ``⌊i·n/number⌋`` to ``⌈(i + 1)·n/number⌉``."""

    number: Size


Along = Window | Painted | Chosen
"""What is seen along one axis."""

Reach = tuple[Along, ...] | None
"""What is seen along every axis; None where a unit sees all of the input."""

MOVED: Reach = ()
"""A unit sees one place alone, and which one no window says."""


def alone(layer: object, x: Shape) -> Reach:
    """A unit sees its own place alone."""
    return (Window(),) * x.rank


def whole(layer: object, x: Shape) -> Reach:
    """A unit sees all of the input."""
    return None


def moved(layer: object, x: Shape) -> Reach:
    """A unit sees one place alone, and the places are in another order."""
    return MOVED
