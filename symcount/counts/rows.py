"""The rows of a count: one layer, or a block of layers with rows of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import cast

from symcount.arithmetic import Size, by_name, by_value
from symcount.arithmetic.notation import TEXT, Notation
from symcount.counts.numbers import Number, Numbers, Sizes
from symcount.errors import ArchitectureError
from symcount.layers import lettered, lettered_output
from symcount.program import canonical_text
from symcount.quantities import QUANTITIES, Quantity, Setting, Sum, Value, quantity_named
from symcount.records import Unchanging
from symcount.trace import Block, Known, Part, Step

_PARAMS = QUANTITIES["params"]


class Row(Unchanging):
    """One layer or block of a network: its name, shapes and numbers. Rows that say the same are equal."""

    part: Part
    numbers: Numbers
    setting: Setting

    def __init__(self, part: Part, numbers: Numbers, setting: Setting) -> None:
        self.__dict__.update(part=part, numbers=numbers, setting=setting)

    @property
    def index(self) -> int | str:
        """Its number in the text: 3, or 3.2 for the second layer of the third block."""
        number = self.part.number
        return number[0] if len(number) == 1 else ".".join(map(str, number))

    @property
    def name(self) -> str:
        """The name of the layer, or of what holds the block together."""
        return self.part.name

    @property
    def kind(self) -> str:
        """The token of a layer's kind, or what holds a block together."""
        return self.part.kind

    @property
    def label(self) -> str | None:
        """The label that is written on it."""
        return self.part.label

    @cached_property
    def text(self) -> str:
        """Its canonical text."""
        return canonical_text(self.part.item)

    @property
    def layers(self) -> tuple[Row, ...]:
        """The rows of the layers and blocks directly inside it; none for a layer."""
        return ()

    @property
    def every(self) -> Iterator[Row]:
        """The row itself and every row inside it at any depth, outer before inner."""
        pending = [self]
        while pending:
            found = pending.pop()
            yield found
            pending.extend(reversed(found.layers))

    @property
    def times(self) -> Number:
        """How many times it happens, one after another."""
        return self.numbers.number(self.part.times)

    @property
    def input(self) -> Sizes:
        """The shape that arrives: channels, then axes."""
        return self.numbers.shape(self.part.input)

    @property
    def output(self) -> Sizes:
        """The shape that leaves: channels, then axes."""
        return self.numbers.shape(self.part.output)

    @property
    def params(self) -> Number:
        """The number of its parameters, those of all its iterations together."""
        return self.numbers.number(self.size(_PARAMS))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of it."""
        return self.part.notes

    @property
    def rule(self) -> str:
        """The rule of its parameters in letters; a block has none of its own."""
        return self.rule_by_name()

    def rule_by_name(self, letters: Mapping[str, str] | None = None, notation: Notation = TEXT) -> str:
        """Return the rule of its parameters in letters, some of them renamed."""
        return by_name(self.size(_PARAMS), notation, dict(letters or {}))

    def rule_by_value(self, notation: Notation = TEXT) -> str:
        """Return the rule of its parameters with its values in place of letters, equal sizes under one name."""
        return by_value(self.shown_rule(), notation)

    def shown_rule(self) -> Size:
        """Return the rule of its parameters with its sizes as a table shows them."""
        return self.size(_PARAMS)

    def of(self, quantity: str) -> Number | Sizes:
        """Return a quantity of this layer or block alone."""
        return self.numbers.value(self.value(quantity_named(quantity)))

    def value(self, quantity: Quantity) -> Value:
        """Return a quantity as its rule gives it: sizes that are not closed yet."""
        return quantity.of(self.part, self.setting, self.numbers.reaches)

    def size(self, quantity: Quantity) -> Size:
        """Return a quantity that is one size."""
        value = self.value(quantity)
        assert isinstance(value, Size)
        return value

    def terms(self, quantity: Quantity) -> tuple[Size, ...]:
        """Return a quantity as written arithmetic: a size, or one for each axis; none where it cannot be said."""
        try:
            value = self.value(quantity)
        except ArchitectureError as error:
            if error.code != "no-quantity":
                raise
            return ()
        return tuple(map(self.numbers.term, (value,) if isinstance(value, Size) else value.sizes))

    @cached_property
    def _identity(self) -> tuple[object, ...]:
        shown = self.index, self.name, self.label, self.text, self.input, self.output, self.times, self.params
        return (*shown, self.notes, self.layers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __repr__(self) -> str:
        return f"<{'block' if self.layers else 'layer'} {self.name}: {self.text}>"


class LayerRow(Row):
    """One layer of a network: its name, shapes, rule and numbers.

    >>> import symcount as sc
    >>> layer = sc.parse("I(1,28x28)-C(32,5)-P2").layers[0]
    >>> layer.name, layer.output, layer.rule, layer.params
    ('C1', (32, 24, 24), '(k^2*c + 1)*f', 832)
    """

    part: Step

    def rule_by_name(self, letters: Mapping[str, str] | None = None, notation: Notation = TEXT) -> str:
        return by_name(self.lettered_rule, notation, dict(letters or {}))

    @cached_property
    def lettered_rule(self) -> Size:
        """The rule of its parameters as arithmetic in letters."""
        rule = _PARAMS.rule_of(self.part, self.setting)
        assert isinstance(rule, Size)
        return rule

    def shown_rule(self) -> Size:
        layer, x = lettered(self.part.layer, self.numbers.shown(self.part.input))
        rule = _PARAMS.rule(layer, x, lettered_output(layer, x, self.part.output), self.setting)
        assert isinstance(rule, Size)
        return rule


class BlockRow(Row):
    """A block of layers: a group, branches, a macro's layers, or the iterations of a repeat."""

    part: Block

    @cached_property
    def layers(self) -> tuple[Row, ...]:
        return tuple(row(part, self.numbers, self.setting) for part in self.part.parts)

    def value(self, quantity: Quantity) -> Value:
        if type(quantity) is not Quantity or not isinstance(quantity.fold, Sum):
            return Row.value(self, quantity)
        if quantity.name not in self._sums:
            one = sum([cast("Size", each.value(quantity)) for each in self.layers])
            self._sums[quantity.name] = quantity.of_block(self.part, one)
        return self._sums[quantity.name]

    @cached_property
    def _sums(self) -> dict[str, Size]:
        return {}


class KnownRow(Row):
    """Layers of which it is known what they add, and no more."""

    part: Known

    def value(self, quantity: Quantity) -> Value:
        amount: int = self.part.made.amounts[quantity.name]
        return amount


def row(part: Part, numbers: Numbers, setting: Setting) -> Row:
    """Return the row of a step or of a block."""
    if isinstance(part, Step):
        return LayerRow(part, numbers, setting)
    return (KnownRow if isinstance(part, Known) else BlockRow)(part, numbers, setting)
