"""The layers as ONNX has them: one module for each, which becomes nodes when the graph is written."""

from __future__ import annotations

from symcount.interop.writing.alike import order_of_axes
from symcount.interop.writing.framework import FIRST, LAST, Idiom, lacking
from symcount.interop.writing.nodes import Argument, Loop, Module
from symcount.interop.writing.onnx.operators import ANYWHERE, FIRST_KINDS, INSTEAD, LAST_KINDS, MIXTURE
from symcount.layers import Shape
from symcount.trace import Bidirectional, Part, Step


class OnnxLayers:
    """Says of each layer where it wants the channels, and where they stand behind it."""

    style = Idiom("ONNX", FIRST)

    def step(self, step: Step, at: str) -> tuple[tuple[Module, ...], str]:
        """Return the module of a layer, and where the channels stand behind it, given where they stand before."""
        kind = step.kind
        if kind == "_" or (kind == "PE" and getattr(step.layer, "kind", None) == "rope"):
            return (), at
        if kind == "swap":
            return (), LAST if at == FIRST else FIRST
        if kind in ANYWHERE:
            left = FIRST if kind in ("H", "O", "F", "reshape") else LAST if kind == "queries" else at
            turned = self.turned(step, step.input, at, FIRST) if kind == "reshape" else ()
            return (*turned, self._module(step, at)), left
        for wanted, kinds in ((FIRST, FIRST_KINDS), (LAST, LAST_KINDS)):
            if kind in kinds:
                return (*self.turned(step, step.input, at, wanted), self._module(step, wanted)), wanted
        raise lacking(step, f"{self.style.name} has no {step.layer.noun}", INSTEAD.get(kind))

    def _module(self, step: Step, at: str) -> Module:
        if getattr(step.layer, "lora", 0) != 0:
            raise lacking(step, f"low-rank adapters are no layers of {self.style.name}", "leave lora= out")
        taken = tuple(id(step.taken[name]) for name in ("memory", "keys", "values") if name in step.taken)
        return Module(step.kind, (Argument(at),), step, counts=True, needs=taken)

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> tuple[Module, ...]:
        """Return the node that moves the channels of a shape to where they are wanted."""
        if at == wanted or not shape.axes:
            return ()
        order = (0, *order_of_axes(shape.rank, wanted))
        return (Module("Transpose", tuple(Argument(str(axis)) for axis in order), part),)

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the node that gives a vector axes of length 1."""
        ones = (1,) * rank
        channels = part.output.sizes[0]
        sizes = (channels, *ones) if at == FIRST else (*ones, channels)
        return Module("Reshape", tuple(Argument(str(size)) for size in sizes), part)

    def both_ways(self, step: Step, part: Bidirectional) -> Module:
        """Return a recurrent layer in both directions."""
        return Module(step.kind, (Argument(LAST), Argument("bidirectional")), step, counts=True)

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts, of its router and the loop that makes the experts."""
        return Module(MIXTURE, (Argument(LAST), Argument("", module=experts)), router, counts=True)

    def frozen(self, module: Module) -> Module:
        """Return the same module: a graph does not say what is learned."""
        return module
