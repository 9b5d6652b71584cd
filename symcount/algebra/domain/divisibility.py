"""What is left to assume for a division to be exact, in its smallest form.

That 4 divides 3w means that 4 divides w, that 8 divides 2^N means that N is at least 3, and what integer
coefficients make evident is not stated at all.
"""

from __future__ import annotations

from collections import defaultdict
from math import gcd, prod

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible, at_least
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.residues import always_divides
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.coefficient import Coefficient, multiplicity, plain
from symcount.algebra.poly.division import divide
from symcount.algebra.poly.monomial import UNIT, Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial


def divisibility(divisor: Polynomial, dividend: Polynomial) -> Divisible | AtLeast | None:
    """Return the assumption that is left to make, None where it is evident.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> w = sympy.Symbol("w")
    >>> divisibility(to_polynomial(4), to_polynomial(3*w)).text()
    '4 divides w'
    >>> divisibility(to_polynomial(8), to_polynomial(2**w)).text()
    'w ≥ 3'
    """
    if not divisor:
        return Divisible(to_expression(divisor), to_expression(dividend)) if dividend else None
    below = dividend.denominator
    divisor, dividend = _without_common((divisor * below).expand(), (dividend * below).expand())
    dividend = _without_coprime(divisor, dividend)
    number = divisor.number
    if number is not None:
        dividend = Polynomial({m: r for m, x in dividend.terms.items() if (r := _reduce(int(x), int(number)))})
        if dividend.terms.keys() - {UNIT}:
            divisor, dividend = _without_common(divisor, dividend)
    elif divisor.is_integral and dividend.is_integral:
        content = int(divisor.content)
        times, left = divide(dividend, divisor.over(content))
        if content != 1 and not left:
            # what divides both is not 0 where they count: of the rest alone it can be asked anywhere
            return divisibility(Polynomial.constant(content), times)
        divisor, dividend = _without_common(divisor, _beside_one(divide(dividend, divisor)[1], divisor))
    if not dividend or divisor.is_one or always_divides(divisor, dividend):
        return None
    more = _exponents(divisor, dividend)
    if more is not None:
        return None if is_never_negative(more) else at_least(more)
    if all(number < 0 for number in dividend.terms.values()):
        dividend = -dividend
    return Divisible(to_expression(divisor), to_expression(dividend))


def _without_coprime(divisor: Polynomial, dividend: Polynomial) -> Polynomial:
    """What is left of a dividend without the powers of numbers that share no factor with a divisor of such powers."""
    bases = [int(generator_expression(g).args[0]) for g in divisor.generators if _is_power_of_number(g)]
    if not bases or len(divisor) != 1 or not all(map(_is_power_of_number, divisor.generators)) or not dividend:
        return dividend
    below = prod(bases) * int(divisor.content)
    beside = frozenset(
        (g, e)
        for g, e in dividend.common_monomial
        if _is_power_of_number(g) and gcd(int(generator_expression(g).args[0]), below) == 1
    )
    number = abs(int(dividend.content))
    return dividend.over(number if gcd(number, below) == 1 else 1, beside)


def _exponents(divisor: Polynomial, dividend: Polynomial) -> Polynomial | None:
    """How much higher a power the dividend is than the divisor, where both are powers of one number, as ``3*2^N``."""
    every = [*divisor.generators, *dividend.generators]
    bases = {generator_expression(g).args[0] for g in every if _is_power_of_number(g)}
    if len(bases) != 1 or min(bases) < 2 or any(len(form) != 1 for form in (divisor, dividend)):
        return None
    (base,) = bases
    (higher, rest), (lower, left) = (_power_of(int(base), form) for form in (dividend, divisor))
    # what is left of the dividend holds less than one more power
    return None if left != 1 or rest is None else higher - lower


def _is_power_of_number(generator: Generator) -> bool:
    expression = generator_expression(generator)
    return bool(expression.is_Pow and expression.args[0].is_Integer)


def _power_of(base: int, form: Polynomial) -> tuple[Polynomial, int | None]:
    """The exponent of a base in a product, and the number that is left; None where anything else is."""
    ((monomial, number),) = form.terms.items()
    exponents, rest = powers(monomial, number)
    times, left = multiplicity(rest, base)  # a number alone names no base
    exponent = exponents.pop(sympy.Integer(base), Polynomial({})) + Polynomial.constant(times)
    return exponent, None if exponents else abs(int(left))


def wholeness(form: Polynomial) -> Divisible | AtLeast | None:
    """Return the assumption that a form is a whole number, None where it is evident: one about all of its fractions.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> c, n = sympy.symbols("c n")
    >>> wholeness(to_polynomial(n/2 + c/2)).text(), wholeness(to_polynomial(n**2/2 + n/2))
    ('2 divides c + n', None)
    """
    form = form.expand()
    if form.is_integral:
        return None
    below = form.denominator
    return divisibility(below.expand(), (form * below).expand())


def powers(monomial: Monomial, number: Coefficient) -> tuple[dict[Expr, Polynomial], Coefficient]:
    """Return the exponent of each base in a term, and the number that is left: ``6*2^N*w`` holds ``2^(N + 1)``.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> N, w = sympy.symbols("N w")
    >>> ((term, number),) = to_polynomial(6 * 2**N * w).terms.items()
    >>> exponents, left = powers(term, number)
    >>> to_expression(exponents[sympy.Integer(2)]), left
    (N + 1, 3)
    """
    exponents: dict[Expr, Polynomial] = defaultdict(lambda: Polynomial({}))
    for generator, times in monomial:
        expression = generator_expression(generator)
        base, exponent = expression.args if expression.is_Pow else (expression, sympy.Integer(1))
        exponents[base] += to_polynomial(exponent).times(times)
    for base in exponents:
        if base.is_Integer and base > 1:
            times, number = multiplicity(number, int(base))
            exponents[base] += Polynomial.constant(times)
    return exponents, plain(number)


def _reduce(number: int, divisor: int) -> int:
    """A coefficient modulo a number, with the sign of the coefficient: of -5 and 4 it is -1."""
    return number % divisor if number > 0 else -(-number % divisor)


def _without_common(divisor: Polynomial, dividend: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Cancel common numbers: d divides g*p where d/gcd(d, g) divides p, for numbers d and g."""
    if not dividend:
        return divisor, dividend
    # fractions of either side are put over a common denominator first
    scale = Polynomial.constant(1)
    for form in (divisor, dividend):
        for x in form.terms.values():
            scale = scale.times(x.denominator // gcd(x.denominator, int(scale.constant_term)))
    divisor, dividend = divisor * scale, dividend * scale
    shared = gcd(int(divisor.content), int(dividend.content))
    divisor, dividend = divisor.over(shared), dividend.over(shared)
    if divisor.number is not None:
        rest = abs(int(dividend.content))
        return divisor, dividend.over(rest) if gcd(rest, int(divisor.number)) == 1 else dividend
    below, above = dict(divisor.common_monomial), dict(dividend.common_monomial)
    common = frozenset((g, e) for g in below.keys() | above.keys() if (e := min(below.get(g, 0), above.get(g, 0))))
    return divisor.over(1, common), dividend.over(1, common)


def _beside_one(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """What ``r - 1`` leaves where r and every power of it are 1 beside it: ``r^N - 1`` leaves nothing."""
    monomials = [monomial for monomial in divisor.terms if monomial]
    if len(monomials) != 1 or divisor.terms[monomials[0]] != 1 or divisor.constant_term != -1:
        return dividend
    ((generator, times), *more) = monomials[0]
    if more:
        return dividend
    base, exponent = generator_expression(generator).as_base_exp()
    reduced = (
        (frozenset((g, e) for g, e in monomial if e % times or not _is_power(g, base, exponent)), number)
        for monomial, number in dividend.terms.items()
    )
    return Polynomial.total(Polynomial({monomial: number}) for monomial, number in reduced)


def _is_power(generator: Generator, base: Expr, exponent: Expr) -> bool:
    """Whether a factor is ``base^exponent``, or a power of it."""
    other, times = generator_expression(generator).as_base_exp()
    return bool(other == base and all(e > 0 for _, e in _only(to_polynomial(times / exponent))))


def _only(form: Polynomial) -> Monomial:
    ((monomial, _),) = form.terms.items()
    return monomial
