"""The forms of a formula: factored, collected by a symbol, and simplified under a residue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sympy

from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import Coefficient, Polynomial
from symcount.arithmetic import Remainder, Symbol, by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.records import record

MOST_FACTORED = 200
"""Of a wider sum only the content is taken out: sympy's factor would not end."""

MOST_LETTERS = 16
"""The same where a sum holds more symbols and sizes: each of them doubles the time."""


def factor(form: ClosedForm) -> Expr:
    """Factor over the symbols and the sizes.

    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> c, f = sympy.symbols("c f")
    >>> factor(ClosedForm(to_polynomial(9*c*f + f)))
    f*(9*c + 1)
    """
    terms = form.polynomial
    if not terms:
        return sympy.Integer(0)
    # a content of ±1 leaves the sum as it is; sympy would distribute a number over one
    content, common = terms.content, terms.common_monomial
    rest = terms.over(content, common)
    outside = to_expression(Polynomial({common: content}))
    letters = {generator: sympy.Dummy() for generator in set(terms.generators)}
    if len(terms) > MOST_FACTORED or len(letters) > MOST_LETTERS:
        return sympy.Mul(outside, to_expression(rest), evaluate=False) if len(rest) > 1 else outside
    plain = Polynomial({_rename(monomial, letters): number for monomial, number in terms.terms.items()})
    # a whole sum is put back last, so that nothing multiplies it out
    sizes = {letter: generator_expression(generator) for generator, letter in letters.items()}
    return sympy.factor(to_expression(plain)).xreplace(sizes)


def _rename(monomial: Monomial, letters: dict[Generator, sympy.Dummy]) -> Monomial:
    return frozenset((letters[generator], exponent) for generator, exponent in monomial)


def collect(form: ClosedForm, symbol: str) -> Expr:
    """Collect by the powers of a symbol; what it does inside a floor stays in the coefficients.

    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> c, f = sympy.symbols("c f")
    >>> collect(ClosedForm(to_polynomial(9*c*f + 2*f + c)), "f")
    c + f*(9*c + 2)
    """
    letter = sympy.Symbol(symbol)
    groups: dict[int, dict[Monomial, Coefficient]] = defaultdict(dict)
    for monomial, number in form.polynomial.terms.items():
        powers = dict(monomial)
        exponent = powers.pop(letter, 0)
        groups[exponent][frozenset(powers.items())] = number
    return sympy.Add(
        *(sympy.Mul(letter**exponent, to_expression(Polynomial(terms))) for exponent, terms in groups.items())
    )


def assume_residue(expression: Expr, symbol: str, modulus: int, remainder: int = 0) -> Expr:
    """Simplify where a symbol is known to leave a remainder.

    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> n = sympy.Symbol("n")
    >>> assume_residue(FloorDiv(n, 32)**2, "n", 32)
    n**2/1024
    """
    letter, multiple = sympy.Symbol(symbol), sympy.Dummy("t")
    inside = substitute(expression, {letter: modulus * multiple + remainder})
    return substitute(inside, {multiple: (letter - remainder) / sympy.Integer(modulus)})


@record
class Residue:
    """The assumption that a symbol leaves a remainder: ``n % 32 == 0``."""

    symbol: str
    modulus: int
    remainder: int = 0

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        rest = Remainder(Symbol(self.symbol), self.modulus)
        return notation.equals.format(by_name(rest, notation), notation.integer(self.remainder))

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return values[self.symbol] % self.modulus == self.remainder


def assuming(form: ClosedForm, residues: Sequence[Residue]) -> ClosedForm:
    """Return the closed form where symbols leave these remainders: floors that this decides are gone.

    >>> from symcount.algebra.closed.closed_form import closed_form
    >>> halves = closed_form([Symbol("n") // 2])
    >>> assuming(halves, [Residue("n", 4)]).expr
    n/2
    """
    expression = form.expr
    for residue in residues:
        expression = assume_residue(expression, residue.symbol, residue.modulus, residue.remainder)
    return ClosedForm(to_polynomial(expression)) if residues else form
