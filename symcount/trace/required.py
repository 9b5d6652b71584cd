"""What must hold of the symbols, once or in every iteration of a repeat."""

from __future__ import annotations

from symcount.arithmetic import Size, Symbol
from symcount.layers import Assumable
from symcount.program import LayerCall
from symcount.records import record


@record
class Iterations:
    """The iterations of a repeat in closed form: an index that runs from first to last."""

    index: Symbol
    first: Size
    last: Size


@record
class Required:
    """A constraint on the symbols, and the layer that requires it; no layer where branches meet.

    It must hold in every iteration of ``over``, the repeats around it whose index it may name, innermost first,
    and only where each of ``there`` is 1: whether the layers around it are there, which is 0 or 1.
    """

    constraint: Assumable
    call: LayerCall | None = None
    over: tuple[Iterations, ...] = ()
    there: tuple[Size, ...] = ()
