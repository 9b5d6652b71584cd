"""The mixing of RWKV, of places and of channels, from its fourth version to its seventh.

What a state is multiplied with value by value is not counted among the products; what is added up over it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product
from symcount.layers.addends import Addend
from symcount.layers.carrying import Carrying
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import flag, size
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape


class TimeMixing(Carrying, token="TMix", aliases=("timemix", "timemixing")):
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


class ChannelMixing(Carrying, token="CMix", aliases=("channelmix", "channelmixing")):
    """The channel mixing of RWKV: keys to ``h`` values and back, times a receptance.

    Peng and others, RWKV: reinventing RNNs for the transformer era, 2023, section 3.2. ``receptance=off`` is that
    of RWKV-7, which has none (Peng and others, RWKV-7 Goose with expressive dynamic state evolution, 2025).
    """

    noun = "channel mixing"

    hidden: Size = size("h", open_letter="m")
    receptance: Size = flag("receptance", default=1)

    biases = none("what is mixed is multiplied")

    def addends(self, x: Shape) -> Iterator[Addend]:
        yield Addend("keys and values", 2 * x.channels * self.hidden)
        yield Addend("receptance", self.receptance * (x.channels * x.channels))
        yield Addend("mixes", (1 + self.receptance) * x.channels)

    def macs(self, x: Shape, y: Shape) -> Size:
        return (2 * x.channels * self.hidden + self.receptance * (x.channels * x.channels)) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each matrix is met at every one of {}", many(product(x.axes), "place"))

    def reason(self, x: Shape) -> Sentence:
        sizes = many(x.channels, "channel"), many(self.hidden, "value")
        if self.receptance == 0:
            return sentence("matrices from {} to {} and back, a mix with the place before", *sizes)
        words = "matrices from {} to {}, back, and for the receptance; mixes with the place before for two of them"
        return sentence(words, *sizes)


class FinchMixing(Carrying, token="Finch", aliases=("rwkv6", "rwkv6attention")):
    """The time mixing of RWKV-6: mixes and decay are set anew at every place, each by two thin matrices.

    Peng and others, Eagle and Finch, 2024, section 4.2. ``mix`` is the rank of the five mixes, ``decay`` that of
    the decay; ``head`` values of a head have a state for each pair of them.
    """

    noun = "time mixing of RWKV-6"

    head: Size = size("d_h", meaning="values of a head")
    mix: Size = size("r_m", default=32, named_only=True, meaning="rank of a mix")
    decay: Size = size("r_w", default=64, named_only=True, meaning="rank of the decay")
    width: Size | None = size("d", default=None, named_only=True, meaning="values of a key")

    biases = none("what is mixed and decays is multiplied")

    def _width(self, x: Shape) -> Size:
        return x.channels if self.width is None else self.width

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.head, self._width(x), "head", "values of a key")

    def addends(self, x: Shape) -> Iterator[Addend]:
        c, d = x.channels, self._width(x)
        yield Addend("matrices", 5 * c * d)
        yield Addend("mixes", 6 * c + 2 * c * (5 * self.mix))
        yield Addend("decay", d + self.decay * (c + d))
        yield Addend("bonus", d)
        yield Addend("norm", 2 * d)

    def macs(self, x: Shape, y: Shape) -> Size:
        c, d = x.channels, self._width(x)
        return (5 * c * d + 2 * c * (5 * self.mix) + self.decay * (c + d) + d * self.head) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return _read_at(x)

    def reason(self, x: Shape) -> Sentence:
        words = "a matrix each for receptance, keys, values, gate and output; five mixes of rank {}, a decay of rank {}"
        return sentence(words, self.mix, self.decay)


class GooseMixing(Carrying, token="Goose", aliases=("rwkv7", "rwkv7attention")):
    """The time mixing of RWKV-7: at every place a key is taken out of the state before a value is put under it.

    Peng and others, RWKV-7 Goose with expressive dynamic state evolution, 2025, section 4 and the appendix on
    parameters. ``decay``, ``rate`` and ``gate`` are the ranks of the decay, of the rate at which a key is replaced,
    and of the gate; ``value`` is that of the mix with the values of the first layer, which that layer has not.
    """

    noun = "time mixing of RWKV-7"

    head: Size = size("d_h", meaning="values of a head")
    decay: Size = size("r_w", named_only=True, meaning="rank of the decay")
    rate: Size = size("r_a", named_only=True, meaning="rank of the rate")
    gate: Size = size("r_g", named_only=True, meaning="rank of the gate")
    value: Size | None = size("r_v", default=None, named_only=True, meaning="rank of the mix of values")

    biases = none("what is mixed and decays is multiplied")

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.head, x.channels, "head", "channels")

    def _ranks(self) -> Size:
        """The ranks of all that is set by two thin matrices, together."""
        given = self.decay + self.rate + self.gate
        return given if self.value is None else given + self.value

    def addends(self, x: Shape) -> Iterator[Addend]:
        c = x.channels
        yield Addend("matrices", 4 * c * c)
        yield Addend("mixes", 6 * c)
        yield Addend("thin matrices", 2 * c * self._ranks())
        yield Addend("decay and rate", 2 * c)
        if self.value is not None:
            yield Addend("mix of values", c)
        yield Addend("keys and bonus", 3 * c)
        yield Addend("norm", 2 * c)

    def macs(self, x: Shape, y: Shape) -> Size:
        c = x.channels
        return (4 * c * c + 2 * c * self._ranks() + 2 * c * self.head) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("{}, once for what is taken out of it and once for what leaves", _read_at(x))

    def reason(self, x: Shape) -> Sentence:
        words = "a matrix each for receptance, keys, values and output; two of rank {} for the decay, of rank {} for"
        return sentence(words + " the rate, of rank {} for the gate", self.decay, self.rate, self.gate)


def _read_at(x: Shape) -> Sentence:
    words = "each matrix is met at every one of {}; there a head's state is read"
    return sentence(words, many(product(x.axes), "place"))
