"""PyTorch as a framework: its layers, what stands between them, and how a model is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from symcount.interop.writing.framework import FIRST
from symcount.interop.writing.lines import Code, lines
from symcount.interop.writing.making import MOST_ALLOCATED
from symcount.interop.writing.nodes import Argument, Loop, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch.classes import TORCH_CLASSES
from symcount.interop.writing.torch.layers import TorchLayers
from symcount.records import replace
from symcount.trace import Bidirectional, Part, Step

_IMPORTS = (
    ("import torch", "torch"), ("from torch import nn", "nn"), ("from torch.nn import functional", "functional"),
)  # fmt: skip


class Torch(TorchLayers):
    """The layers, and what stands between them."""

    helping = TORCH_CLASSES

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

    def imports(self, body: str) -> Iterator[str]:
        """Yield the lines that import what code names."""
        return (line for line, word in _IMPORTS if re.search(rf"(?<![\w.]){word}\.", body))

    def arriving(self, step: Step, *, of_entries: bool) -> str:
        """Return nothing: modules are given the sizes of what arrives."""
        return ""

    def made(self, code: Code, total: int) -> Iterator[str]:
        """Yield the lines that make a model of so many parameters."""
        if total <= MOST_ALLOCATED:
            yield from lines(code, 0, "model = ")
        else:
            yield 'with torch.device("meta"):  # shapes without values, which would fill the memory'
            yield from lines(code, 4, "model = ")

    def tied(self, borrower: str, lender: str) -> str:
        """Return the statement that gives one layer the weights of another."""
        return f"{borrower}.weight = {lender}.weight"
