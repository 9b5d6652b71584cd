"""Parameters that are declared by their number, for what no kind says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from symcount.arithmetic import Size
from symcount.layers.arguments import Value
from symcount.layers.declarations import flag, size
from symcount.layers.layer import Layer
from symcount.layers.reach import alone
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape


class Free(Layer, token="free", aliases=("params",)):
    """A number of parameters, declared by hand; ``trainable=off`` holds them as they are."""

    reach = alone

    noun = "declared parameters"

    count: Size = size("m", least=0)
    trainable: Size = flag("trainable", default=1)

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values."""
        layer = super().bound(given, rank)
        return layer if layer.trainable == 1 else layer.with_values(frozen=1)

    def parameters(self, x: Shape) -> Size:
        return self.count

    biases = none("it is not said that any are biases")
    macs = held = none("it is not said what is done with them")

    def reason(self, x: Shape) -> Sentence:
        return sentence("{}, declared by hand", many(self.count, "parameter"))
