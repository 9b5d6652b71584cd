"""Floors that add up: by Hermite's identity ``floor(n/2) + ceil(n/2)`` is n, and so are b floors over b.

Of the two halves of a size a sum keeps one, and takes the form without a minus sign where there is one.
"""

from __future__ import annotations

from collections import defaultdict

from symcount.algebra.functions.brackets import merged
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.division import reduced, with_constant
from symcount.algebra.poly.monomial import Generator, Monomial, monomial_product
from symcount.algebra.poly.polynomial import Polynomial

_Group = dict[int, Generator]
"""Floors of one size over one number, by the constant that is added to the size."""


def settled(form: Polynomial) -> Polynomial:
    """Return a sum in which floors that add up to a size have become that size, and fractions are reduced.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> for sum_of_floors in (FloorDiv(n, 2) + FloorDiv(n + 1, 2), n - FloorDiv(n, 2), 3*n + FloorDiv(n, 2)):
    ...     print(to_expression(settled(to_polynomial(sum_of_floors))))
    n
    ((n + 1)//2)
    3*n + (n//2)
    """
    form = reduced(merged(form))
    for (above, below), floors in _groups(form).items():
        if below != 2 and len(floors) < below:
            continue
        last = floors.get(below - 1)
        if last is not None and len(floors) == below:
            others = Polynomial.total(Polynomial.generator(_floor(above, r, below)) for r in range(below - 1))
            form = form.replaced(last, above - others)
        if below == 2:
            form = _rounded_up(form, above)
    return form


def _groups(form: Polynomial) -> dict[tuple[Polynomial, int], _Group]:
    """The floors over numbers, those of one size together."""
    found: dict[tuple[Polynomial, int], _Group] = defaultdict(dict)
    for generator in dict.fromkeys(form.generators):
        if isinstance(generator, FloorDiv) and generator.args[1].is_Integer:
            above = to_polynomial(generator.args[0])
            constant = int(above.constant_term)
            found[above - Polynomial.constant(constant), int(generator.args[1])][constant] = generator
    return found


def _floor(above: Polynomial, constant: int, below: int) -> Generator:
    return FloorDiv(to_expression(above + with_constant({}, constant)), below)


def _rounded_up(form: Polynomial, above: Polynomial) -> Polynomial:
    """The sum with ``ceil(x/2)`` in the place of ``x - floor(x/2)``, as often as it holds that."""
    floor, ceiling = (_floor(above, constant, 2) for constant in (0, 1))
    changes: list[Polynomial] = []
    for monomial, number in form.terms.items():
        powers = dict(monomial)
        if powers.pop(floor, 0) != 1:
            continue
        rest = frozenset(powers.items())
        held = (_held(form, monomial_product(rest, part), x, -number) for part, x in above.terms.items())
        if all(held):
            beside = Polynomial({rest: -number})
            changes.append(beside * (Polynomial.generator(ceiling) + Polynomial.generator(floor) - above))
    return Polynomial.total([form, *changes])


def _held(form: Polynomial, monomial: Monomial, of_one: Coefficient, times: Coefficient) -> bool:
    """Whether a term holds another so many times, with the same sign."""
    number = form.terms.get(monomial, 0)
    return number * of_one * times > 0 and bool(number * number >= (of_one * times) ** 2)
