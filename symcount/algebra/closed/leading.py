"""What a formula is like as symbols grow: its leading terms, and all others relative to them."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import lcm

from symcount.algebra.closed.factoring import Factoring
from symcount.algebra.functions.expressions import has_floor, is_letter, symbols_of, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.arithmetic import Product, Quotient, Size, Sum
from symcount.errors import ArchitectureError


def leading(form: Polynomial, names: Collection[str] = ()) -> Polynomial:
    """Return the terms of the highest degree in some symbols, or in all of them: what a formula is like as these grow.

    A floor grows as its quotient does, and a power of a number faster than any degree.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_expression
    >>> N, d, V = sympy.symbols("N d V")
    >>> to_expression(leading(to_polynomial(12*N*d**2 + 13*N*d + V*d), ["d"]))
    12*N*d**2
    >>> to_expression(leading(to_polynomial(3*4**N*d**2 + 4**N*d + 2**N*d**3)))
    3*2**(2*N)*d**2
    """
    form = _without_floors(form.expand(), names).expand()
    form = _fastest(form, names)
    degrees = {monomial: _degree(monomial, names) for monomial in form.terms}
    highest = max(degrees.values(), default=0)
    return Polynomial({monomial: x for monomial, x in form.terms.items() if degrees[monomial] == highest})


def _fastest(form: Polynomial, names: Collection[str]) -> Polynomial:
    """The terms with the largest powers of numbers, each to a symbol: those that the fastest of all have in common."""
    growth = {monomial: _bases(monomial, names) for monomial in form.terms}
    letters = {letter for bases in growth.values() for letter in bases}
    if not letters:
        return form
    most = {letter: max(bases.get(letter, Fraction(1)) for bases in growth.values()) for letter in letters}
    fastest = {
        monomial: number
        for monomial, number in form.terms.items()
        if all(growth[monomial].get(letter, Fraction(1)) == base for letter, base in most.items())
    }
    if not fastest:
        message = f"which terms lead depends on how {' and '.join(sorted(letters))} grow beside one another"
        raise ArchitectureError("no-closed-form", message, hint=f"name one of them: --in {min(letters)}")
    return Polynomial(fastest)


def _bases(monomial: Monomial, names: Collection[str]) -> dict[str, Fraction]:
    """The number that a term has to the power of each symbol."""
    bases: dict[str, Fraction] = {}
    for generator, exponent in monomial:
        power = _power_of_number(generator)
        if power is not None and _concerns(generator, names):
            base, letter = power
            bases[letter] = bases.get(letter, Fraction(1)) * Fraction(base) ** exponent
    return bases


def _power_of_number(generator: Generator) -> tuple[int, str] | None:
    """The number and the symbol of a generator that is the one to the power of the other; None for any other."""
    if not getattr(generator, "is_Pow", False):
        return None
    base, exponent = generator.args  # type: ignore[attr-defined]
    times, letter = exponent.as_coeff_Mul()
    if not (base.is_Integer and base > 1 and letter.is_Symbol and times.is_Integer and times > 0):
        return None
    return int(base) ** int(times), letter.name


def _without_floors(form: Polynomial, names: Collection[str]) -> Polynomial:
    """The form with quotients in the place of floors."""
    for generator in dict.fromkeys(form.generators):
        if isinstance(generator, FloorDiv):
            above, below = (_without_floors(to_polynomial(part), names) for part in generator.args)
            form = form.replaced(generator, quotient(leading(above, names), leading(below, names)))
        elif not is_letter(generator) and _concerns(generator, names) and _power_of_number(generator) is None:
            letters = sorted(str(each) for each in form.generators if is_letter(each))
            raise ArchitectureError(
                "no-closed-form",
                "the leading terms of powers of sizes, minima and comparisons are not worked out",
                hint=f"name a symbol that is in none: --in {letters[0]}" if letters else None,
            )
    return form


def _concerns(generator: Generator, names: Collection[str]) -> bool:
    inside = {symbol.name for symbol in symbols_of(generator)}
    return not isinstance(generator, Whole) and bool(inside & set(names) if names else inside)


def _degree(monomial: Monomial, names: Collection[str]) -> int:
    return sum(e for g, e in monomial if is_letter(g) and (not names or str(g) in names))


def relative(form: Polynomial, names: Collection[str] = ()) -> Size:
    """Return a formula as its leading terms times 1 and what the others are in proportion to them.

    >>> import sympy
    >>> from symcount.arithmetic import by_name
    >>> N, d, V = sympy.symbols("N d V")
    >>> by_name(relative(to_polynomial(12*N*d**2 + 13*N*d + V*d + 2*d), ["d"]))
    '12*N*d^2*(1 + 13/(12*d) + (V + 2)/(12*N*d))'
    """
    form = form.expand()
    if has_floor(form):
        message = "a formula with floors has no terms relative to others"
        raise ArchitectureError("bad-form", message, hint="assume what removes the floors, as --assume 'n % 32 == 0'")
    lead = leading(form, names)
    rest = form - lead
    writing = Factoring()
    if not rest:
        return writing.shortest(lead)
    parts = _parts(rest, lead, writing) if len(lead) == 1 else [_over_sum(rest, lead, writing)]
    return Product((*_factors(writing.shortest(lead)), Sum((1, *parts))))


def _parts(rest: Polynomial, lead: Polynomial, writing: Factoring) -> list[Size]:
    """The other terms over a single leading one, those of one denominator together."""
    ((monomial, number),) = lead.terms.items()
    groups: dict[Monomial, dict[Monomial, Coefficient]] = {}
    for term, x in rest.over(number, monomial).terms.items():
        below = frozenset((g, -e) for g, e in term if e < 0)
        groups.setdefault(below, {})[frozenset((g, e) for g, e in term if e > 0)] = x
    ordered = sorted(groups, key=lambda below: (sum(e for _, e in below), sorted(map(str, below))))
    return [_over(Polynomial(groups[below]), below, writing) for below in ordered]


def _over(above: Polynomial, below: Monomial, writing: Factoring) -> Size:
    number = lcm(*(Fraction(x).denominator for x in above.terms.values()))
    negative = all(x < 0 for x in above.terms.values())
    top = writing.shortest(above.times(-number if negative else number))
    under = Polynomial({below: number})
    over = top if under.is_one else Quotient(top, writing.plain(under))
    return Product((-1, over)) if negative else over


def _over_sum(rest: Polynomial, lead: Polynomial, writing: Factoring) -> Size:
    common = frozenset((g, min(e, dict(rest.common_monomial).get(g, 0))) for g, e in lead.common_monomial)
    common = frozenset((g, e) for g, e in common if e)
    number = lcm(*(Fraction(x).denominator for form in (rest, lead) for x in form.terms.values()))
    above, below = (form.times(number).over(1, common) for form in (rest, lead))
    return Quotient(writing.shortest(above), writing.shortest(below))


def _factors(size: Size) -> tuple[Size, ...]:
    return size.factors if isinstance(size, Product) else (size,)
