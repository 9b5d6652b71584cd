"""Recurrent layers: the same weights at every step of a sequence, with a state from one step to the next.

Each gate has weights for what arrives and for the state before, and one bias or, as PyTorch and
cuDNN keep them, two; what a text leaves open is the convention's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Self

from symcount.arithmetic import Size, Term, by_name, product
from symcount.layers.addends import Addend, added
from symcount.layers.arguments import SAME, ByConvention, LayerError, Padding, Value
from symcount.layers.conventions import GRU_BIASES, RECURRENT_BIASES
from symcount.layers.declarations import flag, gate_biases, padding, size, sizes, uncounted
from symcount.layers.inside import taps_inside
from symcount.layers.layer import Layer
from symcount.layers.reach import Chosen, Reach, Window, whole
from symcount.layers.sentences import Sentence, each_of, listed, many, sentence, window
from symcount.layers.shape import Shape
from symcount.layers.windows import positions, reached


class Recurrent(Layer):
    """A layer with a state of ``h`` values, over the axis of a sequence, or ``along`` one axis at each place of others.

    Along the rows of an image and then along its columns it is a layer of ReNet (Visin and others, 2015).
    """

    gates: ClassVar[int]
    parts: ClassVar[str]

    units: Size = size("h", open_letter="r")
    bias: Size = gate_biases(default=ByConvention(RECURRENT_BIASES))
    last: Size = flag("last", default=0, counted=False)
    along: Size | None = uncounted("axis", named_only=True)

    def reach(self, x: Shape) -> Reach:
        if x.rank == 1:
            return None
        return tuple(Chosen(1) if place == self._place(x) else Window() for place in range(x.rank))

    def rooms(self, x: Shape) -> Reach:
        return self.reach(x) if self.last else None

    def output(self, x: Shape) -> Shape:
        place = self._place(x)
        return Shape(self.state, (*x.axes[:place], *x.axes[place + 1 :]) if self.last else x.axes)

    def _place(self, x: Shape) -> int:
        """Return where the axis stands that the steps are along."""
        if self.along is None and x.rank == 1:
            return 0
        if self.along is None or not x.axes:
            raise _no_sequence(self.token, x)
        if not isinstance(self.along, int) or not 1 <= self.along <= x.rank:
            given = by_name(self.along) if isinstance(self.along, Term) else self.along
            message = f"along (={given}) is the number of an axis, and {x} has {x.rank}"
            raise LayerError("bad-argument", message, argument="along", hint="the first axis is 1")
        return self.along - 1

    def parameters(self, x: Shape) -> Size:
        return self.gates * (x.channels + self.state + self.bias) * self.units

    def biases(self, x: Shape) -> Size:
        return self.gates * self.bias * self.units

    def reason(self, x: Shape) -> Sentence:
        units, values = each_of(self.units, "unit"), each_of(self.state, "value")
        words = "{}: {} has a weight for {} of its input and for {} of the state before; {}"
        return sentence(
            words, self.parts, units, each_of(x.channels, "channel"), values, _biases(self.bias, self.gates)
        )

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.weights(x) * product(x.axes)

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.parameters(x) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each weight is met at every one of {}", many(product(x.axes), "step"))

    @property
    def state(self) -> Size:
        """The number of values that go from step to step, and leave."""
        return self.units


class SimpleRecurrent(Recurrent, token="RNN", aliases=("simplernn",)):
    """A simple recurrent layer: each unit sees what arrives and the units of the step before.

    Elman, Finding structure in time, 1990.
    """

    gates = 1
    parts = "without gates"
    noun = "recurrent layer"


class GatedRecurrentUnit(Recurrent, token="GRU", aliases=("gatedrecurrentunit",)):
    """A gated recurrent unit: two gates and a candidate, so three times the weights of a simple layer.

    Cho and others, Learning phrase representations, 2014, with one bias; PyTorch's GRU and Keras'
    with ``reset_after`` keep two.
    """

    gates = 3
    parts = "in the update gate, the reset gate and the candidate alike"
    noun = "gated recurrent unit"

    bias: Size = gate_biases(default=ByConvention(GRU_BIASES))


class LongShortTermMemory(Recurrent, token="LSTM", aliases=("longshorttermmemory",)):
    """A long short-term memory: three gates and a candidate, so four times the weights of a simple layer.

    Gers, Schmidhuber and Cummins, Learning to forget, 2000. ``proj=o`` makes the state smaller by a
    matrix of o·h (Sak, Senior and Beaufays, 2014; ``proj_size`` in PyTorch).
    """

    gates = 4
    parts = "in the input, forget and output gates and the candidate alike"
    noun = "long short-term memory"

    proj: Size | None = size("o", default=None, least=0, named_only=True, meaning="values of the state")

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values; a projection to 0 values is none, as in PyTorch."""
        layer = super().bound(given, rank)
        return layer.with_values(proj=None) if layer.proj == 0 else layer

    def addends(self, x: Shape) -> Iterator[Addend]:
        yield Addend("gates", super().parameters(x))
        if self.proj is not None:
            yield Addend("projection", self.proj * self.units)

    def parameters(self, x: Shape) -> Size:
        return added(self.addends(x))

    def reason(self, x: Shape) -> Sentence:
        projected = sentence("a matrix makes {} of the {}", many(self.state, "value"), many(self.units, "unit"))
        return listed((super().reason(x), *([] if self.proj is None else [projected])), "; ")

    @property
    def state(self) -> Size:
        return self.units if self.proj is None else self.proj


class ConvolutionalMemory(Layer, token="CLSTM", aliases=("convlstm",)):
    """A long short-term memory over images in time, whose weights are convolutions.

    The first axis is time, the others are those of an image (Shi and others, Convolutional LSTM
    network, 2015); one bias, as in Keras' ConvLSTM2D.
    """

    noun = "convolutional memory"

    filters: Size = size("f")
    kernel: tuple[Size, ...] = sizes("k")
    padding: tuple[Padding, ...] = padding(SAME, default=SAME)
    bias: Size = gate_biases(default=1)
    last: Size = flag("last", default=0, counted=False)

    reach = whole

    @classmethod
    def own_rank(cls, rank: int) -> int:
        return max(0, rank - 1)

    def output(self, x: Shape) -> Shape:
        if x.rank < 2:
            message = f"CLSTM works on images in time, but {x} with {x.rank} axes arrives"
            raise LayerError("wrong-rank", message, hint="the first axis is time: I(1,20x64x64)")
        time, *axes = x.axes
        places = tuple(positions(n, k, 1, p, 1) for n, k, p in zip(axes, self.kernel, self.padding, strict=True))
        return Shape(self.filters, places if self.last else (time, *places))

    def parameters(self, x: Shape) -> Size:
        return 4 * (product(self.kernel) * (x.channels + self.filters) + self.bias) * self.filters

    def biases(self, x: Shape) -> Size:
        return 4 * self.bias * self.filters

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.weights(x) * product(self._places(y)) * x.axes[0]

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        rows = zip(x.axes[1:], self._places(y), self.kernel, self.padding, strict=True)
        seen = product(taps_inside(n, m, k, 1, pad, 1) for n, m, k, pad in rows)
        # the state has the places of what leaves, and a padding that keeps them
        kept = product(taps_inside(m, m, k, 1, SAME, 1) for m, k in zip(self._places(y), self.kernel, strict=True))
        return 4 * (seen * x.channels + kept * self.filters) * self.filters * x.axes[0]

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.macs_inside(x, y) + self.biases(x) * product(self._places(y)) * x.axes[0]

    def rooms(self, x: Shape) -> Reach:
        rows = zip(x.axes[1:], self.kernel, self.padding, strict=True)
        image = tuple(reached(n, k, 1, pad, 1) for n, k, pad in rows)
        return image if self.last else (Window(), *image)

    def _places(self, y: Shape) -> tuple[Size, ...]:
        """The axes of the image that leaves."""
        return y.axes if self.last else y.axes[1:]

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each weight is met at every place of the image, at every one of {}", many(x.axes[0], "step"))

    def reason(self, x: Shape) -> Sentence:
        filters, channels = each_of(self.filters, "filter"), each_of(x.channels, "channel")
        words = "{}: {} sees {} of its input and each map of the state before through {}; {}"
        return sentence(
            words, LongShortTermMemory.parts, filters, channels, window(self.kernel), _biases(self.bias, 4, "filter")
        )


def _biases(bias: Size, gates: int, noun: str = "unit") -> Sentence:
    of = noun if gates == 1 else f"{noun} of a gate"
    match bias:
        case 0:
            return sentence("no bias")
        case 1:
            return sentence("one bias for each {}", of)
        case _:
            return sentence("{} biases for each {}", bias, of)


def _no_sequence(token: str, x: Shape) -> LayerError:
    if not x.axes:
        message = f"{token} works on a sequence, but a vector arrives"
        return LayerError("no-axes", message, hint="a sequence of T steps is written I(300,T)")
    message = f"{token} works on a sequence, but {x} with {x.rank} axes arrives"
    return LayerError("wrong-rank", message, hint="along=2 runs along the second axis; seq makes one axis of all")
