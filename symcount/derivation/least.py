"""Works the smallest input out: what each layer needs, so that the layers behind it have what they need."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named, Size
from symcount.counts import Row
from symcount.derivation.steps import Close, letter_meanings
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT, Layer, Shape, Window, axis_names, lettered, lettered_output, sentence
from symcount.quantities import Quantity
from symcount.trace import Block, Step
from symcount.trace.smallest import room_for


def needed(row: Row, quantity: Quantity, close: Close) -> Worked:
    """Work out the least axes that must arrive at a layer or block."""
    part, needs = row.part, row.numbers.reaches.least
    inside = tuple(needed(each, quantity, close) for each in row.layers)
    arriving, leaving = needs.arriving.get(id(part), ()), needs.leaving.get(id(part), ())
    steps: tuple[Equation, ...] = ()
    letters: dict[str, str] = {}
    if isinstance(part, Step):
        layer, x = lettered(part.layer, part.input)
        steps = tuple(_steps(layer, x, quantity, arriving, leaving, close))
        found = letter_meanings(layer, x, lettered_output(layer, x, part.output), [each.rule for each in steps])
        letters = {"m": "what is needed behind the layer"} | found if steps else {}
    noun = part.layer.noun if isinstance(part, Step) else part.noun
    times = part.times if isinstance(part, Block) else 1
    heading = row.index, row.name, row.label, row.kind, noun, row.text
    sizes = tuple(dict.fromkeys(close((size,), ()) for size in arriving))
    one = Equation(quantity.words, sizes[0], sizes[0]) if len(sizes) == 1 else None
    amount = steps[0] if len(steps) == 1 else None if steps else one
    others = tuple(each for each in steps if each is not amount)
    shapes = part.input.sizes, part.output.sizes
    return Worked(*heading, *shapes, others, amount, SILENT, letters, inside, times)


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
    together: dict[tuple[Window, Size, Size], list[str]] = {}
    for axis, (window, before, behind) in enumerate(zip(rooms, arriving, leaving, strict=True)):
        if isinstance(window, Window):
            together.setdefault((window, before, behind), []).append(axis_names(len(rooms))[axis])
    for (window, before, behind), axes in together.items():
        along = SILENT if len(axes) == len(rooms) else sentence("along the {}", " and ".join(axes))
        rule = room_for(window, Named("m", close((behind,), ())))
        yield Equation(quantity.words, rule, close((before,), ()), how=along)
