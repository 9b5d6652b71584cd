"""What the files of Flax's layers share: its idioms, functions among modules, and where the channels stand."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import Size
from symcount.interop.writing.alike import order_of_axes
from symcount.interop.writing.channels_last import LastLayers
from symcount.interop.writing.framework import LAST, Style
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.windows import Pair
from symcount.layers import Shape
from symcount.records import replace
from symcount.trace import Part, Step

STYLE = Style(
    name="Flax",
    block="nnx.Module",
    network="nnx.Module",
    called="__call__",
    row="nnx.Sequential",
    row_in_list=False,
    row_name="layers",
    list="nnx.List",
    identity="nnx.identity",
    at=LAST,
    concatenated="jnp.concatenate([{}], axis={})",
    moved="jnp.moveaxis({}, 1, -1)",
    counted="sum(each.size for each in jax.tree.leaves(nnx.state({}, nnx.Param)))",
    quantities=("trainable", "frozen"),
    reserved=frozenset("eval iter_children iter_modules perturb set_attributes sow train".split()),
    begins="",
    handed_on=("rngs",),
)
"""How Flax writes a class; the reserved names are those of `nnx.Module`."""

RNGS = Argument("rngs", "rngs")
"""Where the values of a layer come from."""


class FlaxMaking(LastLayers):
    """Makes Flax's modules, and functions that stand among them."""

    style = STYLE

    def one(
        self, step: Step, name: str, *arguments: Argument, word: str = "layer", counts: bool = True
    ) -> tuple[Module]:
        """Return one module as those of a layer; what learns is given where its values come from."""
        given = (*arguments, RNGS) if counts else arguments
        return (Module(name, given, step, word, counts=counts),)

    def function(self, part: Part, name: str, word: str, *arguments: Argument) -> Module:
        """Return a function of what arrives, with some of its arguments given."""
        if not arguments:
            return Module(name, (), part, word, called=False)
        return Module("partial", (Argument(name), *arguments), part, word)

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> Made:
        """Return the function that moves the channels of a shape to where they are wanted."""
        if at == wanted or not shape.axes:
            return ()
        order = Argument(str((0, *order_of_axes(shape.rank, wanted))), "axes")
        return (self.function(part, "jnp.transpose", "permute", order),)

    def affine(self, step: Step, at: str, *, scale: Size, shift: Size) -> Module:
        """Return a learned factor, a learned offset or both for each channel."""
        arguments = (self.channels(step), flag(scale, "scale", True), flag(shift, "shift", True))
        return self.one(step, "Affine", *arguments, word="affine")[0]

    def attending(self, step: Step, *of_memory: Argument) -> Module:
        """Return attention by a class that is written beside the network."""
        made = super().attending(step, *of_memory)
        return replace(made, arguments=(*made.arguments, RNGS))

    def channels(self, step: Step, role: str = "channels") -> Argument:
        """Return the channels that arrive at a layer."""
        return self.sizes.size(step.input.channels, role)

    def biased(self, bias: Size) -> Argument:
        """Return whether a layer has a bias."""
        return flag(bias, "use_bias", True)

    def sides(self, sizes: Sequence[Size], role: str, keyword: str = "", default: int | None = None) -> Argument:
        """Return a size for each axis, all of them written; left out where every one is the default."""
        texts = [*map(self.sizes.text, sizes)]
        usual = None if default is None or set(texts) != {str(default)} else _listed(texts)
        return Argument(_listed(texts), keyword, usual, role, not all(map(str.isdigit, texts)))

    def pairs(self, pairs: Sequence[Pair], keyword: str, *, whole: bool = False) -> Argument:
        """Return what is before and behind each axis; of the ``whole`` tensor nothing beside samples and channels."""
        texts = [(self.sizes.text(one), self.sizes.text(other)) for one, other in pairs]
        is_open = not all(each.lstrip("-").isdigit() for pair in texts for each in pair)
        written = [f"({one}, {other})" for one, other in texts]
        return Argument(_listed(["(0, 0)", *written, "(0, 0)"] if whole else written), keyword, None, keyword, is_open)


def _listed(texts: Sequence[str]) -> str:
    return f"({', '.join(texts)}{',' * (len(texts) == 1)})"
