"""What must hold of the symbols, once or in every iteration of a repeat."""

from __future__ import annotations

from symcount.arithmetic import Size, Symbol
from symcount.layers import Assumable
from symcount.program import Divisor, LayerCall
from symcount.records import record


@record
class Iterations:
    """The iterations of a repeat in closed form: an index that runs from first to last."""

    index: Symbol
    first: Size
    last: Size


Around = tuple[Iterations | Size, ...]
"""What repeats a part of a network, innermost first: iterations whose index its sizes may name, or how often it is."""


@record
class Required:
    """A constraint on the symbols, and the layer that requires it; none where a block or a size of the text does.

    It must hold in every iteration of what is ``around`` it, and only where there is one.
    """

    constraint: Assumable | Divisor
    call: LayerCall | None = None
    around: Around = ()

    @property
    def is_in_part(self) -> bool:
        """Whether there may be inputs for which nothing requires it."""
        return bool(self.around) or (isinstance(self.constraint, Divisor) and bool(self.constraint.where))
