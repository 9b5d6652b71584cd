"""Layers between tokens and vectors: embeddings, positions, a class token, one token alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.arithmetic import Size, Term, product
from symcount.layers.arguments import LayerError, Word
from symcount.layers.constraints import AtLeastOne, Constraint
from symcount.layers.declarations import ranks, size, source, uncounted, word
from symcount.layers.kept import ACCOUNTS, Kept
from symcount.layers.layer import Layer
from symcount.layers.projections import Projecting, Projection, tied_constraint
from symcount.layers.reach import Reach, Window, alone, whole
from symcount.layers.rules import none
from symcount.layers.sentences import SILENT, Sentence, each_of, many, sentence
from symcount.layers.shape import Shape
from symcount.layers.source import Matrix, Source


class Embedding(Projecting, token="E", aliases=("embed", "embedding")):
    """An embedding: a vector of ``d`` values for each of ``V`` entries, looked up for every number that arrives.

    ``I(L)-E(V,d)`` embeds L numbers. ``w=@label`` shares the matrix of the labelled layer.
    """

    noun = "embedding"

    vocabulary: Size = size("V")
    width: Size = size("d")
    tied: Source | None = source("w")
    lora: Size = ranks()

    def output(self, x: Shape) -> Shape:
        if x.axes:
            what = "a sequence" if x.rank == 1 else "an image" if x.rank == 2 else "a volume"
            message = f"E looks up a vector of numbers, but {what} of {x} arrives"
            raise LayerError("has-axes", message, hint="an input of L numbers is I(L); C or Lin project what has axes")
        return Shape(self.width, (x.channels,))

    def parameters(self, x: Shape) -> Size:
        return 0 if self.tied is not None else self.vocabulary * self.width

    biases = none("a vector that is looked up has nothing added")

    def macs(self, x: Shape, y: Shape) -> Size:
        # a row is looked up, but that of an adapter is multiplied by the adapter's second matrix
        return self.lora * self.width * x.channels

    connections = none("a vector is looked up: no value is a sum")

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        return (Kept("mask of the dropout behind it", x.channels * self.width, ACCOUNTS),)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("a vector is looked up, and multiplied with nothing") if self.lora == 0 else SILENT

    def reason(self, x: Shape) -> Sentence:
        if self.tied is not None:
            return sentence("its matrix is that of {}, where it is counted", str(self.tied))
        entries = sentence("each of the {} entries", self.vocabulary)
        return sentence("a vector of {} for {} that a number can name", many(self.width, "value"), entries)

    def notes_behind(self, before: Layer, x: Shape) -> Iterator[str]:
        if before.learns:
            yield f"{{}} looks up the numbers of entries, but {before.token} leaves real values: Lin or H project those"

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        return (Projection(self.vocabulary, self.width),)

    def reach(self, x: Shape) -> Reach:
        return (Window(),)

    def matrix(self, x: Shape) -> Matrix:
        return self.vocabulary, self.width

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield from tied_constraint(self.tied, self.matrix(x))


class Positions(Layer, token="PE", aliases=("pos", "position", "positions", "positionalencoding")):
    """A vector for each position, added to what is there: learned, or calculated by sines or rotations.

    ``max`` is the number of positions that the table has, where it is not that of what arrives.
    Calculated ones learn nothing: ``kind=sin`` (Vaswani and others, Attention is all you need,
    2017), ``kind=rope`` (Su and others, RoFormer, 2021).
    """

    reach = alone

    noun = "positions"

    max: Size | None = size("T", default=None)
    kind: Word = word("kind", "learned", "sin", "rope")

    def output(self, x: Shape) -> Shape:
        if not x.axes:
            hint = "a sequence is I(channels,T), embedded numbers are I(T)-E(V,d)"
            raise LayerError("no-axes", "PE needs a sequence, but a vector arrives", hint=hint)
        table, places = self.max, product(x.axes)
        if self.kind == "learned" and isinstance(table, int) and isinstance(places, int) and table < places:
            message = f"max (={table}) positions are fewer than the {places} that arrive"
            raise LayerError("too-few-positions", message, argument="max")
        return x

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        if self.kind == "learned" and self.max is not None:
            yield AtLeastOne(self.max - product(x.axes) + 1)

    def settled(self, x: Shape) -> dict[str, Any]:
        return {**Layer.settled(self, x), "max": self._places(x)}

    def parameters(self, x: Shape) -> Size:
        if self.kind != "learned":
            return 0
        return self._places(x) * x.channels

    biases = none("its vectors are counted as weights, as frameworks name them")
    macs = none("its vectors are added")

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        return ()

    def reason(self, x: Shape) -> Sentence:
        if self.kind != "learned":
            return sentence("its values are calculated from the position: there is nothing to learn")
        return sentence("a vector of {} for {}", many(x.channels, "value"), each_of(self._places(x), "position"))

    def _places(self, x: Shape) -> Size:
        return product(x.axes) if self.max is None else self.max


class ClassToken(Layer, token="cls", aliases=("classtoken",)):
    """One more token before the others, learned (Devlin and others, BERT, 2019; Dosovitskiy and others, ViT, 2021).

    ``cls(4)`` is four: registers (Darcet and others, Vision transformers need registers, 2024), or a prompt.
    """

    tokens: Size = size("t", default=1)

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels, (_sequence(self, x) + self.tokens,))

    def reach(self, x: Shape) -> Reach:
        return (Window(before=self.tokens, room=1 - self.tokens),)

    def parameters(self, x: Shape) -> Size:
        return self.tokens * x.channels

    biases = none("its vector stands beside the others, and is added to none")
    macs = none("its vector only stands beside the others")

    def reason(self, x: Shape) -> Sentence:
        vectors = "one vector" if self.tokens == 1 else many(self.tokens, "vector")
        return sentence("{} of {}, the same for every input", vectors, many(x.channels, "value"))


class Queries(Layer, token="queries", aliases=("learnedqueries", "latents")):
    """Learned vectors in the place of what arrives, as a sequence that asks: ``queries(100)-MHA(8,from=@seen)``.

    Carion and others, End-to-end object detection with transformers, 2020; Jaegle and others, Perceiver, 2021.
    ``width`` is that of a vector, where it is not the channels that arrive.
    """

    noun = "learned queries"

    reach = whole

    count: Size = size("q")
    width: Size | None = size("d", default=None)

    def output(self, x: Shape) -> Shape:
        return Shape(x.channels if self.width is None else self.width, (self.count,))

    def parameters(self, x: Shape) -> Size:
        return self.count * self.output(x).channels

    biases = none("its vectors are added to none")
    macs = none("its vectors are learned, and calculated of nothing")

    def reason(self, x: Shape) -> Sentence:
        each = many(self.output(x).channels, "value")
        return sentence("{} of {} each, the same for every input", many(self.count, "vector"), each)


class Token(Layer, token="tok", aliases=("token",)):
    """One token of a sequence as a vector: the first, or that of the index."""

    index: Size | None = uncounted("index")

    parameters = biases = macs = none("one token is taken as it is")
    reach = alone
    held = none("the same values are seen in another way")

    def output(self, x: Shape) -> Shape:
        length = _sequence(self, x)
        if isinstance(self.index, int) and isinstance(length, int) and self.index >= length:
            message = f"index (={self.index}) is behind the last of {length} tokens (={length - 1})"
            raise LayerError("no-token", message, argument="index")
        return Shape(x.channels)

    def settled(self, x: Shape) -> dict[str, Any]:
        return {**Layer.settled(self, x), "index": self.index or 0}

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        if isinstance(self.index, int | Term):
            yield AtLeastOne(_sequence(self, x) - self.index)


def _sequence(layer: Layer, x: Shape) -> Size:
    """The length of the sequence that arrives."""
    if x.rank != 1:
        message = f"{layer.token} works on a sequence, but {_arriving(x)} arrives"
        hint = "put seq before it" if x.rank else "a sequence is I(channels,T)"
        raise LayerError("wrong-rank", message, hint=hint)
    return x.axes[0]


def _arriving(x: Shape) -> str:
    return f"{x}, with {x.rank} axes," if x.rank else "a vector"
