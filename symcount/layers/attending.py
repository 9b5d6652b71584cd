"""Attention by itself: an operation on queries, keys and values that layers before it have made."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product
from symcount.layers.arguments import From, LayerError
from symcount.layers.constraints import Constraint, Divisible, Equal
from symcount.layers.declarations import size, source
from symcount.layers.heads import part_of_head
from symcount.layers.layer import Layer
from symcount.layers.reach import whole
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape
from symcount.layers.source import Source


class ScaledDotProduct(Layer, token="attend", aliases=("scaleddotproductattention", "sdpa")):
    """Attention without matrices, of queries, keys and values that arrive side by side.

    ``{Lin(d)|Lin(d)|Lin(d)}-attend(8)-Lin(d)`` is attention with them, and with whatever else the branches hold.
    Vaswani and others, Attention is all you need, 2017, section 3.2.1. ``kv`` heads have keys and values, where they
    are fewer. With ``k=@keys`` and ``v=@values`` the queries alone arrive, and the others are taken from there.
    """

    reach = whole

    noun = "attention without matrices"

    heads: Size = size("h", open_letter="a")
    kv: Size = size("h_kv", default=From("heads"), meaning="heads for keys and values")
    keys: Source | None = source("k")
    values: Source | None = source("v")

    parameters = biases = none("queries, keys and values are made before it")

    def output(self, x: Shape) -> Shape:
        self._check(x)
        if self.values is not None and self.kv == self.heads:
            return Shape(self.values.shape.channels, x.axes)
        return Shape(self.heads * self.widths(x)[1], x.axes)

    def widths(self, x: Shape) -> tuple[Size, Size]:
        """Return the width of a key, and that of a value, of one head."""
        if self.values is None:
            width = part_of_head(x.channels, self._parts())
            return width, width
        return part_of_head(x.channels, self.heads), part_of_head(self.values.shape.channels, self.kv, "d_v")

    def _parts(self) -> Size:
        """Into how many heads the channels part that arrive: those of queries, keys and values."""
        return 3 * self.heads if self.kv == self.heads else self.heads + 2 * self.kv

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        self._check(x)
        yield Divisible(self.kv, self.heads, "kv", "heads")
        if self.keys is None or self.values is None:
            hint = "{Lin(d)|Lin(d)|Lin(d)} makes queries, keys and values side by side"
            yield Divisible(self._parts(), x.channels, "heads of queries, keys and values", "channels", hint)
            return
        yield Divisible(self.heads, x.channels, "heads", "channels")
        yield Divisible(self.kv, self.values.shape.channels, "kv", "channels of the values")
        asked, kept = x.channels * self.kv, self.keys.shape.channels * self.heads
        yield Equal(asked, kept, "channels of the queries times kv", "those of the keys times heads")
        for one, other in zip(self.keys.shape.axes, self.values.shape.axes, strict=True):
            yield Equal(one, other, "places of the keys", "those of the values")

    def _check(self, x: Shape) -> None:
        if not x.axes:
            hint = "a sequence is I(channels,T), embedded numbers are I(T)-E(V,d)"
            raise LayerError("no-axes", "attend works on a sequence, but a vector arrives", hint=hint)
        if (self.keys is None) is not (self.values is None):
            message = "attend takes keys and values from labels, or neither"
            raise LayerError("bad-argument", message, hint="write k=@keys,v=@values")
        if self.keys is not None and self.values is not None and self.keys.shape.rank != self.values.shape.rank:
            message = f"keys and values stand at the same places, but {self.keys} has {self.keys.shape.rank} axes"
            raise LayerError("wrong-rank", f"{message} and {self.values} {self.values.shape.rank}", argument="keys")

    def macs(self, x: Shape, y: Shape) -> Size:
        width, value_width = self.widths(x)
        return product(x.axes) * self.answering(x) * self.heads * (width + value_width)

    def answering(self, x: Shape) -> Size:
        """Return how many places each place sees."""
        return product(x.axes if self.keys is None else self.keys.shape.axes)

    def cached(self, x: Shape, y: Shape) -> Size:
        if self.keys is not None:
            return 0
        width, value_width = self.widths(x)
        return self.kv * (width + value_width)

    def work(self, x: Shape, y: Shape) -> Sentence:
        words = "every place has a score for each of {}, and adds up their values"
        return sentence(words, many(self.answering(x), "place"))
