"""The rows of a count: one layer, or a block of layers with rows of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from symcount.arithmetic import Size, by_name, by_value
from symcount.arithmetic.notation import TEXT, Notation
from symcount.layers import Layer, Shape, lettered
from symcount.network import canonical_call, canonical_item
from symcount.quantities import quantity_named
from symcount.syntax import text
from symcount.trace import Block, Part, Step

if TYPE_CHECKING:
    from symcount.architecture.architecture import Architecture, Number, Sizes
    from symcount.derivation import Derivation


class Row:
    """One layer or block of an architecture: its name, shapes and numbers."""

    part: Part

    def __init__(self, architecture: Architecture, part: Part) -> None:
        self.architecture = architecture
        self.part = part

    @property
    def index(self) -> int | str:
        """Its place in the text, from 1; with a further part for each block around it, as in 3.2."""
        number = self.part.number
        return number[0] if len(number) == 1 else ".".join(map(str, number))

    @property
    def name(self) -> str:
        """The name of the layer, or of what holds the block together."""
        return self.part.name

    @property
    def kind(self) -> str:
        """The token of a layer's kind, or what holds a block together."""
        raise NotImplementedError

    @property
    def label(self) -> str | None:
        """The label that is written on it."""
        return self.part.label

    @property
    def text(self) -> str:
        """Its canonical text."""
        raise NotImplementedError

    @property
    def layers(self) -> tuple[Row, ...]:
        """The rows inside it; none for a layer."""
        return ()

    @property
    def times(self) -> Number:
        """How many times it happens, one after another."""
        return self.architecture.number((self.part.times,))

    @property
    def input(self) -> Sizes:
        """The shape that arrives: channels, then axes."""
        return self.architecture.shape(self.part.input)

    @property
    def output(self) -> Sizes:
        """The shape that leaves: channels, then axes."""
        return self.architecture.shape(self.part.output)

    @property
    def params(self) -> Number:
        """The number of its parameters, all its passes together."""
        return self.of("params")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of it."""
        return self.part.notes

    @property
    def rule(self) -> str:
        """The rule of its parameters in letters; a block has none of its own."""
        return self.written_rule()

    def written_rule(self, letters: Mapping[str, str] | None = None, notation: Notation = TEXT) -> str:
        """Return the rule of its parameters in letters, some of them renamed."""
        return by_name(self.rule_of("params"), notation, dict(letters or {}))

    def written_values(self, notation: Notation = TEXT) -> str:
        """Return the rule of its parameters with its values in place of letters, equal sizes under one name."""
        return by_value(self.shown_rule("params"), notation)

    def shown_rule(self, quantity: str) -> Size:
        """Return the rule of a quantity with its sizes as a table shows them."""
        return self.rule_of(quantity)

    def rule_of(self, quantity: str) -> Size:
        """Return the rule of a quantity as written arithmetic; a block's quantity is that of its layers."""
        return self.size_of(quantity)

    def derive(
        self, quantity: str = "params", *, detail: str = "full", letters: Mapping[str, str] | None = None
    ) -> Derivation:
        """Return the worked solution of this layer or block alone."""
        from symcount.derivation import derivation

        return derivation(self.architecture, quantity, detail=detail, letters=letters, at=self.index)

    def of(self, quantity: str) -> Number:
        """Return a quantity of this layer or block alone."""
        if quantity == "output":
            return self.output
        return self.architecture.number((self.size_of(quantity),))

    def written(self, quantity: str) -> Size:
        """Return a quantity as written arithmetic, in the names of the sizes on the way."""
        return self.architecture.written((self.size_of(quantity),))

    def size_of(self, quantity: str) -> Size:
        """Return a quantity by its rule, as the walk left it."""
        return quantity_named(quantity).of(self.part, self.architecture.convention)

    def __repr__(self) -> str:
        return f"<{'block' if self.layers else 'layer'} {self.name}: {self.text}>"


class LayerRow(Row):
    """One layer of an architecture: its name, shapes, rule and numbers.

    >>> import symcount as sc
    >>> layer = sc.parse("I(1,28x28)-C(32,5)-P2").layers[0]
    >>> layer.name, layer.output, layer.rule, layer.params
    ('C1', (32, 24, 24), '(k^2*c + 1)*f', 832)
    """

    part: Step

    @property
    def kind(self) -> str:
        return self.part.link.kind.token

    @property
    def text(self) -> str:
        return text(canonical_call(self.part.link.call))

    def rule_of(self, quantity: str) -> Size:
        """Return the rule of a quantity as written arithmetic, with every size under its letter."""
        layer, x = self._lettered
        return quantity_named(quantity).rule(layer, x, self.architecture.convention)

    def shown_rule(self, quantity: str) -> Size:
        layer, x = lettered(self.part.layer, self.architecture.shown(self.part.input))
        return quantity_named(quantity).rule(layer, x, self.architecture.convention)

    @cached_property
    def _lettered(self) -> tuple[Layer, Shape]:
        return lettered(self.part.layer, self.part.input)


class BlockRow(Row):
    """A block of layers: a group, branches, a macro's layers, or the passes of a repeat."""

    part: Block

    @property
    def kind(self) -> str:
        return self.part.kind

    @property
    def text(self) -> str:
        return text(canonical_item(self.part.item, self.architecture.macros))

    @property
    def layers(self) -> tuple[Row, ...]:
        return tuple(row(self.architecture, part) for part in self.part.parts)


def row(architecture: Architecture, part: Part) -> Row:
    """Return the row of a step or of a block."""
    return LayerRow(architecture, part) if isinstance(part, Step) else BlockRow(architecture, part)
