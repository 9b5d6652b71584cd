"""Layers that set values elsewhere and learn nothing: between channels and axes, or a part of them."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product, ratio
from symcount.layers.arguments import LayerError
from symcount.layers.constraints import AtLeastOne, Constraint, Divisible
from symcount.layers.declarations import size, sizes
from symcount.layers.layer import Layer
from symcount.layers.letters import axis_names
from symcount.layers.reach import Chosen, Painted, Reach, Window, alone, moved, whole
from symcount.layers.rules import none
from symcount.layers.shape import Shape
from symcount.layers.windows import over_axes


class Sequence(Layer, token="seq", aliases=("sequence",)):
    """All places of the axes one after another, as a sequence of channels."""

    reach = moved

    parameters = biases = macs = none("the places are only set one after another")
    held = none("the same values are seen in another way")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, (product(over_axes(self, x)),))


class Take(Layer, token="take"):
    """The first channels, the others left out."""

    reach = alone

    count: Size = size("t")

    parameters = biases = macs = none("the other channels are only left out")
    held = none("the same values are seen in another way")

    def output(self, x: Shape) -> Shape:
        if isinstance(self.count, int) and isinstance(x.channels, int) and self.count > x.channels:
            message = f"count (={self.count}) is more than the channels that arrive (={x.channels})"
            raise LayerError("too-many-channels", message, argument="count")
        return Shape(self.count, x.axes)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield AtLeastOne(x.channels - self.count + 1)


class Zero(Layer, token="zero"):
    """Zeros in the shape of what arrives: the channels that a parameter-free shortcut adds.

    He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2016, option A.
    """

    reach = alone

    parameters = biases = macs = none("it gives zeros alone")


class Swap(Layer, token="swap", aliases=("permute",)):
    """The channels and the one axis, exchanged."""

    reach = whole

    parameters = biases = macs = none("channels and places are only exchanged")
    held = none("the same values are seen in another way")

    def output(self, x: Shape) -> Shape:
        if x.rank != 1:
            message = f"swap exchanges the channels with the one axis, but {x.rank} axes arrive"
            raise LayerError("wrong-rank", message, hint="put seq before it")
        return Shape(x.axes[0], (x.channels,))


class SpaceToDepth(Layer, token="s2d", aliases=("spacetodepth", "focus", "pixelunshuffle")):
    """Every block of ``r`` by ``r`` places as channels of one place."""

    factor: Size = size("r")

    parameters = biases = macs = none("the values are only arranged anew")

    def output(self, x: Shape) -> Shape:
        axes = over_axes(self, x)
        return Shape(x.channels * product((self.factor,) * x.rank), tuple(ratio(n, self.factor) for n in axes))

    def reach(self, x: Shape) -> Reach:
        return (Window(self.factor, self.factor, room=self.factor),) * x.rank

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        for name, n in zip(axis_names(x.rank), x.axes, strict=True):
            yield Divisible(self.factor, n, "factor", name)


class DepthToSpace(Layer, token="d2s", aliases=("depthtospace", "pixelshuffle")):
    """Channels as a block of ``r`` by ``r`` places.

    Shi and others, Real-time single image and video super-resolution, 2016.
    """

    factor: Size = size("r")

    parameters = biases = macs = none("the values are only arranged anew")

    def output(self, x: Shape) -> Shape:
        axes = tuple(n * self.factor for n in over_axes(self, x))
        return Shape(ratio(x.channels, product((self.factor,) * x.rank)), axes)

    def reach(self, x: Shape) -> Reach:
        return (Painted(self.factor, self.factor),) * x.rank

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(product((self.factor,) * x.rank), x.channels, "a block of factor", "channels")


class Resize(Layer, token="resize", aliases=("interpolate",)):
    """An interpolation to the size given."""

    reach = whole

    target: tuple[Size, ...] = sizes("a")

    parameters = biases = macs = none("the values between are interpolated")

    def rooms(self, x: Shape) -> Reach:
        return tuple(map(Chosen, self.target))

    def output(self, x: Shape) -> Shape:
        over_axes(self, x)
        return Shape(x.channels, self.target)
