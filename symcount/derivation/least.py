"""Works the smallest input out: what each layer needs, so that the layers behind it have what they need."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named, Size
from symcount.counts import Row
from symcount.derivation.along import alike, on_letters, worked_along
from symcount.derivation.steps import Close
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT, Layer, Shape, Window
from symcount.quantities import Quantity
from symcount.trace.smallest import room_for


def needed(row: Row, quantity: Quantity, close: Close) -> Worked:
    """Work out the least axes that must arrive at a layer or block."""
    needs = row.numbers.reaches.least
    inside = tuple(needed(each, quantity, close) for each in row.layers)
    arriving, leaving = needs.arriving.get(id(row.part), ()), needs.leaving.get(id(row.part), ())
    letters = on_letters(row)
    steps = () if letters is None else tuple(_steps(*letters, quantity, arriving, leaving, close))
    sizes = tuple(dict.fromkeys(close((size,), ()) for size in arriving))
    one = Equation(quantity.words, sizes[0], sizes[0]) if len(sizes) == 1 else None
    amount = steps[0] if len(steps) == 1 else None if steps else one
    return worked_along(row, inside, letters, steps, amount, SILENT, {"m": "what is needed behind the layer"})


def _steps(
    layer: Layer,
    x: Shape,
    quantity: Quantity,
    arriving: tuple[Size, ...],
    leaving: tuple[Size, ...],
    close: Close,
) -> Iterator[Equation]:
    """What a layer of windows needs along each axis, once where the axes agree."""
    rooms = layer.rooms(x)
    if rooms is None or not len(rooms) == len(arriving) == len(leaving) or all(each == Window() for each in rooms):
        return
    axes = zip(rooms, arriving, leaving, strict=True)
    slid = ((each, before, behind) if isinstance(each, Window) else None for each, before, behind in axes)
    for (window, before, behind), along in alike(slid, len(rooms)):
        rule = room_for(window, Named("m", close((behind,), ())))
        yield Equation(quantity.words, rule, close((before,), ()), how=along)
