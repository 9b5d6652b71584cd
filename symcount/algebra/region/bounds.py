"""The bounds of single symbols that follow from relations, as the others have theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.algebra.functions.expressions import is_letter, symbols_of
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.interval import Box, extent

Bounds = tuple[int | None, int | None]
"""The least and the largest value of a symbol, where there are any."""


def bounds_by(form: Polynomial, box: Box) -> Iterator[tuple[str, tuple[int | None, int | None]]]:
    """Yield the bounds of single symbols that follow from a form being at least 0."""
    for monomial, number in form.terms.items():
        if len(monomial) != 1:
            continue
        ((generator, exponent),) = monomial
        if exponent != 1 or not is_letter(generator) or generator.name not in box:  # type: ignore[attr-defined]
            continue
        rest = form - Polynomial({monomial: number})
        if any(generator in symbols_of(other) for other in rest.generators):
            continue
        most = extent(rest, box)[1]
        if most is None:
            continue
        name = generator.name  # type: ignore[attr-defined]
        yield name, _side(number, most)


def _side(number: Any, most: Any) -> tuple[int | None, int | None]:
    """The bound of x where ``number*x + most`` is at least 0."""
    if number > 0:
        return -(most // number), None
    return None, most // -number


def both(bounds: tuple[int, int | None], more: tuple[int | None, int | None]) -> tuple[int, int | None]:
    """Return the bounds that two together leave."""
    low = bounds[0] if more[0] is None else max(bounds[0], int(more[0]))
    if more[1] is None:
        return low, bounds[1]
    return low, int(more[1]) if bounds[1] is None else min(bounds[1], int(more[1]))
