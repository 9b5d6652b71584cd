"""Measures what a framework built: each layer where its modules run first, and the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from symcount.answers.built import Building, Layer, Measured, check_known, measured, measured_whole
from symcount.counts import Count, Row
from symcount.counts.graph import graph
from symcount.interop.writing.framework import LAST
from symcount.interop.writing.networks import Written
from symcount.trace import Bidirectional, Step

BATCH = 2
"""Samples of the one pass: some normalisations refuse a single value."""


class Run(Protocol):
    """One pass through a model: what left each module when it ran first, and its operations then."""

    output: tuple[int, ...]
    every_flop: int

    def module(self, path: str) -> Any:
        """Return the module at a path."""

    def shape(self, module: Any) -> tuple[int, ...]:
        """Return the shape that left a module, without the samples."""

    def flops(self, module: Any) -> int:
        """Return the operations of a module."""

    def values(self, module: Any) -> Iterator[tuple[Any, int, bool]]:
        """Yield every tensor that a module keeps, with how many values are in it and whether they are learned."""


def compared(name: str, count: Count, written: Written, run: Run, model: Any) -> Building:
    """Return a network as it is counted, beside what ran."""
    measuring = _Measuring(written, run)
    layers = tuple(measuring.layers(count))
    return Building(name, layers, Layer("total", "", measured_whole(count), measuring.total(model)))


def model_of(written: Written) -> Any:
    """Return the model of the code that was written, without its last line: that is left to the comparison."""
    names: dict[str, Any] = {}
    # our own text, of names and numbers alone
    exec(compile(written.code, "the exported code", "exec", optimize=1), names)
    return names["model"]


def arriving(count: Count) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Yield the shape of each input, its channels first, and whether an embedding looks its numbers up."""
    check_known(count)
    found = graph(count.numbers)
    looked_up = {edge.source for edge in found.edges if found.nodes[edge.target].kind == "E" and not edge.argument}
    nodes = [node for node in found.nodes if node.kind == "I"]
    for node, step in zip(nodes, count.trace.inputs, strict=True):
        yield tuple(size for size in step.output.sizes if isinstance(size, int)), node.number in looked_up


class _Measuring:
    def __init__(self, written: Written, run: Run) -> None:
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
        modules = [self.run.module(path) for path in paths]
        last = self.written.draft.layout.get(id(row.part)) == LAST
        shape = _channels_first(self.run.shape(self.run.module(_leaving(row, paths))), last=last)
        trainable, other = self._values(modules)
        return Measured(shape, trainable, other, sum(map(self.run.flops, modules)) // (2 * BATCH))

    def _values(self, modules: list[Any]) -> tuple[int, int]:
        """The values that modules learn, and those that they keep besides; what was met before is not theirs."""
        trainable = other = 0
        for module in modules:
            for tensor, values, is_learned in self.run.values(module):
                if id(tensor) in self.met:
                    continue
                self.met.add(id(tensor))
                trainable, other = (trainable + values, other) if is_learned else (trainable, other + values)
        return trainable, other

    def total(self, model: Any) -> Measured:
        """Return what the whole model has."""
        self.met = set()
        last = self.written.draft.at_end == LAST
        shape = _channels_first(self.run.output, last=last)
        return Measured(shape, *self._values([model]), self.run.every_flop // (2 * BATCH))


def _leaving(row: Row, paths: tuple[str, ...]) -> str:
    """The module whose output leaves a layer: the mixture itself, where the layer is its router."""
    return paths[-1].removesuffix(".router") if row.part.kind == "moe" else paths[-1]


def _channels_first(shape: tuple[int, ...], *, last: bool) -> tuple[int, ...]:
    return (shape[-1], *shape[:-1]) if last and shape else shape
