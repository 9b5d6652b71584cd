"""Which polynomials are never negative: sound for symbols from 1 on, though not every such polynomial is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from symcount.algebra.functions.brackets import Bracket, told_apart
from symcount.algebra.functions.expressions import (
    calculated,
    has_floor,
    is_letter,
    parts_of,
    symbols_of,
    to_expression,
    to_polynomial,
)
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole
from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError

HIGHEST_SHIFTED = 10
"""A bound of a higher degree is not shifted: 2^degree terms would come of it."""

MOST_SIZES = 4
"""An extreme of more sizes is not replaced by each of them."""

MOST_TRIED = 16
"""Of a letter that is no more than this, each value is tried."""

_LARGEST_EXPONENT = 64
"""A power with a larger exponent is only known to be at least 1."""


@remembered
def is_never_negative(form: Polynomial) -> bool:
    """Return whether no coefficient is negative once every factor is written as what it is at least, and the rest.

    >>> import sympy
    >>> a, b, n = sympy.symbols("a b n")
    >>> is_never_negative(to_polynomial(a*b - a)), is_never_negative(to_polynomial(a - b))
    (True, False)
    >>> is_never_negative(to_polynomial(2**n - 2)), is_never_negative(to_polynomial(n - 2*FloorDiv(n, 2)))
    (True, True)
    """
    for generator in calculated(form):
        if isinstance(generator, FloorDiv | Minimum | Maximum | Bracket):
            decided = _without(generator, form)
            if decided is not None:
                return decided
    return _is_plain_never_negative(form)


def unsigned(form: Polynomial) -> Polynomial:
    """Return what is at least 1 just where a form that divides is not 0: it, or its square where it may be negative.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> [to_expression(unsigned(to_polynomial(form))) for form in (n - 1, n - 3)]
    [n - 1, n**2 - 6*n + 9]
    """
    return form if is_never_negative(form) else form * form


def _without(generator: Generator, form: Polynomial) -> bool | None:
    """Whether a form is never negative with bounds in the place of a floor or an extreme; None where there are none."""
    numbers = [number for monomial, number in form.terms.items() if dict(monomial).get(generator)]
    if any(dict(monomial).get(generator, 1) != 1 for monomial in form.terms) or len({x > 0 for x in numbers}) > 1:
        return None
    if isinstance(generator, Bracket):
        cases = told_apart(form)
        if len(cases) == 1:
            return None
        return all(is_never_negative(case) or follows(case, facts) for case, facts in cases)
    rises = numbers[0] > 0
    if isinstance(generator, FloorDiv):
        above, below = (to_polynomial(part) for part in generator.args)
        if rises or below.number is None:
            return None
        return is_never_negative(form.replaced(generator, above.over(below.number)))
    sizes = [to_polynomial(size) for size in generator.args]  # type: ignore[attr-defined]
    if len(sizes) > MOST_SIZES:
        return None
    found = (is_never_negative(form.replaced(generator, size)) for size in sizes)
    # a minimum is one of its sizes, and no larger than each
    return all(found) if rises == isinstance(generator, Minimum) else any(found)


def _is_plain_never_negative(form: Polynomial) -> bool:
    if any(e < 0 for monomial in form.terms for _, e in monomial):
        # divided by symbols, which are positive, a form has the sign of what is divided
        below = form.denominator
        return all(map(is_letter, below.generators)) and is_never_negative(form * below)
    degrees = {monomial: sum(exponent for _, exponent in monomial) for monomial in form.terms}
    highest = max(degrees.values(), default=0)
    if any(number < 0 and degrees[monomial] == highest for monomial, number in form.terms.items()):
        return False
    if any(_least(generator) is None for generator in form.generators):
        return False
    if all(number > 0 for number in form.terms.values()):
        return True
    if highest > HIGHEST_SHIFTED:
        return False
    shifted = Polynomial.total(_shift(monomial).times(number) for monomial, number in form.terms.items())
    return _is_covered(shifted)


def _is_covered(form: Polynomial) -> bool:
    """Whether what is taken away in factors from 0 on is no more than what is added: ``x`` is at most ``x^2``."""
    added = {monomial: number for monomial, number in form.terms.items() if number > 0}
    for monomial, number in form.terms.items():
        left = -number
        for higher in [each for each in added if left > 0 and _is_higher(each, monomial)]:
            taken = min(left, added[higher])
            left, added[higher] = left - taken, added[higher] - taken
        if left > 0:
            return False
    return True


def _is_higher(one: Monomial, other: Monomial) -> bool:
    powers = dict(other)
    return powers.keys() == dict(one).keys() and all(exponent >= powers[generator] for generator, exponent in one)


def _shift(monomial: Monomial) -> Polynomial:
    result = ONE
    for generator, exponent in monomial:
        result = result * (Polynomial.generator(generator) + Polynomial.constant(_least(generator) or 0)) ** exponent
    return result


@remembered
def _least(generator: Generator) -> int | None:
    """A number that a factor is never less than, None where none of at least 0 is known."""
    if isinstance(generator, Whole):
        return _zero_or_one(generator.polynomial)
    if isinstance(generator, FloorDiv):
        above, below = (to_polynomial(part) for part in generator.args)
        if not is_never_negative(below - ONE):
            return None
        return 1 if is_never_negative(above - below) else 0 if is_never_negative(above) else None
    if isinstance(generator, Minimum | Maximum):
        return _zero_or_one(Polynomial.generator(generator))
    if isinstance(generator, Bracket):
        return 0
    if isinstance(generator, GeometricSum):
        ratio, count = map(to_polynomial, generator.args)
        return _zero_or_one(count) if is_never_negative(ratio - ONE) else None
    if getattr(generator, "is_Pow", False):
        return _least_power(*generator.args)  # type: ignore[attr-defined]
    return 1


def _zero_or_one(form: Polynomial) -> int | None:
    if isinstance(form.only_generator, Minimum | Maximum):
        known = [_zero_or_one(to_polynomial(size)) for size in form.only_generator.args]
        decided = [each for each in known if each is not None]
        if isinstance(form.only_generator, Maximum):
            return max(decided, default=None)
        return min(decided) if len(decided) == len(known) else None
    return 1 if is_never_negative(form - ONE) else 0 if is_never_negative(form) else None


def _least_power(base: Any, exponent: Any) -> int | None:
    """A power of a number is least where its exponent is; one of a symbol is 1 where that is 1."""
    lowest = is_never_negative(to_polynomial(exponent))
    if not lowest:
        return 0 if base.is_Integer and base > 0 else None
    if not base.is_Integer:
        return _zero_or_one(to_polynomial(base))
    if base < 1:
        return None
    at_one = to_polynomial(exponent)
    if any(number < 0 for monomial, number in at_one.terms.items() if monomial) or has_floor(at_one):
        return 1
    value = sum(at_one.terms.values())
    return int(base) ** int(value) if value.denominator == 1 and 0 <= value < _LARGEST_EXPONENT else 1


def follows(form: Polynomial, bounds: Iterable[Polynomial]) -> bool:
    """Return whether a form is not negative where none of the bounds is, by what these say of single symbols."""
    return any(_implies(bound, form) for bound in bounds)


def _implies(one: Polynomial, other: Polynomial) -> bool:
    """Whether a bound is met where another is: by a difference, or by what it says of one of its symbols."""
    if is_never_negative(other - one) or any(is_never_negative(other - one.times(t)) for t in _times(one, other)):
        return True
    if any(parts_of(generator, Bracket) for generator in calculated(one)):
        # a comparison put into another would have to be told apart again, and again
        return False
    letters = Counter(letter for generator in one.generators for letter in symbols_of(generator))
    for monomial, number in one.terms.items():
        if number == 1 and len(monomial) == 1:
            ((generator, exponent),) = monomial
            if exponent == 1 and letters[generator] == 1 and is_letter(generator) and _occurs(generator, other):
                # x + r >= 0 says that x is -r more than a number from 0 on
                value = Polynomial.generator(generator).times(2) - one - ONE
                return is_never_negative(_with_value(other, generator, value))
    most = _most(one)
    if most is not None and _occurs(most[0], other):
        return all(_is_so_at(other, most[0], value) for value in range(1, most[1] + 1))
    return False


def _times(one: Polynomial, other: Polynomial) -> set[Coefficient]:
    """The multiples of a bound to try against another: the smallest and the largest ratio of their coefficients."""
    ratios = {Fraction(other.terms[m]) / number for m, number in one.terms.items() if m and m in other.terms}
    if not ratios:
        return set()
    return {each for each in (min(ratios), max(ratios)) if each > 0 and each != 1}


def _is_so_at(form: Polynomial, letter: Generator, value: int) -> bool:
    """Whether a form is never negative where a symbol has a value; nothing is known of one that it cannot have."""
    try:
        return is_never_negative(_with_value(form, letter, Polynomial.constant(value)))
    except ArchitectureError:
        return False


def _most(bound: Polynomial) -> tuple[Generator, int] | None:
    """The letter that a bound keeps from being more than a small number, and that."""
    rest = bound - Polynomial.constant(bound.constant_term)
    letter, most = (-rest).only_generator, bound.constant_term
    return (letter, most) if isinstance(most, int) and most <= MOST_TRIED and is_letter(letter) else None


def _occurs(letter: Generator, form: Polynomial) -> bool:
    return any(letter in symbols_of(generator) for generator in form.generators)


def _with_value(form: Polynomial, letter: Generator, value: Polynomial) -> Polynomial:
    """The form with a value for a symbol, also inside of powers and floors."""
    if all(generator == letter or letter not in symbols_of(generator) for generator in form.generators):
        return form.replaced(letter, value)
    return to_polynomial(substitute(to_expression(form), {letter: to_expression(value)}))
