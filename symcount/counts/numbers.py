"""Turns the sizes of one walk into numbers: ints where all is known, closed forms where symbols are open.

sympy is imported when the first size is open, and not before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from symcount.arithmetic import Size, known_sum
from symcount.counts.plainness import is_plain, needs_nothing
from symcount.layers import Shape
from symcount.quantities import PerAxis, Reaches, Value
from symcount.trace import Trace

if TYPE_CHECKING:
    from symcount.algebra import Expr
    from symcount.counts.assumed import Assumed
    from symcount.counts.closed_sizes import ClosedSizes

Number: TypeAlias = "int | Expr"
"""An int, or a sympy expression where symbols are open."""

Sizes: TypeAlias = "tuple[Number, ...]"
"""A shape: channels, then the axes."""


class Numbers:
    """The sizes of one walk as numbers: ints, or sympy expressions where symbols are open, by what is assumed."""

    def __init__(self, trace: Trace, assumed: Sequence[Assumed] = ()) -> None:
        self.trace = trace
        self.assumed = assumed
        self.reaches = Reaches(trace)

    @cached_property
    def closed(self) -> ClosedSizes:
        """The closed forms of its sizes."""
        from symcount.counts.assumed import as_stated
        from symcount.counts.closed_sizes import ClosedSizes
        from symcount.counts.domain import taken_for_granted

        return ClosedSizes(self.trace, taken_for_granted, [*map(as_stated, self.assumed)])

    @cached_property
    def needs_nothing(self) -> bool:
        """Whether the network exists for all values of its open symbols, as is seen without algebra."""
        return needs_nothing(self.trace)

    @property
    def symbols(self) -> Mapping[str, Expr]:
        """The open symbols by name, in the order of the text."""
        return self.closed.symbols if self.trace.symbols else {}

    def number(self, *sizes: Size) -> Number:
        """Return the sum of sizes: an int where all are, else its closed form."""
        known = known_sum(sizes)
        return self.closed.expression(sizes) if known is None else known

    def term(self, *sizes: Size) -> Size:
        """Return the sum of sizes as written arithmetic, in the names of the sizes on the way."""
        if len(sizes) == 1 and is_plain(sizes[0]) and not self.assumed:
            return sizes[0]
        known = known_sum(sizes)
        return self.closed.term(sizes) if known is None else known

    def shape(self, shape: Shape) -> Sizes:
        """Return a shape as numbers."""
        return tuple(map(self.number, shape.sizes))

    def value(self, *values: Value) -> Number | Sizes:
        """Return the sum of values, or the sizes of the one shape among them."""
        for each in values:
            if isinstance(each, Shape | PerAxis):
                return tuple(map(self.number, each.sizes))
        return self.number(*(each for each in values if isinstance(each, Size)))

    def shown(self, shape: Shape) -> Shape:
        """Return a shape as a table shows it, equal sizes under one name."""
        if all(map(is_plain, shape.sizes)):
            return shape
        channels, *axes = map(self.closed.shown, shape.sizes)
        return Shape(channels, tuple(axes))
