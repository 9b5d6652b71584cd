"""Dense layers: every input value has a weight to every unit."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product
from symcount.layers.constraints import Constraint
from symcount.layers.declarations import flag, ranks, size, source
from symcount.layers.kept import ACCOUNTS, Kept
from symcount.layers.layer import Layer
from symcount.layers.projections import Projecting, Projection, tied_constraint
from symcount.layers.reach import alone, whole
from symcount.layers.sentences import Sentence, each_of, sentence, with_bias
from symcount.layers.shape import Shape
from symcount.layers.source import Matrix, Source


class Hidden(Projecting, token="H", aliases=("dense", "fc", "fullyconnected", "hidden")):
    """A hidden dense layer on a vector; what arrives with axes is flattened first."""

    reach = whole

    noun = "dense layer"

    units: Size = size("u", open_letter="h")
    bias: Size = flag("bias", default=1, added=True)
    lora: Size = ranks()

    def output(self, x: Shape) -> Shape:
        return Shape(self.units)

    def parameters(self, x: Shape) -> Size:
        return (x.size + self.bias) * self.units

    def biases(self, x: Shape) -> Size:
        return self.bias * self.units

    def macs(self, x: Shape, y: Shape) -> Size:
        return x.size * self.units + self.adapters(x)

    def connections(self, x: Shape, y: Shape) -> Size:
        return (x.size + self.bias) * self.units

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each weight is met once")

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        return (Projection(x.size, self.units),)

    def matrix(self, x: Shape) -> Matrix:
        return self.units, x.size

    def beforehand(self, x: Shape) -> Iterator[tuple[str, Size]]:
        if x.axes:
            yield "flattening", x.size

    def reason(self, x: Shape) -> Sentence:
        values = each_of(x.size, "value")
        words = "{} has a weight for {} of its input; {}"
        return sentence(words, each_of(self.units, "unit"), values, with_bias(self.bias, "unit"))

    def notes(self, x: Shape) -> Iterator[str]:
        if x.axes:
            what = "×".join(map(str, x.sizes)) if all(isinstance(size, int) for size in x.sizes) else "its input"
            yield f"{{}} flattens {what} (Lin would keep the axes)"

    def notes_behind(self, before: Layer, x: Shape) -> Iterator[str]:
        if x.axes and "last" in before.arguments:
            yield f"{{}} sees every step that {before.token} gives; last=on there gives the last step alone"


class Output(Hidden, token="O", aliases=("output", "out")):
    """The output layer: a dense layer as `H` is."""

    noun = "output layer"

    units: Size = size("u", open_letter="o")


class Linear(Projecting, token="Lin", aliases=("linear", "lazylinear")):
    """A dense layer over the channels alone: the same weights at every place, the axes kept.

    This is what Keras' Dense does to an input that nobody flattened. ``w=@label`` shares the matrix
    of the labelled layer, as a language model's last layer does with its embedding (Press and Wolf,
    Using the output embedding to improve language models, 2017).
    """

    reach = alone

    noun = "linear layer"

    units: Size = size("u")
    bias: Size = flag("bias", default=1, added=True)
    tied: Source | None = source("w")
    lora: Size = ranks()

    def output(self, x: Shape) -> Shape:
        return Shape(self.units, x.axes)

    def parameters(self, x: Shape) -> Size:
        if self.tied is not None:
            return self.bias * self.units
        return (x.channels + self.bias) * self.units

    def biases(self, x: Shape) -> Size:
        return self.bias * self.units

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        return (Projection(x.channels, self.units),)

    def matrix(self, x: Shape) -> Matrix:
        return self.units, x.channels

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield from tied_constraint(self.tied, self.matrix(x))

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        logits = Kept("logits, in 4 bytes", 4 * (self.units * product(x.axes)), ACCOUNTS)
        return Kept("its input", 2 * x.size, ACCOUNTS), logits

    def reason(self, x: Shape) -> Sentence:
        if self.tied is not None:
            return sentence("its matrix is that of another layer, and counted there; {}", with_bias(self.bias, "unit"))
        units, channels = each_of(self.units, "unit"), each_of(x.channels, "channel")
        where = ", the same at every place" if x.axes else ""
        return sentence("{} has a weight for {}{}; {}", units, channels, where, with_bias(self.bias, "unit"))
