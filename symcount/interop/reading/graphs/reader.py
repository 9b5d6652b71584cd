"""Reads a graph of plain tensors step by step; what was read before with the same weights is a layer used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from symcount.interop.reading.graphs.attention import attended
from symcount.interop.reading.graphs.flow import FIRST, LAST, Flow, Traced, Value, refused
from symcount.interop.reading.graphs.kinds import KINDS, REPEATED, SEVERAL, Layers
from symcount.interop.reading.graphs.merged import simplified
from symcount.interop.reading.graphs.operations import AGAIN
from symcount.interop.reading.graphs.steps import Step, Weight
from symcount.records import replace


class Graph:
    """A graph while it is read. ``at`` names the step that is being read."""

    def __init__(self, steps: Sequence[Step], inputs: Mapping[str, tuple[int, ...]], outputs: Sequence[str]) -> None:
        steps, self.outputs = simplified(steps, inputs, outputs)
        self.steps = attended(steps, inputs)
        self.inputs = inputs
        self.layers = Layers()
        self.values: dict[str, Value] = {}
        self.owners: dict[tuple[str, ...], int] = {}
        self.weights: set[Weight] = set()
        self.at = ""

    @property
    def flow(self) -> Flow:
        """The operations that are read so far."""
        return self.layers.flow

    @property
    def taken(self) -> Mapping[str, Sequence[int]]:
        """The weights by their names, as often as a layer took them."""
        return self.layers.taken

    def read(self) -> Traced:
        """Return what the graph is in the language."""
        for name, shape in self.inputs.items():
            self.flow.batch = shape[0]
            self.values[name] = self.flow.input(shape[1:], self._wanted(name) if len(shape) == 3 else FIRST)
        for step in self.steps:
            self._read(step)
        return self.flow.traced([self.values[name] for name in self.outputs if name in self.values], ())

    def _wanted(self, name: str) -> str:
        """Where the first step that takes a sequence wants its channels."""
        for step in self.steps:
            if name in step.tensors:
                return FIRST if step.kind in ("convolution", "pool", "batch norm", "permute") else LAST
        return FIRST

    def _read(self, step: Step) -> None:
        self.at = step.name
        values = [self.values[name] for name in step.tensors if name in self.values]
        if not values:
            return  # sizes and places, which are computed
        names = (step.kind, *(weight.name for weight in step.weights))
        if names in self.owners and step.weights:
            self.values[step.name] = self._again(step, values, self.owners[names])
            return
        self.weights |= {*step.weights}
        for weight in step.weights:
            self.layers.taken.setdefault(weight.name, []).append(weight.count)
        if step.kind in SEVERAL:
            self.values |= zip(step.outputs, SEVERAL[step.kind](self.layers, step, values[0]), strict=False)
            return
        reading = KINDS.get(step.kind)
        if reading is None:
            raise refused(f"{step.name}, a step of kind {step.kind}")
        self.values[step.name] = reading(self.layers, step, values)
        self.owners[names] = len(self.flow.operations) - 1
        surplus = sum(max(0, weight.count - prod(weight.shape)) for weight in step.weights)
        if surplus and step.kind in ("convolution", "linear"):
            made = f"what {step.name} makes its weights of"
            self.values[step.name] = self.flow.declared(self.values[step.name], surplus, made)

    def _again(self, step: Step, values: Sequence[Value], owner: int) -> Value:
        """What leaves a layer that was there before, with the same weights."""
        lenders, self.layers.lenders = self.layers.lenders, {}
        before = len(self.flow.operations)
        value = KINDS[step.kind](self.layers, step, values)
        self.layers.lenders = lenders
        *others, last = self.flow.operations[before:]
        if step.kind not in REPEATED or any(each.text != "swap" for each in others):
            raise refused(f"{step.name}, whose weights are used twice")
        self.flow.operations[-1] = replace(last, text=AGAIN, also=owner)
        return value
