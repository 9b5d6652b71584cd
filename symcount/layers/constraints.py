"""Constraints: what must hold of the sizes for a layer to exist."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.layers.source import Matrix
from symcount.records import record


@record
class Divisible:
    """The divisor, a layer's argument, divides the dividend: ``groups`` divides ``channels``."""

    divisor: Size
    dividend: Size
    divisor_name: str
    dividend_name: str
    hint: str | None = None


@record
class Equal:
    """Two sizes are the same."""

    left: Size
    right: Size
    left_name: str
    right_name: str


@record
class TiedWeights:
    """The matrix that a label lends is, perhaps transposed, the one that the layer needs."""

    lent: Matrix
    needed: Matrix
    label: str


@record
class AtLeastOne:
    """A size, or how often a block is repeated, is at least 1."""

    size: Size


Assumable = Divisible | Equal | AtLeastOne
"""A constraint that can be left to be assumed of symbols."""

Constraint = Assumable | TiedWeights
