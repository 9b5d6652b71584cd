"""Numbers that stand in for open symbols, so that a box has a proportion; the picture says which they are."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.arithmetic import Size, Symbol, all_parts
from symcount.counts import Count
from symcount.drawing.strip.scale import Amount
from symcount.errors import ArchitectureError
from symcount.layers import Shape

_AXIS, _CHANNELS = 128, 3
_USUAL = {
    "kernel": 3, "stride": 2, "padding": 1, "dilation": 1, "groups": 1, "heads": 8, "classes": 10, "units": 128,
    "hidden": 512, "vocabulary": 256,
}  # fmt: skip
"""What an argument usually is, by its name; others stand for 64."""

_OTHER = 64
_LARGEST = 10**18
"""No box is larger: a float holds it."""


def standing(count: Count) -> dict[str, int]:
    """Return a number for each open symbol: what its argument usually is, where its name says it."""
    found: dict[str, int] = {}
    for size in count.trace.input.axes:
        found.update({name: _AXIS for name in _symbols(size) if name in count.trace.symbols})
    if isinstance(count.trace.input.channels, Symbol):
        vector = not count.trace.input.axes
        found.setdefault(count.trace.input.channels.name, _AXIS if vector else _CHANNELS)
    for step in count.trace.steps:
        for name in step.layer.arguments:
            value = getattr(step.layer, name)
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, Symbol):
                    found.setdefault(each.name, _USUAL.get(name, _OTHER))
    return {name: found.get(name, _OTHER) for name in count.trace.symbols}


def amounts(count: Count, values: Mapping[str, int]) -> Amount:
    """Return what gives a shape its numbers; none where a size is open, or would be less than 1."""
    known: dict[Size, int | None] = {}

    def number(size: Size) -> int | None:
        if size not in known:
            known[size] = _number(count, size, values)
        return known[size]

    def amount(shape: Shape) -> tuple[int, ...] | None:
        sizes = tuple(size if isinstance(size, int) else number(size) for size in shape.sizes)
        found = tuple(min(size, _LARGEST) for size in sizes if size is not None and size > 0)
        return found if len(found) == len(sizes) else None

    return amount


def _number(count: Count, size: Size, values: Mapping[str, int]) -> int | None:
    from symcount.algebra import evaluate

    expression = count.numbers.number(size)
    if isinstance(expression, int):
        return expression
    names = {symbol.name for symbol in expression.free_symbols}
    try:  # the index of a repeat stands for its first pass
        return evaluate(expression, {**dict.fromkeys(names, 0), **values})
    except (ArchitectureError, ZeroDivisionError):
        return None


def _symbols(size: Size) -> list[str]:
    return [part.name for part in all_parts(size) if isinstance(part, Symbol)]
