"""Layers that carry a state along a sequence without attention: selective state spaces, and the mixing of RWKV.

What a state is multiplied with value by value is not counted among the products; what is added up over it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, ceil_div, product
from symcount.layers.addends import Addend, added
from symcount.layers.arguments import LayerError
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import flag, size
from symcount.layers.layer import Layer
from symcount.layers.reach import whole
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape


class _Carrying(Layer):
    """A layer over the places of one sequence, whose channels stay."""

    reach = whole

    def output(self, x: Shape) -> Shape:
        if x.rank != 1:
            arriving = f"{x}, with {x.rank} axes," if x.axes else "a vector"
            hint = "seq makes one axis of all" if x.axes else "a sequence is I(channels,T)"
            raise LayerError("wrong-rank", f"{self.token} works on a sequence, but {arriving} arrives", hint=hint)
        return x

    def parameters(self, x: Shape) -> Size:
        return added(self.addends(x))


class _StateSpace(_Carrying):
    """A state space between two matrices, behind a short convolution of each channel by itself."""

    inner: Size | None = size("e", default=None, named_only=True, meaning="inner width")
    kernel: Size = size("k", default=4, named_only=True)

    def width(self, x: Shape) -> Size:
        """Return how many values have a state: twice the channels, where nothing else is said."""
        return 2 * x.channels if self.inner is None else self.inner

    def weights(self, x: Shape) -> Size:
        return self.parameters(x) - self.biases(x)


class SelectiveStateSpace(_StateSpace, token="S6", aliases=("mambamixer", "selectivestatespace")):
    """A selective state space between two matrices, with a gate: the layer that Mamba is made of.

    Gu and Dao, Mamba: linear-time sequence modeling with selective state spaces, 2023, algorithm 2 and figure 3.
    ``s`` states for each of the ``e`` inner values, 2c where it is not said; ``rank`` is that of the step, c/16
    rounded up; ``norm=on`` gives step, B and C a factor for each of their values (Lieber and others, Jamba, 2024).
    """

    noun = "selective state space"

    state: Size = size("s")
    rank: Size | None = size("r", default=None, named_only=True, meaning="rank of the step")
    bias: Size = flag("bias", default=0)
    norm: Size = flag("norm", default=0)

    def addends(self, x: Shape) -> Iterator[Addend]:
        c, e, s, r = x.channels, self.width(x), self.state, self.step_rank(x)
        yield Addend("values and gate", c * (2 * e))
        yield Addend("convolution", (self.kernel + 1) * e)
        yield Addend("step, B and C", e * (r + 2 * s))
        yield Addend("step back", (r + 1) * e)
        yield Addend("A and D", (s + 1) * e)
        yield Addend("output", e * c)
        yield Addend("norms", self.norm * (r + 2 * s))
        yield Addend("biases", self.bias * (2 * e + c))

    def biases(self, x: Shape) -> Size:
        return 2 * self.width(x) + self.bias * (2 * self.width(x) + x.channels)

    def macs(self, x: Shape, y: Shape) -> Size:
        c, e, s, r = x.channels, self.width(x), self.state, self.step_rank(x)
        return (c * (2 * e) + self.kernel * e + e * (r + 2 * s) + r * e + e * s + e * c) * product(x.axes)

    def step_rank(self, x: Shape) -> Size:
        """Return the rank of the step: the channels over 16, rounded up, where nothing else is said."""
        return ceil_div(x.channels, 16) if self.rank is None else self.rank

    def work(self, x: Shape, y: Shape) -> Sentence:
        words = "each matrix is met at every one of {}; there each of {} adds up what {} give"
        return sentence(words, many(product(x.axes), "place"), many(self.width(x), "value"), many(self.state, "state"))

    def reason(self, x: Shape) -> Sentence:
        inner, states = many(self.width(x), "value"), many(self.state, "state")
        words = "a matrix to {} and as many gates, a window of {} for each, {} for each; and a matrix back"
        return sentence(words, inner, self.kernel, states)


class StateSpaceDuality(_StateSpace, token="SSD", aliases=("mamba2mixer", "statespaceduality")):
    """A state space whose heads each have one number for A, between two matrices: the layer that Mamba-2 is made of.

    Dao and Gu, Transformers are SSMs, 2024, section 7 and figure 6. ``s`` states for each of the ``e`` inner values,
    2c where it is not said; ``g`` groups of heads have B and C in common; what leaves is normalised, with a factor
    for each inner value.
    """

    noun = "state space with heads"

    heads: Size = size("h", open_letter="a")
    state: Size = size("s")
    groups: Size = size("g", default=1)
    bias: Size = flag("bias", default=0)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.heads, self.width(x), "heads", "inner values")
        yield Divisible(self.groups, self.heads, "groups", "heads")

    def _mixed(self, x: Shape) -> Size:
        """The values that the short convolution sees: those with a state, B and C."""
        return self.width(x) + 2 * self.groups * self.state

    def addends(self, x: Shape) -> Iterator[Addend]:
        c, e, mixed = x.channels, self.width(x), self._mixed(x)
        yield Addend("values, gate, B, C and step", c * (e + mixed + self.heads))
        yield Addend("convolution", (self.kernel + 1) * mixed)
        yield Addend("A, D and step of each head", 3 * self.heads)
        yield Addend("norm", e)
        yield Addend("output", e * c)
        yield Addend("biases", self.bias * (e + mixed + self.heads + c))

    def biases(self, x: Shape) -> Size:
        e, mixed = self.width(x), self._mixed(x)
        return mixed + self.heads + self.bias * (e + mixed + self.heads + x.channels)

    def macs(self, x: Shape, y: Shape) -> Size:
        c, e, mixed = x.channels, self.width(x), self._mixed(x)
        return (c * (e + mixed + self.heads) + self.kernel * mixed + e * self.state + e * c) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        words = "each matrix is met at every one of {}; there each of {} adds up what {} give"
        return sentence(words, many(product(x.axes), "place"), many(self.width(x), "value"), many(self.state, "state"))

    def reason(self, x: Shape) -> Sentence:
        words = "a matrix to {}, as many gates, B and C of {} and a step for each of {}; and a matrix back"
        inner, states = many(self.width(x), "value"), many(self.state, "state")
        return sentence(words, inner, states, many(self.heads, "head"))


class TimeMixing(_Carrying, token="TMix", aliases=("timemix", "timemixing")):
    """The time mixing of RWKV: receptance, keys, values and output, and a decay for each channel.

    Peng and others, RWKV: reinventing RNNs for the transformer era, 2023, section 3.1. ``head=64`` is that of
    RWKV-5, whose heads have a state for each pair of their values, a gate and a normalisation (Peng and others,
    Eagle and Finch, 2024, section 4.1).
    """

    noun = "time mixing"

    width: Size | None = size("d", default=None, meaning="values of a key")
    head: Size | None = size("d_h", default=None, named_only=True, meaning="values of a head")

    biases = none("what is mixed and decays is multiplied")

    def _width(self, x: Shape) -> Size:
        return x.channels if self.width is None else self.width

    def _matrices(self) -> int:
        """How many matrices there are: with heads one for the gate besides."""
        return 4 if self.head is None else 5

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        if self.head is not None:
            yield Divisible(self.head, self._width(x), "head", "values of a key")

    def addends(self, x: Shape) -> Iterator[Addend]:
        c, d = x.channels, self._width(x)
        yield Addend("matrices", self._matrices() * c * d)
        yield Addend("mixes", (self._matrices() - 1) * c)
        yield Addend("decay and bonus", 2 * d)
        if self.head is not None:
            yield Addend("norm", 2 * d)

    def macs(self, x: Shape, y: Shape) -> Size:
        read = 0 if self.head is None else self._width(x) * self.head
        return (self._matrices() * x.channels * self._width(x) + read) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        met = sentence("each matrix is met at every one of {}", many(product(x.axes), "place"))
        return met if self.head is None else sentence("{}; there a head's state is read", met)

    def reason(self, x: Shape) -> Sentence:
        what = "receptance, keys, values" + ("" if self.head is None else ", gate")
        words = "a matrix each for {} and output, a mix with the place before for each but the last; decay and bonus"
        return sentence(words, what)


class ChannelMixing(_Carrying, token="CMix", aliases=("channelmix", "channelmixing")):
    """The channel mixing of RWKV: keys to ``h`` values and back, times a receptance.

    Peng and others, RWKV: reinventing RNNs for the transformer era, 2023, section 3.2.
    """

    noun = "channel mixing"

    hidden: Size = size("h", open_letter="m")

    biases = none("what is mixed is multiplied")

    def addends(self, x: Shape) -> Iterator[Addend]:
        yield Addend("keys and values", 2 * x.channels * self.hidden)
        yield Addend("receptance", x.channels * x.channels)
        yield Addend("mixes", 2 * x.channels)

    def macs(self, x: Shape, y: Shape) -> Size:
        return (2 * x.channels * self.hidden + x.channels * x.channels) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each matrix is met at every one of {}", many(product(x.axes), "place"))

    def reason(self, x: Shape) -> Sentence:
        words = "matrices from {} to {}, back, and for the receptance; mixes with the place before for two of them"
        return sentence(words, many(x.channels, "channel"), many(self.hidden, "value"))
