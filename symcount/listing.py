"""`Layers`: the layers of a network as a sequence that shows itself as a table."""

from __future__ import annotations

from typing import Any

from symcount.counts import Count, Row
from symcount.render.count import count_text


class Layers(tuple[Row, ...]):
    """Every layer and block of a network after the input, in order.

    >>> from symcount import parse
    >>> layers = parse("I784-H100-O10").layers
    >>> layers[0], len(layers), str(layers).splitlines()[2]
    (<layer H1: H100>, 2, '1  H1    H100   100     (n + 1)*u  (784 + 1)*100  78,500')
    """

    counted: Count

    def __new__(cls, count: Count) -> Layers:
        """Return the layers of a count."""
        layers = super().__new__(cls, count.rows)
        layers.counted = count
        return layers

    def __str__(self) -> str:
        return count_text(self.counted, "text")

    __repr__ = __str__

    def __reduce__(self) -> tuple[Any, ...]:
        return Layers, (self.counted,)

    def _repr_html_(self) -> str:
        return count_text(self.counted, "html")

    def _repr_markdown_(self) -> str:
        return count_text(self.counted, "dollars")
