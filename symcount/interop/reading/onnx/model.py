"""An ONNX file as a network: parsed without its external data, its shapes inferred, and its total held against it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from symcount.counts import counted
from symcount.errors import ArchitectureError, not_installed, visible
from symcount.interop.reading.dag import MOST_NODES
from symcount.interop.reading.files import reading
from symcount.interop.reading.graphs.chains import line_of
from symcount.interop.reading.graphs.flow import Traced
from symcount.interop.reading.graphs.reader import Graph
from symcount.interop.reading.network import Network
from symcount.interop.reading.onnx.tensors import Tensors, bad
from symcount.interop.reading.onnx.translation import translated
from symcount.program import canonical_text, program

MOST_ONNX_BYTES = 2**31 - 1
"""Bytes of an ONNX file: what protobuf holds at most."""

_DEPLOYED = (
    "this is the graph as it is deployed: a batch normalisation that was folded into a convolution, or a branch for "
    "training, is no longer there to count"
)


def is_onnx(path: Path) -> bool:
    """Whether a path is that of an ONNX file, by its name."""
    return path.suffix == ".onnx"


def read_onnx(path: Path) -> Network:
    """Return the network of an ONNX file; the totals of the two are equal, or an `ArchitectureError` is raised."""
    name = visible(path.name)
    onnx = _onnx()
    with reading(path) as file:
        content = file.read(MOST_ONNX_BYTES + 1)
    if len(content) > MOST_ONNX_BYTES:
        raise ArchitectureError("too-long", f"{name} has more than {MOST_ONNX_BYTES:,} bytes, the most that are read")
    try:
        model = onnx.ModelProto.FromString(content)
    except Exception as error:  # protobuf has its own errors for what is no message, none of them public
        raise bad(f"{name} is no ONNX model: {error}") from None
    return read_model(onnx, model)


def _onnx() -> Any:
    try:
        import onnx
    except ModuleNotFoundError:
        raise not_installed("reading an ONNX file", "onnx", "onnx") from None
    return onnx


def read_model(onnx: Any, model: Any) -> Network:
    """Return the network of a model that the package onnx has parsed."""
    graph = model.graph
    if not graph.node or not graph.output:
        raise bad("it has no nodes or no output")
    if len(graph.node) > MOST_NODES:
        raise ArchitectureError("limit", f"the graph has {len(graph.node):,} nodes; at most {MOST_NODES:,} are read")
    if model.functions:
        raise bad(f"it calls functions of its own, such as {visible(model.functions[0].name)}")
    _check_names(model)
    tensors = Tensors(onnx, model)
    network = _Reading(tensors, _PLACEHOLDERS[0])
    if any(tensors.open.values()) and network.text != _Reading(tensors, _PLACEHOLDERS[1]).text:
        raise ArchitectureError(
            "cannot-say", "a layer of the graph has a size that an open size decides", hint="export it with fixed sizes"
        )
    return network.network()


def _check_names(model: Any) -> None:
    """Refuse names that are no text, which protobuf gives as bytes."""
    graph = model.graph
    named = (each.name for each in [*graph.initializer, *graph.input, *graph.output])
    wired = (name for node in graph.node for name in (node.op_type, node.domain, *node.input, *node.output))
    if not all(isinstance(name, str) for name in [*named, *wired, model.producer_name, model.producer_version]):
        raise bad("a name in it is no UTF-8 text")


_PLACEHOLDERS = (64 * 5, 64 * 7)
"""What open sizes are taken for: a text that is the same for both holds for any."""


class _Reading:
    """A model read with a size in place of each that it leaves open."""

    def __init__(self, tensors: Tensors, size: int) -> None:
        tensors.infer(size)
        self.tensors = tensors
        inputs, steps, outputs = translated(tensors)
        self.graph = Graph(steps, inputs, outputs)
        traced = self.graph.read()
        self.text = canonical_text(program(self._line(traced, [*inputs])))

    def _line(self, traced: Traced, names: Sequence[str]) -> str:
        texts = [self._input(name, text) for name, (_, text) in zip(names, traced.inputs, strict=True)]
        numbers = [number for number, _ in traced.inputs]
        return line_of(traced.operations, numbers, texts, traced.output.operation, traced.besides)

    def _input(self, name: str, text: str) -> str:
        for size, letter in self.tensors.open_sizes(name):
            text = text.replace(str(size), letter, 1)
        return text

    def network(self) -> Network:
        """Return the network, once its total is that of the initializers."""
        own = self.tensors.counts(self.graph.taken)
        counts = counted(self.text, {}, convention="torch")
        learned, kept = counts.of("params"), counts.of("statistics")
        taken = sum(count for counts in self.graph.taken.values() for count in counts)
        if not (isinstance(learned, int) and isinstance(kept, int)) or learned + kept != taken:
            raise bad(f"its layers take {taken:,} values, and the line that was read others: {self.text}")
        return Network(self.text, about=self.tensors.about, notes=self._notes(own, learned, kept, taken))

    def _notes(self, own: int, learned: int, kept: int, taken: int) -> tuple[str, ...]:
        parts = f"{learned - (taken - own):,} parameters" + (f" and {kept:,} running statistics" if kept else "")
        notes = [f"its initializers hold {own:,} values: {parts}", _DEPLOYED]
        if taken > own:
            more = taken - own
            notes.append(f"{more:,} values stand in initializers that several layers take, and are counted for each")
        if self.tensors.fixed:
            notes.append(f"{self.tensors.fixed:,} more are masks and tables of rotations, which nobody learns")
        return (*notes, *self.tensors.notes, *self.graph.flow.warnings)
