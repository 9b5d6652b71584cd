"""Growth: a quantity of one network, or of several, as a symbol grows, with the places where they cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.arithmetic.notation import UNICODE
from symcount.counts import Count
from symcount.drawing.amounts import quantities_of
from symcount.drawing.curves import MOST_VALUES, Crossing, Curve, crossings, curve, value_at, values_of
from symcount.drawing.figure import Disc, Figure, Mark, Path, Words, moved
from symcount.drawing.legend import remarks
from symcount.drawing.lettering import shortened, width_of
from symcount.drawing.ticks import Line
from symcount.drawing.view import Over, View
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity

USUAL = ("params",)
_EDGE, _LINE = 6.0, 14.0
_MOST_CURVES = 6
_LARGEST = 10**300
_MOST_CROSSINGS = 12
_NAME = 190.0
"""The room for the name of a network in a sentence."""

_WIDEST, _FLAT = 560.0, 0.6
"""The widest diagram, and its height beside its width."""

_LOG_FROM = 32
"""An axis on which the last number is so many times the first is logarithmic, if nothing is said."""


def drawn(count: Count, view: View) -> Figure:
    """Return the curves of a network and of those beside it."""
    over, quantity, networks = _asked(count, view)
    log = _is_log(view, max(over.first, 1), over.last) and over.first > 0
    values = values_of(over, log=log)
    named = [(name, value_at(each, quantity, over.symbol)) for name, each in networks]
    curves = [curve(name, at, values) for name, at in named]
    amounts = [amount for each in curves for _, amount in each.points]
    if not amounts:
        message = f"no network exists for {over.symbol} from {over.first} to {over.last}"
        raise ArchitectureError("bad-range", message, hint="formula says for which values it does")
    if max(amounts) > _LARGEST:
        raise ArchitectureError("limit", "a number has more than 300 digits, the most that a diagram shows")
    met = [*crossings(named, values)]
    width = min(view.width, _WIDEST + 90)
    marks, bottom = _diagram(over, quantity, curves, met, view, log, width - 2 * _EDGE)
    below = remarks(_said(over, met, len(values), len(curves)), width - 2 * _EDGE)
    marks += moved(below.marks, 0, bottom)
    title = f"{quantity.words} over {over.symbol}: {', '.join(name for name, _ in networks)}"
    height = bottom + below.height + 2 * _EDGE
    return Figure(title, _description(over, quantity, curves, met), width, height, moved(marks, _EDGE, _EDGE))


def _asked(count: Count, view: View) -> tuple[Over, Quantity, list[tuple[str, Count]]]:
    """The symbol, the quantity and the networks, refused where they are too many or too few."""
    (quantity, *more) = quantities_of(view.quantities, USUAL)
    if more:
        raise ArchitectureError("bad-form", "a curve is of one quantity", hint="leave one --of")
    if view.over is None:
        message = "growth is over a symbol, and no range is given"
        raise ArchitectureError("bad-range", message, hint="write it as n=28..224")
    symbol = view.over.symbol
    opened = {symbol: symbol}
    networks = [(name, each.with_known(opened)) for name, each in ((view.name or count.text, count), *view.beside)]
    if not any(symbol in each.trace.symbols for _, each in networks):
        raise ArchitectureError("unknown-symbol", f"no network has an open symbol {symbol!r}")
    if len(networks) > _MOST_CURVES:
        message = f"at most {_MOST_CURVES} networks are drawn side by side, found {len(networks)}"
        raise ArchitectureError("limit", message)
    return view.over, quantity, networks


def _is_log(view: View, first: int, last: int) -> bool:
    return view.scale == "log" or (view.scale == "auto" and last >= _LOG_FROM * first)


def _diagram(
    over: Over, quantity: Quantity, curves: Sequence[Curve], met: Sequence[Crossing], view: View, log: bool, room: float
) -> tuple[list[Mark], float]:
    """Axes, curves, crossings and the names of the curves, and how far down they reach."""
    amounts = [amount for each in curves for _, amount in each.points]
    up = _is_log(view, max(min(amounts), 1), max(amounts)) and min(amounts) > 0
    low = min(amounts) if up else 0
    tall = (room - 60) * _FLAT
    rise = Line(low, max(max(amounts), low + 1), tall, up)
    numbers = rise.ticks(7)
    left = max((width_of(text, 8) for _, text in numbers), default=0) + 8
    run = Line(over.first, over.last, room - left - 20, log)
    marks: list[Mark] = [Words(0, 9, shortened(quantity.words, room / 1.1, 9), bold=True)]
    top = 22.0
    marks += moved([*_axes(run, rise, numbers, UNICODE.name(over.symbol))], left, top)
    for at, each in enumerate(curves):
        points = tuple((run.place(x), tall - rise.place(y)) for x, y in each.points)
        marks += moved([Path(points, f"curve {at + 1}")] if len(points) > 1 else [], left, top)
    for crossing in met[:_MOST_CROSSINGS]:
        x, y = run.place(crossing.value), tall - rise.place(crossing.amount)
        drop = Path(((x, y), (x, tall)), "faint line")
        marks += moved([drop, Disc(x, y, 3.5, "joint", _says(over, crossing))], left, top)
    bottom = top + tall + 36
    for at, each in enumerate(curves):
        y = bottom + _LINE * at
        marks += [
            Path(((0, y + 5), (26, y + 5)), f"curve {at + 1}"),
            Words(32, y + 8, shortened(each.name, room - 34, 9)),
        ]
    return marks, bottom + _LINE * len(curves) + 4


def _axes(run: Line, rise: Line, numbers: Sequence[tuple[int, str]], symbol: str) -> Iterator[Mark]:
    tall = rise.length
    for number, text in numbers:
        y = tall - rise.place(number)
        yield Path(((0, y), (run.length, y)), "grid")
        yield Words(-5, y + 3, text, 8, "end", "grey")
    end = 0.0
    for number, text in run.ticks(8):
        x = run.place(number)
        yield Path(((x, tall), (x, tall + 4)))
        half = width_of(text, 8) / 2
        if x - half > end - 40 and x + half < run.length + 14:
            yield Words(x, tall + 14, text, 8, "middle", "grey")
    yield Path(((0, 0), (0, tall), (run.length, tall)))
    yield Words(run.length / 2, tall + 27, symbol, 9, "middle")


def _says(over: Over, crossing: Crossing, room: float = 10_000) -> str:
    larger, smaller = (shortened(each, room, 8) for each in (crossing.larger, crossing.smaller))
    at = f"{UNICODE.name(over.symbol)} = {crossing.value:,}"
    if crossing.are_equal:
        return f"At {at}, {larger} and {smaller} are equal: {crossing.amount:,}"
    return f"From {at} on, {larger} has more than {smaller}"


def _said(over: Over, met: Sequence[Crossing], values: int, curves: int) -> Iterator[str]:
    """The crossings in words, and how they were sought."""
    yield from (f"{_says(over, crossing, _NAME)}." for crossing in met[:_MOST_CROSSINGS])
    if len(met) > _MOST_CROSSINGS:
        yield f"They change places {len(met)} times; the first {_MOST_CROSSINGS} are marked."
    if curves > 1 and over.last - over.first >= MOST_VALUES:
        yield f"Worked out at {values} values; two that change places twice between neighbours would not be seen."


def _description(over: Over, quantity: Quantity, curves: Sequence[Curve], met: Sequence[Crossing]) -> str:
    said = []
    for each in curves:
        if each.points:
            (first, low), (last, high) = each.points[0], each.points[-1]
            said.append(f"{each.name}: {low:,} at {over.symbol} = {first:,}, {high:,} at {over.symbol} = {last:,}")
    said += [_says(over, crossing) for crossing in met[:_MOST_CROSSINGS]]
    return f"{quantity.words} over {over.symbol}. {'; '.join(said)}."
