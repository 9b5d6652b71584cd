"""A size after a symbolic number of iterations of one block: ``x -> (x + b)//s`` and its like.

Works on the polynomial of the step, not on how it is written. Knows constant, additive and affine
steps, and one floor; of anything else there is no closed form, and the answer is None.
"""

from __future__ import annotations

import sympy

from symcount.algebra.closed.conversion import Conversion
from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.expressions import changes_sign, symbols_of, to_polynomial
from symcount.algebra.functions.floors import FloorDiv, floor_quotient
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.division import divide, quotient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import FloorDiv as WrittenFloorDiv
from symcount.arithmetic import IndexedSum, Power, Size, Symbol, ratio
from symcount.errors import ArchitectureError


def iterate(step: Size, state: Symbol, index: Symbol, start: Size, times: Size) -> Size | None:
    """Return a state after so many iterations of a step, in which the index counts from 0; None if unknown.

    A step without the state is taken at the last iteration, so that there must be one.

    >>> from symcount.arithmetic import by_name
    >>> x, i, n, N = Symbol("x"), Symbol("i"), Symbol("n"), Symbol("N")
    >>> by_name(iterate((x - 1) // 2 + 1, x, i, n, N))
    '⌊(n + 2^N - 1)/2^N⌋'
    >>> by_name(iterate(2 * x + 1, x, i, n, N)), iterate(x * x, x, i, n, N)
    ('2^N*n + 2^N - 1', None)
    """
    return _Recurrence(sympy.Symbol(state.name), index, start, times).after(Conversion().expand(step))


class _Recurrence:
    def __init__(self, state: sympy.Symbol, index: Symbol, start: Size, times: Size) -> None:
        self.state = state
        self.index = index
        self.letter = sympy.Symbol(index.name)
        self.start = start
        self.times = times

    def after(self, step: Polynomial) -> Size | None:
        for generator in step.generators:
            if isinstance(generator, Bracket) and not _has(generator, self.state) and not _has(generator, self.letter):
                return self._where_it_holds_and_not(generator, step)
        if not _depends(step, self.state):
            return self._at_last(step)
        linear = self._linear(step)
        if linear is not None:
            factor, rest = linear
            if factor.is_one:
                return self._add(rest)
            if factor.is_integral:
                if changes_sign(factor):
                    return None
                return self._affine(factor, rest)
            return self._exactly(factor, rest) if len(factor) == 1 else None
        return self._divide(step)

    def _where_it_holds_and_not(self, comparison: Bracket, step: Polynomial) -> Size | None:
        """The state where a comparison of the symbols holds, and where not, put together by its 1 and 0."""
        holds, fails = (self.after(step.replaced(comparison, truth)) for truth in (ONE, Polynomial({})))
        if holds is None or fails is None:
            return None
        return fails + to_term(Polynomial.generator(comparison)) * (holds - fails)

    def _at_last(self, step: Polynomial) -> Size | None:
        """The result of a step that does not use the state: that of the last; None if none can be before the first."""
        if not _depends(step, self.letter):
            return to_term(step)
        last = Conversion().expand(self.times - 1)
        try:
            return to_term(IndexRange(self.letter, last, last).at(step, last))
        except ArchitectureError as error:
            if error.code != "division-by-zero":
                raise
            return None

    def _linear(self, step: Polynomial) -> tuple[Polynomial, Polynomial] | None:
        """The coefficients r and d of a step ``r*x + d``: neither holds the state x, and r does not hold the index."""
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

    def _add(self, rest: Polynomial) -> Size:
        """The state after steps ``x + d``: the start, and the d of every iteration."""
        if not _depends(rest, self.letter):
            return self.start + to_term(rest) * self.times
        return self.start + self._sum(to_term(rest))

    def _affine(self, factor: Polynomial, rest: Polynomial) -> Size:
        """The state after steps ``r*x + d``: each iteration multiplies the start and every earlier d by r."""
        start = self._power(factor) * self.start
        if not _depends(rest, self.letter):
            return start + self._geometric(factor, rest)
        exponent = self.times - 1 - self.index
        return start + self._sum(Power(to_term(factor), exponent) * to_term(rest))

    def _exactly(self, factor: Polynomial, rest: Polynomial) -> Size | None:
        """The state after steps ``x/q + d``, each of them exact: the start over ``q^t``, and every d."""
        below = factor.denominator
        above = factor * below
        if not rest:
            start = self.start if above.is_one else self._power(above) * self.start
            return ratio(start, self._power(below))
        added = below * rest
        if not above.is_one or below.number is None or not added.over(below.number - 1).is_integral:
            return None
        return ratio(self.start + self._powers(below, added), self._power(below))

    def _powers(self, base: Polynomial, added: Polynomial) -> Size:
        """What steps ``(x + b)/s`` add before the start is divided: the b of each times as many s as were before it."""
        if not _depends(added, self.letter):
            return self._geometric(base, added)
        return self._sum(to_term(added) * Power(to_term(base), self.index))

    def _geometric(self, factor: Polynomial, rest: Polynomial) -> Size:
        """The geometric sum ``d*(1 + r + … + r^(t - 1))``."""
        if not rest:
            return 0
        number = factor.number
        if not isinstance(number, int):
            share = quotient(rest, factor - ONE)
            if share.is_integral:
                return to_term(share) * (self._power(factor) - 1)
            return to_term(rest) * self._sum(Power(to_term(factor), self.index))
        above = self._power(factor) - 1
        exact = rest.over(number - 1)
        return to_term(exact) * above if exact.is_integral else to_term(rest) * ratio(above, number - 1)

    def _divide(self, step: Polynomial) -> Size | None:
        """The state after steps ``floor((x + b)/s)``: one floor; what a step adds to its floor is moved into it."""
        inside = [generator for generator in set(step.generators) if _has(generator, self.state)]
        if len(inside) != 1 or not isinstance(inside[0], FloorDiv):
            return None
        rest = step - Polynomial.generator(inside[0])
        above, below = (to_polynomial(part) for part in inside[0].args)
        linear = self._linear(above + below * rest)
        if linear is None or _depends(below, self.state) or linear[0].number is None:
            return None
        divisor, left = divide(below, linear[0])
        added = floor_quotient(linear[1], linear[0])
        if left or _depends(divisor, self.letter):
            return None
        return WrittenFloorDiv(self.start + self._powers(divisor, added), self._power(divisor))

    def _power(self, base: Polynomial) -> Size:
        return Power(to_term(base), self.times)


def _has(generator: Generator, symbol: sympy.Symbol) -> bool:
    return symbol in symbols_of(generator)


def _depends(form: Polynomial, symbol: sympy.Symbol) -> bool:
    return any(_has(generator, symbol) for generator in form.generators)
