"""Traces a PyTorch module with `torch.fx`, and says what each node of its graph is in the language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.graphs.axes import reshaped
from symcount.interop.reading.graphs.flow import CUT, FIRST, LAST, Flow, Parameter, Traced, Value, refused
from symcount.interop.reading.graphs.operations import Operation
from symcount.interop.reading.traced.functions import function_value
from symcount.interop.reading.traced.modules import is_plain_attention, module_text, plain_attention
from symcount.interop.reading.traced.silence import silent
from symcount.interop.reading.traced.wholes import whole_text


class Tracing:
    """A graph while it is read."""

    def __init__(self, torch: Any, module: Any, inputs: Sequence[Any], training: bool = False) -> None:
        self.torch = torch
        self.module = module
        self.inputs = inputs
        self.training = training
        self.flow = Flow()
        self.values: dict[Any, Any] = {}
        self.counted: set[int] = set()
        self.lenders: dict[int, int] = {}

    def traced(self) -> Traced:
        """Return the operations of the module."""
        graph = self._graph()
        given = iter(self.inputs)
        for node in graph.nodes:
            if node.op == "placeholder":
                tensor = next(given, None)
                if tensor is not None:
                    self.values[node] = self._input(node, tensor)
            elif node.op == "output":
                return self.flow.traced(self._left(node.args[0]), self.counted)
            else:
                self.values[node] = self._node(node)
        raise refused("no output")

    def _graph(self) -> Any:
        """The graph of the module, each of whose nodes has the shape of what it gives."""
        from torch.fx.passes.shape_prop import ShapeProp

        if not all(hasattr(each, "shape") for each in self.inputs):
            raise refused("tensors that arrive in a list")
        try:
            self.module.train(self.training)
            traced = self._followed()
        except Exception as error:  # whatever the module's own code raises when it is given no values
            message = f"torch.fx cannot trace the module: {str(error).splitlines()[0].partition('. ')[0]}"
            hint = "what depends on values or shapes stands in a module of torch.nn, or is written without"
            raise ArchitectureError("not-traced", message, hint=hint) from None
        traced.eval()  # what a layer does in training, such as asking for a batch of two, is no part of the graph
        try:
            with self.torch.no_grad(), silent():
                ShapeProp(traced).propagate(*self.inputs)
        except Exception as error:  # whatever the module's own code raises on these values
            message = f"the module does not run on this input: {str(error).splitlines()[0]}"
            raise ArchitectureError(
                "not-traced", message, hint="give the shape without the batch: (3, 224, 224)"
            ) from None
        self.modules = dict(traced.named_modules(remove_duplicate=False))
        return traced.graph

    def _followed(self) -> Any:
        """The module as a graph, in which a module that is one layer is one node.

        Attention of four matrices, as exported code has it, is such a layer too.
        """

        class Tracer(self.torch.fx.Tracer):  # type: ignore[misc, name-defined]
            def is_leaf_module(self, module: Any, path: str) -> bool:
                is_layer = is_plain_attention(module) or whole_text(module) is not None
                return is_layer or super().is_leaf_module(module, path)

        tracer = Tracer()
        graph = tracer.trace(self.module)
        return self.torch.fx.GraphModule(tracer.root, graph)

    # what nodes give

    def _shape(self, node: Any) -> tuple[int, ...] | None:
        found = node.meta.get("tensor_meta")
        return tuple(found.shape)[1:] if hasattr(found, "shape") else None

    def _input(self, node: Any, tensor: Any) -> Value:
        shape = tuple(tensor.shape)[1:]
        self.flow.batch = tensor.shape[0]
        at = self._wanted(node) if len(shape) == 2 else FIRST
        return self.flow.input(shape, at)

    def _wanted(self, node: Any) -> str:
        """Where the first module that takes an input wants its channels."""
        for user in node.users:
            if user.op == "call_module":
                found = module_text(self.modules[user.target])
                return LAST if found is not None and found[1] == LAST else FIRST
        return FIRST

    def _left(self, left: Any) -> list[Value]:
        """The tensors that leave the module, in order."""
        if isinstance(left, Value):
            return [left]
        if isinstance(left, dict):
            left = tuple(left.values())
        if isinstance(left, tuple | list):
            return [value for each in left for value in self._left(each)]
        return self._left(self.values.get(left)) if hasattr(left, "op") else []

    def _node(self, node: Any) -> Any:
        match node.op:
            case "get_attr":
                return self._parameter(node)
            case "call_module":
                return self._module(node)
            case _:
                return function_value(self.flow, self.values, node, self._shape(node))

    def _parameter(self, node: Any) -> Any:
        found = self.module
        for name in node.target.split("."):
            found = getattr(found, name)
        if isinstance(found, self.torch.nn.Parameter):
            if id(found) in self.counted:
                raise refused(f"{node.target} is used twice")
            self.counted.add(id(found))
            return Parameter(found.numel())
        return None

    def _module(self, node: Any) -> Any:
        module, shape = self.modules[node.target], self._shape(node)
        arrived = [self.values.get(each_node) for each_node in node.args]
        value = next((each_one for each_one in arrived if isinstance(each_one, Value)), None)
        if value is None:
            raise refused(f"{node.target} takes no tensor by place")
        if type(module).__name__ == "Flatten" and shape is not None:
            return reshaped(self.flow, node.name, value, (self.flow.batch, *shape))
        if is_plain_attention(module):
            return self._plain_attention(
                node, module, [each_one for each_one in arrived if isinstance(each_one, Value)]
            )
        if type(module).__name__ == "MultiheadAttention":
            return self._attention(node, module, arrived)
        known = [parameter for parameter in module.parameters() if id(parameter) in self.counted]
        if known:
            return self._tied(node, module, value, known, shape)
        self.counted |= {id(parameter) for parameter in module.parameters()}
        found = whole_text(module) or module_text(module)
        if found is None:
            return self._declared(node, module, value, shape)
        text, wanted = found
        value = self.flow.turned(value, wanted, node.target)
        if text.startswith("Lin(") and value.at == CUT:
            return self.flow.inside(value, text, shape or (), module.out_features)
        if text.startswith("Lin(") and len(value.shape) == 1:
            text = f"H({text.removeprefix('Lin(')}"
        if text.startswith(("E(", "Lin(")):
            at = LAST if text.startswith("E(") else value.at
            self.lenders[id(module.weight)] = len(self.flow.operations)
            return self.flow.layer(value, text, shape or (), at)
        if shape is None:  # a recurrent layer gives its sequence and its states
            both = 2 if module.bidirectional else 1
            shape = (value.shape[0], both * (getattr(module, "proj_size", 0) or module.hidden_size))
            return (self.flow.layer(value, text, shape, LAST), None)
        return self.flow.layer(value, text, shape, value.at)

    def _tied(self, node: Any, module: Any, value: Value, known: Sequence[Any], shape: Any) -> Value:
        """A module whose matrix is that of an embedding or a linear layer before it."""
        kind, matrix = type(module).__name__, getattr(module, "weight", None)
        lender = self.lenders.get(id(matrix))
        if lender is None or len(known) > 1 or kind not in ("Linear", "Embedding"):
            raise refused(f"{node.target} is used twice, or shares its weights", "write & behind a label by hand")
        self.counted |= {id(parameter) for parameter in module.parameters()}
        text, wanted = module_text(module) or ("", "")
        value = self.flow.turned(value, wanted, node.target)
        operation = Operation((value.operation,), f"{text[:-1]},w={{}})", also=lender)
        return self.flow.add(operation, shape, LAST if kind == "Embedding" else value.at)

    def _declared(self, node: Any, module: Any, value: Value, shape: tuple[int, ...] | None) -> Value:
        """What no kind says, as so many parameters, where it leaves the shape that arrives."""
        kind = type(module).__name__
        if shape != value.shape:
            an = "an" if kind[0] in "AEIOU" else "a"
            raise refused(f"{node.target}, {an} {kind}, which changes the shape")
        count = sum(parameter.numel() for parameter in module.parameters())
        return self.flow.module(value, count, node.target, kind)

    def _attention(self, node: Any, module: Any, arrived: Sequence[Any]) -> Any:
        self.counted |= {id(parameter) for parameter in module.parameters()}
        query, key, value = (each_one for each_one in arrived[:3])
        if not module.batch_first:
            raise refused(f"{node.target} has the batch second", "batch_first=True")
        bias = "" if module.in_proj_bias is not None else ",bias=off"
        if module.bias_k is not None or key.operation != value.operation:
            raise refused(f"{node.target} takes keys and values from two places")
        if key.operation == query.operation:
            return (self.flow.layer(query, f"MHA({module.num_heads}{bias})", query.shape, LAST), None)
        text = f"MHA({module.num_heads}{bias},from={{}})"
        operation = Operation((query.operation,), text, also=key.operation)
        return (self.flow.add(operation, query.shape, LAST), None)

    def _plain_attention(self, node: Any, module: Any, arrived: Sequence[Value]) -> Value:
        if any(id(parameter) in self.counted for parameter in module.parameters()):
            raise refused(f"{node.target} is used twice")
        self.counted |= {id(parameter) for parameter in module.parameters()}
        query, text = self.flow.turned(arrived[0], LAST, node.target), plain_attention(module)
        if len(arrived) == 1:
            return self.flow.layer(query, text, query.shape, LAST)
        memory = self.flow.turned(arrived[1], LAST, node.target)
        operation = Operation((query.operation,), f"{text[:-1]},from={{}})", also=memory.operation)
        return self.flow.add(operation, query.shape, LAST)
