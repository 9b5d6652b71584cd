"""Reads an answer as people write it: ``27,648``, ``[4, 3, 3]``, ``32×28×28``."""

from __future__ import annotations

import re

from symcount.errors import ArchitectureError, visible
from symcount.exam.spoiled import Answer

_GROUPED = re.compile(r"-?\d{1,3}([ ,_'.\u2009\u202f\u00a0])\d{3}(\1\d{3})*")
"""A number whose digits are parted in threes, by one and the same sign."""

_LIST = re.compile(r"[\[(]?\s*(-?\d+(?:\s*[,;x×*·]\s*-?\d+)*)\s*[\])]?")


def read_answer(text: str, sizes: int = 1) -> Answer:
    """Return an answer that has so many sizes where it is right; a wrong one may have others.

    >>> read_answer("27,648"), read_answer("[4, 3, 3]", 3), read_answer("32×28×28", 3)
    ((27648,), (4, 3, 3), (32, 28, 28))
    """
    written = text.strip()
    if sizes == 1 and _GROUPED.fullmatch(written):
        return (int(re.sub(r"[^\d-]", "", written)),)
    found = _LIST.fullmatch(written)
    if found is None or len(written) > _LONGEST:
        wanted = "a whole number" if sizes == 1 else "a shape, channels first"
        example = "27648" if sizes == 1 else "32x28x28"
        raise ArchitectureError(
            "bad-answer", f"{visible(written[:_LONGEST])!r} is not {wanted}", hint=f"write {example}"
        )
    return tuple(map(int, re.findall(r"-?\d+", found[1])))


_LONGEST = 200


def shown_answer(answer: Answer) -> str:
    """Return an answer as a page shows it: digits in groups, a shape with its crosses.

    >>> shown_answer((27648,)), shown_answer((32, 28, 28))
    ('27,648', '32×28×28')
    """
    return f"{answer[0]:,}" if len(answer) == 1 else "×".join(map(str, answer))
