"""Reads assumptions about a formula's symbols, such as ``n % 32 == 0``, and settles by them what a network needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from symcount.algebra import AtLeast, Divisible, Expr, Residue, combined, divisibility, to_polynomial, with_residue
from symcount.counts.assumptions import Assumption
from symcount.errors import ArchitectureError

_Stated = TypeVar("_Stated", AtLeast, Assumption)

_RESIDUE = re.compile(r"\s*([A-Za-z_]\w*)\s*%\s*([0-9]{1,9})\s*==\s*([0-9]{1,9})\s*")


def residue(given: str) -> Residue:
    """Return the assumption that is written as ``n % 32 == 0``.

    >>> residue("n % 32 == 0").text()
    'n mod 32 = 0'
    """
    match = _RESIDUE.fullmatch(given)
    if match is None or not int(match[3]) < int(match[2]):
        message = f"{given!r} is not an assumption that can be used"
        raise ArchitectureError("bad-assumption", message, hint="write the remainder of a symbol: 'n % 32 == 0'")
    return Residue(match[1], int(match[2]), int(match[3]))


def left_of(stated: Iterable[_Stated], residues: Sequence[Residue]) -> tuple[_Stated, ...]:
    """Return what is left to state where remainders are known; refuse these where they make any of it false."""
    known = combined(residues)
    decided = [(each, _decided(each, known)) for each in stated]
    false = next((each for each, holds in decided if holds is False), None)
    if false is not None:
        message = f"what is assumed contradicts what the network needs: {false}"
        raise ArchitectureError("bad-assumption", message)
    return tuple(each for each, holds in decided if holds is None)


def _decided(stated: Assumption, residues: Sequence[Residue]) -> bool | None:
    """Whether a statement is true or false under these remainders; None where that is open."""

    def known(side: Expr) -> Expr:
        for residue in residues:
            side = with_residue(side, residue)
        return side

    if not {residue.symbol for residue in residues} & stated.symbols:
        return None
    if isinstance(stated, Divisible):
        left = divisibility(to_polynomial(known(stated.divisor)), to_polynomial(known(stated.dividend)))
        return True if left is None else False if left.is_impossible else None
    number = to_polynomial(known(stated.left) - known(stated.right)).number
    if number is None:
        return None
    return number >= 0 if isinstance(stated, AtLeast) else number == 0
