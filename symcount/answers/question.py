"""`Question`: what a formula is asked for; kept apart from the answer, which needs sympy."""

from __future__ import annotations

from symcount.quantities import QUANTITIES, Quantity
from symcount.records import record

FORMS = ("brief", "closed", "expanded", "factored", "grouped", "leading", "relative", "layers")
"""Brief: closed, or in brackets where that is long. Closed: sizes with a floor have a letter. Expanded: multiplied out.

Factored: in brackets. Grouped: by families. Leading: what grows fastest, and the rest. Relative: the leading terms
times 1 and more. Layers: a term for each layer.
"""


@record
class Question:
    """What is asked: which quantity, of which layer, in which form.

    ``collect`` and ``grows`` name symbols, parted by commas: by whose powers terms are collected, and in which the
    leading terms are those of the highest degree; in all of them where none is named.
    """

    quantity: Quantity = QUANTITIES["params"]
    at: str | int | None = None
    form: str = FORMS[0]
    collect: str | None = None
    grows: str = ""

    @property
    def words(self) -> str:
        """What is asked for, in a sentence."""
        return self.quantity.words if self.at is None else f"{self.quantity.words} of {self.at}"
