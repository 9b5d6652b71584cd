"""Builds a network with Keras on PyTorch's meta device, which keeps shapes and no values, and measures every layer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import prod
from typing import Any

from symcount.answers.built import Building
from symcount.counts import Count
from symcount.errors import ArchitectureError, not_installed
from symcount.interop.checking.measuring import BATCH, arriving, compared, model_of
from symcount.interop.writing.keras import keras_written

NAME = "Keras"


def building(count: Count) -> Building:
    """Return a network as it is counted, beside what Keras builds of the code that is written for it.

    Each layer is compared where it is first met; one of a repeat in its first pass.
    """
    inputs = [*arriving(count)]
    keras, torch = _keras()
    written = keras_written(count)
    with keras.device("meta"), _shapes_alone(torch):
        run = _Run(torch, keras, model_of(written))
        run.call([
            torch.zeros(BATCH, *axes, channels, dtype=torch.int32 if looked_up else torch.float32, device="meta")
            for (channels, *axes), looked_up in inputs
        ])  # fmt: skip
    return compared(NAME, count, written, run, run.model)


@contextmanager
def _shapes_alone(torch: Any) -> Iterator[None]:
    """Let Keras 3.15 run on the meta device what it does not: it repeats without end, and pools into another device."""
    from keras.src import backend

    def repeat(x: Any, repeats: int, axis: int | None = None) -> Any:
        return torch.repeat_interleave(x, repeats, dim=axis)

    def staying(pool: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **options: pool(*args, **options).to("meta")

    pools = ("adaptive_average_pool", "adaptive_max_pool")
    changed = [(backend.nn, name, staying(getattr(backend.nn, name))) for name in pools]
    changed.append((backend.numpy, "repeat", repeat))
    before = [(module, name, getattr(module, name)) for module, name, _ in changed]
    for each in changed:
        setattr(*each)
    try:
        yield
    finally:
        for each in before:
            setattr(*each)


def _keras() -> tuple[Any, Any]:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    try:
        import keras
        import torch
    except ModuleNotFoundError as error:
        raise not_installed(f"building a network with {NAME}", error.name or "keras", "keras") from None
    if keras.backend.backend() != "torch":
        message = f"products are counted by PyTorch, and Keras runs on {keras.backend.backend()}"
        raise ArchitectureError("not-installed", message, hint="set KERAS_BACKEND=torch")
    return keras, torch


class _Run:
    """One pass through a model: of each layer what leaves it when it runs first, and its operations then."""

    def __init__(self, torch: Any, keras: Any, model: Any) -> None:
        self.torch = torch
        self.keras = keras
        self.model = model
        self.shapes: dict[int, tuple[int, ...]] = {}
        self.counted: dict[int, int] = {}
        self.every_flop = 0
        self.output: tuple[int, ...] = ()

    def call(self, inputs: list[Any]) -> None:
        """Run the model once, and keep what is measured."""
        from torch.nn.attention import SDPBackend, sdpa_kernel
        from torch.utils.flop_counter import FlopCounterMode

        counter = FlopCounterMode(display=False)

        def seen(layer: Any, _: Any, left: Any) -> None:
            if id(layer) not in self.shapes and hasattr(left, "shape"):
                self.shapes[id(layer)] = tuple(left.shape)[1:]
                self.counted[id(layer)] = counter.get_total_flops() - before[id(layer)].pop()

        def entered(layer: Any, _: Any) -> None:
            before.setdefault(id(layer), []).append(counter.get_total_flops())

        before: dict[int, list[int]] = {}
        for layer in self.model._flatten_layers():
            if hasattr(layer, "unroll"):
                layer.unroll = True  # else the first step is run once more, to see its shape
            layer.register_forward_pre_hook(entered)
            layer.register_forward_hook(seen)
        with self.torch.no_grad(), sdpa_kernel(SDPBackend.MATH), counter:  # its products, and no fused operation
            left = self.model(*inputs)
        self.output = tuple((left[0] if isinstance(left, tuple) else left).shape)[1:]
        self.every_flop = counter.get_total_flops()

    def module(self, path: str) -> Any:
        """Return the layer at a path: by its name, or by its place in a list or a row."""
        found = self.model
        for each in path.split("."):
            if each.isdigit():
                found = (found.layers if isinstance(found, self.keras.Sequential) else found)[int(each)]
            else:
                found = getattr(found, each)
        return found

    def shape(self, module: Any) -> tuple[int, ...]:
        """Return the shape that left a layer."""
        return self.shapes[id(module)]

    def flops(self, module: Any) -> int:
        """Return the operations of a layer."""
        return self.counted[id(module)]

    def values(self, module: Any) -> Iterator[tuple[Any, int, bool]]:
        """Yield the weights of a layer, among which are the values that it keeps besides."""
        learned = {id(each) for each in module.trainable_weights}
        for each in module.weights:
            yield each, prod(each.shape), id(each) in learned
