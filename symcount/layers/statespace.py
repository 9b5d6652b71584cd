"""Selective state spaces, which carry a state along a sequence.

What a state is multiplied with value by value is not counted among the products; what is added up over it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, ceil_div, product
from symcount.layers.addends import Addend
from symcount.layers.carrying import Carrying
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import flag, size
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape


class _StateSpace(Carrying):
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
