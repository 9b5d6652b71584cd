"""Whether a form with floors by numbers is 0 for all integers: a finite check that leaves nothing open.

For each remainder of the symbols in its floors the form is a polynomial, and one of degree d with d + 1 zeros is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, product
from math import lcm, prod

import sympy

from symcount.algebra.functions.expressions import is_letter, symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.size_function import SizeFunction
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.terms.compiled import compiled
from symcount.records import record

MOST_VALUES = 300_000
"""At more values a form is not tried."""


@record
class Classes:
    """What remainders say of a form: by which numbers they were taken, and for which of them it is always 0.

    ``vanishing`` is None where the form was not tried, for it holds what no remainder decides.
    """

    moduli: dict[str, int]
    vanishing: frozenset[tuple[int, ...]] | None

    @property
    def count(self) -> int:
        """How many combinations of remainders there are."""
        return prod(self.moduli.values())

    @property
    def all_vanish(self) -> bool:
        """Whether the form is 0 for all integers."""
        return self.vanishing is not None and len(self.vanishing) == self.count


def classes(form: Polynomial) -> Classes:
    """Return for which remainders of its symbols a form is 0 whatever they are otherwise.

    >>> n = sympy.Symbol("n")
    >>> classes(to_polynomial(FloorDiv(n, 2) + FloorDiv(n + 1, 2) - n)).all_vanish
    True
    >>> classes(to_polynomial(2*FloorDiv(n, 2) - n))
    Classes(moduli={'n': 2}, vanishing=frozenset({(0,)}))
    """
    form = _plain(form.expand())
    if not form.is_integral:
        form = (form * form.denominator).expand()
    floors = {generator for generator in form.generators if isinstance(generator, FloorDiv)}
    periods = moduli(floors)
    parts = [*_by_letters(form, periods)]
    degrees = {name: max((_degree(part, name) for part in parts), default=0) for name in periods}
    if prod(periods[name] * (degrees[name] + 1) for name in periods) * len(parts) > MOST_VALUES:
        return Classes(periods, None)
    valued = compiled(parts, [*periods])
    vanishing = frozenset(
        remainders
        for remainders in product(*map(range, periods.values()))
        if all(not any(valued(*values)) for values in _values(remainders, periods, degrees))
    )
    return Classes(periods, vanishing)


def _values(
    remainders: tuple[int, ...], moduli: Mapping[str, int], degrees: Mapping[str, int]
) -> Iterator[tuple[int, ...]]:
    """As many values of each symbol with its remainder as say what a polynomial of its degree is."""
    return product(
        *(
            range(first, first + modulus * (degrees[name] + 1), modulus)
            for first, (name, modulus) in zip(remainders, moduli.items(), strict=True)
        )
    )


def _plain(form: Polynomial) -> Polynomial:
    """The form with a letter for each unit of which remainders say nothing: a minimum, a power, a floor by a symbol."""
    for place in count():
        foreign = next((part for generator in form.generators for part in _foreign(generator)), None)
        if foreign is None:
            break
        letter = sympy.Symbol(f"ø{place}")  # a name that no text can write
        form = to_polynomial(substitute(to_expression(form), {foreign: letter}))
    return form


def _foreign(generator: Generator) -> Iterator[object]:
    if is_letter(generator):
        return
    if isinstance(generator, FloorDiv) and generator.args[1].is_Integer:
        inner = generator.args[0].atoms(SizeFunction, sympy.Pow)
        yield from (part for part in inner if not _is_plain(part))
        return
    yield from () if hasattr(generator, "polynomial") else (generator,)


def _is_plain(part: object) -> bool:
    if isinstance(part, FloorDiv):
        return bool(part.args[1].is_Integer)
    return isinstance(part, sympy.Pow) and bool(part.exp.is_Integer and part.exp > 0)


def moduli(floors: set[FloorDiv]) -> dict[str, int]:
    """Return a period for each symbol inside floors: adding it changes every such floor by an integer.

    A floor by a symbol, or one that holds such, has none.
    """
    found: dict[str, int] = {}
    for floor in sorted(floors, key=str):
        if not all(part.args[1].is_Integer for part in floor.atoms(FloorDiv)):
            continue
        # nested floors multiply: the outer one sees the inner one's quotient
        depth = prod(int(part.args[1]) for part in floor.atoms(FloorDiv))
        for name in sorted(symbol.name for symbol in symbols_of(floor)):
            found[name] = lcm(found.get(name, 1), depth)
    return found


def _by_letters(form: Polynomial, moduli: Mapping[str, int]) -> Iterator[Polynomial]:
    """The coefficients of the powers of symbols that are in no floor: each must be 0 by itself."""
    parts: dict[Monomial, dict[Monomial, Coefficient]] = {}
    for monomial, number in form.terms.items():
        outside = frozenset(
            (g, e) for g, e in monomial if not isinstance(g, FloorDiv) and not symbols_named(g) & moduli.keys()
        )
        parts.setdefault(outside, {})[monomial - outside] = number
    return map(Polynomial, parts.values())


def symbols_named(generator: Generator) -> set[str]:
    """Return the names of the symbols in a generator."""
    return {symbol.name for symbol in symbols_of(generator)}


def _degree(form: Polynomial, name: str) -> int:
    return max((sum(e * _degree_of(g, name) for g, e in monomial) for monomial in form.terms), default=0)


def _degree_of(generator: Generator, name: str) -> int:
    if is_letter(generator):
        return int(generator.name == name)  # type: ignore[attr-defined]
    assert isinstance(generator, FloorDiv)
    return _degree(to_polynomial(generator.args[0]), name)
