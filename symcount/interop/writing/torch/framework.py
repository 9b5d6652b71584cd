"""PyTorch as a framework: its layers, what stands between them, and how a model is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symcount.interop.writing.framework import FIRST
from symcount.interop.writing.lines import Code, lines
from symcount.interop.writing.nodes import Argument, Loop, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch.classes import CLASS_NAMES, class_texts
from symcount.interop.writing.torch.layers import TorchLayers
from symcount.records import replace
from symcount.trace import Bidirectional, Part, Step

_MOST_ALLOCATED = 2**30
"""A model with more parameters is made without values: it would not fit everybody's memory."""


class Torch(TorchLayers):
    """The layers, and what stands between them."""

    class_names = CLASS_NAMES

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the module that gives a vector axes of length 1."""
        first = flag(at == FIRST, "first", True)
        return Module("Spread", (Argument(str(rank)), first), part, "spread")

    def both_ways(self, step: Step, part: Bidirectional) -> Module:
        """Return a recurrent layer in both directions."""
        return self.recurrent(step, part, both=True)

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts."""
        layer: Any = router.layer
        arguments = (
            self.sizes.size(router.input.channels, "channels"),
            Argument("", module=experts),
            self.sizes.size(layer.top, "top", "top"),
            self.sizes.size(layer.shared, "shared", "shared", 0),
            flag(layer.bias, "bias", False),
        )
        return Module("MixtureOfExperts", arguments, router, "experts", counts=True)

    def frozen(self, module: Module) -> Module:
        """Return a module whose parameters are not learned."""
        return replace(module, tail=".requires_grad_(False)")

    def classes(self, modules: Sequence[Module]) -> Iterator[str]:
        """Yield the texts of the classes that PyTorch lacks, each once, those that others are built on before them."""
        return class_texts(modules)

    def arriving(self, step: Step) -> str:
        """Return nothing: modules are given the sizes of what arrives."""
        return ""

    def made(self, code: Code, total: int) -> Iterator[str]:
        """Yield the lines that make a model of so many parameters."""
        if total <= _MOST_ALLOCATED:
            yield from lines(code, 0, "model = ")
        else:
            yield 'with torch.device("meta"):  # shapes without values, which would fill the memory'
            yield from lines(code, 4, "model = ")

    def tied(self, borrower: str, lender: str) -> str:
        """Return the statement that gives one layer the weights of another."""
        return f"{borrower}.weight = {lender}.weight"
