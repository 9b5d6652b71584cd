"""`Quantity`: something to count in a network, by a rule for each layer and a way to make the total."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from symcount.arithmetic import Size
from symcount.layers import Addend, Layer, Sentence, Shape, lettered, lettered_output
from symcount.quantities.folds import Fold, Value
from symcount.quantities.reaches import Reaches
from symcount.quantities.setting import Setting
from symcount.records import record
from symcount.trace import Block, Part, Step, Trace

Rule = Callable[[Layer, Shape, Shape, Setting], Value]
"""The quantity of one layer, from the shape that arrives and the shape that leaves."""


def no_rule(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    """Stand for the rule of what is not a rule of one layer."""
    return 0


@record
class Quantity:
    """One quantity: its name in commands, what it is, its rule, and the fold that makes a total.

    ``noun`` is what a page calls it, ``reason`` why a layer has as much of it as it has, ``addends``
    the parts that the rule is the sum of, where a layer has any, and ``is_shape`` says that it is no number;
    ``required`` refuses a network that has nothing of it.
    """

    name: str
    summary: str
    rule: Rule
    fold: Fold
    noun: str = ""
    reason: Callable[[Layer, Shape, Shape], Sentence] | None = None
    addends: Callable[[Layer, Shape], Iterator[Addend]] | None = None
    is_shape: bool = False
    required: Callable[[Trace], None] | None = None

    @property
    def words(self) -> str:
        """Its name in a sentence."""
        return self.noun or self.name

    @property
    def key(self) -> str:
        """Its key in JSON."""
        return self.name.replace("-", "_")

    def of(self, part: Part, setting: Setting, reaches: Reaches) -> Value:
        """Return the quantity of a layer, or of all layers of a block."""
        return self.fold.part(part, self._of_step(setting))

    def of_block(self, block: Block, one: Size) -> Size:
        """Return the quantity of a block, given that of its layers for one time that it happens."""
        return cast("Size", self.fold.block(block, one))

    def total(self, reaches: Reaches, setting: Setting) -> tuple[Value, ...]:
        """Return what makes the total of a network: sizes that add up, or the one that is last."""
        if self.required is not None:
            self.required(reaches.trace)
        return self.fold.total(reaches.trace, self._of_step(setting))

    def lettered(self, part: Part, setting: Setting) -> Value:
        """Return the quantity with every size of a layer's rule under its letter, as `of` makes it of the sizes."""
        return self.fold.part(part, cast("Callable[[Step], Size]", lambda step: self.rule_of(step, setting)))

    def rule_of(self, step: Step, setting: Setting) -> Value:
        """Return the rule of one layer with every size under its letter."""
        layer, x = lettered(step.layer, step.input)
        return self.rule(layer, x, lettered_output(layer, x, step.output), setting)

    def _of_step(self, setting: Setting) -> Callable[[Step], Size]:
        # a sum is made of sizes alone; the measure of the last output may give a shape
        return cast("Callable[[Step], Size]", lambda step: self.rule(step.layer, step.input, step.output, setting))
