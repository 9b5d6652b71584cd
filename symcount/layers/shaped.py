"""Layers that are written as a shape: the input, and the same values in another shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from symcount.arithmetic import Size
from symcount.layers.arguments import LayerError, Value, shown
from symcount.layers.constraints import Constraint, Equal
from symcount.layers.declarations import size, sizes
from symcount.layers.layer import Layer
from symcount.layers.reach import alone, moved
from symcount.layers.rules import none
from symcount.layers.shape import Shape

_MOST_AXES = 8

_SMALLEST_IMAGE = 16
"""The sides from which sizes with commas between them, and 1 or 3 behind, are taken for an image."""


class _Shaped(Layer):
    """A layer that is written as a shape: channels, then the axes."""

    channels: Size = size("c")
    axes: tuple[Size, ...] = sizes("n")

    @classmethod
    def arranged(cls, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        """Read ``3,224x224``, ``3,h,w``, ``3,(h,w)``, ``3x224x224``; axes first and then a number is channels last."""
        given = cls.named_besides(cls._placed(positional), named)
        if "channels" in given:
            given.setdefault("axes", ())
        axes = given.get("axes", ())
        if not isinstance(axes, tuple):
            given["axes"] = (axes,)
        elif len(axes) > _MOST_AXES:
            raise LayerError("limit", f"a shape has at most {_MOST_AXES} axes, found {len(axes)}")
        return given

    @classmethod
    def _placed(cls, positional: tuple[Any, ...]) -> dict[str, Any]:
        """Part what was given by place into channels and axes."""
        match positional:
            case ():
                return {}
            case (tuple() as every,):
                channels, axes = _channels_first(cls.token, every)
            case (tuple() as axes, channels) if not isinstance(channels, tuple):
                pass
            case (channels, tuple() as axes) if not isinstance(channels, tuple):
                pass
            case (channels,):
                return {"channels": channels}
            case (channels, *each) if not any(isinstance(value, tuple) for value in positional):
                axes = tuple(each)
                _refuse_channels_last(cls.token, channels, axes)
            case _:
                message = f"{cls.token} takes channels and then axes"
                raise LayerError("bad-shape", message, hint=f"write {cls.token}(3,224x224)")
        return {"channels": channels, "axes": axes}

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


def _channels_first(token: str, every: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Part ``3x224x224``, and refuse what would silently be another network."""
    channels, *axes = every
    first, *sides = map(shown, every)
    if not axes:
        message = f"{token} takes channels and then axes, but {shown(every)} is one size in brackets"
        hint = f"write {token}({first}) for a vector, {token}(1,{first}) for a sequence"
        raise LayerError("bad-shape", message, hint=hint)
    times = "x" if all(isinstance(each, int) for each in every) else "×"
    text = f"{token}{times.join((first, *sides))}"
    if len(axes) == 1:
        message = f"{text} would be {first} channels over one axis of {sides[0]}"
        image, sequence = f"{token}(1,{first}{times}{sides[0]})", f"{token}({first},{sides[0]})"
        hint = f"write {image} for an image of one channel, {sequence} for a sequence"
        raise LayerError("ambiguous-input", message, hint=hint)
    last = axes[-1]
    if last in (1, 3, 4) and isinstance(channels, int) and isinstance(last, int) and channels > last:
        before = times.join((first, *sides[:-1]))
        message = f"{text} would be {channels} channels over {'×'.join(sides)}"
        hint = f"write {token}({last},{before}) for {last} channels over {before}"
        raise LayerError("ambiguous-input", message, hint=hint)
    return channels, tuple(axes)


def _refuse_channels_last(token: str, channels: Any, axes: tuple[Any, ...]) -> None:
    """Refuse ``28,28,1``: with commas throughout, the channels of an image may stand last."""
    if not all(isinstance(each, int) for each in (channels, *axes)) or len(axes) < 2:
        return
    if axes[-1] in (1, 3) and min(channels, *axes[:-1]) >= _SMALLEST_IMAGE:
        before = "x".join(map(str, (channels, *axes[:-1])))
        first = "x".join(map(str, axes))
        message = f"{token}({channels},{','.join(map(str, axes))}) would be {channels} channels over {first}"
        hint = f"channels last is {token}({before},{axes[-1]}); what stands there is {token}({channels},{first})"
        raise LayerError("ambiguous-input", message, hint=hint)


class Input(_Shaped, token="I", aliases=("input", "inputlayer")):
    """The input: channels over axes, or a vector. ``I(32x32,3)``, axes first, means 3 channels."""

    reach = alone

    parameters = biases = macs = none("it is what the network is given")

    def notes(self, x: Shape) -> Iterator[str]:
        if self.axes == (1,) and isinstance(self.channels, int) and self.channels > 1:
            count = self.channels
            yield f"I is {count} channels over one step; a sequence of {count} steps is I(1,{count})"


class Reshape(_Shaped, token="reshape"):
    """The same values in another shape."""

    reach = moved

    parameters = biases = macs = none("the values are only arranged anew")
    held = none("the same values are seen in another way")

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Equal(x.size, self.output(x).size, "the values that arrive", "the values of the new shape")
