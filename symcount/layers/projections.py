"""Layers that are made of weight matrices: what lends its weights, and what a low-rank adapter adapts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from symcount.arithmetic import Size, product
from symcount.layers.arguments import LayerError, Value
from symcount.layers.constraints import Constraint, TiedWeights
from symcount.layers.declarations import ranks
from symcount.layers.layer import Layer
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape
from symcount.layers.source import Matrix, Source
from symcount.records import record


@record
class Projection:
    """One weight matrix of a layer: how many values it takes, and how many it gives."""

    takes: Size
    gives: Size

    @property
    def weights(self) -> Size:
        """The number of its weights."""
        return self.takes * self.gives


class Projecting(Layer):
    """A layer of weight matrices, each of which a low-rank adapter can leave as it is and add to.

    ``lora=r`` freezes the layer and learns two matrices of rank r beside each of its own,
    r·(takes + gives) values (Hu and others, LoRA: Low-rank adaptation of large language models, 2021).
    """

    lora: Size | tuple[Size, ...] = ranks()

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values; one with adapters is frozen."""
        layer = super().bound(given, rank)
        return layer if layer.lora == 0 else layer.with_values(frozen=1)

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        """Return its weight matrices, in the order of the parts of ``lora``."""
        raise NotImplementedError

    def macs(self, x: Shape, y: Shape) -> Size:
        return (weights_total(self.projections(x)) + self.adapters(x)) * product(x.axes)

    def connections(self, x: Shape, y: Shape) -> Size:
        return (weights_total(self.projections(x)) + self.biases(x)) * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each weight is met at every one of {}", many(product(x.axes), "place"))

    def adapters(self, x: Shape) -> Size:
        total: Size = 0
        for rank, each in zip(self._ranks(x), self.projections(x), strict=True):
            total = total + rank * (each.takes + each.gives)
        return total

    def _ranks(self, x: Shape) -> tuple[Size, ...]:
        return self.lora if isinstance(self.lora, tuple) else (self.lora,) * len(self.projections(x))


def tied_constraint(source: Any, needed: Matrix) -> Iterator[Constraint]:
    """Yield the constraint that tied weights have the same shape."""
    if isinstance(source, Source):
        yield TiedWeights(lent_matrix(source), needed, source.label)


def lent_matrix(source: Source) -> Matrix:
    """Return the matrix that the label lends, or refuse a label on layers that have none, or several."""
    if source.matrix is None:
        message = f"w={source}: the label stands on no layer with one weight matrix"
        hint = "label the layer itself, as in E(V,d)@tok or Lin(n)@w"
        raise LayerError("no-weights", message, hint=hint, argument="tied")
    return source.matrix


def weights_total(projections: tuple[Projection, ...]) -> Size:
    """Return the weights of all projections, in order."""
    first, *rest = projections
    total = first.weights
    for each in rest:
        total = total + each.weights
    return total
