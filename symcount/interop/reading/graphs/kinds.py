"""What each kind of step of a graph is in the language: a layer, or axes that are set anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod

from symcount.interop.reading.graphs import axes, windows
from symcount.interop.reading.graphs.flow import CUT, FIRST, LAST, LOOSE, Flow, Parameter, Value, refused
from symcount.interop.reading.graphs.heads import attention_text
from symcount.interop.reading.graphs.joining import concatenated, joined, with_parameter
from symcount.interop.reading.graphs.operations import Operation
from symcount.interop.reading.graphs.steps import Step


class Layers:
    """What the steps of a graph give. ``taken`` are the weights by their names, as often as a layer took them.

    ``lenders`` are the layers by the matrices that they have, which a linear layer after them may borrow.
    """

    def __init__(self) -> None:
        self.flow = Flow()
        self.taken: dict[str, list[int]] = {}
        self.lenders: dict[str, int] = {}

    def plain(self, step: Step, values: Sequence[Value], text: str, wanted: str = "") -> Value:
        """What leaves a layer of one tensor, which wants its channels in a place."""
        value = self.flow.turned(values[0], wanted, step.name)
        return self.flow.layer(value, text, step.shape[1:], value.at)

    def convolution(self, step: Step, values: Sequence[Value]) -> Value:
        channels = values[0].channels
        return self.plain(step, values, windows.convolution(step, channels), FIRST)

    def linear(self, step: Step, values: Sequence[Value]) -> Value:
        bias = "" if len(step.weights) > 1 else ",bias=off"
        value, units, matrix = values[0], step.options["units"], step.weights[0].name
        alone, loose = len(value.shape) == 1 and value.at != CUT, value.at == LOOSE
        lender = self.lenders.get(matrix)
        if value.at == CUT and lender is None:
            self.lenders[matrix] = len(self.flow.operations)
            value = self.flow.turned(value, LAST, step.name)
            return self.flow.inside(value, f"Lin({units}{bias})", step.shape[1:], units)
        at = FIRST if alone else LOOSE if loose else LAST
        shape = (value.shape[0], units) if loose else step.shape[1:]
        value = value if alone or loose else self.flow.turned(value, LAST, step.name)
        if lender is not None:
            self.taken[matrix].pop()
            text = f"Lin({units}{bias},w={{}})"
            return self.flow.add(Operation((value.operation,), text, also=lender), shape, at)
        self.lenders[matrix] = len(self.flow.operations)
        return self.flow.layer(value, f"{'H' if alone else 'Lin'}({units}{bias})", shape, at)

    def embedding(self, step: Step, values: Sequence[Value]) -> Value:
        [matrix] = step.weights
        if matrix.name in self.lenders:
            raise refused(f"{step.name}, an embedding whose matrix another layer has")
        self.lenders[matrix.name] = len(self.flow.operations)
        return self.flow.layer(values[0], f"E({','.join(map(str, matrix.shape))})", step.shape[1:], LAST)

    def norm(self, step: Step, values: Sequence[Value]) -> Value:
        text = windows.norm(step, values[0].channels)
        wanted = LAST if step.kind in ("layer norm", "rms norm") else FIRST
        return self.plain(step, values, text, wanted)

    def pool(self, step: Step, values: Sequence[Value]) -> Value:
        return self.plain(step, values, windows.pool(step), FIRST)

    def everywhere(self, step: Step, values: Sequence[Value]) -> Value:
        """A pooling of all places, which are kept as axes of length 1, or of a length that is said."""
        token = "AMP" if step.options.get("max") else "AAP"
        return self.plain(step, values, f"{token}({windows.each(step.options.get('size', 1))})", FIRST)

    def met(self, step: Step, values: Sequence[Value]) -> Value:
        joint = "+" if step.kind == "add" else "×"
        if len(step.weights) > 1 or (step.weights and len(values) > 1):
            raise refused(f"{step.name}, where several tensors and fixed values meet")
        if step.weights and len(step.weights[0].parts) > 1:
            return self.flow.declared(values[0], step.weights[0].count, step.name)
        if step.weights:
            return with_parameter(self.flow, step.name, joint, values[0], Parameter(step.weights[0].count))
        return joined(self.flow, joint, values, step.shape[1:])

    def beside(self, step: Step, values: Sequence[Value]) -> Value:
        return concatenated(
            self.flow, step.name, values, sum(each.count for each in step.weights), step.options["axis"], step.shape[1:]
        )

    def permuted(self, step: Step, values: Sequence[Value]) -> Value:
        if self._is_loose(step, values[0]):
            return axes.loosened(values[0], step.shape)
        return axes.permuted(self.flow, step.name, values[0], step.options["order"], step.shape)

    def reshaped(self, step: Step, values: Sequence[Value]) -> Value:
        if self._is_loose(step, values[0]):
            return axes.loosened(values[0], step.shape)
        return axes.reshaped(self.flow, step.name, values[0], step.shape)

    def _is_loose(self, step: Step, value: Value) -> bool:
        moved = step.kind == "permute" and [*step.options["order"]] == [1, 0, 2]
        folded = step.kind == "reshape" and step.shape == value.shape  # steps and batch on one axis
        return value.at == LOOSE or ((moved or folded) and value.at == LAST and len(value.shape) == 2)

    def averaged(self, step: Step, values: Sequence[Value]) -> Value:
        return axes.averaged(self.flow, step.name, values[0], step.options["axes"], step.shape[1:])

    def selected(self, step: Step, values: Sequence[Value]) -> Value:
        place = step.options["place"] if step.options["axis"] == 1 else None
        return axes.one_step(self.flow, step.name, values[0], place, step.shape[1:])

    def sliced(self, step: Step, values: Sequence[Value]) -> Value:
        value, shape = values[0], step.shape[1:]
        if shape == value.shape:
            return value
        axis, start = step.options["axis"], step.options["start"]
        if step.options.get("step", 1) != 1 or axis is None:
            raise refused(f"{step.name} takes a part of a tensor")
        start += value.shape[axis - 1] if start < 0 else 0
        return axes.cut(self.flow, step.name, value, axis, start, step.shape[axis])

    def attention(self, step: Step, values: Sequence[Value]) -> Value:
        value = values[0]
        options = step.options
        if len(value.shape) == 2 or value.at == CUT:
            value = self.flow.turned(value, LAST, step.name)
        places = value.sizes[1:] if value.layout is None else value.layout.places
        apart = value.at == CUT and not options["win"] and value.shape[-2] != prod(places)
        if apart or (options["win"] and len(places) != _IMAGE):
            raise refused(f"{step.name}, an attention in windows of no image")
        if options["extra"]:
            value = self.flow.declared(value, options["extra"], f"what {step.name} adds to its scores")
        text = attention_text(options, value.channels)
        if len(values) == 1:
            return self.flow.layer(value, f"{text})", step.shape[1:], value.at)
        memory = self.flow.turned(values[1], LAST, step.name)
        operation = Operation((value.operation,), f"{text},from={{}})", also=memory.operation)
        return self.flow.add(operation, step.shape[1:], value.at)

    def bordered(self, step: Step, values: Sequence[Value]) -> Value:
        return self.plain(step, values, windows.border(step), step.options.get("at", FIRST))

    def resized(self, step: Step, values: Sequence[Value]) -> Value:
        return self.plain(step, values, windows.resized(step), FIRST)

    def sloped(self, step: Step, values: Sequence[Value]) -> Value:
        [slopes] = step.weights
        return self.plain(step, values, "PR(per=layer)" if slopes.count == 1 else "PR")

    def declared(self, step: Step, values: Sequence[Value]) -> Value:
        """What a module does of which nothing is said but its parameters."""
        count = sum(weight.count for weight in step.weights if len(self.taken[weight.name]) == 1)
        for weight in step.weights:
            del self.taken[weight.name][1:]
        return self.flow.module(values[0], count, step.options["module"], step.options["of kind"])

    def refused(self, step: Step, values: Sequence[Value]) -> Value:
        """What its own graph could not say of a step."""
        raise step.options["error"]

    def parted(self, step: Step, value: Value) -> Sequence[Value]:
        return axes.parted(self.flow, step.name, value, step.options["axis"], step.options["sizes"])

    def recurrent(self, step: Step, value: Value) -> Sequence[Value]:
        if value.at not in (LAST, LOOSE) or len(value.shape) != 2:
            raise refused(f"{step.name}, a recurrent layer of what is no sequence")
        shape = (value.shape[0], step.options["units"])
        at = LAST if step.options.get("ordered") else LOOSE
        return (self.flow.layer(value, step.options["text"], shape, at),)


_IMAGE = 2
"""The axes of an image but for its channels."""

Reading = Callable[[Layers, Step, Sequence[Value]], Value]


def _text(text: str) -> Reading:
    return lambda layers, step, values: layers.plain(step, values, text)


def _activation(layers: Layers, step: Step, values: Sequence[Value]) -> Value:
    return layers.plain(step, values, _ACTIVATIONS.get(step.options["name"], "act"))


def _module(layers: Layers, step: Step, values: Sequence[Value]) -> Value:
    return layers.plain(step, values, step.options["text"], step.options["wanted"])


def _moved(layers: Layers, step: Step, values: Sequence[Value]) -> Value:
    return layers.plain(step, values, f"{step.kind}{step.options['factor']}", step.options.get("at", FIRST))


_ACTIVATIONS = {
    name: name for name in
    "leakyrelu elu selu silu gelu mish tanh sigmoid softplus hardswish hardsigmoid hardtanh celu softmax".split()
} | {"relu": "R", "relu6": "R6"}  # fmt: skip
"""Activations by their names in lower case; any other is ``act``."""

KINDS: Mapping[str, Reading] = {
    "convolution": Layers.convolution, "linear": Layers.linear, "embedding": Layers.embedding,
    **dict.fromkeys(("batch norm", "layer norm", "rms norm", "group norm", "instance norm"), Layers.norm),
    "pool": Layers.pool, "global pool": Layers.everywhere,
    "add": Layers.met, "mul": Layers.met, "cat": Layers.beside,
    "permute": Layers.permuted, "reshape": Layers.reshaped, "mean": Layers.averaged, "select": Layers.selected,
    "slice": Layers.sliced, "attention": Layers.attention, "pad": Layers.bordered, "resize": Layers.resized,
    "slopes": Layers.sloped, "activation": _activation, "dropout": _text("D"), "pass": _text("_"), "LRN": _text("LRN"),
    "d2s": _moved, "s2d": _moved, "declared": Layers.declared, "module": _module, "refused": Layers.refused,
}  # fmt: skip
"""The kinds of steps that give one tensor."""

REPEATED = frozenset("convolution linear".split() + [f"{kind} norm" for kind in "batch layer rms group".split()])
"""The kinds whose layer may be there again with the same weights."""

SEVERAL: Mapping[str, Callable[[Layers, Step, Value], Sequence[Value]]] = {
    "split": Layers.parted,
    "recurrent": Layers.recurrent,
}
"""The kinds of steps that give several."""
