"""Works out what a unit sees, as a table of courses does: for each layer its window, the jump, and the field."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named, Size
from symcount.counts import Row
from symcount.derivation.along import alike, on_letters, worked_along
from symcount.derivation.steps import Close
from symcount.derivation.working import Equation, Worked
from symcount.errors import ArchitectureError
from symcount.layers import SILENT, Along, Layer, Sentence, Shape, Window, sentence
from symcount.quantities import All, Line, Reached, Seen, Spans
from symcount.trace import Branches


def reached(row: Row, quantity: Reached, close: Close) -> Worked:
    """Work out what a unit of a layer or block sees, from what a unit of its input sees."""
    inside = tuple(reached(each, quantity, close) for each in row.layers)
    before, after = row.numbers.reaches.before(row.part), row.numbers.reaches.behind(row.part)
    letters = on_letters(row)
    steps = () if letters is None else tuple(_steps(*letters, quantity, before, after, close))
    reason = SILENT if steps else _reason(row, before, after)
    asked = [each for each in steps if each.what == quantity.words]
    amount = asked[0] if len(asked) == 1 else None if steps else _seen(row, quantity, after, close)
    return worked_along(row, inside, letters, steps, amount, reason, _meant(quantity))


def _seen(row: Row, quantity: Reached, after: Seen, close: Close) -> Equation | None:
    """What a unit sees where no window slides; nothing where that differs from axis to axis, or cannot be said."""
    try:
        value = quantity.seen(after, row.numbers.trace)
    except ArchitectureError:
        return None
    size = close((value,), ()) if isinstance(value, Size) else None
    return None if size is None else Equation(quantity.words, size, size)


def _meant(quantity: Reached) -> dict[str, str]:
    """What the letters of the steps stand for that are none of the layer's own."""
    more = {"receptive-field": {"r": "the field before the layer"}, "padding": {"q": "the padding before the layer"}}
    return {**more.get(quantity.name, {}), "j": "the jump before the layer"}


def _steps(layer: Layer, x: Shape, quantity: Reached, before: Seen, after: Seen, close: Close) -> Iterator[Equation]:
    """The steps to the field and the jump behind a layer of windows, once where the axes agree."""
    windows = layer.reach(x)
    if windows is None or len(windows) != len(before.spans) or before == after:
        return
    axes = zip(windows, before.spans, after.spans, strict=True)
    for (window, old, new), along in alike(map(_slid, axes), len(windows)):
        yield from _equations(quantity, window, old, new, close, along)


def _slid(axis: tuple[Along, Spans, Spans]) -> tuple[Window, Line, Line] | None:
    """The window, and the lines before and behind it, of an axis along which a window slides over a line."""
    match axis:
        case (Window() as window, Line() as old, Line() as new):
            return window, old, new
        case _:
            return None


def _equations(
    quantity: Reached, window: Window, old: Line, new: Line, close: Close, along: Sentence
) -> Iterator[Equation]:
    def worked(size: Size) -> Size:
        return close((size,), ())

    jump = Named("j", worked(old.jump))
    if quantity.name == "receptive-field":
        field = Named("r", worked(old.high - old.low + 1))
        yield Equation(quantity.words, field + (window.extent - 1) * jump, worked(new.high - new.low + 1), how=along)
    if quantity.name == "padding":
        begun = Named("q", worked(0 - old.low))
        yield Equation(quantity.words, begun + window.before * jump, worked(0 - new.low), how=along)
    yield Equation(
        quantity.words if quantity.name == "stride" else "jump", jump * window.stride, worked(new.jump), how=along
    )


def _reason(row: Row, before: Seen, after: Seen) -> Sentence:
    """What a unit sees where no window slides."""
    if not row.layers and all(isinstance(each, All) for each in after.spans):
        return sentence("a unit sees all of the input")
    if before == after:
        return SILENT if row.layers else sentence("a unit sees its own place alone")
    return sentence("the whole span that its branches see") if isinstance(row.part, Branches) else SILENT
