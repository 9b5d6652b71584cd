"""Formulas where the remainder of a symbol is known, as that ``n % 32`` is 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import gcd, lcm

import sympy

from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.functions.expressions import to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.arithmetic import Remainder, Symbol, by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.errors import ArchitectureError
from symcount.records import record


@record
class Residue:
    """The assumption that a symbol leaves a remainder: ``n % 32 == 0``."""

    symbol: str
    modulus: int
    remainder: int = 0

    @property
    def first(self) -> int:
        """The first size from 1 on that leaves the remainder."""
        return self.remainder or self.modulus

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        rest = Remainder(Symbol(self.symbol), self.modulus)
        return notation.equals.format(by_name(rest, notation), notation.integer(self.remainder))

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return values[self.symbol] % self.modulus == self.remainder


def with_residue(expression: Expr, residue: Residue) -> Expr:
    """Return an expression with another symbol from 1 on, of the same name, by which the first one is written.

    >>> with_residue(sympy.Symbol("n") + 1, Residue("n", 4)), with_residue(sympy.Symbol("n"), Residue("n", 4, 1))
    (4*n + 1, 4*n - 3)
    """
    letter = sympy.Symbol(residue.symbol)
    return substitute(expression, {letter: residue.modulus * letter + residue.first - residue.modulus})


def assume_residue(expression: Expr, residue: Residue) -> Expr:
    """Simplify where a symbol is known to leave a remainder.

    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> n = sympy.Symbol("n")
    >>> assume_residue(FloorDiv(n, 32)**2, Residue("n", 32))
    n**2/1024
    """
    letter = sympy.Symbol(residue.symbol)
    back = (letter - residue.first) / sympy.Integer(residue.modulus) + 1
    return substitute(with_residue(expression, residue), {letter: back})


def assuming(form: ClosedForm, residues: Sequence[Residue]) -> ClosedForm:
    """Return the closed form where symbols leave these remainders: floors that this decides are gone.

    >>> from symcount.algebra.closed.closed_form import closed_form
    >>> halves = closed_form([Symbol("n") // 2])
    >>> assuming(halves, [Residue("n", 4)]).expr
    n/2
    """
    expression = form.expr
    for residue in combined(residues):
        expression = assume_residue(expression, residue)
    return ClosedForm(to_polynomial(expression)) if residues else form


def combined(residues: Sequence[Residue]) -> list[Residue]:
    """Return one remainder for each symbol, from all that are known; refuse those that no number leaves together.

    >>> [each.text() for each in combined([Residue("n", 2), Residue("n", 3, 1)])]
    ['n mod 6 = 4']
    """
    found: dict[str, Residue] = {}
    for residue in residues:
        before = found.get(residue.symbol)
        found[residue.symbol] = residue if before is None else _both(before, residue)
    return list(found.values())


def _both(one: Residue, other: Residue) -> Residue:
    """The remainder by the least common multiple: the Chinese remainder theorem."""
    shared = gcd(one.modulus, other.modulus)
    if (one.remainder - other.remainder) % shared:
        message = f"no {one.symbol} leaves both remainders: {one} and {other}"
        raise ArchitectureError("bad-assumption", message, hint="leave one of them out")
    step = other.modulus // shared
    times = (other.remainder - one.remainder) // shared * pow(one.modulus // shared, -1, step) % step
    modulus = lcm(one.modulus, other.modulus)
    return Residue(one.symbol, modulus, (one.remainder + one.modulus * times) % modulus)
