"""Under which remainders of symbols relations hold that are false elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import lcm, prod

from symcount.algebra import EQUAL, Classes, Relation, Residue, classes

_MOST_CLASSES = 4096
"""Of more combinations of remainders nothing is said."""


def holds_where(relations: Sequence[Relation]) -> tuple[Residue, ...]:
    """Return remainders of symbols that make true what is false elsewhere: none where these are no plain choice."""
    forms = [each.form.expand() for each in relations if each.sign == EQUAL and each.form.expand()]
    found = [classes(form) for form in forms]
    if not found or any(not each.vanishing for each in found):
        return ()
    moduli: dict[str, int] = {}
    for each in found:
        for name, modulus in each.moduli.items():
            moduli[name] = lcm(moduli.get(name, 1), modulus)
    if prod(moduli.values()) > _MOST_CLASSES:
        return ()
    fitting = [
        remainders
        for remainders in product(*map(range, moduli.values()))
        if all(_vanishes(each, dict(zip(moduli, remainders, strict=True))) for each in found)
    ]
    choices = [sorted({remainders[place] for remainders in fitting}) for place in range(len(moduli))]
    if len(fitting) != prod(map(len, choices)):
        return ()
    named = [_as_residue(name, moduli[name], choice) for name, choice in zip(moduli, choices, strict=True)]
    return () if None in named else tuple(each for each in named if each is not None and each.modulus > 1)


def _vanishes(found: Classes, remainders: dict[str, int]) -> bool:
    key = tuple(remainders[name] % modulus for name, modulus in found.moduli.items())
    return found.vanishing is not None and key in found.vanishing


def _as_residue(symbol: str, modulus: int, residues: Sequence[int]) -> Residue | None:
    """The remainder that all of these leave by a smaller number; None where they leave several."""
    if not residues or modulus % len(residues):
        return None
    apart = modulus // len(residues)
    plain = [*residues] == [*range(residues[0], modulus, apart)]
    return Residue(symbol, apart, residues[0] % apart) if plain else None
