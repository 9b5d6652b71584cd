"""What the files of PyTorch's layers share: how a module is made, and where the channels stand."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.interop.writing.framework import FIRST, lacking
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import Sizes, flag
from symcount.interop.writing.torch_windows import Windows
from symcount.layers import Shape
from symcount.trace import Part, Step

Made = tuple[Module, ...]
"""The modules of one layer."""


class Making:
    """Makes modules of the sizes of one network."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.windows = Windows(sizes)

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> Made:
        """Return the module that moves the channels of a shape to where they are wanted."""
        if at == wanted or not shape.axes:
            return ()
        axes = range(1, shape.rank + 1)
        order = (shape.rank + 1, *axes) if wanted == FIRST else (*(axis + 1 for axis in axes), 1)
        return (Module("Permute", tuple(Argument(str(axis)) for axis in (0, *order)), part, "permute"),)

    def _one(
        self, step: Step, name: str, *arguments: Argument, word: str = "layer", counts: bool = True
    ) -> tuple[Module]:
        return (Module(name, arguments, step, word, counts=counts),)

    def _number(self, step: Step, usual: str, role: str, default: str | None = None) -> Argument:
        number = getattr(step.layer, "number", None)
        if number is None:
            return Argument(usual, "", default, role)
        if isinstance(number, int):
            return Argument(str(number), "", default, role)
        if isinstance(number, Size):
            return Argument(self.sizes.text(number), "", default, role, is_open=True)
        return Argument(str(float(number)), "", default, role)

    def affine(self, step: Step, at: str, *, scale: Size, shift: Size) -> Module:
        """Return a learned factor, a learned offset or both for each channel."""
        rank = step.input.rank if at == FIRST else 0
        channels = self.sizes.size(step.input.channels, "channels")
        axes = Argument(str(rank), "axes", "0", "axes")
        arguments = (channels, axes, flag(scale, "scale", True), flag(shift, "shift", True))
        return Module("Affine", arguments, step, "affine", counts=True)

    def _optional(self, name: str, size: Size | None) -> tuple[Argument, ...]:
        """An argument of attention that is None where nothing is said."""
        if size is None:
            return (Argument("None", name, "None", name),)
        found = self.sizes.size(size, name, name)
        return (Argument(found.text, name, "None", name, found.is_open),)


def refuse_adapters(step: Step) -> None:
    """Refuse a layer with low-rank adapters."""
    lora = getattr(step.layer, "lora", 0)
    if lora != 0:
        raise lacking(step, "low-rank adapters are no layers of PyTorch", "leave lora= out; peft adds adapters")
