"""How the total of a network comes from its layers: their sum, or the value of the last layer alone."""

from __future__ import annotations

from collections.abc import Callable

from symcount.arithmetic import Size
from symcount.layers import Shape
from symcount.records import record
from symcount.trace import Block, Branches, Experts, Mixture, Part, Step, Trace


@record
class PerAxis:
    """One size for each axis of the input, where they differ."""

    sizes: tuple[Size, ...]


Value = Size | Shape | PerAxis
"""What a quantity is: one size, a shape, or a size for each axis."""


@record
class Sum:
    """The total is the sum over all layers, each as often as it happens.

    With ``count_shared_once`` layers that share their weights count where they are met first; with
    ``active_only`` of experts only those count that one token meets; with ``joins`` what branches
    leave together counts besides what is in them.
    """

    count_shared_once: bool = True
    active_only: bool = False
    joins: bool = False

    def part(self, part: Part, of_step: Callable[[Step], Size]) -> Size:
        """Return the quantity of a layer, or of all layers of a block."""
        if isinstance(part, Step):
            return 0 if self.counts_before(part) else of_step(part)
        return self.block(part, sum(self.part(each, of_step) for each in part.parts))

    def block(self, block: Block, one: Size) -> Size:
        """Return the quantity of a block, as often as it happens, given that of one time."""
        if self.joins and isinstance(block, Branches | Mixture):
            one = one + block.output.size
        return block.active_only(one) if self.active_only and isinstance(block, Experts) else block.multiplied(one)

    def counts_before(self, step: Step) -> bool:
        """Whether a layer is counted where its weights were met before."""
        return step.shared and self.count_shared_once

    def total(self, trace: Trace, of_step: Callable[[Step], Size]) -> tuple[Size, ...]:
        """Return the sizes that add up to the total."""
        return tuple(self.part(part, of_step) for part in trace.parts)


@record
class Last:
    """The total is taken of the last layer's output alone: ``measure`` of its shape."""

    measure: Callable[[Shape], Value]

    def part(self, part: Part, of_step: Callable[[Step], Value]) -> Value:
        """Return the quantity of a layer, or of what leaves a block."""
        return of_step(part) if isinstance(part, Step) else self.measure(part.output)

    def block(self, block: Block, one: Size) -> Value:
        """Return the quantity of what leaves a block."""
        return self.measure(block.output)

    def counts_before(self, step: Step) -> bool:
        """Whether a layer is counted elsewhere: never."""
        return False

    def total(self, trace: Trace, of_step: Callable[[Step], Value]) -> tuple[Value, ...]:
        """Return the quantity of what leaves the network."""
        return (self.measure(trace.output),)


Fold = Sum | Last

EVERY_USE = Sum(count_shared_once=False, active_only=True)
"""Each use of a layer, and of experts those that a token meets."""
