"""Reads a PyTorch module by `torch.export`, which runs its code: branches go as they do for this input's shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.graphs.flow import Traced, refused
from symcount.interop.reading.graphs.reader import Graph
from symcount.interop.reading.graphs.steps import Source, Step, Weight, made_of
from symcount.interop.reading.traced.aten import OPERATORS
from symcount.interop.reading.traced.call import Call
from symcount.interop.reading.traced.regions import Region, folded, regions_of
from symcount.interop.reading.traced.silence import silent
from symcount.interop.reading.traced.wholes import whole_text
from symcount.records import replace

EXACTLY, DECLARING, ENDING = range(3)
"""How a graph is read: all of it; with modules as their parameters alone; and without an end that learns nothing."""


def exported(torch: Any, module: Any, inputs: Sequence[Any], how: int = EXACTLY) -> Traced:
    """Return the operations of a module, by the graph that `torch.export` makes of it.

    ``DECLARING`` a module inside it that no line says is its parameters alone, where it leaves the shape that arrives.
    ``ENDING`` what no line says is left out besides where nothing behind it is learned.
    """
    try:
        with silent():
            program = torch.export.export(module, tuple(inputs))
    except Exception as error:  # whatever the module's own code raises, or torch of what it cannot follow
        said = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ArchitectureError("not-traced", f"torch.export cannot trace the module: {said}") from None
    reading = _Reading(torch, module, program)
    graph, traced = reading.read(program.graph_signature.user_outputs, how)
    named = dict(module.named_parameters())
    met = {id(named[part]) for each in graph.weights for part in each.parts if part in named}
    return replace(traced, met=frozenset(met))


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
        self.regions: dict[str, tuple[Region, ...]] = {}
        for node in program.graph.nodes:
            self._read(node)
        for name, inside in module.named_modules():
            found = whole_text(inside)
            if found is not None:
                self._made_whole(name, signature.user_outputs, found)

    def read(self, outputs: Sequence[str], how: int) -> tuple[Graph, Traced]:
        """Return the graph and what it is, with modules as steps of their own where no line says what is in them."""
        self.left = tuple(outputs)
        while True:
            graph = Graph(self.steps, self.inputs, self.left)
            try:
                return graph, graph.read()
            except ArchitectureError:
                folded = how >= DECLARING and self._folded(graph)
                if not folded and not (how == ENDING and self._ended(graph.at)):
                    raise

    def _made_whole(self, name: str, outputs: Sequence[str], found: tuple[str, str]) -> None:
        """Make one step of each call of a module that is one layer: its text, and where it wants the channels."""
        text, wanted = found
        calls = dict.fromkeys(each for around in self.regions.values() for each in around if each.name == name)
        for region in calls:
            options = {"text": text, "wanted": wanted}
            steps = folded(self.steps, self.regions, region, outputs, self.counts, self.inputs, "module", options)
            self.steps = steps or self.steps

    def _ended(self, at: str) -> bool:
        """Leave out a step and all that takes of it, where none of it is learned."""
        names = {at}
        behind = []
        for step in self.steps:
            if names & {*step.outputs, *step.tensors}:
                names |= {*step.outputs}
                behind.append(step)
        if not behind or any(weight.count > 1 for step in behind for weight in step.weights):
            return False
        ends = (name for step in behind for name in step.tensors if name not in names)
        self.left = tuple(dict.fromkeys((*(name for name in self.left if name not in names), *ends)))
        self.steps = [step for step in self.steps if step not in behind]
        return True

    def _folded(self, graph: Graph) -> bool:
        """Make one step of the innermost module that can be one, around the step that was refused."""
        around = self.regions.get(graph.at, ())
        for place, region in [*enumerate(around)][::-1]:
            options = {"module": region.name, "of kind": region.kind}
            steps = folded(self.steps, self.regions, region, self.left, self.counts, self.inputs, "declared", options)
            if steps is not None:
                self.steps = steps
                self.regions |= {
                    step.name: around[:place] for step in steps if step.options.get("module") == region.name
                }
                return True
        return False

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
        if operator in _ASIDE or node.meta["val"] is None:  # sizes, fixed values, and what only asserts
            return
        if not any(isinstance(each, str) for each in taken):
            self._fixed(node, [each for each in taken if isinstance(each, Weight)])
            return
        outputs, shapes = self._given(node)
        try:
            steps = self._step(node, operator, outputs, shapes)
        except ArchitectureError as error:
            inputs = tuple(each for each in taken if each is not None)
            steps = [Step("refused", inputs, outputs, shapes, {"error": error})]
        self.steps += steps
        self.regions |= dict.fromkeys(outputs, regions_of(node.meta.get("nn_module_stack") or {}))
        if name != operator or name.endswith("_"):
            self.sources[node.args[0]] = self.sources[node]

    def _fixed(self, node: Any, taken: Sequence[Weight]) -> None:
        """What is made of fixed values alone is fixed."""
        if taken and hasattr(node.meta["val"], "shape"):
            parts = [*dict.fromkeys(part for each in taken if each.count > 1 for part in each.parts)]
            count = sum(self.counts.get(part, 0) for part in parts)
            shape = _shape(node.meta["val"])
            self.sources[node] = made_of(parts, count, shape) if count else Weight(node.name, 1, ())

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
