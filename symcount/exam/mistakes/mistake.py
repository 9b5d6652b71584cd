"""`Mistake`: a rule that is spoiled, or what a layer is taken to be, with a sentence for whoever made it.

No mistake writes a rule a second time: it runs the rule that it spoils, with an operand changed, or does something to
what the rule gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from symcount.arithmetic import Size, product
from symcount.layers import Layer, Shape
from symcount.layers.reach import Reach
from symcount.quantities import Quantity
from symcount.records import record
from symcount.trace import Block

Amount = Callable[[Layer, Shape, Shape], Size]
"""How much of a quantity a layer has, given the shapes that arrive and leave."""

Operands = tuple[Layer, Shape, Shape]
"""What an amount is calculated from."""


@record
class Mistake:
    """One mistake: its name, what to say of it, the kinds of layers and the quantities that it happens with.

    ``amount`` spoils the rule of a quantity, ``taken`` the layer and the shape that arrives, given that of the
    network's input too, ``output`` and ``reach`` those rules of a layer, ``block`` how often the layers of a block
    count, ``quantity`` the way to a total. What is made ``everywhere`` is no slip at a single layer, what is made
    ``once`` nothing else.
    """

    name: str
    feedback: str
    kinds: tuple[type[Layer], ...] = (Layer,)
    of: tuple[str, ...] = ()
    amount: Callable[[Amount], Amount] | None = None
    taken: Callable[[Layer, Shape, Shape], tuple[Layer, Shape] | None] | None = None
    output: Callable[[Layer, Shape], Shape] | None = None
    reach: Callable[[Layer, Shape], Reach] | None = None
    block: Callable[[Block], int | None] | None = None
    quantity: Callable[[Any], Quantity] | None = None
    everywhere: bool = False
    once: bool = False

    @property
    def changes_walk(self) -> bool:
        """Whether other shapes, or other fields, are met on the way."""
        return not (self.taken is None and self.output is None and self.reach is None)

    def concerns(self, layer: Layer) -> bool:
        """Whether a layer is of one of its kinds."""
        return isinstance(layer, self.kinds)

    def spoiled(self, rule: Amount) -> Amount:
        """Return the rule as whoever makes this mistake has it: another mistake may have put another kind before it."""
        if self.amount is None:
            return rule
        wrong = self.amount(rule)
        return lambda layer, x, y: (wrong if self.concerns(layer) else rule)(layer, x, y)


def spoiled_by(mistakes: Iterable[Mistake], rule: Amount) -> Amount:
    """Return a rule as whoever makes several mistakes has it: operands are changed before a result is."""
    for mistake in sorted(mistakes, key=lambda each: isinstance(each.amount, operands)):
        rule = mistake.spoiled(rule)
    return rule


@record
class operands:  # noqa: N801  # it reads as the functions beside it
    """Spoil a rule by running it with other operands."""

    changed: Callable[[Layer, Shape, Shape], Operands]

    def __call__(self, rule: Amount) -> Amount:
        """Return the rule on the changed operands."""
        return lambda layer, x, y: rule(*self.changed(layer, x, y))


def setting(**values: Any) -> Callable[[Amount], Amount]:
    """Spoil a rule by running it on the layer with other values for its arguments."""
    return operands(lambda layer, x, y: (layer.with_values(**values), x, y))


def result(changed: Callable[[Size, Layer, Shape, Shape], Size]) -> Callable[[Amount], Amount]:
    """Spoil a rule by what is done to its result."""

    def spoil(rule: Amount) -> Amount:
        return lambda layer, x, y: changed(rule(layer, x, y), layer, x, y)

    return spoil


def instead(other: Callable[[Layer, Shape, Shape], Size]) -> Callable[[Amount], Amount]:
    """Spoil a rule by taking another one in its place."""
    return lambda rule: other


def beside_weights(added: Callable[[Layer, Shape, Shape], Size]) -> Callable[[Amount], Amount]:
    """Spoil a rule by other biases: those of the weights alone, and what is added in place of one for each value."""

    def spoil(rule: Amount) -> Amount:
        return lambda layer, x, y: rule(layer.weights_only(), x, y) + added(layer, x, y)

    return spoil


PARAMS = ("params", "trainable", "active", "weights")
"""The quantities that count parameters."""

WITHOUT_BIASES = operands(lambda layer, x, y: (layer.weights_only(), x, y))
"""Spoil a rule by running it on the layer without its biases."""

AT_EVERY_POSITION = result(lambda amount, layer, x, y: amount * product(y.axes))
"""Spoil a rule by counting its result at every position of the output."""
