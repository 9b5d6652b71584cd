"""Keras as a framework: its layers, what stands between them, and how a model is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.interop.writing.framework import LAST
from symcount.interop.writing.keras.classes import KERAS_CLASSES
from symcount.interop.writing.keras.layers import KerasLayers
from symcount.interop.writing.lines import Code, lines
from symcount.interop.writing.nodes import Argument, Loop, Module
from symcount.interop.writing.sizes import flag
from symcount.records import replace
from symcount.trace import Part, Step


class Keras(KerasLayers):
    """The layers, and what stands between them."""

    helping = KERAS_CLASSES

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the layer that gives a vector axes of length 1."""
        channels = part.output.channels
        sizes = (*(1,) * rank, channels) if at == LAST else (channels, *(1,) * rank)
        return self.reshaped(part, sizes, "spread")

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts."""
        layer: Any = router.layer
        arguments = (
            Argument("", module=experts),
            self.sizes.size(layer.top, "top", "top"),
            self.sizes.size(layer.shared, "shared", "shared", 0),
            flag(layer.bias, "bias", False),
        )
        return Module("MixtureOfExperts", arguments, router, "experts", counts=True)

    def frozen(self, module: Module) -> Module:
        """Return a layer whose parameters are not learned, nor those of layers inside it."""
        inner = (
            replace(each, module=self.frozen(each.module)) if isinstance(each.module, Module) else each
            for each in module.arguments
        )
        return replace(module, arguments=(*inner, Argument("False", "trainable")))

    def imports(self, body: str) -> Iterator[str]:
        """Yield the lines that import what code names."""
        if "math." in body:
            yield from ("import math", "")
        yield "import keras"
        names = [name for name in ("layers", "ops") if f"{name}." in body]
        if names:
            yield f"from keras import {', '.join(names)}"

    def arriving(self, step: Step, *, of_entries: bool) -> str:
        """Return what arrives at a model: its shape, channels last, and whole numbers where an embedding takes them."""
        sizes = [self.sizes.text(size) for size in (*step.output.axes, step.output.channels)]
        shape = f"({', '.join(sizes)}{',' * (len(sizes) == 1)})"
        kind = ', dtype="int32"' if of_entries else ""
        return f"keras.Input({shape}{kind})"

    def made(self, code: Code, total: int) -> Iterator[str]:
        """Yield the lines that make a model."""
        return lines(code, 0, "model = ")

    def tied(self, borrower: str, lender: str) -> str:
        """Return the statement that gives one layer the weights of another."""
        return f"{borrower}.lender = {lender}"
