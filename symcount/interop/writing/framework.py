"""What a framework's file answers: the modules that a step becomes, and the code around them."""

from __future__ import annotations

from typing import Protocol

from symcount.errors import ArchitectureError
from symcount.interop.writing.nodes import Loop, Module
from symcount.layers import Shape
from symcount.trace import Bidirectional, Part, Step

FIRST, LAST = "first", "last"
"""Where the channels of a tensor stand: before its axes, or behind them."""


def lacking(step: Part, why: str, instead: str | None = None) -> ArchitectureError:
    """Return the refusal of a layer, with its place in the text."""
    item = step.item
    name = step.name if isinstance(step, Step) else step.kind
    return ArchitectureError("not-in-framework", f"{name}: {why}", span=item.span, hint=instead, source=item.source)


class Framework(Protocol):
    """One framework: how it makes a layer, and how its classes are written."""

    def step(self, step: Step, at: str) -> tuple[tuple[Module, ...], str]:
        """Return the modules of a layer, and where the channels stand behind it, given where they stand before."""

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> tuple[Module, ...]:
        """Return the modules that move the channels of a shape to where they are wanted."""

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the module that gives a vector axes of length 1, so that it meets what has axes."""

    def both_ways(self, step: Step, part: Bidirectional) -> Module:
        """Return a recurrent layer in both directions."""

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts, of its router and the loop that makes the experts."""
