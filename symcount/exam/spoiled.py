"""`Spoiled`: one network walked with mistakes in its sizes, and the amounts of its layers under others.

A total is a sum over layers, so what a mistake adds to it is worked out once for each layer, and pairs are added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from symcount.arithmetic import Size, known_sum
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.exam.mistakes import Amount, Mistake, spoiled_by
from symcount.layers import Layer, LayerError, Shape
from symcount.program import LayerCall
from symcount.quantities import Combined, PerAxis, Quantity, Sum
from symcount.records import record
from symcount.trace import Block, Iteration, Part, Step

Answer = tuple[int, ...]
"""A number, or the sizes of a shape or along the axes."""

IMPOSSIBLE = (ArchitectureError, LayerError, ArithmeticError)
"""What is raised where a mistake leads to what no network can have."""


@record
class Made:
    """A mistake where it was made: at the call of one layer, or wherever it can be where ``at`` is None."""

    mistake: Mistake
    at: LayerCall | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Made) and self.mistake is other.mistake and self.at is other.at

    def __hash__(self) -> int:
        return hash((self.mistake.name, id(self.at)))

    def is_made(self, call: LayerCall, layer: Layer) -> bool:
        """Whether it is made at a layer."""
        return self.mistake.concerns(layer) and (self.at is None or self.at is call)


@record
class Counted:
    """A layer as often as it counts: its step, how often, and by which rule."""

    step: Step
    times: Size
    rule: Amount

    def amount(self, *mistakes: Mistake) -> int | None:
        """Return its amount under mistakes, all its times together; None where that is no number."""
        try:
            found = spoiled_by(mistakes, self.rule)(self.step.layer, self.step.input, self.step.output)
        except IMPOSSIBLE:
            return None
        return self.times * found if isinstance(found, int) and isinstance(self.times, int) else None


def spoiled_walk(count: Count, made: Sequence[Made]) -> Count | None:
    """Return the count of a network with these mistakes in its sizes; None where no network can have them."""
    source = count.trace.input

    def alter(call: LayerCall, layer: Layer, x: Shape) -> tuple[Layer, Shape]:
        for each in made:
            if each.is_made(call, layer):
                layer, x = _altered(each.mistake, layer, x, source)
        return layer, x

    try:
        return count.altered(alter)
    except IMPOSSIBLE:
        return None


def _altered(mistake: Mistake, layer: Layer, x: Shape, source: Shape) -> tuple[Layer, Shape]:
    if mistake.taken is not None:
        layer, x = mistake.taken(layer, x, source) or (layer, x)
    rules = {"output": mistake.output, "reach": mistake.reach}
    return layer.with_values(**{name: partial(rule, layer) for name, rule in rules.items() if rule is not None}), x


def value(count: Count, quantity: Quantity, at: str | None) -> Answer | None:
    """Return a quantity as an answer; None where it is no number, or the network has none of it."""
    try:
        return answer_of(count, quantity, at)
    except IMPOSSIBLE:
        return None


def answer_of(count: Count, quantity: Quantity, at: str | None) -> Answer | None:
    """Return a quantity as an answer; None where a symbol is open in it."""
    found = count.parts(quantity, at)
    for each in found:
        if isinstance(each, Shape | PerAxis):
            return each.sizes if all(isinstance(size, int) for size in each.sizes) else None  # type: ignore[return-value]
    total = known_sum(each for each in found if isinstance(each, Size))
    return None if total is None else (total,)


def counted_layers(
    count: Count, quantity: Quantity, at: str | None, block: Callable[[Block], int | None] = lambda block: None
) -> list[Counted]:
    """Return the layers that a sum is made of, none if it is none; ``block`` says how often those of blocks count."""
    parts = count.trace.parts if at is None else (count.row(at).part,)
    found: list[Counted] = []
    for factor, each in _summed(quantity, count):
        if type(each) is not Quantity or not isinstance(each.fold, Sum):
            return []  # one that is worked out along the network is no sum over layers
        rule = partial(_amount, each, factor, count)
        for part in parts:
            found += (Counted(step, times, rule) for step, times in _met(part, each.fold, 1, block))
    return found


def _summed(quantity: Quantity, count: Count) -> Iterator[tuple[Size, Quantity]]:
    """The quantities that one is the sum of, each with its factor."""
    if isinstance(quantity, Combined):
        yield from ((factor, each.quantity) for each, factor in quantity.chosen(count.setting))
    else:
        yield 1, quantity


def _amount(quantity: Quantity, factor: Size, count: Count, layer: Layer, x: Shape, y: Shape) -> Size:
    amount = quantity.rule(layer, x, y, count.setting)
    assert isinstance(amount, Size)
    return amount if isinstance(factor, int) and factor == 1 else factor * amount


def _met(part: Part, fold: Sum, times: Size, block: Callable[[Block], int | None]) -> Iterator[tuple[Step, Size]]:
    """Every layer of a part, and how often it counts."""
    if isinstance(part, Step):
        if not fold.counts_before(part):
            yield part, times
        return
    factor: Size | None = block(part)
    passes = part.parts
    if factor is None:
        factor = fold.block(part, 1) - fold.block(part, 0)
    elif all(isinstance(each, Iteration) for each in passes):
        passes = passes[:1]  # of passes that differ the first is meant
    for each in passes:
        yield from _met(each, fold, times * factor, block)
