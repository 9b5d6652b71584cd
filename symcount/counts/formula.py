"""A closed form of a quantity, with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.algebra import ClosedForm, Expr
from symcount.arithmetic import by_name
from symcount.counts.domain import Domain
from symcount.records import record


@record
class Formula:
    """The closed form of a quantity, and the domain on which it holds."""

    form: ClosedForm
    domain: Domain

    @property
    def expr(self) -> Expr:
        """The sympy expression."""
        return self.form.expr

    @property
    def symbols(self) -> Mapping[str, Expr]:
        """The symbols that occur in it, by name."""
        return self.form.symbols

    def __str__(self) -> str:
        return by_name(self.form.to_term())
