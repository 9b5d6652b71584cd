"""Dense layers: every input value has a weight to every unit."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size
from symcount.layers.arguments import flag, size
from symcount.layers.layer import Layer
from symcount.layers.shape import Shape


class Hidden(Layer, token="H", aliases=("dense", "fc", "fullyconnected", "hidden")):
    """A hidden dense layer on a vector; what arrives with axes is flattened first."""

    units: Size = size("u", open_letter="h")
    bias: Size = flag("bias", default=1, added=True)

    def output(self, x: Shape) -> Shape:
        return Shape(self.units)

    def parameters(self, x: Shape) -> Size:
        return (x.size + self.bias) * self.units

    def notes(self, x: Shape) -> Iterator[str]:
        if x.axes:
            what = "×".join(map(str, x.sizes)) if all(isinstance(size, int) for size in x.sizes) else "its input"
            yield f"{{}} flattens {what} (Lin would keep the axes)"


class Output(Hidden, token="O", aliases=("output", "out")):
    """The output layer: a dense layer as `H` is."""

    units: Size = size("u", open_letter="o")


class Linear(Layer, token="Lin", aliases=("linear",)):
    """A dense layer over the channels alone: the same weights at every place, the axes kept.

    This is what Keras' Dense does to an input that nobody flattened.
    """

    units: Size = size("u")
    bias: Size = flag("bias", default=1, added=True)

    def output(self, x: Shape) -> Shape:
        return Shape(self.units, x.axes)

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.units
