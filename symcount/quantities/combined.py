"""`Combined`: a quantity that is made of others, each so many times as the setting says, as memory is of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from symcount.arithmetic import Size
from symcount.quantities.folds import Value
from symcount.quantities.quantity import Quantity
from symcount.quantities.reaches import Reaches
from symcount.quantities.setting import Memory, Setting
from symcount.records import record
from symcount.trace import Part, Step


@record
class Ingredient:
    """A part of a combined quantity: what it is called, what there is of it, and the bytes of each.

    ``in_layers`` says that a solution works it out layer by layer, and not its total alone.
    """

    name: str
    quantity: Quantity
    each: Callable[[Memory], Size]
    in_layers: bool = False


@record
class Combined(Quantity):
    """A quantity that is the sum of its ingredients, those that the setting asks for."""

    ingredients: tuple[Ingredient, ...] = ()

    def chosen(self, setting: Setting) -> Iterator[tuple[Ingredient, Size]]:
        """Yield the ingredients that the setting asks for, with the bytes of each."""
        known = {each.name: each for each in self.ingredients}
        return ((known[name], known[name].each(setting.memory)) for name in setting.memory.parts)

    def of(self, part: Part, setting: Setting, reaches: Reaches) -> Value:
        return _added((each, one.quantity.of(part, setting, reaches)) for one, each in self.chosen(setting))

    def total(self, reaches: Reaches, setting: Setting) -> tuple[Value, ...]:
        chosen = self.chosen(setting)
        pairs = ((each, size) for one, each in chosen for size in one.quantity.total(reaches, setting))
        return tuple(each * size for each, size in pairs if isinstance(size, Size))

    def lettered(self, part: Part, setting: Setting) -> Value:
        return _added((each, one.quantity.lettered(part, setting)) for one, each in self.chosen(setting))

    def rule_of(self, step: Step, setting: Setting) -> Value:
        return _added((each, one.quantity.rule_of(step, setting)) for one, each in self.chosen(setting))


def _added(amounts: Iterable[tuple[Size, Value]]) -> Size:
    total: Size = 0
    for each, size in amounts:
        assert isinstance(size, Size)
        total = total + each * size
    return total
