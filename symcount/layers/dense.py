"""Dense layers: every input value has a weight to every unit."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size
from symcount.layers.arguments import flag, size
from symcount.layers.layer import Layer
from symcount.layers.sentence import Sentence, each_of, said, with_bias
from symcount.layers.shape import Shape


class Hidden(Layer, token="H", aliases=("dense", "fc", "fullyconnected", "hidden")):
    """A hidden dense layer on a vector; what arrives with axes is flattened first."""

    noun = "dense layer"

    units: Size = size("u", open_letter="h")
    bias: Size = flag("bias", default=1, added=True)

    def output(self, x: Shape) -> Shape:
        return Shape(self.units)

    def parameters(self, x: Shape) -> Size:
        return (x.size + self.bias) * self.units

    def beforehand(self, x: Shape) -> Iterator[tuple[str, Size]]:
        if x.axes:
            yield "flattening", x.size

    def reason(self, x: Shape) -> Sentence:
        values = each_of(x.size, "value")
        words = "{} has a weight for {} of its input; {}"
        return said(words, each_of(self.units, "unit"), values, with_bias(self.bias, "unit"))

    def notes(self, x: Shape) -> Iterator[str]:
        if x.axes:
            what = "×".join(map(str, x.sizes)) if all(isinstance(size, int) for size in x.sizes) else "its input"
            yield f"{{}} flattens {what} (Lin would keep the axes)"


class Output(Hidden, token="O", aliases=("output", "out")):
    """The output layer: a dense layer as `H` is."""

    noun = "output layer"

    units: Size = size("u", open_letter="o")


class Linear(Layer, token="Lin", aliases=("linear",)):
    """A dense layer over the channels alone: the same weights at every place, the axes kept.

    This is what Keras' Dense does to an input that nobody flattened.
    """

    noun = "linear layer"

    units: Size = size("u")
    bias: Size = flag("bias", default=1, added=True)

    def output(self, x: Shape) -> Shape:
        return Shape(self.units, x.axes)

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.units

    def reason(self, x: Shape) -> Sentence:
        units, channels = each_of(self.units, "unit"), each_of(x.channels, "channel")
        where = ", the same at every place" if x.axes else ""
        return said("{} has a weight for {}{}; {}", units, channels, where, with_bias(self.bias, "unit"))
