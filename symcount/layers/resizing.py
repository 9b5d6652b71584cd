"""Layers that change the axes and learn nothing: flattening, upsampling, padding, cropping, repeating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symcount.arithmetic import Size
from symcount.layers.arguments import LayerError
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import size, sizes
from symcount.layers.layer import Layer
from symcount.layers.reach import Painted, Reach, Window, alone, whole
from symcount.layers.rules import none
from symcount.layers.shape import Shape
from symcount.layers.windows import over_axes


class Flatten(Layer, token="F", aliases=("flatten",)):
    """All values in one vector."""

    reach = whole

    parameters = biases = macs = none("the values are only set in a row")
    held = none("the same values are seen in another way")

    def beforehand(self, x: Shape) -> Iterator[tuple[str, Size]]:
        if x.axes:
            yield "flattening", x.size

    def output(self, x: Shape) -> Shape:
        return Shape(x.size)


class Upsampling(Layer, token="U", aliases=("up", "upsample", "upsampling", "upsamplingnearest", "upsamplingbilinear")):
    """An upsampling: each axis longer by a whole factor."""

    noun = "upsampling"

    factor: tuple[Size, ...] = sizes("r")

    parameters = biases = macs = none("the values are repeated")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, tuple(n * r for n, r in zip(over_axes(self, x), self.factor, strict=True)))

    def reach(self, x: Shape) -> Reach:
        return tuple(Painted(factor, factor) for factor in self.factor)


class _Border(Layer):
    """A border around the input: one amount for both sides, or ``before`` and ``after``."""

    amount: tuple[Size, ...] | None = sizes("p", default=None, least=0)
    before: tuple[Size, ...] = sizes("before", default=0, least=0, named_only=True)
    after: tuple[Size, ...] = sizes("after", default=0, least=0, named_only=True)

    @classmethod
    def arranged(cls, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        given = super().arranged(positional, named)
        sides = {"before", "after"} & given.keys()
        if "amount" in given and sides:
            raise LayerError("bad-argument", f"{cls.token} takes one amount, or before= and after=, not both")
        if not sides and "amount" not in given:
            raise LayerError("bad-argument", f"{cls.token} takes an amount", hint=f"write {cls.token}(1)")
        return given

    def first(self) -> tuple[Size, ...]:
        """Return the side before the first value, along each axis."""
        return self.before if self.amount is None else self.amount

    def border(self, x: Shape) -> tuple[Size, ...]:
        """Return both sides together, along each axis."""
        over_axes(self, x)
        if self.amount is not None:
            return tuple(2 * each for each in self.amount)
        return tuple(first + last for first, last in zip(self.before, self.after, strict=True))


class Pad(_Border, token="pad", aliases=("zeropad", "zeropadding")):
    """Zeros added around every axis."""

    noun = "zero padding"

    parameters = biases = macs = none("the zeros that are added are fixed")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, tuple(n + sides for n, sides in zip(x.axes, self.border(x), strict=True)))

    def reach(self, x: Shape) -> Reach:
        return tuple(
            Window(before=each, room=1 - sides) for each, sides in zip(self.first(), self.border(x), strict=True)
        )


class Crop(_Border, token="crop", aliases=("cropping",)):
    """Values cut off around every axis."""

    noun = "cropping"

    parameters = biases = macs = none("values are cut off")
    held = none("the same values are seen in another way")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, tuple(n - sides for n, sides in zip(x.axes, self.border(x), strict=True)))

    def reach(self, x: Shape) -> Reach:
        return tuple(
            Window(before=0 - each, room=1 + sides) for each, sides in zip(self.first(), self.border(x), strict=True)
        )


class RepeatVector(Layer, token="rep", aliases=("repeatvector",)):
    """A vector at every step of a sequence."""

    reach = whole

    noun = "repeated vector"

    times: Size = size("t")

    parameters = biases = macs = none("the vector is repeated")

    def output(self, x: Shape) -> Shape:
        if x.axes:
            raise LayerError(
                "has-axes",
                "rep repeats a vector, but something with axes arrives",
                hint="put F or GAP before it",
            )
        return Shape(x.channels, (self.times,))


class ChannelShuffle(Layer, token="shuffle", aliases=("channelshuffle",)):
    """The channels of ``g`` groups, mixed."""

    reach = alone

    noun = "channel shuffle"

    groups: Size = size("g")

    parameters = biases = macs = none("the channels change places")

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")
