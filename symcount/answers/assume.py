"""What one assumes of a formula's symbols: read from text."""

from __future__ import annotations

import re

from symcount.algebra import Residue
from symcount.errors import ArchitectureError

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
