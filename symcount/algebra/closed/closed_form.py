"""`ClosedForm`: a total as one formula in a network's symbols, with the assumptions under which it is right."""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from symcount.algebra.closed.conversion import Conversion
from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.functions.expressions import symbols_of, to_expression
from symcount.algebra.functions.ordering import generator_key, natural
from symcount.algebra.functions.size_function import Expr, SizeFunction
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.algebra.terms.to_python import to_python
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Named, Size
from symcount.arithmetic.notation.names import name_parts
from symcount.records import record

LETTERS = ("m", "q", "t", "u", "v", "w", "x", "y", "z")
"""Letters that a formula may give to sizes; those that the network uses itself are skipped."""


@record
class ClosedForm:
    """A formula in the symbols of a network, in which sizes that hold a floor are whole.

    >>> from symcount.arithmetic import Symbol, by_name
    >>> n = Named("n_1", Symbol("n") // 4 - 2)
    >>> form = closed_form([n * n * 8192, Symbol("c") * 800 + 12362])
    >>> form.expr
    800*c + 8192*((n//4) - 2)**2 + 12362
    >>> size, (m,) = form.named()
    >>> by_name(size), m.name, by_name(m.value)
    ('8192*m^2 + 800*c + 12362', 'm', '⌊n/4⌋ - 2')
    """

    polynomial: Polynomial
    assumptions: tuple[Divisible | AtLeast, ...] = ()

    @property
    def expr(self) -> Expr:
        """The sympy expression, in which the sizes that hold a floor are not multiplied out."""
        return to_expression(self.polynomial)

    @property
    def expanded(self) -> Expr:
        """The sympy expression, multiplied out; floors remain."""
        return to_expression(self.polynomial.expand())

    @property
    def symbols(self) -> dict[str, sympy.Symbol]:
        """Its symbols by their names, sorted, with f_2 before f_10."""
        free: set[Expr] = set()
        for generator in set(self.polynomial.generators):
            free |= symbols_of(generator)
        return {symbol.name: symbol for symbol in sorted(free, key=lambda symbol: natural(symbol.name))}

    def to_term(self) -> Size:
        """Return the formula as written arithmetic, which can be printed in any notation."""
        return to_term(self.polynomial)

    def to_python(self) -> str:
        """Return Python source that is exact on ints."""
        return to_python(self.polynomial)

    def named(self, taken: Iterable[str] = ()) -> tuple[Size, tuple[Named, ...]]:
        """Return the written term with a fresh letter for each size that holds a floor, and these letters.

        None of them looks like a symbol, or like one of the names that are ``taken``.
        """
        letters = self.letters(taken)
        return to_term(self.polynomial, letters), tuple(letters.values())

    def letters(self, taken: Iterable[str] = ()) -> dict[Generator, Named]:
        """Return a fresh letter for each size that holds a floor."""
        sizes = list(dict.fromkeys(self._floors()))
        names = _fresh_letters(len(sizes), (*self.symbols, *taken))
        return {
            size: Named(name, to_term(size.polynomial if isinstance(size, Whole) else size))
            for name, size in zip(names, sizes, strict=True)
        }

    def _floors(self) -> Iterable[Generator]:
        for monomial in self.polynomial.terms:
            for generator in sorted((g for g, _ in monomial), key=generator_key):
                if isinstance(generator, Whole):
                    parts: Iterable[Generator] = generator.polynomial.generators
                else:
                    parts = (generator,)
                if any(isinstance(part, SizeFunction) for part in parts):
                    yield generator


def closed_form(sizes: Iterable[Size], axes: Iterable[Size] = ()) -> ClosedForm:
    """Add sizes up into one closed form; floor-free sums among the ``axes`` stay whole too."""
    return ClosedForm(*Conversion(axes).total(sizes))


def _fresh_letters(count: int, used: Iterable[str]) -> list[str]:
    """Names for sizes that no symbol has: ``m`` for one size, ``m_1``, ``m_2`` for several."""
    taken = set(map(name_parts, used))
    for letter in (*LETTERS, *(f"size{i}" for i in range(len(taken) + 1))):
        names = [letter] if count == 1 else [f"{letter}_{i}" for i in range(1, count + 1)]
        if (letter,) not in taken and taken.isdisjoint(map(name_parts, names)):
            return names
    raise AssertionError("more spellings are tried than there are names")
