"""The layer kinds with their rules in general: every argument a letter, over an image where a kind takes one."""

from __future__ import annotations

import inspect

from symcount.arithmetic import Size, by_name
from symcount.layers import FAMILIES, KINDS, Layer, LayerError, Shape, in_general
from symcount.records import record


@record
class Kind:
    """One layer kind: its class, and its rules in letters.

    ``channels`` and ``axis`` are the output's, whose axes are all alike; a vector has none.

    >>> dense = next(kind for kind in kinds() if kind.token == "H")
    >>> dense.token, dense.aliases, dense.rule
    ('H', ('dense', 'fc', 'fullyconnected', 'hidden'), '(c*n^2 + bias)*u')
    """

    layer: type[Layer]
    channels: Size
    axis: Size | None
    parameters: Size
    statistics: Size

    @property
    def token(self) -> str:
        """Its name in a text."""
        return self.layer.token

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        return self.layer.aliases

    @property
    def description(self) -> str:
        """What it is, in full."""
        return inspect.cleandoc(self.layer.__doc__ or "")

    @property
    def rule(self) -> str:
        """The rule of its parameters."""
        return by_name(self.parameters)

    def __repr__(self) -> str:
        return f"<layer kind {self.token}: {self.description.partition(chr(10))[0]}>"


def kinds() -> tuple[Kind, ...]:
    """Return every kind with its rules, family by family."""
    return tuple(map(kind, in_families()))


def in_families() -> list[type[Layer]]:
    """Return every kind, family by family; those that a program defined itself come last."""
    places = {family.__name__: place for place, family in enumerate(FAMILIES)}
    return sorted(KINDS.values(), key=lambda each: places.get(each.__module__, len(places)))


def kind(of: type[Layer]) -> Kind:
    """Return a layer kind with its rules."""
    layer, x = _general(of)
    output = layer.output(x)
    axis = output.axes[0] if output.axes else None
    return Kind(of, output.channels, axis, layer.parameters(x), layer.statistics(x))


def _general(kind: type[Layer]) -> tuple[Layer, Shape]:
    """The kind over an image, or over a sequence or a vector where it takes fewer axes."""
    image = 2 + 2 - kind.own_rank(2)  # the axes of an image, and those that no argument is for
    for rank in (image, 1):
        layer, x = in_general(kind, rank)
        try:
            layer.output(x)
        except LayerError:
            continue
        return layer, x
    return in_general(kind, 0)
