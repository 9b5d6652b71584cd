"""Reads a PyTorch module by `torch.export`, which runs its code: branches go as they do for this input's shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.graphs.flow import Traced, refused
from symcount.interop.reading.graphs.reader import Graph
from symcount.interop.reading.graphs.steps import Source, Step, Weight
from symcount.interop.reading.traced.aten import OPERATORS, Call
from symcount.records import replace


def exported(torch: Any, module: Any, inputs: Sequence[Any]) -> Traced:
    """Return the operations of a module, by the graph that `torch.export` makes of it."""
    try:
        with _quiet():
            program = torch.export.export(module, tuple(inputs))
    except Exception as error:  # whatever the module's own code raises, or torch of what it cannot follow
        said = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ArchitectureError("not-traced", f"torch.export cannot trace the module: {said}") from None
    reading = _Reading(torch, module, program)
    graph = Graph(reading.steps, reading.inputs, program.graph_signature.user_outputs)
    traced = graph.read()
    named = dict(module.named_parameters())
    met = {id(named[part]) for name in graph.taken for part in name.split(_AND) if part in named}
    return replace(traced, met=frozenset(met))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what `torch.export` says of attributes that a recurrent layer sets anew."""
    from warnings import catch_warnings, simplefilter

    with catch_warnings():
        simplefilter("ignore")
        yield


_AND = " and "
"""What stands between the names of several parameters of which one tensor is made."""

_ASIDE = frozenset(
    "new_zeros new_ones new_full new_empty zeros_like ones_like full_like sym_size eq ne lt gt le ge argmax".split()
)
"""Operators that give sizes, masks or fixed values, whatever they take."""


class _Reading:
    """The steps of a program, and its inputs with their shapes."""

    def __init__(self, torch: Any, module: Any, program: Any) -> None:
        signature = program.graph_signature
        kept = {id(parameter): name for name, parameter in module.named_parameters()}
        own = dict(module.named_parameters(remove_duplicate=False))
        self.named = {node: kept[id(own[name])] for node, name in signature.inputs_to_parameters.items()}
        self.given = {*signature.user_inputs}
        self.torch = torch
        self.inputs: dict[str, tuple[int, ...]] = {}
        self.sources: dict[Any, Source] = {}
        self.counts: dict[str, int] = {name: parameter.numel() for name, parameter in module.named_parameters()}
        self.steps: list[Step] = []
        for node in program.graph.nodes:
            self._read(node)

    def _read(self, node: Any) -> None:
        if node.op == "placeholder":
            self._placed(node)
        elif node.op == "call_function" and getattr(node.target, "__name__", "") != "getitem":
            self._called(node)

    def _placed(self, node: Any) -> None:
        """A parameter, an input, or fixed values that nobody learns."""
        if node.name in self.named:
            name = self.named[node.name]
            self.sources[node] = Weight(name, self.counts[name], _shape(node.meta["val"]))
        elif node.name in self.given and hasattr(node.meta["val"], "shape"):
            self.inputs[node.name] = _shape(node.meta["val"])
            self.sources[node] = node.name
        else:
            self.sources[node] = Weight(node.name, 1, ())

    def _called(self, node: Any) -> None:
        if not hasattr(node.target, "_schema"):
            return  # sizes
        taken = [self.sources.get(each) for each in node.all_input_nodes]
        name = node.target._schema.name.partition("::")[2]
        operator = name if name in OPERATORS else name.rstrip("_")
        if operator in _ASIDE:
            return
        if not any(isinstance(each, str) for each in taken):
            self._fixed(node, [each for each in taken if isinstance(each, Weight)])
            return
        outputs, shapes = self._given(node)
        step = self._step(node, operator, outputs, shapes)
        self.steps += step
        if name != operator or name.endswith("_"):
            self.sources[node.args[0]] = self.sources[node]

    def _fixed(self, node: Any, taken: Sequence[Weight]) -> None:
        """What is made of fixed values alone is fixed."""
        if taken and hasattr(node.meta["val"], "shape"):
            parts = [*dict.fromkeys(part for each in taken if each.count > 1 for part in each.name.split(_AND))]
            count = sum(self.counts.get(part, 0) for part in parts)
            shape = _shape(node.meta["val"])
            self.sources[node] = Weight(_AND.join(parts), count, shape) if count else Weight(node.name, 1, ())

    def _given(self, node: Any) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
        """The names of what a call gives, each with its shape."""
        found = node.meta["val"]
        if hasattr(found, "shape"):
            self.sources[node] = node.name
            return (node.name,), (_shape(found),)
        names = [f"{node.name} {place}" for place in range(len(found))]
        for user in node.users:
            if getattr(user.target, "__name__", "") == "getitem":
                self.sources[user] = names[user.args[1]]
        return tuple(names), tuple(map(_shape, found))

    def _step(self, node: Any, operator: str, outputs: tuple[str, ...], shapes: Any) -> list[Step]:
        reading = OPERATORS.get(operator)
        arguments = {}
        for place, each in enumerate(node.target._schema.arguments):
            given = node.args[place] if place < len(node.args) else node.kwargs.get(each.name, each.default_value)
            arguments[each.name] = self._resolved(given)
        first = next(each for each in node.all_input_nodes if isinstance(self.sources.get(each), str))
        found = first.meta["val"]
        arrived = _shape(found) if hasattr(found, "shape") else ()
        call = Call(operator, arguments, arrived, outputs, shapes)
        if operator == "unbind":
            axis = call.get("dim", 0) % len(arrived)
            return [
                Step("select", (call.tensor,), (name,), (shape,), {"axis": axis, "place": place})
                for place, (name, shape) in enumerate(zip(outputs, shapes, strict=True))
            ]
        if reading is None:
            raise refused(f"{node.name}, a call of {operator}")
        return [reading(call)]

    def _resolved(self, given: Any) -> Any:
        if isinstance(given, tuple | list):
            return [self._resolved(each) for each in given]
        return self.sources.get(given, Weight(given.name, 1, ())) if hasattr(given, "op") else given


def _shape(value: Any) -> tuple[int, ...]:
    return tuple(int(size) for size in value.shape)
