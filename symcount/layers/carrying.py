"""What layers have in common that carry a state along a sequence without attention."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.layers.addends import added
from symcount.layers.arguments import LayerError
from symcount.layers.layer import Layer
from symcount.layers.reach import whole
from symcount.layers.shape import Shape


class Carrying(Layer):
    """A layer over the places of one sequence, whose channels stay."""

    reach = whole

    def output(self, x: Shape) -> Shape:
        if x.rank != 1:
            arriving = f"{x}, with {x.rank} axes," if x.axes else "a vector"
            hint = "seq makes one axis of all" if x.axes else "a sequence is I(channels,T)"
            raise LayerError("wrong-rank", f"{self.token} works on a sequence, but {arriving} arrives", hint=hint)
        return x

    def parameters(self, x: Shape) -> Size:
        return added(self.addends(x))
