"""`Trace`: all that a walk through a network records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic import Size, Symbol
from symcount.layers import Shape
from symcount.records import record
from symcount.trace.required import Required
from symcount.trace.steps import Part, Step, parts_of


@record
class Trace:
    """The walk through a network.

    ``symbols`` are the open sizes by name, in the order of the text; ``required`` what must hold of
    them, and could not be decided.
    """

    parts: tuple[Part, ...]
    output: Shape
    symbols: Mapping[str, Symbol]
    required: tuple[Required, ...]

    @property
    def input(self) -> Shape:
        """The shape of the first input."""
        return self.inputs[0].output

    @property
    def inputs(self) -> tuple[Step, ...]:
        """The steps of the inputs: one for each chain that has its own."""
        return tuple(step for step in self.steps if step.is_input)

    @property
    def every(self) -> Iterator[Part]:
        """Every layer and block at any depth, outer before inner."""
        return (each for part in self.parts for each in parts_of(part))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every layer that was met, in order; a layer of equal iterations once."""
        return tuple(each for each in self.every if isinstance(each, Step))

    @property
    def sizes(self) -> Iterator[Size]:
        """Every size of every output on the way."""
        for each in self.every:
            yield from each.output.sizes
