"""Sequences that show themselves as a table: `Layers` of a network, and `Models`, what is shipped."""

from __future__ import annotations

from typing import Any

from symcount.catalogue import Model, models
from symcount.counts import Count, Row
from symcount.render.count import count_text
from symcount.render.media import medium_named
from symcount.render.zoo import models_table


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


class Models(tuple[Model, ...]):
    """What was published of every shipped network.

    >>> found = Models()
    >>> found[1].name, str(found).splitlines()[0].split()
    ('lenet5', ['name', 'is', 'family', 'published', 'source'])
    """

    def __new__(cls) -> Models:
        """Return them in the order of the index."""
        return super().__new__(cls, models())

    def __str__(self) -> str:
        return self._table("text")

    __repr__ = __str__

    def __reduce__(self) -> tuple[Any, ...]:
        return Models, ()

    def _repr_html_(self) -> str:
        return self._table("html")

    def _repr_markdown_(self) -> str:
        return self._table("dollars")

    def _table(self, medium: str) -> str:
        return medium_named(medium).table(models_table(self, medium))
