"""Sizes for programs to read: ints as they are, all else in Python's syntax, exact on ints."""

from __future__ import annotations

from symcount.arithmetic import IndexedSum, Ratio, Size, Symbol, all_parts, by_name, substitute
from symcount.arithmetic.notation import PYTHON, Notation


def exact(size: Size, notation: Notation = PYTHON) -> int | str:
    """Return a number, or Python's syntax: exact, also where only a sum of fractions is whole.

    >>> from symcount.arithmetic import Quotient
    >>> n = Symbol("n")
    >>> exact(Quotient(n * n, 2) + Quotient(n, 2)), exact(7)
    ('(n**2 + n)//2', 7)
    """
    if isinstance(size, int):
        return size
    if not any(isinstance(part, Ratio | IndexedSum) for part in all_parts(size)):
        return by_name(size, notation)
    from symcount.algebra import closed_form

    return closed_form([substitute(size, lambda letter: Symbol(notation.name(letter.name)))]).to_python()
