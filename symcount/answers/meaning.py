"""What the names in a condition mean: symbols of a network, its quantities, and the shapes of what goes in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from symcount.algebra import EQUAL, Polynomial, Relation, compared, evaluate, symbols_in, to_expression
from symcount.arithmetic import Named, Remainder, Size, Symbol, Term
from symcount.counts import Count
from symcount.errors import ArchitectureError, near
from symcount.layers import Value
from symcount.program import Names, evaluated
from symcount.program.condition import DIVIDES, Condition, conditions
from symcount.quantities import QUANTITIES, Quantity, quantity_named

SHAPES = ("input", "output", "axes", "channels")
"""What a condition can say of shapes: of the input and the output, and of the output's axes and channels."""


class Meaning(Names):
    """The names that a condition about a network can use, and what each stands for."""

    def __init__(self, count: Count) -> None:
        self.count = count
        self.used: dict[str, Quantity] = {}
        self.shapes: dict[str, tuple[Size, ...]] = {}

    @cached_property
    def symbols(self) -> Mapping[str, object]:
        return self.count.trace.symbols

    def value(self, name: str, node: object) -> Value:
        """Return what a name stands for: a size, or several."""
        if name in self.symbols:
            return Symbol(name)
        key = name.replace("_", "-")
        if key in QUANTITIES and key != "output":
            return self._quantity(quantity_named(key))
        if name in SHAPES:
            self.shapes[name] = self._shape(name)
            return self.shapes[name]
        known = (*self.symbols, *QUANTITIES, *SHAPES)
        close = near(name, known)
        message = f"the network has no symbol {name!r}, and no quantity is called so"
        hint = f"did you mean {close}?" if close else f"its symbols are: {', '.join(self.symbols) or 'none'}"
        raise ArchitectureError("unknown-symbol", message, hint=hint)

    def _shape(self, name: str) -> tuple[Size, ...]:
        trace = self.count.trace
        if name == "input":
            return trace.input.sizes
        output = trace.output
        return output.axes if name == "axes" else (output.channels,) if name == "channels" else output.sizes

    def shapes_at(self, values: Mapping[str, int], *names: str) -> list[tuple[str, tuple[int, ...]]]:
        """Return the shapes that were named, where symbols have values."""
        return [
            (name, tuple(evaluate(to_expression(self.polynomial(size)), values) for size in sizes))
            for name, sizes in self.shapes.items()
            if not names or name in names
        ]

    def _quantity(self, quantity: Quantity) -> Value:
        self.used[quantity.name] = quantity
        parts = self.count.parts(quantity)
        sizes = self.count.sizes(quantity)
        if len(parts) == 1 and not isinstance(parts[0], Size):
            return sizes
        total = sum(sizes)
        return Named(quantity.key, total) if isinstance(total, Term) else total

    def symbols_of(self, quantities: Iterable[Quantity]) -> set[str]:
        """Return the names of the symbols on which quantities depend."""
        return {
            name for each in quantities for size in self.count.sizes(each) for name in symbols_in(self.polynomial(size))
        }

    def value_at(self, quantity: Quantity, values: Mapping[str, int]) -> int | tuple[int, ...]:
        """Return a quantity where symbols have values, from its closed form; of others it does not depend."""
        found = tuple(evaluate(to_expression(self.polynomial(size)), values) for size in self.count.sizes(quantity))
        return sum(found) if all(isinstance(part, Size) for part in self.count.parts(quantity)) else found

    def labelled(self, label: object, node: object) -> Value:
        """Refuse a label: a condition is about sizes."""
        raise ArchitectureError("bad-condition", "a label is no size")

    def relations(self, given: str) -> tuple[Relation, ...]:
        """Return what conditions say of the open symbols."""
        return tuple(each for condition in conditions(given, QUANTITIES) for each in self.of(condition))

    def of(self, condition: Condition) -> tuple[Relation, ...]:
        """Return what one condition says of the open symbols: a relation for each size of a shape."""
        sides = [_sizes(evaluated(each, self), condition.given) for each in (condition.left, condition.right)]
        lengths = {len(side) for side in sides} - {1}
        if len(lengths) > 1:
            message = f"{condition.given}: {len(sides[0])} sizes are compared with {len(sides[1])}"
            raise ArchitectureError("bad-condition", message)
        many = lengths.pop() if lengths else 1
        left, right = (side * many if len(side) == 1 else side for side in sides)
        return tuple(self._one(condition.sign, *pair) for pair in zip(left, right, strict=True))

    def _one(self, sign: str, left: Size, right: Size) -> Relation:
        if sign == DIVIDES:
            return Relation(self.polynomial(right % left if isinstance(right, Term) else Remainder(right, left)), EQUAL)
        return compared(self.polynomial(left), sign, self.polynomial(right))

    def polynomial(self, size: Size) -> Polynomial:
        """Return a size in the open symbols, multiplied out."""
        return self.count.numbers.closed.conversion.expand(size)


def _sizes(value: Value, given: str) -> tuple[Size, ...]:
    found = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(each, Size) for each in found):
        raise ArchitectureError("bad-condition", f"{given}: a condition is about whole sizes")
    return found  # type: ignore[return-value]
