"""Attention: every place of a sequence sees every other, through queries, keys and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.arithmetic import Named, Size, by_name, product, ratio
from symcount.layers.addends import Addend, added
from symcount.layers.arguments import From, LayerError, Word
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import flag, ranks, size, source
from symcount.layers.heads import part_of_head
from symcount.layers.kept import ALL_KEPT, FULL, Kept
from symcount.layers.projections import Projecting, Projection
from symcount.layers.reach import whole
from symcount.layers.sentences import Sentence, listed, many, sentence
from symcount.layers.shape import Shape
from symcount.layers.source import Source

_PARTS = ("q", "k", "v", "out")
"""The projections: to queries, keys and values, and from the heads back to the channels."""

_NONE = Word("none")


class Attention(Projecting, token="MHA", aliases=("attention", "multiheadattention", "selfattention")):
    """Multi-head attention: projections to the queries, keys and values of each head, and one back.

    Vaswani and others, Attention is all you need, 2017. ``kv`` heads for keys and values, where
    they are fewer (Ainslie and others, GQA, 2023); ``dk`` and ``dv`` are the widths of one head.
    ``bias`` is on, off, ``qkv``, or one each for q, k, v and out, as in ``bias=(1,0,1,1)``.
    ``from=@label`` takes keys and values from there. ``norm=on`` normalises queries and keys, with
    a factor each for the values of a head; ``rel`` is the length of a table of relative positions,
    for each head; ``win`` is the side of the windows that see themselves alone. ``out`` is the width
    of what leaves, where that is another. ``lora=r`` adapts every projection, ``lora=(r,0,r,0)``
    those of q and v.
    """

    reach = whole

    noun = "attention"

    heads: Size = size("h", open_letter="a")
    kv: Size = size("h_kv", default=From("heads"), meaning="heads for keys and values")
    dk: Size | None = size("d_k", default=None, meaning="width of a query and of a key of one head")
    dv: Size | None = size("d_v", default=From("dk"), meaning="width of a value of one head")
    bias: Any = flag("bias", default=1, words=("qkv",), added=True, parts=_PARTS)
    memory: Source | None = source("from")
    norm: Size = flag("norm", default=0)
    win: Size | Word = size("win", default=_NONE, words=(_NONE,), named_only=True)
    rel: Size = size("rel", default=0, least=0, named_only=True, meaning="relative positions")
    out: Size | None = size("d_o", default=None, named_only=True, meaning="width of what leaves")
    lora: Any = ranks(*_PARTS)

    def output(self, x: Shape) -> Shape:
        self._check_sequences(x)
        return x if self.out is None else Shape(self.out, x.axes)

    def _check_sequences(self, x: Shape) -> None:
        hint = "a sequence is I(channels,T), embedded numbers are I(T)-E(V,d)"
        if not x.axes:
            raise LayerError("no-axes", "MHA works on a sequence, but a vector arrives", hint=hint)
        if self.memory is not None and not self.memory.shape.axes:
            message = f"MHA takes keys and values from a sequence, but {self.memory} is a vector"
            raise LayerError("no-axes", message, hint=hint, argument="memory")

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        width, value_width = self.widths(x)
        seen = x.channels if self.memory is None else self.memory.shape.channels
        return (
            Projection(x.channels, self.heads * width),
            Projection(seen, self.kv * width),
            Projection(seen, self.kv * value_width),
            Projection(self.heads * value_width, self.output(x).channels),
        )

    def addends(self, x: Shape) -> Iterator[Addend]:
        for what, each in zip(("queries", "keys", "values", "output"), self.projections(x), strict=True):
            yield Addend(what, each.weights)
        yield Addend("biases", self.biases(x))
        yield Addend("norms", self.norm * (2 * self.widths(x)[0]))
        yield Addend("positions", self.rel * self.heads)

    def parameters(self, x: Shape) -> Size:
        return added(self.addends(x))

    def biases(self, x: Shape) -> Size:
        total: Size = 0
        for each in self._added(x):
            total = total + each
        return total

    def _added(self, x: Shape) -> Iterator[Size]:
        """The biases of each projection: one for each value that it gives."""
        projections = zip(self._biases(), self.projections(x), strict=True)
        return (bias * each.gives for bias, each in projections)

    def macs(self, x: Shape, y: Shape) -> Size:
        asking = product(x.axes)
        made = self._projected(x) if self.memory is not None else Projecting.macs(self, x, y)
        width, value_width = self.widths(x)
        return made + asking * self.answering(x) * self.heads * (width + value_width)

    def _projected(self, x: Shape) -> Size:
        """The products of the projections where keys and values are those of another sequence."""
        assert self.memory is not None
        asking, answering = product(x.axes), product(self.memory.shape.axes)
        rows = zip(self.projections(x), self._ranks(x), (asking, answering, answering, asking), strict=True)
        total: Size = 0
        for each, rank, places in rows:
            total = total + (each.weights + rank * (each.takes + each.gives)) * places
        return total

    def answering(self, x: Shape) -> Size:
        """Return how many places each place sees: those of its window, of its own sequence, or of the labelled one."""
        if not isinstance(self.win, Word):
            return product((self.win,) * x.rank)
        return product(x.axes if self.memory is None else self.memory.shape.axes)

    def connections(self, x: Shape, y: Shape) -> Size:
        asking = product(x.axes)
        answering = asking if self.memory is None else product(self.memory.shape.axes)
        total = self.macs(x, y)
        for biases, places in zip(self._added(x), (asking, answering, answering, asking), strict=True):
            total = total + biases * places
        return total

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        if self.memory is not None:
            return None
        width, value_width = self.widths(x)
        places = product(x.axes)
        scores = self.heads * places * self.answering(x)
        return (
            Kept("input of the layer it is in", 2 * x.size, (FULL,)),
            Kept("its input", 2 * x.size),
            Kept("queries", 2 * (self.heads * width * places)),
            Kept("keys", 2 * (self.kv * width * places)),
            Kept("values", 2 * (self.kv * value_width * places)),
            Kept("input of the last matrix", 2 * (self.heads * value_width * places)),
            Kept("mask of the dropout behind it", self.output(x).size),
            Kept("softmax of the scores", 2 * scores, (ALL_KEPT,)),
            Kept("dropout of the scores", 2 * scores, (ALL_KEPT,)),
            Kept("mask of that dropout", scores, (ALL_KEPT,)),
        )

    def cached(self, x: Shape, y: Shape) -> Size:
        if self.memory is not None:
            return 0
        width, value_width = self.widths(x)
        return self.kv * (width + value_width)

    def work(self, x: Shape, y: Shape) -> Sentence:
        words = "the projections at every place; then every place has a score for each of {}, and adds up their values"
        return sentence(words, many(self.answering(x), "place"))

    def beforehand(self, x: Shape) -> Iterator[tuple[str, Size]]:
        if self.dk is None:
            yield "width of a head", Named("d_k", ratio(x.channels, self.heads))

    def reason(self, x: Shape) -> Sentence:
        width, value_width = self.widths(x)
        seen = x.channels if self.memory is None else self.memory.shape.channels
        rows = (
            ("queries", x.channels, self.heads, width),
            ("keys", seen, self.kv, width),
            ("values", seen, self.kv, value_width),
        )
        made = (
            sentence(
                "{}: a matrix from {} to {} of {}", what, many(c, "channel"), many(heads, "head"), many(one, "value")
            )
            for what, c, heads, one in rows
        )
        left = many(self.output(x).channels, "channel")
        back = sentence("output: a matrix from {} back to {}", many(self.heads, "head"), left)
        return listed((*made, back, *self._besides()), "; ")

    def _besides(self) -> Iterator[Sentence]:
        """What it has besides its matrices."""
        biases = {name for name, bias in zip(_PARTS, self._biases(), strict=True) if bias != 0}
        all_or_some = f"a bias for each value of {', '.join(name for name in _PARTS if name in biases)}"
        yield sentence(all_or_some if biases else "no bias")
        if self.norm != 0:
            yield sentence("a factor for each value of a query and of a key of one head")
        if self.rel != 0:
            yield sentence("{} for each head", many(self.rel, "relative position"))

    def widths(self, x: Shape) -> tuple[Size, Size]:
        """Return the width of a key, and that of a value, of one head: its part of the channels where none is given."""
        width = part_of_head(x.channels, self.heads) if self.dk is None else self.dk
        return width, width if self.dv is None else self.dv

    def settled(self, x: Shape) -> dict[str, Any]:
        width, value_width = self.widths(x)
        return {**Projecting.settled(self, x), "dk": width, "dv": value_width, "bias": self._biases()}

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        self._check_sequences(x)
        if self.dk is None:
            hint = f"{self.token}({by_name(self.heads)},dk=…) sets the width of a head by itself"
            yield Divisible(self.heads, x.channels, "heads", "channels", hint)
        yield Divisible(self.kv, self.heads, "kv", "heads")

    def _biases(self) -> tuple[Size, ...]:
        match self.bias:
            case tuple():
                return self.bias
            case Word():
                return (1, 1, 1, 0)
            case bias:
                return (bias,) * len(_PARTS)
