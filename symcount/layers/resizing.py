"""Layers that change the axes and learn nothing: input, padding, cropping, upsampling, flattening, reshaping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from symcount.arithmetic import Size
from symcount.layers.arguments import LayerError, Value
from symcount.layers.constraints import Constraint, Divisible, Equal
from symcount.layers.declarations import size, sizes
from symcount.layers.layer import Layer
from symcount.layers.rules import none
from symcount.layers.shape import Shape
from symcount.layers.windows import over_axes

_MOST_AXES = 8


class _Shaped(Layer):
    """A layer that is written as a shape: channels, then the axes."""

    channels: Size = size("c")
    axes: tuple[Size, ...] = sizes("n")

    @classmethod
    def arranged(cls, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        """Read ``3,224x224``, ``3,h,w``, ``3,(h,w)``, ``3x224x224``; axes first and then a number is channels last."""
        given = {cls.full_name(name): value for name, value in named.items()}
        match positional:
            case ():
                return given
            case (tuple() as every,):
                channels, axes = _channels_first(every)
            case (tuple() as before, channels) if not isinstance(channels, tuple):
                axes = before
            case (channels, tuple() as axes) if not isinstance(channels, tuple):
                pass
            case (channels, *each) if not any(isinstance(value, tuple) for value in positional):
                axes = tuple(each)
            case _:
                raise LayerError("bad-shape", f"{cls.token} takes channels and then axes", hint="write I(3,224x224)")
        if len(axes) > _MOST_AXES:
            raise LayerError("limit", f"a shape has at most {_MOST_AXES} axes, found {len(axes)}")
        return {**given, "channels": channels, "axes": axes}

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values; it has its own axes, whatever arrives."""
        channels, axes = given.get("channels"), given.get("axes")
        if isinstance(channels, tuple):
            # a name that stands for several sizes: what they are is known only now
            behind = () if axes is None or axes == () else (axes,)
            given = {**given, **cls.arranged((channels, *behind), {})}
            axes = given["axes"]
        if axes is not None and not isinstance(axes, tuple):
            axes = (axes,)
            given = {**given, "axes": axes}
        return super().bound(given, rank if axes is None else len(axes))

    def output(self, x: Shape) -> Shape:
        return Shape(self.channels, self.axes)


def _channels_first(every: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Part ``3x224x224``, and refuse what would silently be another network."""
    channels, *axes = every
    if len(axes) == 1:
        shown = f"{channels}x{axes[0]}"
        message = f"I{shown} would be {channels} channels over one axis of {axes[0]}"
        raise LayerError(
            "ambiguous-input",
            message,
            hint=f"write I(1,{shown}) for an image of one channel, I({channels},{axes[0]}) for a sequence",
        )
    last = axes[-1]
    if last in (1, 3, 4) and isinstance(channels, int) and isinstance(last, int) and channels > last:
        sides = "x".join(map(str, every[:-1]))
        rest = "×".join(map(str, axes))
        message = f"I{'x'.join(map(str, every))} would be {channels} channels over {rest}"
        raise LayerError("ambiguous-input", message, hint=f"write I({last},{sides}) for {last} channels over {sides}")
    return channels, tuple(axes)


class Input(_Shaped, token="I", aliases=("input",)):
    """The input: channels over axes, or a vector. ``I(32x32,3)``, axes first, means 3 channels."""

    parameters = biases = none("it is what the network is given")

    def notes(self, x: Shape) -> Iterator[str]:
        if self.axes == (1,) and isinstance(self.channels, int) and self.channels > 1:
            count = self.channels
            yield f"I is {count} channels over one step; a sequence of {count} steps is I(1,{count})"


class Reshape(_Shaped, token="reshape"):
    """The same values in another shape."""

    parameters = biases = none("the values are only arranged anew")

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Equal(x.size, self.output(x).size, "the values that arrive", "the values of the new shape")


class Flatten(Layer, token="F", aliases=("flatten",)):
    """All values in one vector."""

    parameters = biases = none("the values are only set in a row")

    def beforehand(self, x: Shape) -> Iterator[tuple[str, Size]]:
        if x.axes:
            yield "flattening", x.size

    def output(self, x: Shape) -> Shape:
        return Shape(x.size)


class Upsampling(Layer, token="U", aliases=("up", "upsample", "upsampling")):
    """An upsampling: each axis longer by a whole factor."""

    noun = "upsampling"

    factor: tuple[Size, ...] = sizes("r")

    parameters = biases = none("the values are repeated")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, tuple(n * r for n, r in zip(over_axes(self, x), self.factor, strict=True)))


class _Border(Layer):
    """A border around the input: one amount for both sides, or ``before`` and ``after``."""

    amount: tuple[Size, ...] | None = sizes("p", default=None, least=0)
    before: tuple[Size, ...] = sizes("before", default=0, least=0, named_only=True)
    after: tuple[Size, ...] = sizes("after", default=0, least=0, named_only=True)

    @classmethod
    def arranged(cls, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        given = super().arranged(positional, named)
        if "amount" in given and len(given) > 1:
            raise LayerError("bad-argument", f"{cls.token} takes one amount, or before= and after=, not both")
        if not given:
            raise LayerError("bad-argument", f"{cls.token} takes an amount", hint=f"write {cls.token}(1)")
        return given

    def border(self, x: Shape) -> tuple[Size, ...]:
        """Return both sides together, along each axis."""
        over_axes(self, x)
        if self.amount is not None:
            return tuple(2 * each for each in self.amount)
        return tuple(first + last for first, last in zip(self.before, self.after, strict=True))


class Pad(_Border, token="pad", aliases=("zeropad", "zeropadding")):
    """Zeros added around every axis."""

    noun = "zero padding"

    parameters = biases = none("the zeros that are added are fixed")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, tuple(n + sides for n, sides in zip(x.axes, self.border(x), strict=True)))


class Crop(_Border, token="crop", aliases=("cropping",)):
    """Values cut off around every axis."""

    noun = "cropping"

    parameters = biases = none("values are cut off")

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, tuple(n - sides for n, sides in zip(x.axes, self.border(x), strict=True)))


class RepeatVector(Layer, token="rep", aliases=("repeatvector",)):
    """A vector at every step of a sequence."""

    noun = "repeated vector"

    times: Size = size("t")

    parameters = biases = none("the vector is repeated")

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

    noun = "channel shuffle"

    groups: Size = size("g")

    parameters = biases = none("the channels change places")

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")
