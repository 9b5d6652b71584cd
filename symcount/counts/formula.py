"""A closed form of a quantity, with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from symcount.algebra import AtLeast, ClosedForm, Expr
from symcount.arithmetic import Size, by_name
from symcount.counts.assumptions import Assumption
from symcount.counts.closed_sizes import ClosedSizes
from symcount.counts.domain import domain_assumptions, domain_conditions


class Formula:
    """The closed form of the sum of sizes, the inputs for which it holds, and what it assumes."""

    def __init__(self, closed: ClosedSizes, sizes: tuple[Size, ...]) -> None:
        self.closed = closed
        self.sizes = sizes

    @cached_property
    def form(self) -> ClosedForm:
        """The closed form."""
        return self.closed.form(self.sizes)

    @property
    def expr(self) -> Expr:
        """The sympy expression."""
        return self.form.expr

    @property
    def symbols(self) -> Mapping[str, Expr]:
        """The symbols that occur in it, by name."""
        return self.form.symbols

    @cached_property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way is at least 1."""
        return domain_conditions(self.closed)

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What it takes for granted of the symbols."""
        return domain_assumptions(self.closed, self.sizes)

    def __str__(self) -> str:
        return by_name(self.form.to_term())
