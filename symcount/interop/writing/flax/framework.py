"""Flax as a framework: its layers, what stands between them, and how a model is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from symcount.interop.writing.flax.classes import FLAX_CLASSES
from symcount.interop.writing.flax.layers import FlaxLayers
from symcount.interop.writing.flax.making import RNGS
from symcount.interop.writing.lines import Code, lines
from symcount.interop.writing.making import MOST_ALLOCATED
from symcount.interop.writing.nodes import Argument, Loop, Module
from symcount.interop.writing.sizes import flag
from symcount.records import replace
from symcount.trace import Part, Step


class Flax(FlaxLayers):
    """The layers, and what stands between them."""

    helping = FLAX_CLASSES

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the module that gives a vector axes of length 1."""
        sizes = (*(1,) * rank, part.output.channels)
        ordered = sizes if at == self.style.at else (sizes[-1], *sizes[:-1])
        return Module("Reshape", tuple(self.sizes.size(size, "size") for size in ordered), part, "spread")

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts."""
        layer: Any = router.layer
        arguments = (
            self.channels(router),
            Argument("", module=experts),
            self.sizes.size(layer.top, "top", "top"),
            self.sizes.size(layer.shared, "shared", "shared", 0),
            flag(layer.bias, "bias", False),
            RNGS,
        )
        return Module("MixtureOfExperts", arguments, router, "experts", counts=True)

    def frozen(self, module: Module) -> Module:
        """Return a module whose parameters are not learned."""
        return replace(module, around="frozen")

    def imports(self, body: str) -> Iterator[str]:
        """Yield the lines that import what code names."""
        if re.search(r"\bpartial\(", body):
            yield from ("from functools import partial", "")
        yield "import jax"
        if "jnp." in body:
            yield "import jax.numpy as jnp"
        yield "from flax import nnx"

    def arriving(self, step: Step, *, of_entries: bool) -> str:
        """Return nothing: modules are given the sizes of what arrives."""
        return ""

    def made(self, code: Code, total: int) -> Iterator[str]:
        """Yield the lines that make a model of so many parameters."""
        if total <= MOST_ALLOCATED:
            yield "rngs = nnx.Rngs(0)"
            yield from lines(code, 0, "model = ")
        else:
            yield "def network(rngs):"
            yield from lines(code, 4, "return ")
            yield from ("", "", "# shapes without values, which would fill the memory")
            yield "model = nnx.eval_shape(network, nnx.Rngs(0))"

    def tied(self, borrower: str, lender: str) -> str:
        """Return the statement that gives one layer the weights of another."""
        return f"{borrower}.lender = {lender}"
