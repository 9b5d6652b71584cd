"""What the files of PyTorch's layers share: its idioms, and where the channels stand."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.interop.writing.alike import AlikeLayers, order_of_axes
from symcount.interop.writing.framework import FIRST, Style
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.layers import Shape
from symcount.trace import Part, Step

STYLE = Style(
    name="PyTorch",
    block="nn.Module",
    network="nn.Module",
    called="forward",
    row="nn.Sequential",
    row_in_list=False,
    row_name="layers",
    list="nn.ModuleList",
    identity="nn.Identity()",
    at=FIRST,
    concatenated="torch.cat([{}], dim={})",
    moved="{}.movedim(1, -1)",
    counted="sum(each.numel() for each in {}.parameters())",
    quantities=("trainable", "frozen"),
    reserved=frozenset(
        "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches "
        "eval extra_repr float forward half ipu load_state_dict modules mtia parameters requires_grad_ share_memory "
        "state_dict to to_empty train training type xpu zero_grad".split()
    ),
)
"""How PyTorch writes a class; the reserved names are those of `nn.Module` that a text may well have."""


class TorchMaking(AlikeLayers):
    """Makes PyTorch's modules."""

    style = STYLE

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> Made:
        """Return the module that moves the channels of a shape to where they are wanted."""
        if at == wanted or not shape.axes:
            return ()
        axes = tuple(Argument(str(axis)) for axis in (0, *order_of_axes(shape.rank, wanted)))
        return (Module("Permute", axes, part, "permute"),)

    def affine(self, step: Step, at: str, *, scale: Size, shift: Size) -> Module:
        """Return a learned factor, a learned offset or both for each channel."""
        rank = step.input.rank if at == FIRST else 0
        channels = self.sizes.size(step.input.channels, "channels")
        axes = Argument(str(rank), "axes", "0", "axes")
        arguments = (channels, axes, flag(scale, "scale", True), flag(shift, "shift", True))
        return Module("Affine", arguments, step, "affine", counts=True)
