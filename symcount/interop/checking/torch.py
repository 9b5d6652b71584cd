"""Builds a network with PyTorch on the meta device, which keeps shapes and no values, and measures every layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symcount.answers.built import Building
from symcount.counts import Count
from symcount.errors import not_installed
from symcount.interop.checking.measuring import BATCH, arriving, compared, model_of
from symcount.interop.writing.torch import torch_written

NAME = "PyTorch"


def building(count: Count) -> Building:
    """Return a network as it is counted, beside what PyTorch builds of the code that is written for it.

    Each layer is compared where it is first met; one of a repeat in its first pass.
    """
    inputs = [*arriving(count)]
    torch = _torch()
    written = torch_written(count)
    with torch.device("meta"):
        model = model_of(written).eval()
    run = _Run(torch, model)
    run.forward([
        torch.zeros(BATCH, *shape, dtype=torch.long if looked_up else torch.float, device="meta")
        for shape, looked_up in inputs
    ])  # fmt: skip
    return compared(NAME, count, written, run, model)


def _torch() -> Any:
    try:
        import torch
    except ModuleNotFoundError:
        raise not_installed(f"building a network with {NAME}", "torch", "torch") from None
    return torch


class _Run:
    """One pass through a model: of each module what leaves it when it runs first, and its operations then."""

    def __init__(self, torch: Any, model: Any) -> None:
        self.torch = torch
        self.model = model
        self.modules: Mapping[str, Any] = dict(model.named_modules(remove_duplicate=False))
        self.shapes: dict[int, tuple[int, ...]] = {}
        self.counted: dict[int, int] = {}
        self.every_flop = 0
        self.output: tuple[int, ...] = ()

    def forward(self, inputs: list[Any]) -> None:
        """Run the model once, and keep what is measured."""
        from torch.utils.flop_counter import FlopCounterMode

        root = type(self.model).__name__
        counter = FlopCounterMode(display=False)
        paths = {id(module): f"{root}.{path}" for path, module in self.model.named_modules()}

        def seen(module: Any, _: Any, left: Any) -> None:
            if id(module) not in self.shapes and hasattr(left, "shape"):
                self.shapes[id(module)] = tuple(left.shape)[1:]
                self.counted[id(module)] = sum(counter.flop_counts[paths[id(module)]].values())

        for module in dict.fromkeys(self.modules.values()):
            module.register_forward_hook(seen)
        with self.torch.no_grad(), counter:
            left = self.model(*inputs)
        self.output = tuple((left[0] if isinstance(left, tuple) else left).shape)[1:]
        self.every_flop = counter.get_total_flops()

    def module(self, path: str) -> Any:
        """Return the module at a path."""
        return self.modules[path]

    def shape(self, module: Any) -> tuple[int, ...]:
        """Return the shape that left a module."""
        return self.shapes[id(module)]

    def flops(self, module: Any) -> int:
        """Return the operations of a module."""
        return self.counted[id(module)]

    def values(self, module: Any) -> Iterator[tuple[Any, int, bool]]:
        """Yield the parameters of a module, and the values that it keeps besides."""
        for each in module.parameters():
            yield each, each.numel(), each.requires_grad
        for each in module.buffers():
            if each.dim():
                yield each, each.numel(), False
