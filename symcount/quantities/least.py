"""`Least`: the smallest input for which every size on the way is at least 1, and what each layer needs of it."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.errors import ArchitectureError
from symcount.quantities.folds import PerAxis, Value
from symcount.quantities.quantity import Quantity
from symcount.quantities.reaches import Reaches
from symcount.quantities.setting import Setting
from symcount.records import record
from symcount.trace import Part


@record
class Least(Quantity):
    """The least axes that must arrive: of the network its smallest input, of a layer what it needs."""

    def of(self, part: Part, setting: Setting, reaches: Reaches) -> Value:
        return self._value(reaches.least.arriving.get(id(part), ()))

    def total(self, reaches: Reaches, setting: Setting) -> tuple[Value, ...]:
        return (self._value(reaches.least.arriving[id(reaches.trace.parts[0])]),)

    def _value(self, sizes: tuple[Size, ...]) -> Value:
        if not sizes:
            message = "a vector has no axes that could be too small"
            raise ArchitectureError("no-quantity", message, hint="an image is I(1,28x28), a sequence I(300,T)")
        return sizes[0] if all(size == sizes[0] for size in sizes) else PerAxis(sizes)
