"""The order in which people write: high degrees first, f_2 before f_10, constants last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from symcount.algebra.functions.expressions import generator_expression
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.arithmetic.remembered import remembered

LONGEST_PRINTED = 12
"""The most terms of a sum that is put in order by what it looks like."""

Powers = Sequence[tuple[Generator, int]]
"""The factors of a term, with their exponents."""


@remembered
def natural(name: str) -> tuple[Any, ...]:
    """Return the key that sorts numbers inside names by value.

    >>> sorted(["f_10", "f_2"], key=natural)
    ['f_2', 'f_10']
    """
    return tuple(map(_by_value, re.split(r"([0-9]+)", name)))


def _by_value(part: str) -> Any:
    """The key that sorts digits by their value; int() would refuse more than 4,300 of them."""
    digits = part.lstrip("0")
    return (len(digits), digits) if part.isdigit() else part


@remembered
def generator_key(generator: Generator) -> tuple[int, tuple[Any, ...]]:
    """Powers of numbers, symbols, their powers, sums and floors, sums of powers; alphabetically within each."""
    if isinstance(generator, Whole) and len(generator.polynomial) > LONGEST_PRINTED:
        return 3, natural(_spelled(generator.polynomial))
    expression = generator_expression(generator)
    if getattr(expression, "is_Symbol", False):
        return 1, natural(expression.name)
    if getattr(expression, "is_Pow", False):
        return (0 if expression.base.is_number else 2), natural(str(expression))
    return 3 if getattr(expression, "rounds", True) else 4, natural(str(expression))


def _spelled(form: Polynomial) -> str:
    """A long sum for the sake of its place, as sympy would take long to print it."""
    terms = ([f"{generator_key(g)[1]}^{e}" for g, e in in_order(tuple(m))] for m in form.terms)
    return " + ".join(sorted(f"{number}*{factors}" for number, factors in zip(form.terms.values(), terms, strict=True)))


def in_order(powers: Powers) -> list[tuple[Generator, int]]:
    """Sort the factors of a term."""
    return sorted(powers, key=lambda power: generator_key(power[0]))


@remembered
def placed(powers: tuple[tuple[Generator, int], ...]) -> tuple[Powers, tuple[Any, ...]]:
    """The factors of a term in order, and the key of the term."""
    in_turn = in_order(powers)
    return in_turn, term_key((1, in_turn))


def term_key(term: tuple[Coefficient, Powers]) -> tuple[Any, ...]:
    """The key of a term whose factors are in order: constants last, then by falling degree."""
    powers = term[1]
    degree = sum(exponent for _, exponent in powers)
    return not powers, -degree, tuple((generator_key(g), -exponent) for g, exponent in powers)
