"""The forms of a formula: factored, collected by a symbol, and simplified under a residue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sympy

from symcount.algebra.closed import ClosedForm
from symcount.algebra.conversion import Expr, SizeFunction, expression_of, generator_expression, polynomial
from symcount.algebra.polynomial import Coefficient, Generator, Monomial, Polynomial
from symcount.arithmetic import Remainder, Symbol, by_name
from symcount.arithmetic.notation import TEXT, Notation

MOST_FACTORED = 200
"""Of a wider sum only the content is taken out: sympy's factor would not end."""

MOST_LETTERS = 16
"""The same where a sum holds more symbols and sizes: each of them doubles the time."""


def factored(form: ClosedForm) -> Expr:
    """Factor over the symbols and the sizes.

    >>> from symcount.algebra.conversion import polynomial
    >>> c, f = sympy.symbols("c f")
    >>> factored(ClosedForm(polynomial(9*c*f + f)))
    f*(9*c + 1)
    """
    terms = form.polynomial
    if not terms:
        return sympy.Integer(0)
    # a content of ±1 leaves the sum as it is; sympy would distribute a number over one
    content, common = terms.content, terms.common_monomial
    rest = terms.over(content, common)
    outside = expression_of(Polynomial({common: content}))
    letters = {generator: sympy.Dummy() for generator in set(terms.generators)}
    if len(terms) > MOST_FACTORED or len(letters) > MOST_LETTERS:
        return sympy.Mul(outside, expression_of(rest), evaluate=False) if len(rest) > 1 else outside
    plain = Polynomial({_renamed(monomial, letters): number for monomial, number in terms.terms.items()})
    # a whole sum is put back last, so that nothing multiplies it out
    sizes = {letter: generator_expression(generator) for generator, letter in letters.items()}
    return sympy.factor(expression_of(plain)).xreplace(sizes)


def _renamed(monomial: Monomial, letters: dict[Generator, sympy.Dummy]) -> Monomial:
    return frozenset((letters[generator], exponent) for generator, exponent in monomial)


def collected(form: ClosedForm, symbol: str) -> Expr:
    """Collect by the powers of a symbol; what it does inside a floor stays in the coefficients.

    >>> from symcount.algebra.conversion import polynomial
    >>> c, f = sympy.symbols("c f")
    >>> collected(ClosedForm(polynomial(9*c*f + 2*f + c)), "f")
    c + f*(9*c + 2)
    """
    letter = sympy.Symbol(symbol)
    groups: dict[int, dict[Monomial, Coefficient]] = defaultdict(dict)
    for monomial, number in form.polynomial.terms.items():
        powers = dict(monomial)
        exponent = powers.pop(letter, 0)
        groups[exponent][frozenset(powers.items())] = number
    return sympy.Add(
        *(sympy.Mul(letter**exponent, expression_of(Polynomial(terms))) for exponent, terms in groups.items())
    )


def assume(expression: Expr, symbol: str, modulus: int, remainder: int = 0) -> Expr:
    """Simplify where a symbol is known to leave a remainder.

    >>> from symcount.algebra.floors import FloorDiv
    >>> n = sympy.Symbol("n")
    >>> assume(FloorDiv(n, 32)**2, "n", 32)
    n**2/1024
    """
    letter, multiple = sympy.Symbol(symbol), sympy.Dummy("t")
    inside = replaced(expression, {letter: modulus * multiple + remainder})
    return replaced(inside, {multiple: (letter - remainder) / sympy.Integer(modulus)})


def replaced(expression: Expr, values: dict[Expr, Expr]) -> Expr:
    """Put expressions in place of symbols, all at once; floors return to their normal form."""

    @cache
    def walk(part: Expr) -> Expr:
        if part in values:
            return values[part]
        if not part.args:
            return part
        arguments = [walk(argument) for argument in part.args]
        return part.func(*arguments)

    return walk(sympy.sympify(expression, strict=True))


def is_floor(generator: Generator) -> bool:
    """Whether a generator is, or holds, a floor, a minimum or a maximum."""
    return bool(generator_expression(generator).has(SizeFunction))


def has_floor(form: Polynomial) -> bool:
    """Whether any generator is, or holds, a floor, a minimum or a maximum."""
    return any(is_floor(generator) for generator in form.generators)


@dataclass(frozen=True)
class Residue:
    """The assumption that a symbol leaves a remainder: ``n % 32 == 0``."""

    symbol: str
    modulus: int
    remainder: int = 0

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        rest = Remainder(Symbol(self.symbol), self.modulus)
        return notation.equals.format(by_name(rest, notation), notation.integer(self.remainder))


def under(form: ClosedForm, residues: Sequence[Residue]) -> ClosedForm:
    """Return the closed form where symbols leave these remainders: floors that this decides are gone.

    >>> from symcount.algebra.closed import closed_form
    >>> halves = closed_form([Symbol("n") // 2])
    >>> under(halves, [Residue("n", 4)]).expr
    n/2
    """
    expression = form.expr
    for residue in residues:
        expression = assume(expression, residue.symbol, residue.modulus, residue.remainder)
    return ClosedForm(polynomial(expression)) if residues else form
