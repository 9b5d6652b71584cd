"""`FloorDiv`: a floor of integer sizes in a normal form, where sympy's own floors are unsafe.

sympy 1.14 loses floors (``floor(m*(2*n + 4)/6)``) and never merges nested ones. Here every symbol
is an integer, every denominator a positive one, and nothing is asked of sympy's assumptions.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import Any

from sympy.printing.precedence import PRECEDENCE

from symcount.algebra.functions.expressions import is_floor, is_letter, to_expression, to_polynomial
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.functions.residues import constant_rest
from symcount.algebra.functions.size_function import Expr, SizeFunction, check_length
from symcount.algebra.poly.division import divide, with_constant
from symcount.algebra.poly.monomial import Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.errors import ArchitectureError


class FloorDiv(SizeFunction):
    """Numerator over denominator, rounded down, in normal form.

    >>> import sympy
    >>> n, s = sympy.symbols("n s")
    >>> FloorDiv(FloorDiv(n - 5, 2) + 1, 2)
    ((n + 1)//4) - 1
    >>> FloorDiv(n*s + s, s), FloorDiv(7, 2)
    (n + 1, 3)
    """

    nargs = 2

    @classmethod
    def eval(cls, numerator: Expr, denominator: Expr) -> Expr | None:
        """Return the normal form, or None where this is it."""
        normal = to_expression(floor_quotient(to_polynomial(numerator), to_polynomial(denominator)))
        return None if normal.func is cls and normal.args == (numerator, denominator) else normal

    def _sympystr(self, printer: Any) -> str:
        above = printer.parenthesize(self.args[0], PRECEDENCE["Mul"])
        return f"({above}//{printer.parenthesize(self.args[1], PRECEDENCE['Atom'], strict=True)})"

    # lambdify asks the printer of the library that it finds
    _pythoncode = _numpycode = _mpmathcode = _lambdacode = _sympystr

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        above, below = self.args
        rounded_up = ceiling_numerator(self)
        left, right = ("lfloor", "rfloor") if rounded_up is None else ("lceil", "rceil")
        top = printer._print(above if rounded_up is None else rounded_up)
        text = rf"\left\{left} \frac{{{top}}}{{{printer._print(below)}}} \right\{right}"
        return text if exp is None else f"{text}^{{{exp}}}"


def ceil_div(numerator: Expr, denominator: Expr) -> Expr:
    """Divide and round up, as a `FloorDiv`.

    >>> import sympy
    >>> ceil_div(sympy.Symbol("n"), 2)
    ((n + 1)//2)
    """
    return to_expression(ceil_quotient(to_polynomial(numerator), to_polynomial(denominator)))


def remainder(numerator: Expr, denominator: Expr) -> Expr:
    """Return the remainder of a division, written by means of a floor.

    >>> import sympy
    >>> remainder(sympy.Symbol("n"), 2)
    n - 2*(n//2)
    """
    return to_expression(to_polynomial(numerator - denominator * FloorDiv(numerator, denominator)))


def ceiling_numerator(floor: Expr) -> Expr | None:
    """Return the x of a floor ``(x + b - 1)//b``, which is x/b rounded up; None for any other floor."""
    above, below = floor.args
    if not below.is_Integer or above.is_Number:
        return None
    constant = above.as_coeff_Add()[0]
    return above - constant if constant == below - 1 else None


def ceil_quotient(above: Polynomial, below: Polynomial) -> Polynomial:
    """Divide and round up: ``ceil(a/b) = floor((a + b - 1)/b)`` holds of whole a and b alone."""
    above, below = _without_fractions(above, below)
    return floor_quotient(above + below - ONE, below)


def floor_quotient(above: Polynomial, below: Polynomial) -> Polynomial:
    """Divide and round down: whole multiples of the denominator, and at most one `FloorDiv`."""
    above, below = _without_fractions(above, below)
    outside, sign = Polynomial({}), 1
    met: dict[tuple[Polynomial, Polynomial], tuple[Polynomial, int]] = {}
    while True:
        before = above, below
        if before in met:
            # (5*n + 3)//(n + 4) and (n + 20)//(n + 4) say one by the other: of such a circle the first in order stays
            circle = [*met][[*met].index(before) :]
            above, below = min(circle, key=lambda sides: str(to_expression(sides[0])))
            return _as_floor(above, below, *met[above, below])
        met[before] = outside, sign
        above, below = _merge(above, below)
        quotient, above = divide(above, below)
        whole, above = _whole_parts(above, below)
        outside = outside + (quotient + whole).times(sign)
        if not above or (below.number is not None and above.number is not None):
            return outside
        if _is_negative(above):
            # floor(-y/b) = -floor((y + b - 1)/b)
            above, sign = below - above - ONE, -sign
        above, below = _without_content(above, below)
        if (above, below) == before:
            rest = constant_rest(below, above)
            if rest is not None:
                # of n^2 + n every value is even
                return outside + (above - Polynomial.constant(rest)).over(below.number or 1).times(sign)
            return _as_floor(above, below, outside, sign)


def _whole_parts(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Part ``floor(3*n/2)`` into n and ``floor(n/2)``; what holds a floor stays, or each nesting would double."""
    divisor = below.number
    if not isinstance(divisor, int):
        return Polynomial({}), above
    whole = Polynomial(
        {
            monomial: abs(number.numerator) // divisor * (-1 if number < 0 else 1)
            for monomial, number in above.terms.items()
            if monomial
            and abs(number.numerator) > divisor
            and not any(is_floor(generator) for generator, _ in monomial)
        }
    )
    return whole, above - whole.times(divisor)


def _as_floor(above: Polynomial, below: Polynomial, outside: Polynomial, sign: int) -> Polynomial:
    floor = FloorDiv(to_expression(above), to_expression(below), evaluate=False)
    return outside + Polynomial({frozenset(((check_length(floor), 1),)): sign})


def _without_fractions(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Multiply both by what makes their coefficients and exponents whole, and by -1 where the divisor is negative."""
    above, below = above.expand(), below.expand()
    if not below:
        raise ArchitectureError("division-by-zero", "a size is divided by zero")
    both = (above, below)
    if not all(form.is_integral for form in both):
        number = lcm(*(x.denominator for form in both for x in form.terms.values()))
        lowest: dict[Any, int] = {}
        for form in both:
            for monomial in form.terms:
                for generator, exponent in monomial:
                    lowest[generator] = min(lowest.get(generator, 0), exponent)
        up = Polynomial({frozenset((g, -e) for g, e in lowest.items() if e): number})
        above, below = (above * up).expand(), (below * up).expand()
    is_negative = all(x < 0 for x in below.terms.values()) and all(map(is_letter, below.generators))
    return (-above, -below) if is_negative else (above, below)


def _merge(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """``floor((floor(x/a) + y)/b) = floor((x + a*y)/(a*b))``, as long as a floor stands alone."""
    while True:
        alone = [
            generator
            for monomial, number in above.terms.items()
            if number == 1 and len(monomial) == 1
            for generator, exponent in monomial
            if exponent == 1 and isinstance(generator, FloorDiv)
        ]
        if not alone:
            return above, below
        floor = min(alone, key=generator_key) if len(alone) > 1 else alone[0]
        inner, divisor = (to_polynomial(part) for part in floor.args)
        above = inner + divisor * (above - Polynomial.generator(floor))
        below = divisor * below


def _is_negative(above: Polynomial) -> bool:
    """Whether every term but the constant is negative."""
    numbers = [number for monomial, number in above.terms.items() if monomial]
    return all(number < 0 for number in numbers or [above.constant_term])


def _without_content(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """``floor((g*x + r)/(g*m)) = floor((x + floor(r/g))/m)``."""
    shared = gcd(*(int(x) for m, x in above.terms.items() if m), *(int(x) for x in below.terms.values()))
    if shared > 1:
        rest = {m: int(x) // shared for m, x in above.terms.items() if m}
        above, below = with_constant(rest, int(above.constant_term) // shared), below.over(shared)
    if not above:
        return above, below
    common = _common(above, below)
    return (above.over(1, common), below.over(1, common)) if common else (above, below)


def _common(above: Polynomial, below: Polynomial) -> Monomial:
    other = dict(below.common_monomial)
    shared = {g: min(e, other.get(g, 0)) for g, e in above.common_monomial}
    return frozenset((g, e) for g, e in shared.items() if e > 0)
