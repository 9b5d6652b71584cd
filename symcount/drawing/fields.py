"""What a unit sees behind the layers of a network, one behind another, as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.arithmetic import Size, by_name
from symcount.arithmetic.notation import UNICODE
from symcount.counts import Count, Row
from symcount.drawing.amounts import called
from symcount.errors import ArchitectureError
from symcount.quantities import All, PerAxis, quantity_named
from symcount.records import record
from symcount.trace import Branch, Group, Iteration, MacroBlock, Repeat

_FIELD, _STRIDE = quantity_named("receptive-field"), quantity_named("stride")

_LARGEST = 10**15


@record
class Field:
    """What a unit sees behind a layer or block: how far along each axis, and how far its neighbour is."""

    name: str
    hint: str
    sizes: tuple[int, ...]
    stride: str


def fields(count: Count) -> list[Field]:
    """Return every field along the chain that is larger than the one before it; none of an open size is among them."""
    found: list[Field] = []
    last = (1,) * max(1, len(count.trace.input.axes))
    for row in _along(count.rows):
        sizes = _sizes(row, len(last))
        if sizes is None:
            break
        if any(new > old for new, old in zip(sizes, last, strict=True)):
            found.append(Field(called(row), row.text, sizes, _stride(row)))
            last = sizes
    if found and max(found[-1].sizes) > _LARGEST:
        raise ArchitectureError("limit", f"a receptive field is larger than {_LARGEST:,}, the most that is drawn")
    if found:
        return found
    _FIELD.total(count.numbers.reaches, count.setting)  # says why a network has no field, if that is so
    if count.is_open:
        symbols = ", ".join(count.trace.symbols)
        message = f"the receptive field has open symbols, and a length is of a number: {symbols}"
        raise ArchitectureError("open-total", message, hint="give each a value, as in k=3")
    raise ArchitectureError("no-quantity", "a unit of every layer sees one place alone: there is nothing to draw")


def _along(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows one behind another: what is in groups, macros and single passes, and branches as a whole."""
    for row in rows:
        part = row.part
        once = isinstance(part.times, int) and part.times == 1
        if isinstance(part, Group | MacroBlock | Branch) or (isinstance(part, Repeat | Iteration) and once):
            yield from _along(row.layers)
        else:
            yield row


def _sizes(row: Row, axes: int) -> tuple[int, ...] | None:
    """The field behind a row along each axis; None where it is open, or has none."""
    try:
        value = row.value(_FIELD)
    except ArchitectureError:
        return None
    sizes = value.sizes if isinstance(value, PerAxis) else (value,) * axes
    numbers = [row.numbers.number(size) for size in sizes if isinstance(size, Size)]
    known = tuple(each for each in numbers if isinstance(each, int))
    return known if len(known) == axes else None


def _stride(row: Row) -> str:
    """How far neighbouring units are apart on the input; nothing where all see the same, or it cannot be said."""
    if any(isinstance(each, All) for each in row.numbers.reaches.behind(row.part).spans):
        return ""
    try:
        value = row.value(_STRIDE)
    except ArchitectureError:
        return ""
    sizes = value.sizes if isinstance(value, PerAxis) else (value,)
    return "×".join(by_name(row.numbers.term(size), UNICODE) for size in sizes if isinstance(size, Size))
