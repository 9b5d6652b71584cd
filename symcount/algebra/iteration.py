"""A size after a symbolic number of passes of one block: ``x -> (x + b)//s`` and its like, iterated.

Works on the polynomial of the step, not on how it is written. Knows constant, additive and affine
steps, and one floor; of anything else there is no closed form, and the answer is None.
"""

from __future__ import annotations

import sympy

from symcount.algebra.closing import Closing
from symcount.algebra.conversion import polynomial
from symcount.algebra.division import parted
from symcount.algebra.floors import FloorDiv, floor_quotient
from symcount.algebra.passes import Passes, symbols_of
from symcount.algebra.polynomial import Coefficient, Generator, Monomial, Polynomial
from symcount.algebra.writing import written
from symcount.arithmetic import FloorDiv as WrittenFloorDiv
from symcount.arithmetic import IndexedSum, Power, Size, Symbol, ratio


def iterated(step: Size, state: Symbol, index: Symbol, start: Size, times: Size) -> Size | None:
    """Return a state after so many passes of a step, in which the index counts from 0; None if unknown.

    A step without the state is taken at the last pass, so that there must be one.

    >>> from symcount.arithmetic import by_name
    >>> x, i, n, N = Symbol("x"), Symbol("i"), Symbol("n"), Symbol("N")
    >>> by_name(iterated((x - 1) // 2 + 1, x, i, n, N))
    '⌊(n + 2^N - 1)/2^N⌋'
    >>> by_name(iterated(2 * x + 1, x, i, n, N)), iterated(x * x, x, i, n, N)
    ('2^N*n + 2^N - 1', None)
    """
    return _Iteration(sympy.Symbol(state.name), index, start, times).after(Closing().size(step))


class _Iteration:
    def __init__(self, state: sympy.Symbol, index: Symbol, start: Size, times: Size) -> None:
        self.state = state
        self.index = index
        self.letter = sympy.Symbol(index.name)
        self.start = start
        self.times = times

    def after(self, step: Polynomial) -> Size | None:
        if not _depends(step, self.state):
            return self._at_last(step)
        linear = self._linear(step)
        if linear is not None:
            factor, rest = linear
            if factor.is_one:
                return self._added(rest)
            return self._affine(factor, rest) if factor.is_integral else None
        return self._divided(step)

    def _at_last(self, step: Polynomial) -> Size:
        """A step without the state: what the last pass makes of it."""
        if not _depends(step, self.letter):
            return written(step)
        last = Closing().size(self.times - 1)
        return written(Passes(self.letter, last, last).at(step, last))

    def _linear(self, step: Polynomial) -> tuple[Polynomial, Polynomial] | None:
        """The r and the d of ``r*x + d``, neither with the state, the r without the index."""
        factor: dict[Monomial, Coefficient] = {}
        rest: dict[Monomial, Coefficient] = {}
        for monomial, number in step.terms.items():
            powers = dict(monomial)
            exponent = powers.pop(self.state, 0)
            if exponent not in (0, 1):
                return None
            (factor if exponent else rest)[frozenset(powers.items())] = number
        forms = Polynomial(factor), Polynomial(rest)
        if any(_depends(form, self.state) for form in forms) or _depends(forms[0], self.letter):
            return None
        return forms

    def _sum(self, term: Size) -> Size:
        return IndexedSum(self.index, 0, self.times - 1, term)

    def _added(self, rest: Polynomial) -> Size:
        """``x + d``: all the d are added."""
        if not _depends(rest, self.letter):
            return self.start + written(rest) * self.times
        return self.start + self._sum(written(rest))

    def _affine(self, factor: Polynomial, rest: Polynomial) -> Size:
        """``r*x + d``: the start and every d are multiplied in each of the passes that follow."""
        start = self._power(factor) * self.start
        if not _depends(rest, self.letter):
            return start + self._repeated(factor, rest)
        exponent = self.times - 1 - self.index
        return start + self._sum(Power(written(factor), exponent) * written(rest))

    def _repeated(self, factor: Polynomial, rest: Polynomial) -> Size:
        """``d*(1 + r + … + r^(t - 1))``."""
        if not rest:
            return 0
        number = factor.number
        if not isinstance(number, int):
            return written(rest) * self._sum(Power(written(factor), self.index))
        above = self._power(factor) - 1
        exact = rest.over(number - 1)
        return written(exact) * above if exact.is_integral else written(rest) * ratio(above, number - 1)

    def _divided(self, step: Polynomial) -> Size | None:
        """``floor((x + b)/s)``, with what is added to the floor taken into it."""
        inside = [generator for generator in set(step.generators) if _has(generator, self.state)]
        if len(inside) != 1 or not isinstance(inside[0], FloorDiv):
            return None
        rest = step - Polynomial.generator(inside[0])
        above, below = (polynomial(part) for part in inside[0].args)
        linear = self._linear(above + below * rest)
        if linear is None or _depends(below, self.state) or linear[0].number is None:
            return None
        divisor, left = parted(below, linear[0])
        added = floor_quotient(linear[1], linear[0])
        if left or any(_depends(form, self.letter) for form in (divisor, added)):
            return None
        return WrittenFloorDiv(self.start + self._repeated(divisor, added), self._power(divisor))

    def _power(self, base: Polynomial) -> Size:
        return Power(written(base), self.times)


def _has(generator: Generator, symbol: sympy.Symbol) -> bool:
    return symbol in symbols_of(generator)


def _depends(form: Polynomial, symbol: sympy.Symbol) -> bool:
    return any(_has(generator, symbol) for generator in form.generators)
