"""Sentences such as ``C3-C3 sees what C5 sees``: two chains without an input, whose receptive fields are compared."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"\s*(.+?)\s+sees\s+what\s+(.+?)\s+sees\s*")
_KERNEL = re.compile(r"\b(C|P|MP|AP|DW)\(?([0-9]+)(?![0-9]*[,x×])\)?")
_INPUT = "I(c,n×n)"


def sees(sentence: str) -> tuple[str, str] | None:
    """Return the two networks that a sentence compares: over an image, and with kernels where a number stands alone.

    What a unit sees does not depend on filters, so that the one number of a convolution is read as its kernel here.

    >>> sees("C(3)-C(3) sees what C5 sees")
    ('I(c,n×n)-C(k=3)-C(k=3)', 'I(c,n×n)-C(k=5)')
    """
    match = _SENTENCE.fullmatch(sentence)
    return None if match is None else (_network(match[1]), _network(match[2]))


def _network(chain: str) -> str:
    read = _KERNEL.sub(lambda found: f"{found[1]}(k={found[2]})", chain)
    return read if re.match(r"I\b|I[0-9(]", chain) else f"{_INPUT}-{read}"
