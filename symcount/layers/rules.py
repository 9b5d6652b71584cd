"""The rules that a quantity asks of a layer: every kind writes them, or says why it has none.

A zero is never a default: what a kind forgets would silently be missing from every total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcount.arithmetic import Size
from symcount.layers.shape import Shape
from symcount.records import record

WRITTEN = ("parameters", "biases", "macs", "reach")
"""The rules that a kind must write or declare `none`; one that lacks one cannot be made."""

Rule = Callable[..., Size]
"""A rule of a layer, of the shape that arrives, and of the shape that leaves where it needs that."""


@record
class Nothing:
    """The rule of a kind that has none of a quantity: 0 for every input, with the reason."""

    reason: str

    def __call__(self, x: Shape, y: Shape | None = None) -> int:
        return 0


def none(reason: str) -> Nothing:
    """Declare that a kind has none of a quantity, and why.

    >>> parameters = none("the values are only set in a row")
    >>> parameters(Shape(3, (32, 32))), parameters.reason
    (0, 'the values are only set in a row')
    """
    return Nothing(reason)


def unwritten(kind: type, base: type) -> Iterator[str]:
    """Yield the rules that a kind must write and has from the base of all kinds alone."""
    return (rule for rule in WRITTEN if getattr(kind, rule) is getattr(base, rule))
