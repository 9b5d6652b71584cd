"""What a label gives to an argument: the tensor that leaves the labelled layers, and the weights that they lend."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.layers.shape import Shape
from symcount.records import record

Matrix = tuple[Size, Size]
"""The rows and columns of one weight matrix: of a dense layer, units by channels; of an embedding, entries by width."""


@record
class Source:
    """A label given as an argument: ``w=@tok``, ``from=@mem``.

    ``matrix`` is the weight matrix of the labelled layer, where it has exactly one.
    """

    label: str
    shape: Shape
    matrix: Matrix | None = None

    def __str__(self) -> str:
        return f"@{self.label}"
