"""Totals of many networks, one a line: links that lines have in common are counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from symcount.counts import Bindings, Number, Sizes, convention_named, counted, forget
from symcount.counts.chains import LinkCounter
from symcount.errors import ArchitectureError
from symcount.quantities import Convention, Quantity, setting


class Totals:
    """Gives some quantities of line after line, under one convention, with the same costs and bindings."""

    def __init__(
        self,
        quantities: Sequence[Quantity],
        bindings: Bindings,
        convention: str | Convention,
        costs: Mapping[str, Any],
        *,
        exact: bool,
    ) -> None:
        self.quantities = tuple(quantities)
        self.bindings = bindings
        self.convention = convention_named(convention)
        self.costs = costs
        self.exact = exact
        under = setting(self.convention, **costs)
        self._links: LinkCounter[None] = LinkCounter(self.quantities, lambda row: None, under, exact=exact)
        self._is_apt = self._links.is_apt and not bindings

    def of(self, line: str) -> tuple[Number | Sizes, ...]:
        """Return each quantity of the network that a line describes.

        >>> from symcount.quantities import QUANTITIES
        >>> Totals([QUANTITIES["params"], QUANTITIES["output"]], {}, "textbook", {}, exact=False).of("I784-H10")
        (7850, (10,))
        """
        passages = self._links.passages(line) if self._is_apt else None
        if passages is not None:
            return tuple(self._links.totals(passages))
        try:
            count = counted(line, self.bindings, convention=self.convention, exact=self.exact).under(**self.costs)
            return tuple(count.of(quantity.name) for quantity in self.quantities)
        finally:
            forget()


def batch(lines: Iterable[str], totals: Totals) -> dict[str, list[object]]:
    """Return a column for each quantity, and one of what is wrong with a line: None where nothing is."""
    columns: dict[str, list[object]] = {quantity.key: [] for quantity in totals.quantities}
    errors: list[object] = []
    for line in lines:
        values, error = answered(line, totals)
        errors.append(error)
        for column, value in zip(columns.values(), values, strict=True):
            column.append(value)
    return {**columns, "error": errors}


def answered(
    line: str, totals: Totals, told: Callable[[], AbstractContextManager[None]] = nullcontext
) -> tuple[Sequence[object], str | None]:
    """Return the totals of a line, and what is wrong with it; ``told`` makes errors of other mistakes."""
    try:
        with told():
            values = totals.of(line)
    except ArchitectureError as error:
        return [None] * len(totals.quantities), f"{error.code}: {error.message}"
    if all(_is_known(value) for value in values):
        return values, None
    return [None] * len(values), "open-symbols: a size is open; give its symbol a value"


def _is_known(value: Number | Sizes) -> bool:
    return isinstance(value, int) or (isinstance(value, tuple) and all(isinstance(each, int) for each in value))
