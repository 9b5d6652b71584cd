"""Builds a network with PyTorch on the meta device, which keeps shapes and no values, and measures every layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symcount.answers.built import Building, Layer, Measured, check_known, measured, measured_whole
from symcount.counts import Count, Row
from symcount.counts.graph import graph
from symcount.errors import ArchitectureError
from symcount.interop.writing.framework import LAST
from symcount.interop.writing.networks import Written
from symcount.interop.writing.torch import torch_written
from symcount.trace import Bidirectional, Step

NAME = "PyTorch"

_BATCH = 2
"""Samples of the one pass: some normalisations refuse a single value."""


def building(count: Count) -> Building:
    """Return a network as it is counted, beside what PyTorch builds of the code that is written for it.

    Each layer is compared where it is first met; one of a repeat in its first pass.
    """
    check_known(count)
    torch = _torch()
    written = torch_written(count)
    run = _Run(torch, _model(torch, written))
    run.forward(_inputs(count, torch))
    found = _Measuring(written, run)
    layers = tuple(found.layers(count))
    total = Layer("total", "", measured_whole(count), found.total())
    return Building(NAME, layers, total)


def _torch() -> Any:
    try:
        import torch
    except ModuleNotFoundError:
        message = "building a network with PyTorch needs the package torch, which is not installed"
        raise ArchitectureError("not-installed", message, hint="pip install 'symcount[torch]'") from None
    return torch


def _model(torch: Any, written: Written) -> Any:
    """The model of the code that was written."""
    names: dict[str, Any] = {}
    with torch.device("meta"):
        # our own text, of names and numbers alone; its last line, which holds the total, is left to the comparison
        exec(compile(written.code, "the exported code", "exec", optimize=1), names)
    return names["model"].eval()


def _inputs(count: Count, torch: Any) -> tuple[Any, ...]:
    """A tensor for each input: numbers of entries where an embedding looks them up."""
    found = graph(count.numbers)
    looked_up = {edge.source for edge in found.edges if found.nodes[edge.target].kind == "E" and not edge.argument}
    nodes = [node for node in found.nodes if node.kind == "I"]
    kinds = [torch.long if node.number in looked_up else torch.float for node in nodes]
    shapes = [step.output.sizes for step in count.trace.inputs]
    return tuple(
        torch.zeros(_BATCH, *shape, dtype=kind, device="meta") for shape, kind in zip(shapes, kinds, strict=True)
    )


class _Run:
    """One pass through a model: of each module what leaves it when it runs first, and its operations then."""

    def __init__(self, torch: Any, model: Any) -> None:
        self.torch = torch
        self.model = model
        self.modules: Mapping[str, Any] = dict(model.named_modules(remove_duplicate=False))
        self.shapes: dict[int, tuple[int, ...]] = {}
        self.flops: dict[int, int] = {}
        self.every_flop = 0
        self.output: tuple[int, ...] = ()

    def forward(self, inputs: tuple[Any, ...]) -> None:
        """Run the model once, and keep what is measured."""
        from torch.utils.flop_counter import FlopCounterMode

        root = type(self.model).__name__
        counter = FlopCounterMode(display=False)
        paths = {id(module): f"{root}.{path}" for path, module in self.model.named_modules()}

        def seen(module: Any, _: Any, left: Any) -> None:
            if id(module) not in self.shapes and hasattr(left, "shape"):
                self.shapes[id(module)] = tuple(left.shape)[1:]
                self.flops[id(module)] = sum(counter.flop_counts[paths[id(module)]].values())

        for module in dict.fromkeys(self.modules.values()):
            module.register_forward_hook(seen)
        with self.torch.no_grad(), counter:
            left = self.model(*inputs)
        self.output = tuple((left[0] if isinstance(left, tuple) else left).shape)[1:]
        self.every_flop = counter.get_total_flops()


class _Measuring:
    def __init__(self, written: Written, run: _Run) -> None:
        self.written = written
        self.run = run
        self.met: set[int] = set()

    def layers(self, count: Count) -> Iterator[Layer]:
        """Yield every layer that became modules, once."""
        for row in count.every_row:
            paths = self.written.modules.get(id(row.part), ())
            if paths and isinstance(row.part, Step | Bidirectional):
                yield Layer(row.name, row.text, measured(row), self._built(row, paths))

    def _built(self, row: Row, paths: tuple[str, ...]) -> Measured:
        shape = self._shape(row, self.run.shapes[id(self.run.modules[self._leaving(row, paths)])])
        trainable, other = self._values(paths)
        flops = sum(self.run.flops[id(self.run.modules[path])] for path in paths)
        return Measured(shape, trainable, other, flops // (2 * _BATCH))

    def _leaving(self, row: Row, paths: tuple[str, ...]) -> str:
        """The module whose output leaves a layer: the mixture itself, where the layer is its router."""
        return paths[-1].removesuffix(".router") if row.part.kind == "moe" else paths[-1]

    def _shape(self, row: Row, shape: tuple[int, ...]) -> tuple[int, ...]:
        """A shape with its channels first."""
        last = self.written.draft.layout.get(id(row.part)) == LAST
        return (shape[-1], *shape[:-1]) if last and shape else shape

    def _values(self, paths: tuple[str, ...]) -> tuple[int, int]:
        """The values that modules learn, and those that they keep besides; what was met before is not theirs."""
        trainable = other = 0
        for path in paths:
            module = self.run.modules[path]
            for each in module.parameters():
                if id(each) not in self.met:
                    self.met.add(id(each))
                    trainable, other = (
                        (trainable + each.numel(), other) if each.requires_grad else (trainable, other + each.numel())
                    )
            other += sum(each.numel() for each in module.buffers() if each.dim())
        return trainable, other

    def total(self) -> Measured:
        """Return what the whole model has."""
        values = [*self.run.model.parameters()]
        trainable = sum(each.numel() for each in values if each.requires_grad)
        other = sum(each.numel() for each in values if not each.requires_grad)
        other += sum(each.numel() for each in self.run.model.buffers() if each.dim())
        last = self.written.draft.at_end == LAST and len(self.run.output) > 1
        shape = (self.run.output[-1], *self.run.output[:-1]) if last else self.run.output
        return Measured(shape, trainable, other, self.run.every_flop // (2 * _BATCH))
